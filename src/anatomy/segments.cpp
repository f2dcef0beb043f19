#include "anatomy/segments.h"

#include <algorithm>
#include <cmath>
#include <glm/mat3x3.hpp>
#include <limits>

#include "anatomy/finish.h"
#include "base/check.h"

namespace anatomy {
namespace {

// Segments of 2 to 3 cm (the doses of a massage stroke are told apart at about a thumb's width).
constexpr float kSegmentLength_m = 0.025f;
constexpr int kMostSegments = 64;

glm::vec3 centre_of(std::span<const glm::vec3> points_m) {
  glm::vec3 centre(0.0f);
  for (const glm::vec3& p : points_m) centre += p / static_cast<float>(points_m.size());
  return centre;
}

// Largest principal direction of the points by power iteration: no eigenvalue library for one axis.
glm::vec3 principal_axis(std::span<const glm::vec3> points_m, glm::vec3 centre) {
  glm::mat3 covariance(0.0f);
  for (const glm::vec3& p : points_m) {
    const glm::vec3 d = p - centre;
    covariance += glm::mat3(d * d.x, d * d.y, d * d.z);
  }
  glm::vec3 axis(0.577f, 0.577f, 0.577f);
  for (int i = 0; i < 50; ++i) {
    const glm::vec3 next = covariance * axis;
    const float length = glm::length(next);
    if (!(length > 0.0f)) return {0.0f, 1.0f, 0.0f};
    axis = next / length;
  }
  return axis;
}

// Mean of the fibre directions, or zero when they are unknown or cancel.
glm::vec3 mean_fibre(const LodMesh& mesh, const MeshRange& range) {
  glm::vec3 sum(0.0f);
  if (mesh.fibre.empty()) return sum;
  for (std::uint32_t v = 0; v < range.vertex_count; ++v) sum += mesh.fibre[range.first_vertex + v];
  const float length = glm::length(sum);
  return length > 0.25f * static_cast<float>(range.vertex_count) ? sum / length : glm::vec3(0.0f);
}

// Shares along an axis at every level, by the extent of the finest; returns that extent.
float find_straight_shares(const Body& body, const Structure& structure, glm::vec3 axis,
                           FibreShares& shares) {
  float start = std::numeric_limits<float>::max();
  float end = std::numeric_limits<float>::lowest();
  for (std::size_t lod = 0; lod < kLodCount; ++lod) {
    const MeshRange& range = structure.lods[lod];
    shares[lod].resize(range.vertex_count);
    for (std::uint32_t v = 0; v < range.vertex_count; ++v) {
      const float t = glm::dot(body.lods[lod].positions_m[range.first_vertex + v], axis);
      shares[lod][v] = t;
      if (lod > 0) continue;
      start = std::min(start, t);
      end = std::max(end, t);
    }
    for (float& share : shares[lod]) share = (share - start) / std::max(end - start, 1e-6f);
  }
  return end - start;
}

void fill_unknown_fibres(Body& body, const Structure& structure, glm::vec3 axis) {
  for (std::size_t lod = 0; lod < kLodCount; ++lod) {
    LodMesh& mesh = body.lods[lod];
    if (mesh.fibre.empty()) mesh.fibre.assign(mesh.positions_m.size(), glm::vec3(0.0f));
    const MeshRange& range = structure.lods[lod];
    for (std::uint32_t v = range.first_vertex; v < range.first_vertex + range.vertex_count; ++v) {
      if (mesh.fibre[v] == glm::vec3(0.0f)) mesh.fibre[v] = axis;
    }
  }
}

}  // namespace

glm::vec3 find_straight_course(std::span<const glm::vec3> points_m) {
  if (points_m.empty()) return {0.0f, -1.0f, 0.0f};
  const glm::vec3 centre = centre_of(points_m);
  const glm::vec3 axis = principal_axis(points_m, centre);
  const bool sideways = std::abs(axis.x) > 0.5f && std::abs(centre.x) > 0.005f;
  const bool flip = sideways ? axis.x * centre.x < 0.0f : axis.y > 0.0f;
  return flip ? -axis : axis;
}

void cut_segments(Body& body, StructureIndex index, float length_m, const FibreShares& shares) {
  Structure& structure = body.structures[index];
  if (shares[0].empty()) return;
  const int count =
      std::clamp(static_cast<int>(std::lround(length_m / kSegmentLength_m)), 1, kMostSegments);
  BACKMATE_CHECK(body.segments.size() + static_cast<std::size_t>(count) < kNone);
  const auto bin_of = [&](float share) {
    return static_cast<std::size_t>(
        std::clamp(static_cast<int>(share * static_cast<float>(count)), 0, count - 1));
  };
  struct Sums {
    glm::vec3 place{0.0f};
    glm::vec3 fibre{0.0f};
    float vertices = 0.0f;
  };
  std::vector<Sums> sums(static_cast<std::size_t>(count));
  const LodMesh& finest = body.lods[0];
  const std::uint32_t first = structure.lods[0].first_vertex;
  glm::vec3 overall(0.0f);
  for (std::size_t v = 0; v < shares[0].size(); ++v) {
    Sums& sum = sums[bin_of(shares[0][v])];
    const glm::vec3 fibre = finest.fibre.empty() ? glm::vec3(0.0f) : finest.fibre[first + v];
    sum.place += finest.positions_m[first + v];
    sum.fibre += fibre;
    sum.vertices += 1.0f;
    overall += fibre;
  }
  const glm::vec3 fallback =
      glm::length(overall) > 0.0f ? glm::normalize(overall) : glm::vec3(0.0f, 1.0f, 0.0f);
  structure.first_segment = static_cast<SegmentIndex>(body.segments.size());
  std::vector<SegmentIndex> numbers(sums.size(), kNone);
  for (std::size_t bin = 0; bin < sums.size(); ++bin) {
    const Sums& sum = sums[bin];
    if (sum.vertices == 0.0f) continue;
    numbers[bin] = static_cast<SegmentIndex>(body.segments.size());
    const float agree = glm::length(sum.fibre);
    body.segments.push_back({index, sum.place / sum.vertices,
                             agree > 0.1f * sum.vertices ? sum.fibre / agree : fallback,
                             length_m / static_cast<float>(count)});
  }
  structure.segment_count =
      static_cast<std::uint16_t>(body.segments.size() - structure.first_segment);
  // Coarse levels may have a vertex where the finest has none: the nearest stretch takes it.
  for (std::size_t bin = 1; bin < numbers.size(); ++bin) {
    if (numbers[bin] == kNone) numbers[bin] = numbers[bin - 1];
  }
  for (std::size_t bin = numbers.size(); bin-- > 1;) {
    if (numbers[bin - 1] == kNone) numbers[bin - 1] = numbers[bin];
  }
  for (std::size_t lod = 0; lod < kLodCount; ++lod) {
    const std::uint32_t from = structure.lods[lod].first_vertex;
    for (std::size_t v = 0; v < shares[lod].size(); ++v) {
      body.lods[lod].vertex_segment[from + v] = numbers[bin_of(shares[lod][v])];
    }
  }
}

void build_segments(Body& body) {
  for (std::size_t i = 0; i < body.structures.size(); ++i) {
    const Structure& structure = body.structures[i];
    const MeshRange& finest = structure.lods[0];
    if (structure.kind != Kind::kMuscle || !structure.usable || finest.vertex_count == 0 ||
        structure.segment_count > 0) {
      continue;
    }
    glm::vec3 axis = mean_fibre(body.lods[0], finest);
    if (axis == glm::vec3(0.0f)) {
      axis = find_straight_course(
          std::span(body.lods[0].positions_m).subspan(finest.first_vertex, finest.vertex_count));
    }
    FibreShares shares;
    const float length_m = find_straight_shares(body, structure, axis, shares);
    fill_unknown_fibres(body, structure, axis);
    cut_segments(body, static_cast<StructureIndex>(i), length_m, shares);
  }
}

}  // namespace anatomy

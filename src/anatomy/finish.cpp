#include "anatomy/finish.h"

#include <algorithm>
#include <cmath>
#include <glm/mat3x3.hpp>
#include <limits>
#include <span>
#include <vector>

#include "base/check.h"

namespace anatomy {
namespace {

// Segments of 2 to 3 cm (the doses of a massage stroke are told apart at about a thumb's width).
constexpr float kSegmentLength = 0.025f;
constexpr int kMaxSegments = 64;

// Largest principal direction of the points by power iteration: no eigenvalue library for one axis.
glm::vec3 principal_axis(std::span<const glm::vec3> points, glm::vec3 centre) {
  glm::mat3 covariance(0.0f);
  for (const glm::vec3& p : points) {
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

// Without fibres nobody knows where a muscle begins: away from the midline, else downward.
glm::vec3 orient(glm::vec3 axis, glm::vec3 centre) {
  const bool sideways = std::abs(axis.x) > 0.5f && std::abs(centre.x) > 0.005f;
  const bool flip = sideways ? axis.x * centre.x < 0.0f : axis.y > 0.0f;
  return flip ? -axis : axis;
}

struct Cut {
  glm::vec3 axis;
  float start = 0.0f;
  float length = 0.0f;
  int count = 1;

  int bin(glm::vec3 p) const {
    const float t = (glm::dot(p, axis) - start) / std::max(length, 1e-6f);
    return std::clamp(static_cast<int>(t * static_cast<float>(count)), 0, count - 1);
  }
};

Cut find_cut(const LodMesh& mesh, const MeshRange& range) {
  const auto points = std::span(mesh.positions_m).subspan(range.first_vertex, range.vertex_count);
  glm::vec3 centre(0.0f);
  for (const glm::vec3& p : points) centre += p / static_cast<float>(points.size());
  Cut cut;
  cut.axis = mean_fibre(mesh, range);
  if (cut.axis == glm::vec3(0.0f)) cut.axis = orient(principal_axis(points, centre), centre);
  float end = std::numeric_limits<float>::lowest();
  cut.start = std::numeric_limits<float>::max();
  for (const glm::vec3& p : points) {
    const float t = glm::dot(p, cut.axis);
    cut.start = std::min(cut.start, t);
    end = std::max(end, t);
  }
  cut.length = end - cut.start;
  cut.count =
      std::clamp(static_cast<int>(std::lround(cut.length / kSegmentLength)), 1, kMaxSegments);
  return cut;
}

// Bins without vertices (a muscle in pieces) make no segment; `numbers` maps bin to segment.
void add_segments(Body& body, StructureIndex index, const Cut& cut,
                  std::vector<SegmentIndex>& numbers) {
  Structure& structure = body.structures[index];
  const LodMesh& mesh = body.lods[0];
  const MeshRange& range = structure.lods[0];
  std::vector<glm::vec3> sums(static_cast<std::size_t>(cut.count), glm::vec3(0.0f));
  std::vector<glm::vec3> fibres = sums;
  std::vector<float> weights(sums.size(), 0.0f);
  for (std::uint32_t v = range.first_vertex; v < range.first_vertex + range.vertex_count; ++v) {
    const auto bin = static_cast<std::size_t>(cut.bin(mesh.positions_m[v]));
    sums[bin] += mesh.positions_m[v];
    if (!mesh.fibre.empty()) fibres[bin] += mesh.fibre[v];
    weights[bin] += 1.0f;
  }
  structure.first_segment = static_cast<SegmentIndex>(body.segments.size());
  for (std::size_t bin = 0; bin < sums.size(); ++bin) {
    if (weights[bin] == 0.0f) continue;
    numbers[bin] = static_cast<SegmentIndex>(body.segments.size());
    const float along = glm::length(fibres[bin]);
    body.segments.push_back({index, sums[bin] / weights[bin],
                             along > 0.1f * weights[bin] ? fibres[bin] / along : cut.axis,
                             cut.length / static_cast<float>(cut.count)});
  }
  structure.segment_count =
      static_cast<std::uint16_t>(body.segments.size() - structure.first_segment);
}

}  // namespace

void build_segments(Body& body) {
  for (std::size_t i = 0; i < body.structures.size(); ++i) {
    Structure& structure = body.structures[i];
    const MeshRange& finest = structure.lods[0];
    if (structure.kind != Kind::kMuscle || !structure.usable || finest.vertex_count == 0 ||
        structure.segment_count > 0) {
      continue;
    }
    const Cut cut = find_cut(body.lods[0], finest);
    BACKMATE_CHECK(body.segments.size() + static_cast<std::size_t>(cut.count) < kNone);
    std::vector<SegmentIndex> numbers(static_cast<std::size_t>(cut.count), kNone);
    add_segments(body, static_cast<StructureIndex>(i), cut, numbers);
    for (std::size_t lod = 0; lod < kLodCount; ++lod) {
      const MeshRange& range = structure.lods[lod];
      LodMesh& mesh = body.lods[lod];
      for (std::uint32_t v = range.first_vertex; v < range.first_vertex + range.vertex_count; ++v) {
        mesh.vertex_segment[v] = numbers[static_cast<std::size_t>(cut.bin(mesh.positions_m[v]))];
      }
    }
  }
}

void finish_structures(Body& body) {
  for (Group& group : body.groups) group.members.clear();
  for (std::size_t i = 0; i < body.structures.size(); ++i) {
    Structure& structure = body.structures[i];
    for (std::size_t lod = 0; lod < kLodCount; ++lod) {
      const LodMesh& mesh = body.lods[lod];
      const MeshRange& range = structure.lods[lod];
      const std::size_t end = std::size_t{range.first_vertex} + range.vertex_count;
      BACKMATE_CHECK(end <= mesh.positions_m.size());
      BACKMATE_CHECK(std::size_t{range.first_index} + range.index_count <= mesh.indices.size());
      BACKMATE_CHECK(range.index_count % 3 == 0);
      for (std::uint32_t k = 0; k < range.index_count; ++k) {
        const std::uint32_t index = mesh.indices[range.first_index + k];
        BACKMATE_CHECK(index >= range.first_vertex && index < end);
      }
    }
    structure.bounds_m = geom::bounds_of(
        std::span(body.lods[0].positions_m)
            .subspan(structure.lods[0].first_vertex, structure.lods[0].vertex_count));
    for (const GroupIndex group : structure.groups) {
      BACKMATE_CHECK(group < body.groups.size());
      body.groups[group].members.push_back(static_cast<StructureIndex>(i));
    }
  }
  for (const LodMesh& mesh : body.lods) {
    const std::size_t count = mesh.positions_m.size();
    BACKMATE_CHECK(mesh.normals.size() == count && mesh.vertex_structure.size() == count);
    BACKMATE_CHECK(mesh.vertex_segment.size() == count);
    BACKMATE_CHECK(mesh.fibre.empty() || mesh.fibre.size() == count);
    BACKMATE_CHECK(mesh.tendon.empty() || mesh.tendon.size() == count);
  }
  BACKMATE_CHECK(body.contact_surface.normals.size() == body.contact_surface.positions_m.size());
}

}  // namespace anatomy

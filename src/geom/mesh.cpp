#include "geom/mesh.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <unordered_map>

namespace geom {
namespace {

struct PositionKey {
  std::uint32_t x, y, z;
  bool operator==(const PositionKey&) const = default;
};

struct PositionKeyHash {
  std::size_t operator()(const PositionKey& k) const {
    std::uint64_t h = k.x * 0x9E3779B97F4A7C15ULL;
    h = (h ^ (h >> 29) ^ k.y) * 0xBF58476D1CE4E5B9ULL;
    h = (h ^ (h >> 32) ^ k.z) * 0x94D049BB133111EBULL;
    return static_cast<std::size_t>(h ^ (h >> 31));
  }
};

// Adding 0 turns -0 into +0, so that both weld.
PositionKey key_of(glm::vec3 p) {
  return {std::bit_cast<std::uint32_t>(p.x + 0.0f), std::bit_cast<std::uint32_t>(p.y + 0.0f),
          std::bit_cast<std::uint32_t>(p.z + 0.0f)};
}

float angle_between(glm::vec3 a, glm::vec3 b) {
  const float lengths = std::sqrt(glm::dot(a, a) * glm::dot(b, b));
  return lengths > 0.0f ? std::acos(std::clamp(glm::dot(a, b) / lengths, -1.0f, 1.0f)) : 0.0f;
}

}  // namespace

Aabb bounds_of(std::span<const glm::vec3> positions_m) {
  Aabb box;
  for (const glm::vec3& p : positions_m) box.add(p);
  return box;
}

std::vector<glm::vec3> smooth_normals(std::span<const glm::vec3> positions_m,
                                      std::span<const std::uint32_t> indices) {
  std::vector<glm::vec3> normals(positions_m.size(), glm::vec3(0.0f));
  for (std::size_t i = 0; i + 2 < indices.size(); i += 3) {
    const std::uint32_t ids[3] = {indices[i], indices[i + 1], indices[i + 2]};
    const glm::vec3 p[3] = {positions_m[ids[0]], positions_m[ids[1]], positions_m[ids[2]]};
    const glm::vec3 cross = glm::cross(p[1] - p[0], p[2] - p[0]);
    const float length = glm::length(cross);
    if (!(length > 0.0f)) continue;
    for (int k = 0; k < 3; ++k) {
      const float angle = angle_between(p[(k + 1) % 3] - p[k], p[(k + 2) % 3] - p[k]);
      normals[ids[k]] += cross * (angle / length);
    }
  }
  for (glm::vec3& n : normals) {
    const float length = glm::length(n);
    n = length > 1e-12f ? n / length : glm::vec3(0.0f, 1.0f, 0.0f);
  }
  return normals;
}

float signed_volume_m3(const Mesh& mesh) {
  // Doubles, and relative to the box centre, keep cancellation out of thin sheets far from the
  // origin.
  const glm::vec3 centre = bounds_of(mesh.positions_m).centre();
  double six_volumes = 0.0;
  for (std::size_t i = 0; i + 2 < mesh.indices.size(); i += 3) {
    const glm::vec3 a = mesh.positions_m[mesh.indices[i]] - centre;
    const glm::vec3 b = mesh.positions_m[mesh.indices[i + 1]] - centre;
    const glm::vec3 c = mesh.positions_m[mesh.indices[i + 2]] - centre;
    six_volumes += static_cast<double>(glm::dot(a, glm::cross(b, c)));
  }
  return static_cast<float>(six_volumes / 6.0);
}

float surface_area_m2(const Mesh& mesh) {
  double twice_area = 0.0;
  for (std::size_t i = 0; i + 2 < mesh.indices.size(); i += 3) {
    const glm::vec3 a = mesh.positions_m[mesh.indices[i]];
    const glm::vec3 b = mesh.positions_m[mesh.indices[i + 1]];
    const glm::vec3 c = mesh.positions_m[mesh.indices[i + 2]];
    twice_area += static_cast<double>(glm::length(glm::cross(b - a, c - a)));
  }
  return static_cast<float>(0.5 * twice_area);
}

Topology find_topology(const Mesh& mesh) {
  struct Use {
    int forward = 0;
    int backward = 0;
  };
  std::unordered_map<std::uint64_t, Use> edges;
  edges.reserve(mesh.indices.size());
  Topology result;
  for (std::size_t i = 0; i + 2 < mesh.indices.size(); i += 3) {
    const std::uint32_t t[3] = {mesh.indices[i], mesh.indices[i + 1], mesh.indices[i + 2]};
    const glm::vec3 cross = glm::cross(mesh.positions_m[t[1]] - mesh.positions_m[t[0]],
                                       mesh.positions_m[t[2]] - mesh.positions_m[t[0]]);
    if (!(glm::dot(cross, cross) > 0.0f)) ++result.degenerate_triangles;
    for (int k = 0; k < 3; ++k) {
      const std::uint32_t a = t[k];
      const std::uint32_t b = t[(k + 1) % 3];
      Use& use = edges[(static_cast<std::uint64_t>(std::min(a, b)) << 32) | std::max(a, b)];
      ++(a < b ? use.forward : use.backward);
    }
  }
  for (const auto& [edge, use] : edges) {
    const int total = use.forward + use.backward;
    if (total == 1) ++result.boundary_edges;
    if (total > 2) ++result.non_manifold_edges;
    if (total == 2 && use.forward != 1) ++result.flipped_edges;
  }
  return result;
}

Mesh weld_exact(const Mesh& mesh) {
  Mesh out;
  std::unordered_map<PositionKey, std::uint32_t, PositionKeyHash> seen;
  seen.reserve(mesh.positions_m.size());
  std::vector<std::uint32_t> remap(mesh.positions_m.size());
  for (std::size_t i = 0; i < mesh.positions_m.size(); ++i) {
    const auto [it, inserted] = seen.try_emplace(
        key_of(mesh.positions_m[i]), static_cast<std::uint32_t>(out.positions_m.size()));
    if (inserted) out.positions_m.push_back(mesh.positions_m[i]);
    remap[i] = it->second;
  }
  out.indices.reserve(mesh.indices.size());
  for (std::size_t i = 0; i + 2 < mesh.indices.size(); i += 3) {
    const std::uint32_t a = remap[mesh.indices[i]];
    const std::uint32_t b = remap[mesh.indices[i + 1]];
    const std::uint32_t c = remap[mesh.indices[i + 2]];
    if (a != b && b != c && c != a) out.indices.insert(out.indices.end(), {a, b, c});
  }
  return out;
}

}  // namespace geom

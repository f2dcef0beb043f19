#include "geom/mesh.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>
#include <unordered_map>

#include "base/check.h"

namespace geom {
namespace {

struct PositionKey {
  std::uint32_t x, y, z;
  bool operator==(const PositionKey&) const = default;
};

std::size_t hash_of(const PositionKey& k) {
  std::uint64_t h = k.x * 0x9E3779B97F4A7C15ULL;
  h = (h ^ (h >> 29) ^ k.y) * 0xBF58476D1CE4E5B9ULL;
  h = (h ^ (h >> 32) ^ k.z) * 0x94D049BB133111EBULL;
  return static_cast<std::size_t>(h ^ (h >> 31));
}

// Adding 0 turns -0 into +0, so that both weld.
PositionKey key_of(glm::vec3 p) {
  return {std::bit_cast<std::uint32_t>(p.x + 0.0f), std::bit_cast<std::uint32_t>(p.y + 0.0f),
          std::bit_cast<std::uint32_t>(p.z + 0.0f)};
}

// Abramowitz and Stegun 4.4.46, error under 3e-8: three of them for every triangle of a body would
// dominate its loading time with std::acos.
float fast_acos(float x) {
  const float a = std::min(std::abs(x), 1.0f);
  float p = -0.0012624911f;
  p = p * a + 0.0066700901f;
  p = p * a - 0.0170881256f;
  p = p * a + 0.0308918810f;
  p = p * a - 0.0501743046f;
  p = p * a + 0.0889789874f;
  p = p * a - 0.2145988016f;
  p = p * a + 1.5707963050f;
  const float half = p * std::sqrt(1.0f - a);
  return x < 0.0f ? 3.14159265f - half : half;
}

}  // namespace

Aabb bounds_of(std::span<const glm::vec3> positions_m) {
  Aabb box;
  for (const glm::vec3& p : positions_m) box.add(p);
  return box;
}

std::vector<glm::vec3> smooth_normals(std::span<const glm::vec3> positions_m,
                                      std::span<const std::uint32_t> indices) {
  std::vector<glm::vec3> normals(positions_m.size());
  smooth_normals(positions_m, indices, normals);
  return normals;
}

void smooth_normals(std::span<const glm::vec3> positions_m, std::span<const std::uint32_t> indices,
                    std::span<glm::vec3> normals) {
  BACKMATE_CHECK(normals.size() == positions_m.size());
  std::fill(normals.begin(), normals.end(), glm::vec3(0.0f));
  for (std::size_t i = 0; i + 2 < indices.size(); i += 3) {
    const std::uint32_t ids[3] = {indices[i], indices[i + 1], indices[i + 2]};
    const glm::vec3 a = positions_m[ids[0]];
    const glm::vec3 ab = positions_m[ids[1]] - a;
    const glm::vec3 ac = positions_m[ids[2]] - a;
    const glm::vec3 cross = glm::cross(ab, ac);
    const float area2 = glm::dot(cross, cross);
    if (!(area2 > 0.0f)) continue;
    const glm::vec3 bc = ac - ab;
    const float ab_length = glm::length(ab);
    const float angle_a = fast_acos(glm::dot(ab, ac) / (ab_length * glm::length(ac)));
    const float angle_b = fast_acos(-glm::dot(ab, bc) / (ab_length * glm::length(bc)));
    const glm::vec3 unit = cross / std::sqrt(area2);
    normals[ids[0]] += unit * angle_a;
    normals[ids[1]] += unit * angle_b;
    normals[ids[2]] += unit * std::max(3.14159265f - angle_a - angle_b, 0.0f);
  }
  for (glm::vec3& n : normals) {
    const float length = glm::length(n);
    n = length > 1e-12f ? n / length : glm::vec3(0.0f, 1.0f, 0.0f);
  }
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

std::vector<std::uint32_t> find_pieces(const Mesh& mesh) {
  std::vector<std::uint32_t> parent(mesh.positions_m.size());
  std::iota(parent.begin(), parent.end(), 0u);
  const auto root = [&](std::uint32_t i) {
    while (parent[i] != i) i = parent[i] = parent[parent[i]];
    return i;
  };
  for (std::size_t i = 0; i < mesh.indices.size(); i += 3) {
    const std::uint32_t a = root(mesh.indices[i]);
    parent[root(mesh.indices[i + 1])] = a;
    parent[root(mesh.indices[i + 2])] = a;
  }
  for (std::uint32_t v = 0; v < parent.size(); ++v) parent[v] = root(v);
  return parent;
}

Mesh weld_exact(const Mesh& mesh) {
  Mesh out;
  const std::size_t count = mesh.positions_m.size();
  out.positions_m.reserve(count);
  // Open addressing with linear probing in a table at most half full: several times faster here
  // than a node-based map.
  constexpr std::uint32_t kFree = 0xFFFFFFFFu;
  const std::size_t slots = std::bit_ceil(std::max<std::size_t>(2 * count, 16));
  std::vector<std::uint32_t> table(slots, kFree);
  std::vector<std::uint32_t> remap(count);
  for (std::size_t i = 0; i < count; ++i) {
    const PositionKey key = key_of(mesh.positions_m[i]);
    std::size_t slot = hash_of(key) & (slots - 1);
    while (table[slot] != kFree && key_of(out.positions_m[table[slot]]) != key) {
      slot = (slot + 1) & (slots - 1);
    }
    if (table[slot] == kFree) {
      table[slot] = static_cast<std::uint32_t>(out.positions_m.size());
      out.positions_m.push_back(mesh.positions_m[i]);
    }
    remap[i] = table[slot];
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

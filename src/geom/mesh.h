// Triangle meshes and small geometric values. Metres, body frame, counter-clockwise = outward.
#pragma once

#include <cstdint>
#include <glm/geometric.hpp>
#include <glm/vec3.hpp>
#include <limits>
#include <span>
#include <vector>

namespace geom {

struct Aabb {
  glm::vec3 min{std::numeric_limits<float>::max()};
  glm::vec3 max{std::numeric_limits<float>::lowest()};

  void add(glm::vec3 p) {
    min = glm::min(min, p);
    max = glm::max(max, p);
  }
  void add(const Aabb& other) {
    min = glm::min(min, other.min);
    max = glm::max(max, other.max);
  }
  bool empty() const { return min.x > max.x; }
  glm::vec3 centre() const { return 0.5f * (min + max); }
  glm::vec3 size() const { return empty() ? glm::vec3(0.0f) : max - min; }
};

struct Ray {
  glm::vec3 origin_m{0.0f};
  glm::vec3 direction{0.0f, 0.0f, -1.0f};  // unit length
};

// indices.size() is a multiple of three; normals is empty or as long as positions_m.
struct Mesh {
  std::vector<glm::vec3> positions_m;
  std::vector<glm::vec3> normals;
  std::vector<std::uint32_t> indices;

  std::size_t triangle_count() const { return indices.size() / 3; }
};

Aabb bounds_of(std::span<const glm::vec3> positions_m);

// Angle-weighted vertex normals; a vertex without a proper triangle gets +Y.
std::vector<glm::vec3> smooth_normals(std::span<const glm::vec3> positions_m,
                                      std::span<const std::uint32_t> indices);
// The same into memory of the caller, as long as positions_m.
void smooth_normals(std::span<const glm::vec3> positions_m, std::span<const std::uint32_t> indices,
                    std::span<glm::vec3> normals);

// Signed volume in cubic metres (positive when wound outward); meaningful for closed meshes only.
float signed_volume_m3(const Mesh& mesh);
float surface_area_m2(const Mesh& mesh);

// Edges used by exactly one triangle, edges used by more than two, and triangles without area.
struct Topology {
  std::size_t boundary_edges = 0;
  std::size_t non_manifold_edges = 0;
  std::size_t flipped_edges = 0;  // two triangles that run along the edge in the same direction
  std::size_t degenerate_triangles = 0;
  bool watertight() const {
    return boundary_edges == 0 && non_manifold_edges == 0 && flipped_edges == 0;
  }
};
Topology find_topology(const Mesh& mesh);

// For every vertex one vertex of the piece that it belongs to, the same for all of a piece. A vertex
// without a triangle is a piece of its own.
std::vector<std::uint32_t> find_pieces(const Mesh& mesh);

// Merges vertices whose positions are equal bit for bit (-0 counts as 0); drops normals and
// triangles that collapse. Order of the remaining triangles is kept.
Mesh weld_exact(const Mesh& mesh);

}  // namespace geom

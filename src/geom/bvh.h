// Bounding volume hierarchy over the triangles of one mesh: leaf i of the tree (geom/leaf_tree.h)
// holds triangles [i * kLeafSize, (i + 1) * kLeafSize). It is good only if neighbours in the
// triangle list are neighbours in space, so a mesh is ordered once (order_triangles, at build or
// import time, stored in the pack) and then only *refitted* when it is loaded: linear time, no
// sorting.
//
// A Bvh refers to the arrays it was made from and must not outlive them.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "geom/leaf_tree.h"
#include "geom/mesh.h"

namespace geom {

// A permutation of triangle numbers that suits Bvh: result[new] = old.
std::vector<std::uint32_t> find_bvh_order(std::span<const glm::vec3> positions_m,
                                          std::span<const std::uint32_t> indices);
// Reorders the indices accordingly. Positions and normals stay.
void order_triangles(std::span<const glm::vec3> positions_m, std::span<std::uint32_t> indices);
void order_triangles(Mesh& mesh);

struct RayHit {
  float distance_m = 0.0f;
  std::uint32_t triangle = 0;
  float u = 0.0f;  // barycentric weights of the second and third corner
  float v = 0.0f;
  bool front = true;  // the ray meets the outside of the triangle
};

struct SurfacePoint {
  glm::vec3 point_m{0.0f};
  std::uint32_t triangle = 0;
  float distance_m = 0.0f;
};

class Bvh {
 public:
  Bvh() = default;
  Bvh(std::span<const glm::vec3> positions_m, std::span<const std::uint32_t> indices);

  // A branch of the tree, as the two ray queries take it; together the parts are the mesh.
  using Part = LeafTree::Branch;
  // Appends branches of at most `largest` triangles (of one leaf at least).
  void find_parts(std::size_t largest, std::vector<Part>& parts) const;

  // Nearest crossing within (0, max_distance_m], both sides of a triangle count.
  std::optional<RayHit> find_hit(const Ray& ray, float max_distance_m,
                                 std::uint32_t root = 0) const;
  // Appends every crossing within (0, max_distance_m], in no order. A crossing through an edge may
  // be reported for both triangles.
  void find_all_hits(const Ray& ray, float max_distance_m, std::vector<RayHit>& hits,
                     std::uint32_t root = 0) const;
  // Nearest point of the surface within max_distance_m.
  std::optional<SurfacePoint> find_closest(glm::vec3 point_m, float max_distance_m) const;
  // Calls visit(triangle) for every triangle whose box meets the sphere.
  void visit_near(glm::vec3 centre_m, float radius_m,
                  const std::function<void(std::uint32_t triangle)>& visit) const;

  const Aabb& bounds() const { return tree_.bounds(); }
  std::size_t triangle_count() const { return indices_.size() / 3; }
  bool empty() const { return indices_.empty(); }

 private:
  template <typename Visit>
  void visit_leaf(std::uint32_t leaf, const Visit& visit) const;

  std::span<const glm::vec3> positions_m_;
  std::span<const std::uint32_t> indices_;
  LeafTree tree_;
};

}  // namespace geom

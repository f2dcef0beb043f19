// Surfaces as level sets: a regular grid of signed distances (negative inside) and its polygons.
// Dual ("surface nets") triangles: about equally large, well shaped, without the slivers of
// marching cubes. The result is always closed and manifold: ambiguous neighbourhoods of the grid
// are filled before the first polygon is made.
#pragma once

#include <cstddef>
#include <functional>
#include <glm/vec3.hpp>
#include <vector>

#include "geom/mesh.h"

namespace geom {

// values[x + size.x * (y + size.y * z)] belongs to the point origin_m + spacing_m * (x, y, z).
struct Grid {
  glm::ivec3 size{0};
  glm::vec3 origin_m{0.0f};
  float spacing_m = 1.0f;
  std::vector<float> values;

  std::size_t index(int x, int y, int z) const {
    return static_cast<std::size_t>(x) +
           static_cast<std::size_t>(size.x) *
               (static_cast<std::size_t>(y) +
                static_cast<std::size_t>(size.y) * static_cast<std::size_t>(z));
  }
  glm::vec3 point(int x, int y, int z) const {
    return origin_m + spacing_m * glm::vec3(static_cast<float>(x), static_cast<float>(y),
                                            static_cast<float>(z));
  }
  std::size_t count() const {
    return static_cast<std::size_t>(size.x) * static_cast<std::size_t>(size.y) *
           static_cast<std::size_t>(size.z);
  }
  // Trilinear; points outside take the nearest border's value.
  float at(glm::vec3 point_m) const;
  glm::vec3 gradient(glm::vec3 point_m) const;
};

// An empty grid (values all `value`) that covers the box with at least `margin_m` to spare.
Grid make_grid(const Aabb& box_m, float spacing_m, float margin_m, float value);

using SignedDistance = std::function<float(glm::vec3 point_m)>;

// Samples a signed distance over the box. Blocks that lie further from the surface than their own
// size are skipped, so the function must not overestimate a distance by more than a factor of two.
// Runs in parallel: the function must be safe to call from several threads.
Grid sample_distance(const SignedDistance& distance, const Aabb& box_m, float spacing_m);

// The zero surface, outward winding, no normals. Values on the outermost layer of the grid count as
// outside.
Mesh polygonise(Grid grid);

// Keeps the piece with the largest surface; a closed mesh stays closed.
Mesh keep_largest_piece(const Mesh& mesh);

}  // namespace geom

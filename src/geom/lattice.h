// A smooth vector field over a box: vectors at the points of a regular grid, blended by uniform
// cubic B-splines, so that field and first two derivatives are continuous. The blend smooths: it
// does not pass through the grid's vectors. Outside the box the border's values hold.
#pragma once

#include <glm/mat3x3.hpp>
#include <glm/vec3.hpp>
#include <vector>

#include "geom/mesh.h"

namespace geom {

class Lattice {
 public:
  Lattice() = default;
  // Covers the box; points of the grid lie at origin + spacing * (x, y, z).
  Lattice(const Aabb& box_m, float spacing_m);

  glm::ivec3 size() const { return size_; }
  float spacing_m() const { return spacing_; }
  glm::vec3 point_m(int x, int y, int z) const {
    return origin_ + spacing_ * glm::vec3(static_cast<float>(x), static_cast<float>(y),
                                          static_cast<float>(z));
  }
  std::size_t index(int x, int y, int z) const {
    return static_cast<std::size_t>(x + size_.x * (y + size_.y * z));
  }
  std::vector<glm::vec3>& values() { return values_; }
  const std::vector<glm::vec3>& values() const { return values_; }

  glm::vec3 at(glm::vec3 point_m) const;
  // Columns are the derivatives along x, y and z.
  glm::mat3 gradient(glm::vec3 point_m) const;

 private:
  struct Span;
  Span span_at(glm::vec3 point_m) const;

  glm::ivec3 size_{0};
  glm::vec3 origin_{0.0f};
  float spacing_ = 1.0f;
  std::vector<glm::vec3> values_;
};

}  // namespace geom

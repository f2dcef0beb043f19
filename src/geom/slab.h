// The slab test of a ray against a box: what every traversal asks first.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>

#include "geom/mesh.h"

namespace geom {

// Component-wise 1 / direction; a zero component would make 0 * infinity = NaN on a slab's plane.
inline glm::vec3 inverse_direction(const Ray& ray) {
  const auto one = [](float x) { return 1.0f / (std::abs(x) > 1e-12f ? x : 1e-12f); };
  return {one(ray.direction.x), one(ray.direction.y), one(ray.direction.z)};
}

// Entry distance, or infinity when the ray misses the box within max_distance.
inline float enter_box(const Aabb& box, glm::vec3 origin, glm::vec3 inverse, float max_distance) {
  const glm::vec3 a = (box.min - origin) * inverse;
  const glm::vec3 b = (box.max - origin) * inverse;
  const glm::vec3 lo = glm::min(a, b);
  const glm::vec3 hi = glm::max(a, b);
  const float enter = std::max(std::max(lo.x, lo.y), std::max(lo.z, 0.0f));
  const float leave = std::min(std::min(hi.x, hi.y), std::min(hi.z, max_distance));
  return enter <= leave ? enter : std::numeric_limits<float>::infinity();
}

}  // namespace geom

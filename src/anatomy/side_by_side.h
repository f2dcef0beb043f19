// Where two muscles of which one lies under the other do not: seen from one direction, around one
// place, they lie side by side or the other way round (brachialis and biceps from the outer side of
// the arm; teres major and the tendon of latissimus from behind). Body frame, right side.
#pragma once

#include <glm/geometric.hpp>
#include <glm/vec3.hpp>
#include <string>

namespace anatomy {

struct SideBySide {
  std::string cover;     // entry of the ontology, without side
  glm::vec3 from{0.0f};  // unit, from the muscle to whoever looks; holds within 60 degrees
  glm::vec3 around_m{0.0f};
  float within_m = 0.0f;

  // A point of either side's muscle, met along the unit direction `inward`.
  bool holds(glm::vec3 point_m, glm::vec3 inward) const {
    const float mirror = point_m.x > 0.0f ? -1.0f : 1.0f;
    const glm::vec3 p(mirror * point_m.x, point_m.y, point_m.z);
    const glm::vec3 way(mirror * inward.x, inward.y, inward.z);
    return glm::dot(way, from) <= -0.5f && glm::length(p - around_m) <= within_m;
  }
};

}  // namespace anatomy

// Where a place of one body lies in another: found from the structures that both have. Used to
// bring what the built-in body knows of (soft parts, thicknesses, right sizes) to an atlas, and
// back.
#pragma once

#include <glm/vec3.hpp>
#include <vector>

#include "anatomy/body.h"

namespace atlas {

// Immutable; safe to use from several threads. Body frames on both ends, metres.
class BodyMap {
 public:
  // By ids; structures that either body cannot use, and skins, do not count.
  BodyMap(const anatomy::Body& from, const anatomy::Body& to);

  // Fewer than three structures in common: there is nothing to go by.
  bool known() const { return pairs_.size() >= 3; }
  // One scale and shift for the whole, and around each structure what it differs by.
  glm::vec3 operator()(glm::vec3 from_m) const;
  // Whether the place is surrounded by structures that both have: three within 6 cm, or the skull.
  bool supports(glm::vec3 from_m) const;

 private:
  struct Pair {
    geom::Aabb box_m;  // in `from`
    int counts = 1;    // as how many structures
    glm::vec3 centre_m;
    glm::vec3 off_m;  // what is left after scale and shift
  };
  std::vector<Pair> pairs_;
  float scale_ = 1.0f;
  glm::vec3 shift_m_{0.0f};
};

}  // namespace atlas

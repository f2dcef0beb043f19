// Structures out of scale that can be brought right: where the twin on the other side, the
// neighbours in a row (vertebrae, ribs) or the built-in body say how long it should be and where,
// and one of the usual mistakes of units explains how it is.
#pragma once

#include <glm/vec3.hpp>
#include <optional>
#include <string>
#include <vector>

#include "anatomy/body.h"

namespace atlas {

// right = pivot + factor * (wrong - pivot).
struct Repair {
  float factor = 1.0f;
  glm::vec3 pivot_m{0.0f};
  std::string words;  // "25.4 times larger about the files' origin, as the built-in body has it"

  glm::vec3 operator()(glm::vec3 p) const { return pivot_m + factor * (p - pivot_m); }
};

// One per structure, nothing for the usable ones and where nothing fits. `file_origin_m`: where the
// files' zero lies in the body frame. `builtin` may be null.
std::vector<std::optional<Repair>> find_repairs(const anatomy::Body& body,
                                                const anatomy::Body* builtin,
                                                glm::vec3 file_origin_m);

}  // namespace atlas

// What lies under a point of the skin, from the skin to the bone: for whoever asks "what is here?".
#pragma once

#include <vector>

#include "anatomy/body.h"

namespace guide {

struct LayerHere {
  anatomy::StructureIndex structure = anatomy::kNone;
  float depth_m = 0.0f;      // of its outer side below the skin
  float thickness_m = 0.0f;  // of its first passage; 0 where its far side is not met
};

// Along the inward normal at the skin point nearest to `point_m`, the outermost first; ends with
// the first bone or after 12 cm. The skin itself stands first where the body has one.
std::vector<LayerHere> find_layers_here(glm::vec3 point_m, const anatomy::BodyIndex& body);

}  // namespace guide

// One ball pressed onto a flat stack of layers on bone: the laws of science.md sections 1 and 2 by
// themselves, without a body and without creep. SI.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"

namespace sim {

struct PressLayer {
  std::string name;
  float thickness_m = 0.0f;
  float shear_modulus_pa = 0.0f;
};

struct PressedLayer {
  std::string name;
  float middle_pa = 0.0f;  // on the axis
  float bottom_pa = 0.0f;
};

struct Press {
  float indentation_m = 0.0f;
  float contact_radius_m = 0.0f;
  float peak_pa = 0.0f;
  float mean_pa = 0.0f;
  std::vector<PressedLayer> layers;
};

// Layers from the skin inward. Refuses what has no meaning (no layers, figures that are not finite
// and above zero, a negative force) with a sentence that names the layer.
base::Result<Press> press_stack(const std::vector<PressLayer>& layers, float ball_diameter_m,
                                float force_n);

}  // namespace sim

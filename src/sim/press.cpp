#include "sim/press.h"

#include <cmath>

#include "sim/contact_law.h"
#include "sim/depth_law.h"

namespace sim {
namespace {

constexpr float kPi = 3.14159265358979f;

bool is_positive(float value) { return std::isfinite(value) && value > 0.0f; }

}  // namespace

base::Result<Press> press_stack(const std::vector<PressLayer>& layers, float ball_diameter_m,
                                float force_n) {
  if (layers.empty()) return base::fail("a stack needs at least one layer");
  if (!is_positive(ball_diameter_m)) return base::fail("the ball's diameter must be above zero");
  if (!std::isfinite(force_n) || force_n < 0.0f)
    return base::fail("the force must not be negative");
  float thickness_m = 0.0f;
  float compliance = 0.0f;  // sum of h/E
  for (const PressLayer& layer : layers) {
    if (!is_positive(layer.thickness_m))
      return base::fail("the thickness of layer '" + layer.name + "' must be above zero");
    if (!is_positive(layer.shear_modulus_pa))
      return base::fail("the shear modulus of layer '" + layer.name + "' must be above zero");
    thickness_m += layer.thickness_m;
    compliance += layer.thickness_m / (3.0f * layer.shear_modulus_pa);
  }
  const float modulus_pa = thickness_m / compliance;
  const BallOnStack ball{0.5f * ball_diameter_m, 0.5f * ball_diameter_m, thickness_m};

  Press press;
  press.indentation_m = find_indentation(ball, force_n / modulus_pa);
  press.contact_radius_m = contact_radius(ball, press.indentation_m);
  press.peak_pa = peak_pressure(force_n, press.contact_radius_m);
  press.mean_pa = press.contact_radius_m > 0.0f
                      ? force_n / (kPi * press.contact_radius_m * press.contact_radius_m)
                      : 0.0f;
  const DepthLaw depth{press.contact_radius_m, thickness_m, press.peak_pa};
  float top_m = 0.0f;
  for (const PressLayer& layer : layers) {
    press.layers.push_back({layer.name, depth.stress_pa(0.0f, top_m + 0.5f * layer.thickness_m),
                            depth.stress_pa(0.0f, top_m + layer.thickness_m)});
    top_m += layer.thickness_m;
  }
  return press;
}

}  // namespace sim

#include "sim/depth_law.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"
#include "base/fmath.h"

namespace sim {
namespace {

// Stack on bone against half-space: the depth scale that fits best over all stacks.
constexpr float kDepthScale = 0.82f;
constexpr float kBoneReflection = 0.25f;

// huber_ratio on the axis: 1 / (1 + (z/a)^2) for incompressible tissue.
float huber_on_axis(float z_m, float a_m) { return a_m * a_m / (a_m * a_m + z_m * z_m); }

}  // namespace

float huber_ratio(float r_m, float z_m, float a_m) {
  const float a2 = a_m * a_m;
  const float r2 = r_m * r_m;
  // At the surface the formula's limit is the Hertz pressure itself.
  if (!(z_m > 1e-4f * a_m)) return r2 < a2 ? base::fsqrt(1.0f - r2 / a2) : 0.0f;
  const float z2 = z_m * z_m;
  const float b = r2 + z2 - a2;
  const float root = base::fsqrt(b * b + 4.0f * a2 * z2);
  // For b < 0 the sum cancels; the conjugate form keeps its digits.
  const float u = b >= 0.0f ? 0.5f * (b + root) : 2.0f * a2 * z2 / (root - b);
  const float t = z_m / base::fsqrt(u);
  return t * t * t * a2 * u / (u * u + a2 * z2);
}

float DepthLaw::stress_pa(float r_m, float z_m) const {
  const float a = contact_radius_m;
  if (!(a > 0.0f) || !(peak_pa > 0.0f)) return 0.0f;
  const float z = std::clamp(z_m, 0.0f, thickness_m);
  const float scaled = kDepthScale * z;
  const float mirror = kDepthScale * (2.0f * thickness_m - z);
  const float g = 1.0f + kBoneReflection * base::fsqrt(z / thickness_m) * huber_on_axis(mirror, a) /
                             huber_on_axis(scaled, a);
  return peak_pa * g * huber_ratio(r_m * base::fsqrt(g), scaled, a);
}

void DepthLaw::stress_pa(std::span<const float> r_m, std::span<const float> z_m,
                         std::span<float> out_pa) const {
  BACKMATE_CHECK(r_m.size() == z_m.size() && r_m.size() == out_pa.size());
  const float a = contact_radius_m;
  if (!(a > 0.0f) || !(peak_pa > 0.0f)) {
    std::fill(out_pa.begin(), out_pa.end(), 0.0f);
    return;
  }
  // Without branches, so that several points go through at once.
  const float a2 = a * a;
  const float thickness = thickness_m;
  const float per_thickness = 1.0f / thickness_m;
  const float peak = peak_pa;
  const float* r_of = r_m.data();
  const float* z_of = z_m.data();
  float* out = out_pa.data();
  const std::size_t count = r_m.size();
  for (std::size_t i = 0; i < count; ++i) {
    const float z = std::max(std::min(z_of[i], thickness), 1e-3f * a);
    const float scaled = kDepthScale * z;
    const float mirror = kDepthScale * (2.0f * thickness - z);
    const float g = 1.0f + kBoneReflection * std::sqrt(z * per_thickness) * (a2 + scaled * scaled) /
                               (a2 + mirror * mirror);
    const float z2 = scaled * scaled;
    const float b = r_of[i] * r_of[i] * g + z2 - a2;
    const float larger = std::sqrt(b * b + 4.0f * a2 * z2) + std::abs(b);
    const float u = b >= 0.0f ? 0.5f * larger : 2.0f * a2 * z2 / larger;
    const float t = scaled / std::sqrt(u);
    out[i] = peak * g * t * t * t * a2 * u / (u * u + a2 * z2);
  }
}

float DepthLaw::reach_m(float threshold_pa, float z_m) const {
  const float a = contact_radius_m;
  if (!(peak_pa > threshold_pa)) return a;
  // Far from the patch the field is Boussinesq's: sigma = 3 F z^3 / (2 pi (r^2 + z^2)^2.5) with
  // F = 2/3 pi a^2 p0, that is p0 a^2 z^3 / (r^2 + z^2)^2.5, at most 0.186 p0 a^2 / r^2. The bone
  // adds a quarter at most.
  const float source = (1.0f + kBoneReflection) * peak_pa * a * a / threshold_pa;
  const float z = kDepthScale * std::min(z_m, thickness_m);
  const float at_depth2 = base::fpow(source * z * z * z, 0.4f) - z * z;
  const float anywhere2 = 0.186f * source;
  // The maximum over depth lies at z = 1.22 r: only above it does the depth at hand limit.
  const float r2 = at_depth2 > 0.0f && z * z < 1.5f * at_depth2 ? at_depth2 : anywhere2;
  // Half a radius more than a point force makes up for the size of the patch.
  return std::max(1.6f * a, 0.5f * a + base::fsqrt(std::max(r2, 0.0f)));
}

}  // namespace sim

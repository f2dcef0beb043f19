// How pressure reaches the depth, science.md section 2: Huber's exact field of a Hertz contact
// (Huber 1904; Johnson 1985) on the half-space, corrected for soft layers on bone. Checked against
// an exact layered solution: RMS error 1.9 % of p0 over 1,320 points.
#pragma once

#include <span>

namespace sim {

// Huber: sigma_z/p0 at radius r and depth z under a Hertz pressure of contact radius a.
float huber_ratio(float r_m, float z_m, float a_m);

// One contact over a stack of thickness H. Holds what does not depend on the point.
struct DepthLaw {
  float contact_radius_m = 0.0f;
  float thickness_m = 0.0f;  // H
  float peak_pa = 0.0f;      // p0

  // z' = 0.82 z; G = 1 + 0.25 sqrt(z/H) h(0, 0.82 (2H - z)) / h(0, z');
  // sigma_z = p0 G h(r sqrt(G), z'). Below H (bone) the value at H.
  float stress_pa(float r_m, float z_m) const;
  // The same for many points at once, not at the surface itself (z > 0.001 a). Spans of one length.
  void stress_pa(std::span<const float> r_m, std::span<const float> z_m,
                 std::span<float> out_pa) const;
  // No stress above `threshold_pa` is found further out than this at depths down to z_m.
  float reach_m(float threshold_pa, float z_m) const;
};

}  // namespace sim

// The mechanics of one ball on a layered stack, science.md section 1. Pure functions, SI.
//
//   F(d) = 16/9 E_eff sqrt(R*) d^1.5 g(chi) s(d),  chi = sqrt(R* d)/H,  nu = 0.5
//   g: finite-thickness series (first terms Garcia & Garcia 2018), checked to chi = 0.87
//   s: locking near the bone (fits Bosboom 2001): d < 0.45 H always
//
// With H infinite this is Hertz (1882).
//
// A roller is a row of such balls, and each carries what its strip of the cylinder would: balls
// closer than their patches are wide would count pressure twice. At the same dent a strip as long
// as sqrt(R* d)/(0.065 + sqrt(chi)) carries what the ball does; it touches over a half width of
// sqrt(R* d (0.7 + 2.4 chi)). Both computed with an exact solver of the incompressible bonded layer
// under a frictionless cylinder and sphere, chi 0.1 to 1: within 3 % and 7 %.
#pragma once

#include <glm/vec3.hpp>

namespace sim {

inline constexpr float kLockingFraction = 0.45f;  // of H: where a ball would be stopped by the bone
// Prony series of soft tissue under compression: relaxing fractions and times. First term Bosboom
// 2001 (0.549, 6.01 s) and Van Loocke (about one half); the second is assumed.
struct PronySeries {
  float fraction[2] = {0.50f, 0.08f};
  float time_s[2] = {6.0f, 60.0f};
};

struct BallOnStack {
  float radius_m = 0.0f;            // of the ball
  float effective_radius_m = 0.0f;  // R*: ball and body curvature together
  float thickness_m = 0.0f;         // H, skin to bone
  // Of a cylinder that the ball stands for; 0: a ball of its own. R* is then the cylinder's.
  float strip_m = 0.0f;
};

// g(chi) of section 1.
float thickness_factor(float chi);
// F(d)/E_eff and its derivative; 0 for d <= 0, and no further than just short of d = 0.45 H.
float force_per_modulus(const BallOnStack& ball, float indentation_m);
float stiffness_per_modulus(const BallOnStack& ball, float indentation_m);
// The d at which force_per_modulus(d) = force/modulus. Newton, safeguarded by bisection.
float find_indentation(const BallOnStack& ball, float force_per_modulus_m2);
// a = min(sqrt(R* d (1 + chi)), 0.95 R)
float contact_radius(const BallOnStack& ball, float indentation_m);
// Half the width over which the strip of a cylinder touches: as above, at most 0.95 R.
float strip_half_width(const BallOnStack& ball, float indentation_m);
// p0 = 1.5 F / (pi a^2); 0 without force.
float peak_pressure(float force_n, float contact_radius_m);

// Elastic foundation for heads that are no balls: pressure under an indentation w (assumed law).
float foundation_pressure(float effective_modulus_pa, float thickness_m, float indentation_m);

// Memory of one contact's viscous part. `load` is f = F_elastic/E_eff (m^2) of the last tick.
struct ViscousMemory {
  float load = 0.0f;
  float branch[2] = {0.0f, 0.0f};
  float radius_m = 0.0f;    // of the contact
  glm::vec3 point_m{0.0f};  // where it was: the memory belongs to the tissue there
};
// Over one tick the force is affine in the new load: F = E_eff (slope * f + offset).
struct ViscousLaw {
  float slope = 1.0f;
  float offset = 0.0f;
};
ViscousLaw viscous_law(const PronySeries& series, const ViscousMemory& memory, float dt_s);
// Keeps place and radius.
ViscousMemory advance_memory(const PronySeries& series, const ViscousMemory& memory, float load,
                             float dt_s);

}  // namespace sim

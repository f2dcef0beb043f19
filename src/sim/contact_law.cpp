#include "sim/contact_law.h"

#include <algorithm>

#include "base/fmath.h"
#include "base/quantity.h"

namespace sim {
namespace {

// Share of d = 0.45 H that the solver may come near to: beyond it single precision has no digits.
constexpr float kNearlyLocked = 0.9995f;

// Of the length of a cylinder that carries what a ball does.
constexpr float kLineOffset = 0.065f;

struct ForceAndSlope {
  float force;
  float slope;
};

ForceAndSlope evaluate(const BallOnStack& ball, float d) {
  if (!(d > 0.0f)) return {0.0f, 0.0f};
  d = std::min(d, kNearlyLocked * kLockingFraction * ball.thickness_m);
  const float root_r = base::fsqrt(ball.effective_radius_m);
  const float chi = root_r * base::fsqrt(d) / ball.thickness_m;
  const float g = thickness_factor(chi);
  const float dg_dchi = 1.133f + chi * (2.0f * 1.497f + chi * (3.0f * 1.469f + chi * 4.0f * 0.2f));
  const float locking = kLockingFraction * ball.thickness_m;
  const float free = 1.0f - d / locking;
  const float s = 1.0f / (free * base::fsqrt(free));
  const float hertz = 16.0f / 9.0f * root_r * d * base::fsqrt(d);
  float force = hertz * g * s;
  // d(ln F)/dd, term by term: d^1.5, g(chi) with chi ~ sqrt(d), s(d).
  float log_slope = 1.5f / d + dg_dchi / g * 0.5f * chi / d + 1.5f / (locking * free);
  if (ball.strip_m > 0.0f) {
    const float root_chi = base::fsqrt(chi);
    const float stretch = chi * ball.thickness_m / (kLineOffset + root_chi);
    force *= ball.strip_m / stretch;
    log_slope -= 0.5f / d - 0.25f * root_chi / ((kLineOffset + root_chi) * d);
  }
  return {force, force * log_slope};
}

float decay_average(float dt_s, float tau_s) {
  const float x = dt_s / tau_s;
  // (1 - exp(-x)) / x without losing digits for short ticks.
  return x < 1e-2f ? 1.0f - x * (0.5f - x * (1.0f / 6.0f)) : (1.0f - base::fexp(-x)) / x;
}

}  // namespace

float thickness_factor(float chi) {
  return 1.0f + chi * (1.133f + chi * (1.497f + chi * (1.469f + chi * 0.2f)));
}

float force_per_modulus(const BallOnStack& ball, float indentation_m) {
  return evaluate(ball, indentation_m).force;
}

float stiffness_per_modulus(const BallOnStack& ball, float indentation_m) {
  return evaluate(ball, indentation_m).slope;
}

float find_indentation(const BallOnStack& ball, float target) {
  if (!(target > 0.0f)) return 0.0f;
  float low = 0.0f;
  float high = kNearlyLocked * kLockingFraction * ball.thickness_m;
  if (evaluate(ball, high).force <= target) return high;
  // Hertz gives too deep a start (the real law is stiffer), which is where Newton on a convex
  // function wants to begin; a cylinder's force grows with about the dent itself.
  const float k = 16.0f / 9.0f * base::fsqrt(ball.effective_radius_m);
  const float start =
      ball.strip_m > 0.0f ? target / ball.strip_m : base::fpow(target / k, 2.0f / 3.0f);
  float d = std::min(start, 0.9f * high);
  for (int i = 0; i < 60; ++i) {
    const ForceAndSlope at = evaluate(ball, d);
    (at.force > target ? high : low) = d;
    float next = d - (at.force - target) / at.slope;
    if (!(next > low && next < high)) next = 0.5f * (low + high);
    const float change = next - d;
    d = next;
    if (std::abs(change) <= 1e-7f * d) break;
  }
  return d;
}

float contact_radius(const BallOnStack& ball, float indentation_m) {
  if (!(indentation_m > 0.0f)) return 0.0f;
  const float product = ball.effective_radius_m * indentation_m;
  const float chi = base::fsqrt(product) / ball.thickness_m;
  return std::min(base::fsqrt(product * (1.0f + chi)), 0.95f * ball.radius_m);
}

float strip_half_width(const BallOnStack& ball, float indentation_m) {
  if (!(indentation_m > 0.0f)) return 0.0f;
  const float product = ball.effective_radius_m * indentation_m;
  const float chi = base::fsqrt(product) / ball.thickness_m;
  return std::min(base::fsqrt(product * (0.7f + 2.4f * chi)), 0.95f * ball.radius_m);
}

float peak_pressure(float force_n, float contact_radius_m) {
  if (!(force_n > 0.0f) || !(contact_radius_m > 0.0f)) return 0.0f;
  return 1.5f * force_n / (base::kPi * contact_radius_m * contact_radius_m);
}

float foundation_pressure(float effective_modulus_pa, float thickness_m, float indentation_m) {
  if (!(indentation_m > 0.0f)) return 0.0f;
  const float deepest = kNearlyLocked * kLockingFraction * thickness_m;
  const float w = std::min(indentation_m, deepest);
  const float free = 1.0f - w / (kLockingFraction * thickness_m);
  return effective_modulus_pa / thickness_m * w / (free * base::fsqrt(free));
}

ViscousLaw viscous_law(const PronySeries& series, const ViscousMemory& memory, float dt_s) {
  ViscousLaw law;
  for (int k = 0; k < 2; ++k) {
    const float keep = base::fexp(-dt_s / series.time_s[k]);
    const float average = decay_average(dt_s, series.time_s[k]);
    law.slope += series.fraction[k] * (average - 1.0f);
    law.offset += series.fraction[k] * (memory.branch[k] * keep - average * memory.load);
  }
  return law;
}

ViscousMemory advance_memory(const PronySeries& series, const ViscousMemory& memory, float load,
                             float dt_s) {
  ViscousMemory next = memory;
  next.load = load;
  for (int k = 0; k < 2; ++k) {
    next.branch[k] = memory.branch[k] * base::fexp(-dt_s / series.time_s[k]) +
                     decay_average(dt_s, series.time_s[k]) * (load - memory.load);
  }
  return next;
}

}  // namespace sim

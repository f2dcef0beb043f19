// The only door to transcendental functions for code whose results must be the same bit for bit on
// every build (sim/). Single-precision exp, pow and sqrt agree between libm and WebAssembly; sin,
// cos and tanh do not, so the simulation has its own. Scalars in, scalars out; no errno, no
// exceptions.
#pragma once

#include <algorithm>
#include <cmath>

namespace base {

inline float fexp(float x) { return std::exp(x); }
inline float fpow(float x, float y) { return std::pow(x, y); }
inline float fsqrt(float x) { return std::sqrt(x); }
inline float clamp01(float x) { return std::clamp(x, 0.0f, 1.0f); }

// Exponential Euler: moves `x` towards `target` with time constant `tau_s` over `dt_s`.
// Unconditionally stable and exact for a constant target.
inline float relax(float x, float target, float dt_s, float tau_s) {
  return x + (target - x) * (1.0f - fexp(-dt_s / tau_s));
}

}  // namespace base

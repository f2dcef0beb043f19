// Tech neck: what the muscles of the neck hold while the head is bent forward. Physics of a rigid
// head about C7; says nothing about pain. Science.md section 4: m 4.6 kg, x0 0.03 m, L 0.15 m; the
// moment agrees with Vasavada and others, 2015 (three to five times that of an upright head).
#pragma once

#include "base/quantity.h"

namespace guide {

inline constexpr float kHeadKg = 4.6f;
inline constexpr base::Radians kMostTilt{base::from_degrees(60.0f)};

// In newton metres, about C7; 0 is upright. Clamped to upright .. kMostTilt.
float head_moment_nm(base::Radians tilt);
// Against an upright head: 1 at 0.
float head_load(base::Radians tilt);

}  // namespace guide

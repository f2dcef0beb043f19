#include "guide/head_tilt.h"

#include <algorithm>
#include <cmath>

#include "guide/doorway.h"

namespace guide {
namespace {

constexpr float kMassAheadM = 0.03f;  // of the head's centre of mass before C7 while it is upright
constexpr float kMassAboveM = 0.15f;

}  // namespace

float head_moment_nm(base::Radians tilt) {
  const float angle = std::clamp(tilt.value, 0.0f, kMostTilt.value);
  return kHeadKg * kGravity * (kMassAheadM * std::cos(angle) + kMassAboveM * std::sin(angle));
}

float head_load(base::Radians tilt) {
  return head_moment_nm(tilt) / head_moment_nm(base::Radians{});
}

}  // namespace guide

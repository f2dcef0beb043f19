// The tilt of a head at which the moment about its centre vanishes: what balls and meshes share.
// Internal to the contact solvers.
#pragma once

#include <algorithm>
#include <cmath>

namespace sim {

struct Balance {
  float travel_m = 0.0f;  // of the head's centre along the press axis, from touching
  float slope = 0.0f;     // of the bar: travel at an arm is travel_m + arm * slope
};

// find_travel(slope) gives the travel at which the head carries its force; find_moment(balance) the
// moment of that, which grows with the slope. `longest` is the longest arm. The joint's stops are
// slope_min and slope_max; `accuracy` is the share of force times longest arm that may be left
// over.
template <typename FindTravel, typename FindMoment>
Balance balance_slope(float start, float slope_min, float slope_max, float force_n, float longest,
                      bool one_arm, float accuracy, const FindTravel& find_travel,
                      const FindMoment& find_moment) {
  float low = slope_min;
  float high = slope_max;
  Balance balance;
  balance.slope = std::clamp(start, low, high);
  float last_slope = 0.0f, last_moment = 0.0f;
  for (int i = 0; i < 60; ++i) {
    balance.travel_m = find_travel(balance.slope);
    const float moment = find_moment(balance);
    if (std::abs(moment) <= accuracy * force_n * longest) break;
    // A larger slope presses what has a positive arm deeper: the moment grows with it.
    if (moment > 0.0f) {
      if (balance.slope <= slope_min) break;
      high = balance.slope;
    } else {
      if (balance.slope >= slope_max) break;
      low = balance.slope;
    }
    float next = 0.5f * (low + high);
    if (i > 0 && i % 3 != 0 && moment != last_moment) {
      const float secant =
          balance.slope - moment * (balance.slope - last_slope) / (moment - last_moment);
      if (secant > low && secant < high) next = secant;
    }
    // Contacts on one side only: the stop is the answer, and halving would only creep towards it.
    if (i == 0 && one_arm) next = moment > 0.0f ? slope_min : slope_max;
    last_slope = balance.slope;
    last_moment = moment;
    if (next == balance.slope || high - low < 1e-6f) break;
    balance.slope = next;
  }
  return balance;
}

}  // namespace sim

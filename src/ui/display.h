// How a person wants to see things: kept from one start to the next, never part of a document.
#pragma once

#include <array>

#include "ui/palette.h"

namespace ui {

// Sizes of words and controls that can be chosen, in percent of what suits the window.
inline constexpr std::array<int, 5> kSizes = {100, 125, 150, 175, 200};

struct DisplaySettings {
  Look look = Look::kLight;
  int size_percent = 100;
  bool labels = false;          // names of what is seen, at the sides of the picture
  bool reduced_motion = false;  // the camera jumps, nothing pulses

  bool operator==(const DisplaySettings&) const = default;
};

}  // namespace ui

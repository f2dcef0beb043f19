// Which cutaway is open and how far it has gone.
#pragma once

#include <cstddef>

#include "anatomy/body.h"

namespace ui {

struct StoryState {
  std::size_t index = 0;
  anatomy::Side side = anatomy::Side::kLeft;
  float amount = 0.0f;

  bool operator==(const StoryState&) const = default;
};

}  // namespace ui

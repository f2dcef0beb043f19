// What "my size, my door" remembers while it is open.
#pragma once

#include <string>

#include "guide/doorway.h"

namespace ui {

struct DoorState {
  int placement = -1;  // shown; -1: the document's, else the base of the neck
  anatomy::Side side = anatomy::Side::kRight;
  float force_n = 0.0f;  // wanted; 0: the placement's own
};

}  // namespace ui

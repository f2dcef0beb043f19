// Where the panels lie, for any window from 1024x600 to 3840x2160: nothing overlaps, nothing is
// cut, and `free` is what is left for the body and the head. Pure; pixels from the top left.
#pragma once

#include "ui/controls.h"

namespace ui {

struct Layout {
  float scale = 1.0f;
  Rect top;      // name, undo, views, help
  Rect rail;     // layers
  Rect dock;     // the tool
  Rect targets;  // what is worked on, relief, time
  Rect footer;   // the standing notice
  Rect free;
};

Layout make_layout(int width_px, int height_px);

}  // namespace ui

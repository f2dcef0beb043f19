// Where the panels lie, for any window from 1024x600 to 3840x2160: nothing overlaps, nothing is
// cut, and `free` is what is left for the body and the head. Pure; pixels from the top left.
#pragma once

#include "ui/controls.h"

namespace ui {

struct Layout {
  float scale = 1.0f;
  Rect top;       // name, undo, views, help
  Rect rail;      // layers
  Rect dock;      // the tool
  Rect targets;   // what is worked on, relief, time
  Rect footer;    // the standing notice
  Rect view_bar;  // colours, depth, limits: above the body
  // The section through the tissue: beside the body, or, where the window is too narrow for that,
  // in the place of `targets`.
  Rect section;
  bool section_beside = false;
  Rect place;  // the card of the chosen placement: under the body
  Rect free;
};

// `section_open` gives the section room beside the body, `placed` a placement's card under it.
Layout make_layout(int width_px, int height_px, bool section_open = false, bool placed = false);

}  // namespace ui

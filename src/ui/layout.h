// Where the panels lie, for any window from 1024x600 to 3840x2160 and upright ones: nothing
// overlaps, nothing is cut, and `free` is what is left for the body and the head. Pure; pixels from
// the top left.
//
// One size of words and controls suits a window; a person may want them up to twice as large, as
// far as the smallest arrangement still fits. Where room gets scarce panels fold: the views into
// one button, the rail into icons, the relief curves into a tab; the dock goes under everything.
// A person may fold the rail, the dock and the targets away, down to a button each.
#pragma once

#include "ui/controls.h"
#include "ui/display.h"

namespace ui {

// How the rail of layers is drawn.
enum class RailForm {
  kWords,      // a row with words for everything
  kMixed,      // layers with words, the switches as icons in one row
  kTwoColumns  // icons in two columns
};

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
  RailForm rail_form = RailForm::kWords;
  bool portrait = false;      // the targets lie under the body
  bool views_folded = false;  // into one button
  int largest_percent = 100;  // that this window has room for
};

// `section_open` gives the section room beside the body, `placed` a placement's card under it.
// `size_percent` of what suits the window; less where that would not fit. A section that takes the
// place of the targets is not folded with them.
Layout make_layout(int width_px, int height_px, bool section_open = false, bool placed = false,
                   int size_percent = 100, Folds folded = {});

}  // namespace ui

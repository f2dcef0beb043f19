// The finder inside the list of places: by complaint, after a short check, or for the place under
// the head (guide/finder.h).
#pragma once

#include "ui/context.h"
#include "ui/finder_state.h"

namespace ui {

// The three ways to list places, as buttons that end at `right`; returns where they begin.
float draw_finder_ways(Context& context, float right, float y, FinderState& state);
// "Not today", whichever way places are looked for, as long as a red flag has been answered with
// yes. False, and nothing is drawn, where there is none.
bool draw_red_flag(Context& context, const Rect& area, FinderState& state);
// What is listed in place of all places. `open` becomes false when a place is chosen.
void draw_finder(Context& context, const Rect& area, bool& open, FinderState& state);

}  // namespace ui

// The panels of the main screen, one function and one file each. They read the context's snapshot
// and put what a person asked for in its output.
#pragma once

#include "ui/context.h"

namespace ui {

void draw_top_bar(Context& context, bool& conditions_open);
void draw_conditions(Context& context, bool& open);
void draw_layer_rail(Context& context);
void draw_tool_dock(Context& context);
void draw_targets(Context& context);
void draw_selection_card(Context& context, bool& facts_open);
void draw_hover_name(Context& context);
void draw_side_hints(Context& context);
void draw_footer(Context& context);
// Over everything, one at a time.
void draw_key_sheet(Context& context, std::string& filter);
void draw_dialog(Context& context);

}  // namespace ui

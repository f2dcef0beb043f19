// What covers of the whole window share: the darkened screen and the card on it.
#pragma once

#include "ui/context.h"

namespace ui {

// Darkens the screen and takes every press that is not on the card. Ends with ImGui::End().
void begin_cover(Context& context);
// A rectangle of at most this size in the middle of the window.
Rect centred(const Context& context, float width, float height);
void draw_card(Context& context, const Rect& card);
// A press beside the card.
bool is_pressed_beside(const Rect& card);

}  // namespace ui

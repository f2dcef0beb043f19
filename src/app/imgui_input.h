// Feeds our input events to Dear ImGui, so that the window and `play` drive it identically.
#pragma once

#include "app/input_event.h"

namespace app {

// To the current ImGui context. A tap goes down and up; ImGui spreads them over frames itself.
void feed_imgui(const InputEvent& event);
// Events wait for further frames.
bool is_imgui_behind();

}  // namespace app

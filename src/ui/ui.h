// The whole interface of one frame, between ImGui::NewFrame() and ImGui::Render(). Reads a
// snapshot, writes commands and actions; knows neither GL nor the window.
#pragma once

#include <string>

#include "ui/context.h"
#include "ui/finder_state.h"

namespace ui {

// What the interface itself remembers from frame to frame.
struct UiState {
  ControlRegistry controls;
  std::string key_filter;
  bool facts_open = false;
  bool conditions_open = false;
  bool places_open = false;
  FinderState finder;
  bool fields_open = false;
  bool section_open = false;
  bool person_shown = false;  // instead of the muscles that are worked on
  bool all_states = false;    // of the person's leading muscle
  bool attachments_open = false;
};

Output draw_ui(const session::Snapshot& snapshot, const ViewInfo& view, const Layout& layout,
               const data::Translator& tr, const Theme& theme, UiState& state);

}  // namespace ui

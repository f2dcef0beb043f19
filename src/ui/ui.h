// The whole interface of one frame, between ImGui::NewFrame() and ImGui::Render(). Reads a
// snapshot, writes commands and actions; knows neither GL nor the window.
#pragma once

#include <cstdint>
#include <string>

#include "ui/browser_state.h"
#include "ui/context.h"
#include "ui/door_state.h"
#include "ui/explore_state.h"
#include "ui/finder_state.h"
#include "ui/story_state.h"

namespace ui {

// What lies over the body, one at a time.
enum class Sheet : std::uint8_t {
  kNone,
  kMenu,
  kPlaces,
  kConditions,
  kFields,
  kSearch,
  kTree,
  kUnder,
  kViews,
  kDisplay
};
// What covers the whole window, one at a time.
enum class Cover : std::uint8_t { kNone, kBrowser, kStory, kAbout, kDoor };

// What the interface itself remembers from frame to frame.
struct UiState {
  FrameMemory memory;
  ControlRegistry controls;
  KeyboardFocus keyboard;
  std::string key_filter;
  bool facts_open = false;
  Sheet sheet = Sheet::kNone;
  Cover cover = Cover::kNone;
  BrowserState browser;
  SearchState search;
  TreeState tree;
  UnderState under;
  FinderState finder;
  StoryState story;
  DoorState door;
  bool section_open = false;
  BodyCut cut = BodyCut::kNone;  // beside the open section
  bool person_shown = false;  // instead of the muscles that are worked on
  bool relief_shown = false;  // its curves instead of the muscles, where there is no room for both
  bool all_states = false;    // of the person's leading muscle
  bool attachments_open = false;
  float height_in_hand = 0.0f;  // of the body, above the least one, while its slider is held

  // Another body has come: what was said about the old one is no longer true.
  void forget_body() {
    finder = {};
    door = {};
    if (cover == Cover::kStory) cover = Cover::kNone;
    search = {};
    tree = {};
    under = {};
    if (sheet != Sheet::kMenu) sheet = Sheet::kNone;
  }
};

Output draw_ui(const session::Snapshot& snapshot, const ViewInfo& view, const Layout& layout,
               const data::Translator& tr, const Theme& theme, UiState& state);

}  // namespace ui

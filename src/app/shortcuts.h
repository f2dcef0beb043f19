// What the keys of product.md ask for, as values: commands for the document, actions for the view
// and the program.
#pragma once

#include <vector>

#include "app/input_event.h"
#include "session/session.h"

namespace app {

enum class ViewRequest {
  kFrame,
  kReset,
  kFront,
  kBack,
  kLeft,
  kRight,
  kTop,
  kBelow,
  kThreeQuarter,
  kCameraBack,
  kCameraForward,
  kHelp,
  kEscape,
  kFullScreen,
  kScreenshot,
  kSection,
  kPerson,
  kPlaces,
  kSearch,
  kTree,
  kUnder,
  kDisplay,
  kLabels,
  kFold,
  kSkipHint,
  kAbout,
  kDoor,
  kReadNotice,
  kOpen,
  kSave,
  kSaveAs
};

struct Wishes {
  session::CommandQueue commands;
  std::vector<ViewRequest> views;
};

// `hovered` stands in where a key acts on the selection and nothing is selected.
Wishes read_shortcut(Key key, Mods mods, const session::Snapshot& snapshot,
                     anatomy::StructureIndex hovered);

}  // namespace app

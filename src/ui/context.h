// What every panel gets: the frame's snapshot to read, the words, the theme, and where to put what
// a person asked for. Panels hold no state of the document.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "anatomy/facts.h"
#include "anatomy/figure.h"
#include "data/translator.h"
#include "guide/finder.h"
#include "guide/story.h"
#include "session/search.h"
#include "session/session.h"
#include "ui/controls.h"
#include "ui/display.h"
#include "ui/frame_memory.h"
#include "ui/layout.h"
#include "ui/plate.h"
#include "ui/theme.h"

namespace ui {

// What a person asks of the view or the program rather than of the document.
enum class Action {
  kViewBack,
  kViewFront,
  kViewLeft,
  kViewRight,
  kViewTop,
  kViewThreeQuarter,
  kFrame,
  kCameraBack,
  kCameraForward,
  kResetView,
  kOpen,
  kSave,
  kSaveAs,
  kSearch,
  kTree,
  kUnder,
  kPlaces,
  kSection,
  kPerson,
  kFullScreen,
  kScreenshot,
  kDisplay,
  kSkipHint,
  kLabels,
  kFold,
  kAbout,
  kDoor,
  kReadNotice,
  kToggleHelp,
  kCloseDialog
};

// What a person asks of files.
struct FileRequest {
  enum class Kind { kOpen, kSave, kForget, kCancel, kPlanPlace, kPlanCondition };
  Kind kind;
  std::string path = {};  // of a plan: the id of its goal
};

// A file that was opened or saved before.
struct RecentFile {
  std::string path;
  bool exists = true;
};

// A class of the limits painted on the skin: up to this force.
struct LimitColour {
  float force_n = 0.0f;
  glm::vec3 srgb{0.0f};
};

// What a newcomer is shown, one after the other; each goes when it has been done.
inline constexpr std::array<const char*, 3> kHints = {"orbit", "drag", "swap"};

// What the view knows and panels show.
struct ViewInfo {
  anatomy::StructureIndex hovered = anatomy::kNone;
  float pointer_x = 0.0f;
  float pointer_y = 0.0f;
  // Screen-right part of the body's left (+X): 1 in the front view, -1 in the back view.
  float left_on_screen = 0.0f;
  bool can_go_back = false;
  bool can_go_forward = false;
  bool help_open = false;
  const anatomy::Facts* facts = nullptr;                   // may be null
  const guide::Finder* finder = nullptr;                   // null: places are only listed
  const std::vector<guide::StorySpec>* stories = nullptr;  // may be null
  float story_bulge_m = 0.0f;  // of the one that is shown, and where it reaches the nerve
  float story_gap_m = 0.0f;
  const session::SearchIndex* search = nullptr;  // may be null
  std::optional<glm::vec3> picked_m;             // where the skin was pointed at last
  std::string dialog;                            // a sentence to show; empty: no dialog
  bool dialog_is_note = false;                   // nothing failed
  std::string said;                              // a few words that go by themselves
  bool said_undo = false;                        // and can be taken back
  std::string hint;                              // of the first start, one of kHints; empty: none
  bool notice_open = false;        // the sentence about medical advice, at the first start
  std::vector<RecentFile> recent;  // the latest first
  std::string last_session;        // path; empty: none is kept
  std::string program_version;
  DisplaySettings display;
  Plate plate;
  PlateColumns plate_columns;
  Rect plate_area;
  bool planning = false;  // a plan is being drawn
  std::string opening;    // name of what is being opened; empty: nothing
  float opening_fraction = 0.0f;
  std::optional<anatomy::Figure> figure;  // of the built-in body; nothing: another one
  float stature_m = 0.0f;
  // Colours of the document's field from low to high, and of the classes of limits: sRGB.
  std::vector<glm::vec3> field_colours;
  std::vector<LimitColour> limit_colours;
};

struct Output {
  session::CommandQueue commands;
  std::vector<Action> actions;
  std::vector<FileRequest> files;
  std::optional<DisplaySettings> display;
};

struct Context {
  const session::Snapshot& snapshot;
  const ViewInfo& view;
  const data::Translator& tr;
  const Theme& theme;
  const Layout& layout;
  ControlRegistry& controls;
  KeyboardFocus& keyboard;
  FrameMemory& memory;
  Output& out;

  const session::Document& document() const { return *snapshot.document; }
  const anatomy::Body& body() const { return snapshot.index->body(); }
  float px(float at_100_percent) const { return theme.px(at_100_percent); }
  // Words for this frame.
  const char* join(std::initializer_list<std::string_view> parts) const {
    return memory.join(parts);
  }
  const char* fill_in(std::string_view words, std::string_view first,
                      std::string_view second = "") const {
    return memory.fill_in(words, first, second);
  }
};

}  // namespace ui

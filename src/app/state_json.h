// What is on screen and in the simulated person as JSON, for scripts and tests: written by `play`,
// `render --state` and `--state-on-exit`. Units are in the names; matrices are column-major;
// muscles and groups have the highest load first.
#pragma once

#include <cstdint>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "draw/camera.h"
#include "session/session.h"
#include "ui/controls.h"
#include "ui/display.h"

namespace app {

struct StateView {
  draw::Camera camera;
  int width_px = 0;
  int height_px = 0;
  std::span<const ui::Control> controls;
  std::size_t frames = 0;           // drawn so far
  std::span<const float> frame_ms;  // of those, or of the last ones
  bool section_open = false;
  bool person_shown = false;
  ui::BodyCut cut = ui::BodyCut::kNone;
  ui::DisplaySettings display;
  std::string focus;  // id of the control that the keyboard is on; empty: none
  std::string said;   // the words that go by themselves
  std::string hint;   // of the first start: "orbit", "drag", "swap"; empty: none
  ui::Quality quality = ui::Quality::kLow;
  int body_draw_calls = 0;
  std::string dialog;   // the sentence that is shown; empty: none
  std::string opening;  // what is being opened; empty: nothing
};

nlohmann::json make_state_json(const session::Snapshot& snapshot, const StateView& view);
base::Status save_state_json(const nlohmann::json& state, const std::filesystem::path& file);

// Where a press grabs the tool: the middle of the head as it is seen.
glm::vec3 find_grab_point(const session::Snapshot& snapshot);

}  // namespace app

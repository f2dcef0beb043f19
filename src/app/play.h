// Runs a play script without a display: the same App::frame as the window, 1/60 s at a time.
#pragma once

#include <filesystem>
#include <memory>

#include "anatomy/body.h"
#include "app/app.h"
#include "app/play_script.h"
#include "base/result.h"
#include "data/resources.h"
#include "sim/condition.h"

namespace app {

// How the session stands before the first event.
struct PlayStart {
  sim::ConditionChoice condition;
  std::string place;     // id of a placement; empty: none
  float seconds = 0.0f;  // simulated before, 0 to kLongestSeconds
  LookChoice look;
};

// Writes the pictures asked for as <out_dir>/<name>.png and, last, <out_dir>/state.json. Makes the
// folder. Waits for whatever works in the background.
base::Status play(const PlayScript& script, std::shared_ptr<const anatomy::Body> body,
                  const data::ResourceDirs& resources, const PlayStart& start,
                  const std::filesystem::path& out_dir);

}  // namespace app

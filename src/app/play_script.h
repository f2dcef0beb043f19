// A played session: timed input events from a file (format "backmate-play"). The schema
// assets/schema/backmate-play.schema.json says which fields an event must have; more are allowed.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/input_event.h"
#include "base/result.h"

namespace app {

struct TimedEvent {
  double time_s = 0.0;
  InputEvent event;
  std::string frame_name;  // not empty: a picture of this moment is asked for, no input
  bool waits = false;      // until nothing is being opened any more; no input
};

struct PlayScript {
  int width_px = 0;
  int height_px = 0;
  std::vector<TimedEvent> events;  // in order of time; equal times in the file's order
  double end_s = 0.0;
};

base::Result<PlayScript> load_play_script(const std::filesystem::path& file,
                                          const std::filesystem::path& schema_dir);

}  // namespace app

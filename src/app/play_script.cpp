#include "app/play_script.h"

#include <algorithm>

#include "data/json_file.h"

namespace app {
namespace {

using data::Json;

Mods read_mods(const Json& event) {
  Mods mods;
  if (!event.contains("mods")) return mods;
  for (const Json& mod : event["mods"]) {
    const auto name = mod.get<std::string>();
    mods.ctrl |= name == "ctrl";
    mods.shift |= name == "shift";
    mods.alt |= name == "alt";
  }
  return mods;
}

// What each type cannot do without; kinds and ranges are the schema's.
base::Status check_needs(const Json& json) {
  const auto type = json["type"].get<std::string>();
  std::vector<const char*> needs;
  if (type == "move") needs = {"x", "y"};
  if (type == "wheel") needs = {"dy"};
  if (type == "key") needs = {"key"};
  if (type == "frame") needs = {"name"};
  if (type == "drop") needs = {"path"};
  for (const char* field : needs) {
    if (!json.contains(field))
      return base::fail("a " + type + " event needs the field \"" + field + "\"");
  }
  return {};
}

base::Result<TimedEvent> read_event(const Json& json) {
  if (auto status = check_needs(json); !status) return tl::unexpected(status.error());
  TimedEvent timed;
  timed.time_s = json["t"].get<double>();
  InputEvent& event = timed.event;
  const auto type = json["type"].get<std::string>();
  event.mods = read_mods(json);
  event.x = json.value("x", -1.0f);
  event.y = json.value("y", -1.0f);
  const std::string button = json.value("button", "left");
  event.button = button == "right"    ? MouseButton::kRight
                 : button == "middle" ? MouseButton::kMiddle
                                      : MouseButton::kLeft;
  if (type == "move") event.type = EventType::kMove;
  if (type == "press") event.type = EventType::kPress;
  if (type == "release") event.type = EventType::kRelease;
  if (type == "wheel") {
    event.type = EventType::kWheel;
    event.dy = json["dy"].get<float>();
  }
  if (type == "key") {
    event.type = EventType::kKey;
    const auto name = json["key"].get<std::string>();
    const auto key = parse_key(name);
    if (!key)
      return base::fail("the key \"" + name +
                        "\" is unknown; use a letter, a digit, [ ] + - / or a name such as Space, "
                        "Left, Escape, F1");
    event.key = *key;
  }
  if (type == "text") {
    event.type = EventType::kText;
    event.text = json.contains("text") ? json["text"].get<std::string>() : json.value("key", "");
  }
  if (type == "drop") {
    event.type = EventType::kDrop;
    event.text = json["path"].get<std::string>();
  }
  timed.waits = type == "wait";
  if (type == "frame") timed.frame_name = json["name"].get<std::string>();
  return timed;
}

}  // namespace

base::Result<PlayScript> load_play_script(const std::filesystem::path& file,
                                          const std::filesystem::path& schema_dir) {
  auto json = data::read_checked_json(file, "backmate-play", schema_dir);
  if (!json) return tl::unexpected(json.error());
  PlayScript script;
  script.width_px = (*json)["size"][0].get<int>();
  script.height_px = (*json)["size"][1].get<int>();
  script.end_s = (*json)["end"].get<double>();
  const Json& events = (*json)["events"];
  for (std::size_t i = 0; i < events.size(); ++i) {
    auto event = read_event(events[i]);
    if (!event)
      return base::fail(file.string() + ": events[" + std::to_string(i) +
                        "]: " + event.error().message);
    script.events.push_back(std::move(*event));
  }
  std::stable_sort(script.events.begin(), script.events.end(),
                   [](const TimedEvent& a, const TimedEvent& b) { return a.time_s < b.time_s; });
  return script;
}

}  // namespace app

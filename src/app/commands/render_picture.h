// What `backmate render` is asked for, and one picture after the other of it: the body, the tool at
// rest on it, names beside it.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "anatomy/body.h"
#include "app/load_body.h"
#include "base/result.h"
#include "draw/camera.h"
#include "render/image.h"
#include "session/session.h"
#include "sim/condition.h"

namespace app {

struct RenderArguments {
  std::string body{kBuiltinBody};
  sim::ConditionChoice condition;
  std::optional<std::string> view;
  std::string layer = "superficial";
  std::string size = "1280x720";
  std::string quality = "medium";
  std::string theme = "light";
  std::string out;
  std::string state;
  bool xray = false;
  bool no_nerves = false;
  bool limits = false;
  std::string section;  // "along", "across"; empty: the body is whole
  bool labels = false;
  std::string field = "natural";
  std::optional<std::string> story;
  float amount = 0.5f;
  bool transparent = false;
  std::string video;  // empty: one picture
  std::optional<float> turntable_s;
  std::optional<std::string> routine;
  int frames_per_second = 30;
  int speed = 10;  // of a routine: simulated seconds in one of the video
  std::optional<std::string> place;
  std::optional<std::string> tender;
  std::vector<float> at_m;
  std::optional<std::string> attachment;
  std::optional<float> angle_deg;
  std::optional<float> pitch_deg;
  std::optional<float> force_n;
  std::optional<float> seconds;

  anatomy::Layer layer_shown() const {
    anatomy::Layer shown = anatomy::Layer::kSuperficial;
    anatomy::from_string(layer, shown);
    return shown;
  }
  bool shows_tool() const {
    return place || !at_m.empty() || attachment || angle_deg || pitch_deg || force_n || seconds;
  }
};

struct Size {
  int width = 0;
  int height = 0;
  float aspect() const { return static_cast<float>(width) / static_cast<float>(height); }
};

// "1280x720" in words that a person reads when it is none.
base::Result<Size> parse_size(const std::string& text);

class PictureMaker {
 public:
  static base::Result<std::unique_ptr<PictureMaker>> make(const RenderArguments& arguments,
                                                          Size size);
  virtual ~PictureMaker() = default;

  virtual render::Image draw(const draw::Camera& camera) = 0;
  // What `--view` shows, or the placement's own view.
  virtual draw::Camera camera() const = 0;
  // Null where nothing is simulated.
  virtual session::Session* session() = 0;
  virtual const tool::ToolSpec* tool() const = 0;
};

}  // namespace app

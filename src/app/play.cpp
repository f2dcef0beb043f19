#include "app/play.h"

#include <chrono>
#include <cmath>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "app/app.h"
#include "app/state_json.h"
#include "render/gl/offscreen_context.h"

namespace app {
namespace {

constexpr double kFramesPerSecond = 60.0;
constexpr float kFrameSeconds = 1.0f / 60.0f;
// Events at 0.25 s belong to frame 15, whatever binary fractions make of it.
constexpr double kTimeSlack = 1e-6;
// What the interface still has to do after the last event (a click that was just let go).
constexpr int kClosingFrames = 4;
constexpr std::chrono::milliseconds kPoll{2};
constexpr std::chrono::duration<float> kFrameTime{kFrameSeconds};

}  // namespace

base::Status play(const PlayScript& script, std::shared_ptr<const anatomy::Body> body,
                  const data::ResourceDirs& resources, const PlayStart& start,
                  const std::filesystem::path& out_dir) {
  std::error_code error;
  std::filesystem::create_directories(out_dir, error);
  if (error)
    return base::fail("cannot make the folder " + out_dir.string() + ": " + error.message() +
                      "; name one that can be written");
  auto context = render::OffscreenContext::make(script.width_px, script.height_px);
  if (!context) return tl::unexpected(context.error());
  AppSetup setup;
  setup.resources = resources;
  setup.body = std::move(body);
  setup.width_px = script.width_px;
  setup.height_px = script.height_px;
  setup.quality = start.look.quality.value_or(ui::Quality::kLow);
  setup.condition = start.condition;
  setup.place = start.place;
  setup.seconds = start.seconds;
  setup.look = start.look;
  auto app = App::make(setup);
  if (!app) return tl::unexpected(app.error());

  // What comes after the named end is played too: a picture asked for is never left out in silence.
  const double last_s = script.events.empty() ? 0.0 : script.events.back().time_s;
  const double end_s = std::max(script.end_s, last_s);
  const auto last_frame =
      std::max(1L, std::lround(std::ceil(end_s * kFramesPerSecond - kTimeSlack)));
  std::size_t next = 0;
  std::vector<InputEvent> events;
  std::vector<std::string> pictures;
  const auto wait = [&] {
    while ((*app)->is_opening()) {
      std::this_thread::sleep_for(kPoll);
      (*app)->frame(0.0f, {});
    }
  };
  for (long k = 1; k <= last_frame; ++k) {
    const double until = static_cast<double>(k) / kFramesPerSecond + kTimeSlack;
    events.clear();
    pictures.clear();
    for (; next < script.events.size() && script.events[next].time_s <= until; ++next) {
      const TimedEvent& timed = script.events[next];
      if (timed.waits) {
        (*app)->frame(0.0f, std::exchange(events, {}));
        wait();
      } else if (timed.frame_name.empty()) {
        events.push_back(timed.event);
      } else {
        pictures.push_back(timed.frame_name);
      }
    }
    // What works beside the frames takes the time that it takes.
    if ((*app)->is_opening()) std::this_thread::sleep_for(kFrameTime);
    (*app)->frame(kFrameSeconds, events);
    if ((*app)->needs_render()) (*app)->render((*context)->framebuffer());
    if (pictures.empty()) continue;
    (*app)->render_still((*context)->framebuffer());
    const render::Image image = (*context)->read_pixels();
    for (const std::string& name : pictures) {
      if (auto status = render::save_png(image, out_dir / (name + ".png")); !status) return status;
    }
  }
  wait();
  for (int i = 0; i < kClosingFrames; ++i) (*app)->frame(0.0f, {});
  return save_state_json((*app)->state(), out_dir / "state.json");
}

}  // namespace app

#include "app/commands/render_film.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <memory>
#include <numbers>

#include "app/commands/render_video.h"
#include "app/progress_line.h"
#include "data/resources.h"
#include "draw/camera_moves.h"
#include "guide/routine_plan.h"
#include "scene/scene.h"

namespace app {
namespace {

constexpr float kTurntableS = 8.0f;
constexpr int kMostFrames = 36000;
constexpr float kFrontNormal = 0.3f;  // skin that faces further forward is seen from the front
constexpr double kFlightS = 0.8;      // of the camera from one place to the next

base::Result<std::string> film_turntable(const RenderArguments& arguments, PictureMaker& pictures,
                                         const VideoPlace& place, base::Progress& progress) {
  const float seconds = arguments.turntable_s.value_or(kTurntableS);
  // The reader of numbers takes "nan" for a number.
  if (!std::isfinite(seconds)) return base::fail("--turntable wants a finite number of seconds.");
  const int frames = std::max(
      1, static_cast<int>(std::lround(seconds * static_cast<float>(arguments.frames_per_second))));
  const draw::Camera start = pictures.camera();
  return write_video(
      place, frames, arguments.frames_per_second,
      [&](int i) -> base::Result<render::Image> {
        draw::Camera camera = start;
        camera.yaw_rad +=
            2.0f * std::numbers::pi_v<float> * static_cast<float>(i) / static_cast<float>(frames);
        return pictures.draw(camera);
      },
      progress);
}

// The head walks the plan's way on the session's person: what is seen is simulated, not drawn up.
class RoutineFilm {
 public:
  RoutineFilm(const RenderArguments& arguments, PictureMaker& pictures, guide::RoutinePlan plan)
      : arguments_(arguments), pictures_(pictures), plan_(std::move(plan)) {}

  int frames() const {
    return static_cast<int>(
        std::ceil(plan_.seconds() / arguments_.speed * arguments_.frames_per_second));
  }

  base::Result<render::Image> draw(int frame) {
    const double now_s = static_cast<double>(frame) / arguments_.frames_per_second;
    auto tick = static_cast<std::uint32_t>(now_s * arguments_.speed /
                                           static_cast<double>(guide::kRoutineTickSeconds));
    tick = std::min(tick, plan_.ticks - 1);
    std::size_t leg = 0;
    while (tick >= plan_.legs[leg].ticks) tick -= plan_.legs[leg++].ticks;
    const sim::ToolInput input = plan_.legs[leg].input_at(tick);
    if (leg != leg_ || frame == 0) begin(leg, input, now_s);
    for (const session::Command& command : session::CommandQueue{
             session::MoveHead{input.pose.position_m, true},
             session::SetHeadAngle{input.pose.angle, true},
             session::SetPitch{input.pose.pitch, true}, session::SetForce{input.force, true}}) {
      if (const auto status = pictures_.session()->apply(command); !status)
        return tl::unexpected(status.error());
    }
    pictures_.session()->advance(1.0f / static_cast<float>(arguments_.frames_per_second));
    const double flown = (now_s - leg_began_s_) / kFlightS;
    return pictures_.draw(draw::ease(from_, to_, static_cast<float>(std::clamp(flown, 0.0, 1.0))));
  }

 private:
  void begin(std::size_t leg, const sim::ToolInput& input, double now_s) {
    const auto index = static_cast<int>(input.attachment - pictures_.tool()->attachments.data());
    // Known to be there: the plan was made with this tool.
    [[maybe_unused]] const auto status = pictures_.session()->apply(session::SetAttachment{index});
    draw::Camera there = pictures_.camera();
    if (!arguments_.view) {
      there.yaw_rad = input.pose.normal.z > kFrontNormal ? 0.0f : std::numbers::pi_v<float>;
      there.pitch_rad = 0.0f;
    }
    from_ = leg_ == kNoLeg ? there : to_;
    to_ = there;
    leg_ = leg;
    leg_began_s_ = now_s;
  }

  static constexpr std::size_t kNoLeg = static_cast<std::size_t>(-1);

  const RenderArguments& arguments_;
  PictureMaker& pictures_;
  guide::RoutinePlan plan_;
  std::size_t leg_ = kNoLeg;
  double leg_began_s_ = 0.0;
  draw::Camera from_, to_;
};

base::Result<std::string> film_routine(const RenderArguments& arguments, PictureMaker& pictures,
                                       const VideoPlace& place, base::Progress& progress) {
  const auto resources = data::find_resources();
  if (!resources) return tl::unexpected(resources.error());
  const auto routine =
      guide::load_routine(*arguments.routine, resources->assets(), *pictures.tool());
  if (!routine) return tl::unexpected(routine.error());
  session::Session& session = *pictures.session();
  if (const auto status = session.apply(session::SetCondition{routine->condition}); !status)
    return tl::unexpected(status.error());
  const session::Snapshot now = session.snapshot();
  auto plan = guide::plan_routine(*routine, *now.model, *now.sim, *pictures.tool());
  if (!plan) return tl::unexpected(plan.error());
  if (const auto status = session.apply(session::SetTimeRate{static_cast<float>(arguments.speed)});
      !status)
    return tl::unexpected(status.error());
  RoutineFilm film(arguments, pictures, std::move(*plan));
  if (film.frames() > kMostFrames)
    return base::fail("This routine would take more than " + std::to_string(kMostFrames) +
                      " pictures; choose a higher --speed or a lower --fps.");
  return write_video(
      place, film.frames(), arguments.frames_per_second, [&](int i) { return film.draw(i); },
      progress);
}

}  // namespace

base::Status render_film(const RenderArguments& arguments, Size size) {
  if (arguments.routine && arguments.turntable_s)
    return base::fail("--routine and --turntable are two videos: give one of them.");
  auto pictures = PictureMaker::make(arguments, size);
  if (!pictures) return tl::unexpected(pictures.error());
  const VideoPlace place = find_video_place(arguments.video);
  base::Progress progress;
  auto line = std::make_unique<ProgressLine>(progress, "Drawing");
  const auto written = arguments.routine ? film_routine(arguments, **pictures, place, progress)
                                         : film_turntable(arguments, **pictures, place, progress);
  line.reset();
  if (!written) return tl::unexpected(written.error());
  std::printf("%s\n", written->c_str());
  return {};
}

}  // namespace app

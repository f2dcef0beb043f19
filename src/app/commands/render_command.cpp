// `backmate render`: a picture without a display, of a body as the window would show it. With --at
// (or another option of the tool) the head rests on the skin and presses for a while first. With
// --video a row of pictures: a turntable, or a routine.
#include <cmath>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "app/commands/commands.h"
#include "app/commands/render_film.h"
#include "app/commands/render_picture.h"
#include "app/commands/render_story.h"
#include "app/load_body.h"
#include "app/state_json.h"

namespace app {
namespace {

const std::set<std::string> kViews = {"back", "front", "left", "right", "top", "three-quarter"};
const std::set<std::string> kFields = {"natural", "pressure", "dose", "tension", "comfort", "flow"};
const std::set<std::string> kLayers = {"skin", "superficial", "intermediate", "deep", "skeleton"};

base::Status render_picture(const RenderArguments& arguments) {
  const auto size = parse_size(arguments.size);
  if (!size) return tl::unexpected(size.error());
  if (arguments.story) {
    if (arguments.shows_tool() || !arguments.state.empty() || !arguments.video.empty() ||
        arguments.transparent || arguments.labels)
      return base::fail(
          "--story is a picture of its own: without the tool, --state, --labels, --transparent and "
          "--video.");
    return render_story({*arguments.story, arguments.body, arguments.condition.side,
                         arguments.amount, size->width, size->height, arguments.quality == "best",
                         arguments.out});
  }
  if (!arguments.section.empty() && !arguments.shows_tool())
    return base::fail("--section cuts at the head: place it with --place or --at.");
  if (arguments.transparent && arguments.labels)
    return base::fail("--transparent goes without --labels: words need a ground.");
  if (!arguments.video.empty()) return render_film(arguments, *size);
  if (arguments.turntable_s || arguments.routine)
    return base::fail("--turntable and --routine are videos: name one with --video.");
  auto pictures = PictureMaker::make(arguments, *size);
  if (!pictures) return tl::unexpected(pictures.error());
  const draw::Camera camera = (*pictures)->camera();
  if (const auto saved = render::save_png((*pictures)->draw(camera), arguments.out); !saved)
    return saved;
  if (arguments.state.empty()) return {};
  StateView state_view;
  state_view.camera = camera;
  state_view.width_px = size->width;
  state_view.height_px = size->height;
  return save_state_json(make_state_json((*pictures)->session()->snapshot(), state_view),
                         arguments.state);
}

void add_video_options(CLI::App& command, RenderArguments& arguments) {
  const std::string group = "Video";
  command
      .add_option("--video", arguments.video,
                  "Folder for a PNG sequence; NAME.mp4 or NAME.webm also makes a film of it, where "
                  "ffmpeg is installed")
      ->group(group);
  command
      .add_option("--turntable", arguments.turntable_s,
                  "Once round the body in so many seconds (default: 8)")
      ->check(CLI::Range(0.1f, 600.0f))
      ->group(group);
  command.add_option("--routine", arguments.routine, "A routine's JSON file, played on the body")
      ->group(group);
  command
      .add_option("--speed", arguments.speed, "Of the routine: 1, 10 or 60 times as fast as life")
      ->check(CLI::IsMember({1, 10, 60}))
      ->capture_default_str()
      ->group(group);
  command.add_option("--fps", arguments.frames_per_second, "Pictures a second")
      ->check(CLI::Range(1, 60))
      ->capture_default_str()
      ->group(group);
}

void add_tool_options(CLI::App& command, RenderArguments& arguments) {
  const std::string group = "Tool";
  command
      .add_option("--place", arguments.place,
                  "Placement by id, like neck_base; --side says on which side")
      ->group(group);
  command.add_option("--at", arguments.at_m, "Rest the head on the skin nearest X,Y,Z (metres)")
      ->delimiter(',')
      ->expected(3)
      ->check([](const std::string& text) {
        // The reader of numbers takes "nan" and "inf" for numbers.
        const bool finite = text.find_first_of("nNiI") == std::string::npos;
        return finite ? std::string() : "--at wants three finite numbers";
      })
      ->group(group);
  command.add_option("--attachment", arguments.attachment, "Attachment by id, like balls_std")
      ->group(group);
  command.add_option("--angle", arguments.angle_deg, "Of the bar, in degrees")->group(group);
  command.add_option("--pitch", arguments.pitch_deg, "Of the head about its bar, in degrees")
      ->group(group);
  command.add_option("--force", arguments.force_n, "In newtons")->group(group);
  command.add_option("--seconds", arguments.seconds, "Simulated before the picture")->group(group);
}

}  // namespace

void add_render_command(CLI::App& cli, Exit& exit) {
  auto arguments = std::make_shared<RenderArguments>();
  CLI::App* command = cli.add_subcommand("render", "A picture without a display");
  add_body_options(*command, arguments->body);
  add_condition_options(*command, arguments->condition);
  command->add_option("--view", arguments->view, "Default: back, or the placement's")
      ->check(CLI::IsMember(kViews))
      ->option_text("back|front|left|right|top|three-quarter");
  command->add_option("--layer", arguments->layer, "Default: superficial")
      ->check(CLI::IsMember(kLayers))
      ->option_text("skin|superficial|intermediate|deep|skeleton");
  command->add_option("--size", arguments->size, "Width x height in pixels")->capture_default_str();
  CLI::Option* out = command->add_option("--out", arguments->out, "The PNG file to write");
  command->add_option("--state", arguments->state, "Also write state.json to this file");
  command->add_option("--quality", arguments->quality, "Of the picture (standard is medium)")
      ->check(CLI::IsMember({"low", "medium", "standard", "high", "best"}))
      ->option_text("low|medium|high|best [medium]");
  command->add_flag("--transparent", arguments->transparent, "Nothing behind the body");
  command->add_option("--theme", arguments->theme, "Colours of the studio; default: light")
      ->check(CLI::IsMember({"light", "dark", "contrast"}))
      ->option_text("light|dark|contrast");
  command->add_flag("--xray", arguments->xray, "Muscles and skin of glass");
  command->add_flag("--no-nerves", arguments->no_nerves, "Without nerves and vessels");
  command->add_option("--field", arguments->field, "What colours the muscles; default: natural")
      ->check(CLI::IsMember(kFields))
      ->option_text("natural|pressure|dose|tension|comfort|flow");
  command->add_flag("--limits", arguments->limits, "Paint on the skin how hard one may press");
  command
      ->add_option("--section", arguments->section,
                   "Cut the body open at the head: along its bar, or across it")
      ->check(CLI::IsMember({"along", "across"}))
      ->option_text("along|across");
  command->add_option("--tender", arguments->tender,
                      "A tender spot with its traditional map (disputed), like upper_trapezius");
  command->add_flag("--labels", arguments->labels, "Names at the sides, scale bar, patient's left");
  command->add_option("--story", arguments->story,
                      "A cutaway that explains, like disc_c5_c6; --side says on which side");
  command->add_option("--amount", arguments->amount, "How far the story has gone, 0 to 1")
      ->capture_default_str();
  add_tool_options(*command, *arguments);
  add_video_options(*command, *arguments);
  command->callback([arguments, out, &exit] {
    if (out->count() == 0 && arguments->video.empty())
      throw CLI::RequiredError("--out (or --video)");
    if (const auto status = render_picture(*arguments); !status) {
      report_failure(status.error(), exit);
    }
  });
}

}  // namespace app

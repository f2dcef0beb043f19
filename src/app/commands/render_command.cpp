// `backmate render`: a picture without a display, of a body as the window would show it. With --at
// (or another option of the tool) the head rests on the skin and presses for a while first.
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <future>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app/commands/commands.h"
#include "app/commands/render_story.h"
#include "app/load_body.h"
#include "app/state_json.h"
#include "data/resources.h"
#include "render/gl/offscreen_context.h"
#include "render/renderer.h"
#include "scene/scene.h"
#include "session/session.h"

namespace app {
namespace {

constexpr int kSmallestSide = 16;
constexpr int kLargestSide = 8192;
constexpr float kLongestSeconds = 3600.0f;

const std::set<std::string> kViews = {"back", "front", "left", "right", "top", "three-quarter"};
const std::set<std::string> kFields = {"natural", "pressure", "dose", "tension", "comfort", "flow"};
const std::set<std::string> kLayers = {"skin", "superficial", "intermediate", "deep", "skeleton"};

struct RenderArguments {
  std::string body{kBuiltinBody};
  sim::ConditionChoice condition;
  std::optional<std::string> view;
  std::string layer = "superficial";
  std::string size = "1280x720";
  std::string quality = "standard";
  std::string theme = "light";
  std::string out;
  std::string state;
  bool xray = false;
  bool no_nerves = false;
  bool limits = false;
  std::string field = "natural";
  std::optional<std::string> story;
  float amount = 0.5f;
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

scene::Studio studio_of(const std::string& theme) {
  if (theme == "dark") return scene::Studio::kDark;
  return theme == "contrast" ? scene::Studio::kBlack : scene::Studio::kLight;
}

base::Result<Size> parse_size(const std::string& text) {
  Size size;
  char rest = 0;
  if (std::sscanf(text.c_str(), "%5dx%5d%c", &size.width, &size.height, &rest) != 2 ||
      size.width < kSmallestSide || size.height < kSmallestSide || size.width > kLargestSide ||
      size.height > kLargestSide) {
    return base::fail("--size '" + text + "' is not a size. Give width and height like 1280x720, " +
                      std::to_string(kSmallestSide) + " to " + std::to_string(kLargestSide) +
                      " pixels each.");
  }
  return size;
}

std::string attachment_ids(const tool::ToolSpec& tool) {
  std::string ids;
  for (const tool::AttachmentSpec& attachment : tool.attachments) {
    ids += (ids.empty() ? "" : ", ") + attachment.id;
  }
  return ids;
}

// What the options ask of the session, in the order in which a person would do it.
base::Result<session::CommandQueue> commands_of(const RenderArguments& arguments,
                                                const tool::ToolSpec& tool) {
  session::CommandQueue commands;
  commands.push_back(session::SetLayer{arguments.layer_shown()});
  commands.push_back(session::SetXray{arguments.xray});
  commands.push_back(session::SetNerves{!arguments.no_nerves});
  if (arguments.limits) commands.push_back(session::SetLimits{true});
  commands.push_back(session::SetField{
      session::field_from_string(arguments.field).value_or(session::Field::kNatural)});
  if (!arguments.shows_tool()) {
    commands.push_back(session::SetForce{base::Newtons{0.0f}});
    return commands;
  }
  if (arguments.attachment) {
    const int attachment = tool.find_attachment(*arguments.attachment);
    if (attachment < 0) {
      return base::fail("--attachment '" + *arguments.attachment +
                        "' is not known. Choose one of: " + attachment_ids(tool) + ".");
    }
    commands.push_back(session::SetAttachment{attachment});
  }
  if (arguments.angle_deg) {
    commands.push_back(session::SetHeadAngle{base::from_degrees(*arguments.angle_deg)});
  }
  if (arguments.pitch_deg) {
    commands.push_back(session::SetPitch{base::from_degrees(*arguments.pitch_deg)});
  }
  if (!arguments.at_m.empty()) {
    commands.push_back(
        session::MoveHead{{arguments.at_m[0], arguments.at_m[1], arguments.at_m[2]}});
  }
  if (arguments.force_n) commands.push_back(session::SetForce{base::Newtons{*arguments.force_n}});
  return commands;
}

base::Result<std::unique_ptr<session::Session>> play_session(
    const RenderArguments& arguments, const data::ResourceDirs& resources,
    const std::shared_ptr<const anatomy::BodyIndex>& body) {
  auto tool = tool::load_tool(resources.assets() / "attachments");
  if (!tool) return tl::unexpected(tool.error());
  const auto commands = commands_of(arguments, *tool);
  if (!commands) return tl::unexpected(commands.error());
  session::SessionSetup setup;
  setup.body = body;
  setup.tool = std::make_shared<const tool::ToolSpec>(std::move(*tool));
  setup.assets_dir = resources.assets();
  setup.condition = arguments.condition;
  auto made = session::Session::make(setup);
  if (!made) return made;
  if (arguments.place) {
    const auto place = session::choose_placement(*(*made)->snapshot().placements, *arguments.place,
                                                 arguments.condition.side);
    if (!place) return tl::unexpected(place.error());
    if (const auto status = (*made)->apply(*place); !status) return tl::unexpected(status.error());
  }
  if (arguments.tender) {
    const auto& spots = *(*made)->snapshot().tender_spots;
    const int spot = guide::find_tender_spot(spots, *arguments.tender);
    std::string ids;
    for (const guide::TenderSpot& known : spots) ids += (ids.empty() ? "" : ", ") + known.id;
    if (spot < 0)
      return base::fail("There is no tender spot '" + *arguments.tender +
                        "'. Choose one of: " + ids + ".");
    const auto status = (*made)->apply(session::ShowTender{spot, arguments.condition.side});
    if (!status) return tl::unexpected(status.error());
  }
  for (const session::Command& command : *commands) {
    if (const auto status = (*made)->apply(command); !status) {
      return tl::unexpected(status.error());
    }
  }
  const float seconds = arguments.seconds.value_or(0.0f);
  if (!(seconds >= 0.0f && seconds <= kLongestSeconds)) {
    return base::fail("--seconds must be 0 to 3600.");
  }
  const long ticks = std::lround(seconds / session::kTickSeconds);
  for (long i = 0; i < ticks; ++i) (*made)->advance(session::kTickSeconds);
  return made;
}

// As asked for, or the one from which the placed head is seen.
draw::StandardView view_of(const RenderArguments& arguments, const session::Snapshot& snapshot) {
  std::string name = arguments.view.value_or("back");
  if (!arguments.view && snapshot.placements != nullptr && snapshot.document->placement >= 0) {
    const auto placement = static_cast<std::size_t>(snapshot.document->placement);
    name = (*snapshot.placements)[placement].spec.view_for(snapshot.document->placement_side);
  }
  return draw::standard_view_from_string(name).value_or(draw::StandardView::kBack);
}

base::Status render_picture(const RenderArguments& arguments) {
  const auto size = parse_size(arguments.size);
  if (!size) return tl::unexpected(size.error());
  if (arguments.story) {
    if (arguments.shows_tool() || !arguments.state.empty())
      return base::fail("--story is a picture of its own: without the tool and without --state.");
    return render_story({*arguments.story, arguments.body, arguments.condition.side,
                         arguments.amount, size->width, size->height, arguments.quality == "best",
                         arguments.out});
  }
  const auto resources = data::find_resources();
  if (!resources) return tl::unexpected(resources.error());
  // Without the tool there is nothing to simulate or query: one level of detail is enough, and the
  // picture is there sooner.
  const bool best = arguments.quality == "best";
  const int shown_lod = best ? 0 : 1;
  const bool colours = arguments.field != "natural" || arguments.limits;
  const bool simulates =
      arguments.shows_tool() || arguments.tender || !arguments.state.empty() || colours;
  // The body is read while the driver sets itself up: either takes a while.
  auto loading = std::async(std::launch::async,
                            [&] { return load_body(arguments.body, simulates ? 0 : shown_lod); });
  auto context = render::OffscreenContext::make(size->width, size->height);
  const auto body = loading.get();
  if (!body) return tl::unexpected(body.error());
  if (!context) return tl::unexpected(context.error());
  session::Document document;
  document.layer = arguments.layer_shown();
  document.xray = arguments.xray;
  document.nerves = !arguments.no_nerves;
  session::Snapshot snapshot;
  snapshot.document = &document;
  std::unique_ptr<session::Session> session;
  if (simulates) {
    auto played =
        play_session(arguments, *resources, std::make_shared<const anatomy::BodyIndex>(*body));
    if (!played) return tl::unexpected(played.error());
    session = std::move(*played);
    snapshot = session->snapshot();
  }

  auto renderer = render::Renderer::make(resources->shaders());
  if (!renderer) return tl::unexpected(renderer.error());

  scene::SceneBuilder builder(*body);
  scene::ViewState view;
  view.lod = shown_lod;
  view.show_handle = false;
  view.studio = studio_of(arguments.theme);
  const draw::Camera camera =
      draw::make_standard_view(view_of(arguments, snapshot),
                               scene::visible_bounds(**body, *snapshot.document), size->aspect());
  render::RenderOptions options;
  options.width = size->width;
  options.height = size->height;
  options.samples = best ? 4 : 1;
  session::Snapshot shown = snapshot;
  if (!arguments.shows_tool()) shown.tool = nullptr;
  (*renderer)->render(builder.build(shown, view), camera, options, (*context)->framebuffer());
  if (const auto saved = render::save_png((*context)->read_pixels(), arguments.out); !saved) {
    return saved;
  }
  if (arguments.state.empty()) return {};
  StateView state_view;
  state_view.camera = camera;
  state_view.width_px = size->width;
  state_view.height_px = size->height;
  return save_state_json(make_state_json(snapshot, state_view), arguments.state);
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
  command->add_option("--out", arguments->out, "The PNG file to write")->required();
  command->add_option("--state", arguments->state, "Also write state.json to this file");
  command->add_option("--quality", arguments->quality, "standard, or best (slower, smoother)")
      ->check(CLI::IsMember({"standard", "best"}))
      ->capture_default_str();
  command->add_option("--theme", arguments->theme, "Colours of the studio; default: light")
      ->check(CLI::IsMember({"light", "dark", "contrast"}))
      ->option_text("light|dark|contrast");
  command->add_flag("--xray", arguments->xray, "Muscles and skin of glass");
  command->add_flag("--no-nerves", arguments->no_nerves, "Without nerves and vessels");
  command->add_option("--field", arguments->field, "What colours the muscles; default: natural")
      ->check(CLI::IsMember(kFields))
      ->option_text("natural|pressure|dose|tension|comfort|flow");
  command->add_flag("--limits", arguments->limits, "Paint on the skin how hard one may press");
  command->add_option("--tender", arguments->tender,
                      "A tender spot with its traditional map (disputed), like upper_trapezius");
  command->add_option("--story", arguments->story,
                      "A cutaway that explains, like disc_c5_c6; --side says on which side");
  command->add_option("--amount", arguments->amount, "How far the story has gone, 0 to 1")
      ->capture_default_str();
  add_tool_options(*command, *arguments);
  command->callback([arguments, &exit] {
    if (const auto status = render_picture(*arguments); !status) {
      report_failure(status.error(), exit);
    }
  });
}

}  // namespace app

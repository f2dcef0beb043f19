// `backmate plan`: for a complaint or a placement, how high the bar goes for this person, how to
// stand, how long and how hard; as JSON on stdout and, with --out, as an A4 page to print.
#include <cmath>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "anatomy/figure.h"
#include "anatomy/stature.h"
#include "app/commands/commands.h"
#include "app/load_body.h"
#include "app/progress_line.h"
#include "base/log.h"
#include "data/resources.h"
#include "render/gl/offscreen_context.h"
#include "render/renderer.h"
#include "report/plan_page.h"
#include "scene/scene.h"
#include "session/session.h"

namespace app {
namespace {

constexpr int kPictureSide = 640;
constexpr float kPictureHalfM = 0.19f;
constexpr float kPictureSeconds = 2.0f;

struct PlanArguments {
  std::string body{kBuiltinBody};
  std::vector<std::string> conditions;
  std::vector<std::string> places;
  std::vector<std::string> yes;
  std::string side = "right";
  guide::MySize size;
  float force_kg = 0.0f;
  std::string out;
  double pixels_per_inch = 150.0;
};

// One picture of the body with the tool in place after another, with one context and one session.
class Photographer {
 public:
  static base::Result<std::unique_ptr<Photographer>> make(
      const data::ResourceDirs& resources, std::shared_ptr<const anatomy::BodyIndex> body,
      std::shared_ptr<const tool::ToolSpec> tool) {
    auto made = std::unique_ptr<Photographer>(new Photographer(std::move(body)));
    auto context = render::OffscreenContext::make(kPictureSide, kPictureSide);
    if (!context) return tl::unexpected(context.error());
    made->context_ = std::move(*context);
    auto renderer = render::Renderer::make(resources.shaders());
    if (!renderer) return tl::unexpected(renderer.error());
    made->renderer_ = std::move(*renderer);
    auto session = session::Session::make({made->body_, std::move(tool), resources.assets(), {}});
    if (!session) return tl::unexpected(session.error());
    made->session_ = std::move(*session);
    return made;
  }

  base::Result<report::PlanPicture> take(const report::PlanPlace& place) {
    const auto chosen =
        session::choose_placement(*session_->snapshot().placements, place.id, place.side);
    if (!chosen) return tl::unexpected(chosen.error());
    if (const auto status = session_->apply(*chosen); !status)
      return tl::unexpected(status.error());
    if (const auto status = session_->apply(session::SetForce{place.force}); !status)
      return tl::unexpected(status.error());
    const long ticks = std::lround(kPictureSeconds / session::kTickSeconds);
    for (long i = 0; i < ticks; ++i) session_->advance(session::kTickSeconds);
    const session::Snapshot snapshot = session_->snapshot();
    const auto& spec = (*snapshot.placements)[static_cast<std::size_t>(chosen->placement)].spec;
    geom::Aabb box;
    box.add(snapshot.document->head.position_m - glm::vec3(kPictureHalfM));
    box.add(snapshot.document->head.position_m + glm::vec3(kPictureHalfM));
    const auto view = draw::standard_view_from_string(spec.view_for(place.side));
    const draw::Camera camera =
        draw::make_standard_view(view.value_or(draw::StandardView::kBack), box, 1.0f);
    scene::ViewState look;
    look.lod = 0;
    look.show_handle = false;
    draw::DrawList list = builder_.build(snapshot, look);
    // Paper is light.
    list.background.top = glm::vec3(0.90f, 0.915f, 0.925f);
    list.background.bottom = glm::vec3(0.78f, 0.805f, 0.825f);
    render::RenderOptions options;
    options.width = kPictureSide;
    options.height = kPictureSide;
    options.samples = 4;
    renderer_->render(list, camera, options, context_->framebuffer());
    render::Image image = context_->read_pixels();
    return report::PlanPicture{image.width, image.height, std::move(image.rgba)};
  }

 private:
  explicit Photographer(std::shared_ptr<const anatomy::BodyIndex> body)
      : body_(std::move(body)), builder_(body_) {}

  std::shared_ptr<const anatomy::BodyIndex> body_;
  scene::SceneBuilder builder_;
  std::unique_ptr<render::OffscreenContext> context_;
  std::unique_ptr<render::Renderer> renderer_;  // dies before its context
  std::unique_ptr<session::Session> session_;
};

bool ends_with(const std::string& text, const char* end) { return text.ends_with(end); }

// "plan.png", "plan-2.png", ...
std::filesystem::path numbered(const std::filesystem::path& out, std::size_t page) {
  if (page == 0) return out;
  std::filesystem::path name = out.stem();
  name += "-" + std::to_string(page + 1) + out.extension().string();
  return out.parent_path() / name;
}

base::Result<std::vector<report::Plan>> make_plans(const PlanArguments& arguments,
                                                   const report::PlanSources& sources) {
  const anatomy::Side side =
      arguments.side == "left" ? anatomy::Side::kLeft : anatomy::Side::kRight;
  std::vector<report::Plan> plans;
  for (const std::string& condition : arguments.conditions) {
    auto plan = report::plan_for_condition(sources, condition, arguments.yes, side, arguments.size);
    if (!plan) return tl::unexpected(plan.error());
    plans.push_back(std::move(*plan));
  }
  for (const std::string& place : arguments.places) {
    auto plan = report::plan_for_placement(sources, place, side, arguments.size,
                                           base::Newtons{arguments.force_kg * guide::kGravity});
    if (!plan) return tl::unexpected(plan.error());
    plans.push_back(std::move(*plan));
  }
  return plans;
}

base::Status write_plans(const PlanArguments& arguments, std::vector<report::Plan>& plans,
                         const data::ResourceDirs& resources,
                         const std::shared_ptr<const anatomy::BodyIndex>& body,
                         const std::shared_ptr<const tool::ToolSpec>& tool) {
  auto photographer = Photographer::make(resources, body, tool);
  if (!photographer) return tl::unexpected(photographer.error());
  for (report::Plan& plan : plans) {
    for (report::PlanPlace& place : plan.places) {
      auto picture = (*photographer)->take(place);
      if (!picture) return tl::unexpected(picture.error());
      place.picture = std::move(*picture);
    }
  }
  if (ends_with(arguments.out, ".pdf"))
    return report::write_plan_pdf(plans, resources.fonts(), arguments.out);
  for (std::size_t i = 0; i < plans.size(); ++i) {
    if (auto status = report::write_plan_png(plans[i], resources.fonts(),
                                             numbered(arguments.out, i), arguments.pixels_per_inch);
        !status)
      return status;
  }
  return {};
}

base::Status run_plan(PlanArguments arguments) {
  if (!arguments.out.empty()) {
    if (!ends_with(arguments.out, ".pdf") && !ends_with(arguments.out, ".png"))
      return base::fail("--out '" + arguments.out + "' is neither a .pdf nor a .png file.");
    if (auto status = check_place(arguments.out, "plan", "plan.pdf"); !status) return status;
  }
  const auto resources = data::find_resources();
  if (!resources) return tl::unexpected(resources.error());
  const auto found = load_tool(*resources);
  if (!found) return tl::unexpected(found.error());
  const std::shared_ptr<const tool::ToolSpec>& tool = *found;
  const guide::PlacementFiles files = guide::load_placements(resources->assets(), *tool);
  for (const std::string& sentence : files.refused) base::log_warning(sentence);
  const guide::FinderFile finder = guide::load_finder(resources->assets(), files.placements);
  for (const std::string& sentence : finder.refused) base::log_warning(sentence);
  const auto tr = data::Translator::load(resources->assets() / "i18n", "en");
  if (!tr) return tl::unexpected(tr.error());
  const auto loaded = load_body(arguments.body);
  if (!loaded) return tl::unexpected(loaded.error());
  const auto body = std::make_shared<const anatomy::BodyIndex>(*loaded);
  // The figure has the person's height already; another body is carried to it.
  arguments.size.height_m =
      arguments.size.height_m > 0.0f ? arguments.size.height_m : anatomy::find_stature_m(**loaded);
  const auto model = sim::load_sim_model(body, resources->assets(), sim::ConditionChoice{});
  if (!model) return tl::unexpected(model.error());
  auto plans = make_plans(arguments, {**model, *tool, files.placements, finder.finder, *tr});
  if (!plans) return tl::unexpected(plans.error());
  if (!arguments.out.empty()) {
    if (auto status = write_plans(arguments, *plans, *resources, body, tool); !status)
      return status;
  }
  std::printf("%s\n", report::make_plan_json(*plans).dump(1).c_str());
  return {};
}

}  // namespace

void add_plan_command(CLI::App& cli, Exit& exit) {
  auto arguments = std::make_shared<PlanArguments>();
  arguments->size.height_m = 0.0f;
  CLI::App* command = cli.add_subcommand(
      "plan", "How to set the bar in my doorway, as JSON and as a page to print");
  command->add_option("--condition", arguments->conditions,
                      "A complaint, like stiff_neck; several make several pages");
  command->add_option("--place", arguments->places, "A placement, like neck_base; the same");
  command
      ->add_option("--yes", arguments->yes, "Answered with yes in the check, like trauma or blood")
      ->delimiter(',');
  command->add_option("--side", arguments->side, "Of one-sided placements")
      ->check(CLI::IsMember({"left", "right"}))
      ->capture_default_str();
  add_body_options(*command, arguments->body, &arguments->size.height_m);
  command->add_option("--weight", arguments->size.weight_kg, "In kilograms")->capture_default_str();
  command->add_option("--door", arguments->size.doorway_m, "Width of the doorway in metres")
      ->capture_default_str();
  command->add_option("--force-kg", arguments->force_kg,
                      "How hard to lean in, with --place; default: the placement's own");
  command->add_option("--out", arguments->out, "A .pdf or .png file to write");
  command->add_option("--ppi", arguments->pixels_per_inch, "Of a PNG, pixels per inch")
      ->check(CLI::Range(36.0, 600.0))
      ->capture_default_str();
  command->callback([arguments, &exit] {
    if (arguments->conditions.empty() && arguments->places.empty())
      throw CLI::ValidationError("plan", "name a goal: --condition or --place");
    if (const auto status = run_plan(*arguments); !status) report_failure(status.error(), exit);
  });
}

}  // namespace app

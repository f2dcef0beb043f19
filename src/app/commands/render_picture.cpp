#include "app/commands/render_picture.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <future>

#include "app/commands/commands.h"
#include "app/load_body.h"
#include "app/plate_view.h"
#include "app/quality.h"
#include "data/resources.h"
#include "render/gl/offscreen_context.h"
#include "render/renderer.h"
#include "scene/scene.h"
#include "scene/section_cut.h"

namespace app {
namespace {

constexpr int kSmallestSide = 16;
constexpr int kLargestSide = 8192;

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
    const std::shared_ptr<const anatomy::BodyIndex>& body,
    const std::shared_ptr<const tool::ToolSpec>& tool) {
  const auto commands = commands_of(arguments, *tool);
  if (!commands) return tl::unexpected(commands.error());
  session::SessionSetup setup;
  setup.body = body;
  setup.tool = tool;
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
  if (!arguments.view && snapshot.tender != nullptr) name = guide::find_view(*snapshot.tender);
  if (!arguments.view && snapshot.placements != nullptr && snapshot.document->placement >= 0) {
    const auto placement = static_cast<std::size_t>(snapshot.document->placement);
    name = (*snapshot.placements)[placement].spec.view_for(snapshot.document->placement_side);
  }
  return draw::standard_view_from_string(name).value_or(draw::StandardView::kBack);
}

// Colours of a see-through picture are multiplied by their coverage; PNG wants them whole.
void divide_by_coverage(render::Image& image) {
  for (std::size_t i = 0; i + 3 < image.rgba.size(); i += 4) {
    const int alpha = image.rgba[i + 3];
    for (std::size_t c = i; c < i + 3; ++c) {
      const int whole = alpha == 0 ? 0 : (image.rgba[c] * 255 + alpha / 2) / alpha;
      image.rgba[c] = static_cast<std::uint8_t>(std::min(whole, 255));
    }
  }
}

// "standard" is what "medium" was once called.
Quality quality_of(const RenderArguments& arguments) {
  return ui::quality_from_string(arguments.quality).value_or(Quality::kMedium);
}

class OffscreenPictures final : public PictureMaker {
 public:
  OffscreenPictures(const RenderArguments& arguments, Size size)
      : arguments_(arguments), size_(size) {}

  base::Status prepare() {
    const auto resources = data::find_resources();
    if (!resources) return tl::unexpected(resources.error());
    const PictureCost cost = cost_still(quality_of(arguments_));
    // Without the tool there is nothing to simulate or query: one level of detail is enough, and
    // the picture is there sooner.
    const bool colours = arguments_.field != "natural" || arguments_.limits;
    const bool simulates = arguments_.shows_tool() || !arguments_.state.empty() || colours ||
                           arguments_.labels || arguments_.routine || arguments_.tender;
    // The body is read while the driver sets itself up: either takes a while.
    auto loading = std::async(std::launch::async,
                              [&] { return load_body(arguments_.body, simulates ? 0 : cost.lod); });
    auto context = render::OffscreenContext::make(size_.width, size_.height);
    auto body = loading.get();
    if (!body) return tl::unexpected(body.error());
    if (!context) return tl::unexpected(context.error());
    context_ = std::move(*context);
    body_ = std::move(*body);
    document_.layer = arguments_.layer_shown();
    document_.xray = arguments_.xray;
    document_.nerves = !arguments_.no_nerves;
    if (simulates) {
      auto tool = load_tool(*resources);
      if (!tool) return tl::unexpected(tool.error());
      tool_ = std::move(*tool);
      index_ = std::make_shared<const anatomy::BodyIndex>(body_);
      auto played = play_session(arguments_, *resources, index_, tool_);
      if (!played) return tl::unexpected(played.error());
      session_ = std::move(*played);
    }
    auto renderer = render::Renderer::make(resources->shaders());
    if (!renderer) return tl::unexpected(renderer.error());
    renderer_ = std::move(*renderer);
    builder_ = std::make_unique<scene::SceneBuilder>(body_);
    options_.width = size_.width;
    options_.height = size_.height;
    options_.resolution_scale = cost.resolution_scale;
    options_.samples = cost.samples;
    options_.occlusion = cost.occlusion;
    view_.lod = cost.lod;
    view_.show_handle = false;
    const auto look = ui::look_from_string(arguments_.theme).value_or(ui::Look::kLight);
    view_.studio = studio_of(look);
    if (!arguments_.labels) return {};
    auto plate = PlatePainter::make(resources->fonts(), resources->assets(), size_.width,
                                    size_.height, look);
    if (!plate) return tl::unexpected(plate.error());
    plate_ = std::move(*plate);
    return {};
  }

  render::Image draw(const draw::Camera& camera) override {
    session::Snapshot shown = snapshot();
    if (!arguments_.shows_tool() && !arguments_.routine) shown.tool = nullptr;
    view_.cut = {cut_plane(), camera.eye_m(), line_m(camera)};
    draw::DrawList list = builder_->build(shown, view_);
    list.background.transparent = arguments_.transparent;
    renderer_->render(list, camera, options_, context_->framebuffer());
    if (plate_ != nullptr)
      plate_->paint(shown, index_, camera, builder_->cut_regions(), context_->framebuffer());
    render::Image image = context_->read_pixels();
    if (arguments_.transparent) divide_by_coverage(image);
    return image;
  }

  draw::Camera camera() const override {
    const session::Snapshot now = snapshot();
    const draw::Camera standard = standard_camera(now);
    if (arguments_.section.empty() || arguments_.view) return standard;
    const auto view = scene::find_cut_view(now, cut_plane(), standard.eye_m());
    if (!view) return standard;
    draw::Camera camera = standard;
    camera.yaw_rad = view->yaw_rad;
    camera.pitch_rad = view->pitch_rad;
    return draw::frame_box(camera, view->box_m, framed_aspect());
  }
  session::Session* session() override { return session_.get(); }
  const tool::ToolSpec* tool() const override { return tool_.get(); }

 private:
  scene::CutPlane cut_plane() const {
    if (arguments_.section.empty()) return scene::CutPlane::kNone;
    return arguments_.section == "along" ? scene::CutPlane::kAlongBar : scene::CutPlane::kAcrossBar;
  }
  // Names take room beside the body.
  float framed_aspect() const {
    return size_.aspect() * (arguments_.labels ? kPlateBodyShare : 1.0f);
  }
  float line_m(const draw::Camera& camera) const {
    return scene::cut_line_m(camera, options_.resolution_scale * static_cast<float>(size_.height));
  }
  draw::Camera standard_camera(const session::Snapshot& now) const {
    return draw::make_standard_view(view_of(arguments_, now),
                                    scene::visible_bounds(*body_, *now.document), framed_aspect());
  }
  session::Snapshot snapshot() const {
    if (session_ != nullptr) return session_->snapshot();
    session::Snapshot plain;
    plain.document = &document_;
    return plain;
  }

  RenderArguments arguments_;
  Size size_;
  session::Document document_;
  // Dies last: what holds OpenGL's names needs it.
  std::unique_ptr<render::OffscreenContext> context_;
  std::shared_ptr<const anatomy::Body> body_;
  std::shared_ptr<const anatomy::BodyIndex> index_;
  std::shared_ptr<const tool::ToolSpec> tool_;
  std::unique_ptr<session::Session> session_;
  std::unique_ptr<render::Renderer> renderer_;
  std::unique_ptr<scene::SceneBuilder> builder_;
  std::unique_ptr<PlatePainter> plate_;
  render::RenderOptions options_;
  scene::ViewState view_;
};

}  // namespace

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

base::Result<std::unique_ptr<PictureMaker>> PictureMaker::make(const RenderArguments& arguments,
                                                               Size size) {
  auto maker = std::make_unique<OffscreenPictures>(arguments, size);
  if (const auto ready = maker->prepare(); !ready) return tl::unexpected(ready.error());
  return maker;
}

}  // namespace app

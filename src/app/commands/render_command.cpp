// `backmate render`: a picture without a display, of a body as the window would show it.
#include <array>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "anatomy/pack.h"
#include "app/commands/commands.h"
#include "data/resources.h"
#include "render/gl/offscreen_context.h"
#include "render/renderer.h"
#include "scene/scene.h"

namespace app {
namespace {

constexpr int kSmallestSide = 16;
constexpr int kLargestSide = 8192;

struct RenderArguments {
  std::string body = "builtin";
  std::string view = "back";
  std::string layer = "superficial";
  std::string size = "1280x720";
  std::string quality = "standard";
  std::string out;
};

struct Size {
  int width = 0;
  int height = 0;
};

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

base::Result<draw::StandardView> parse_view(const std::string& text) {
  constexpr std::array<std::pair<std::string_view, draw::StandardView>, 6> kViews = {
      {{"back", draw::StandardView::kBack},
       {"front", draw::StandardView::kFront},
       {"left", draw::StandardView::kLeft},
       {"right", draw::StandardView::kRight},
       {"top", draw::StandardView::kTop},
       {"three-quarter", draw::StandardView::kThreeQuarter}}};
  for (const auto& [word, view] : kViews) {
    if (word == text) return view;
  }
  return base::fail("--view '" + text +
                    "' is not a view. Choose back, front, left, right, top or three-quarter.");
}

base::Result<anatomy::Layer> parse_layer(const std::string& text) {
  anatomy::Layer layer = anatomy::Layer::kSuperficial;
  if (anatomy::from_string(text, layer)) return layer;
  return base::fail("--layer '" + text +
                    "' is not a layer. Choose skin, superficial, intermediate, deep or skeleton.");
}

base::Status render_picture(const RenderArguments& arguments) {
  const auto size = parse_size(arguments.size);
  if (!size) return tl::unexpected(size.error());
  const auto view = parse_view(arguments.view);
  if (!view) return tl::unexpected(view.error());
  const auto layer = parse_layer(arguments.layer);
  if (!layer) return tl::unexpected(layer.error());
  const auto resources = data::find_resources();
  if (!resources) return tl::unexpected(resources.error());

  const std::filesystem::path pack = arguments.body == "builtin"
                                         ? resources->builtin_body()
                                         : std::filesystem::path(arguments.body);
  auto body = anatomy::load_pack(pack);
  if (!body) return tl::unexpected(body.error());
  const auto index = std::make_shared<const anatomy::BodyIndex>(*body);

  session::Document document;
  document.layer = *layer;
  session::Snapshot snapshot;
  snapshot.index = index.get();
  snapshot.document = &document;

  auto context = render::OffscreenContext::make(size->width, size->height);
  if (!context) return tl::unexpected(context.error());
  auto renderer = render::Renderer::make(resources->shaders());
  if (!renderer) return tl::unexpected(renderer.error());

  scene::SceneBuilder builder(index);
  const float aspect = static_cast<float>(size->width) / static_cast<float>(size->height);
  const draw::Camera camera =
      draw::make_standard_view(*view, scene::visible_bounds(index->body(), document), aspect);
  render::RenderOptions options;
  options.width = size->width;
  options.height = size->height;
  options.samples = arguments.quality == "best" ? 4 : 1;
  scene::ViewState view_state;
  view_state.lod = arguments.quality == "best" ? 0 : 1;
  (*renderer)->render(builder.build(snapshot, view_state), camera, options,
                      (*context)->framebuffer());
  return render::save_png((*context)->read_pixels(), arguments.out);
}

}  // namespace

void add_render_command(CLI::App& cli, Exit& exit) {
  auto arguments = std::make_shared<RenderArguments>();
  CLI::App* command = cli.add_subcommand("render", "A picture without a display");
  command->add_option("--body", arguments->body, "builtin, or a body pack")->capture_default_str();
  command->add_option("--view", arguments->view, "back, front, left, right, top, three-quarter")
      ->capture_default_str();
  command
      ->add_option("--layer", arguments->layer, "skin, superficial, intermediate, deep, skeleton")
      ->capture_default_str();
  command->add_option("--size", arguments->size, "Width x height in pixels")->capture_default_str();
  command->add_option("--quality", arguments->quality, "standard, or best (slower, smoother)")
      ->check(CLI::IsMember({"standard", "best"}))
      ->capture_default_str();
  command->add_option("--out", arguments->out, "The PNG file to write")->required();
  command->callback([arguments, &exit] {
    if (const auto status = render_picture(*arguments); !status) {
      report_failure(status.error(), exit);
    }
  });
}

}  // namespace app

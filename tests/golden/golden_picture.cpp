// Draws one picture of the phantom body, or of the built-in one, and holds it against the stored
// one:
//
//   golden_picture NAME [--builtin] [--view V] [--layer L] [--xray] [--field F] [--tool] [--pitch
//   DEG]
//                  [--select N] [--dark | --black] [--transparent] [--scale S] [--samples N]
//   golden_picture NAME --program BACKMATE WORDS...
//
// The second kind holds what `BACKMATE render WORDS...` draws: all that only a session knows, like
// limits, tender spots, names at the sides.
// Exact on the driver that drew the stored pictures (tests/golden/driver.txt), tolerant elsewhere
// and for the built-in body, whose meshes follow small corrections of its figures.
// A failing run leaves NAME.got.png and NAME.diff.png in the build folder. With
// BACKMATE_UPDATE_GOLDEN=1 the stored picture is replaced: look at it before you commit it.
#include <glad/gl.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <glm/geometric.hpp>
#include <string>
#include <vector>

#include "anatomy/pack.h"
#include "render/gl/offscreen_context.h"
#include "render/renderer.h"
#include "scene/scene.h"
#include "support/phantom_body.h"

namespace {

namespace fs = std::filesystem;

const fs::path kGolden = fs::path(BACKMATE_SOURCE_DIR) / "tests/golden";
constexpr int kWidth = 480;
constexpr int kHeight = 360;
// On another driver: the mean of all channels, and the share of pixels that may differ clearly
// (edges, where coverage is counted differently).
constexpr double kMeanTolerance = 1.5;
constexpr double kFarTolerance = 0.02;

struct Arguments {
  std::string name;
  draw::StandardView view = draw::StandardView::kBack;
  anatomy::Layer layer = anatomy::Layer::kSuperficial;
  bool builtin = false, xray = false, tool = false, dark = false, black = false,
       transparent = false;
  session::Field field = session::Field::kNatural;
  float pitch_deg = 0.0f;
  float scale = 1.0f;
  int samples = 1;
  int select = -1;  // the n-th muscle
};

bool parse(int argc, char** argv, Arguments& arguments) {
  if (argc < 2) return false;
  arguments.name = argv[1];
  for (int i = 2; i < argc; ++i) {
    const std::string word = argv[i];
    if (word == "--builtin") {
      arguments.builtin = true;
    } else if (word == "--xray") {
      arguments.xray = true;
    } else if (word == "--tool") {
      arguments.tool = true;
    } else if (word == "--dark") {
      arguments.dark = true;
    } else if (word == "--black") {
      arguments.black = true;
    } else if (word == "--transparent") {
      arguments.transparent = true;
    } else if (i + 1 < argc) {
      const std::string value = argv[++i];
      if (word == "--view") {
        arguments.view = value == "front"           ? draw::StandardView::kFront
                         : value == "left"          ? draw::StandardView::kLeft
                         : value == "top"           ? draw::StandardView::kTop
                         : value == "three-quarter" ? draw::StandardView::kThreeQuarter
                                                    : draw::StandardView::kBack;
      } else if (word == "--layer") {
        if (!anatomy::from_string(value, arguments.layer)) return false;
      } else if (word == "--field") {
        const auto field = session::field_from_string(value);
        if (!field) return false;
        arguments.field = *field;
      } else if (word == "--pitch") {
        arguments.pitch_deg = std::stof(value);
      } else if (word == "--scale") {
        arguments.scale = std::stof(value);
      } else if (word == "--samples") {
        arguments.samples = std::stoi(value);
      } else if (word == "--select") {
        arguments.select = std::stoi(value);
      } else {
        return false;
      }
    } else {
      return false;
    }
  }
  return true;
}

// A head at rest, with contacts written down here: the picture must not follow the simulation.
struct Pressed {
  tool::ToolSpec tool;
  sim::SimState state;
  std::vector<sim::MuscleReadout> muscles;
  tool::HeadPose pose;
};

void press(const anatomy::BodyIndex& body, float pitch_deg, Pressed& pressed) {
  pressed.tool = tool::load_tool(fs::path(BACKMATE_SOURCE_DIR) / "assets/attachments").value();
  const tool::AttachmentSpec& attachment = pressed.tool.attachments[0];
  pressed.pose = tool::pose_on_skin(body, {0.0f, 1.32f, -0.3f}, base::from_degrees(20.0f),
                                    base::from_degrees(pitch_deg), attachment);
  const glm::mat3 frame = tool::head_frame(pressed.pose);
  constexpr float kDepth = 0.016f;  // of the head: its balls sink less into a round body
  sim::ContactPatch& patch = pressed.state.patch;
  const float radius = attachment.balls[0].radius.value;
  patch.head_centre_m = pressed.pose.position_m + frame[2] * (radius - kDepth);
  patch.bar_axis = frame[0];
  patch.outward = frame[2];
  for (const tool::BallSpec& ball : attachment.balls) {
    sim::Contact contact;
    contact.centre_m = patch.head_centre_m + frame * ball.centre_m;
    const geom::SurfacePoint at = body.find_surface_point(contact.centre_m);
    contact.point_m = at.point_m;
    contact.normal = body.surface_normal(at);
    const float above = glm::dot(contact.centre_m - contact.point_m, contact.normal);
    contact.indentation = base::Metres{radius - above};
    contact.radius = base::Metres{0.014f};
    contact.ball_radius = ball.radius;
    patch.contacts.push_back(contact);
  }
  pressed.state.segments.resize(body.body().segments.size());
  for (std::size_t i = 0; i < pressed.state.segments.size(); ++i) {
    const anatomy::Segment& segment = body.body().segments[i];
    const float away = glm::length(segment.centre_m - pressed.pose.position_m);
    const float pressure = 30000.0f * std::exp(-away * away / (0.05f * 0.05f));
    pressed.state.segments[i].pressure_pa = pressure;
    pressed.state.segments[i].flow = 1.0f / (1.0f + std::pow(pressure / 5000.0f, 4.0f));
    pressed.state.segments[i].tone = 0.02f + 0.08f * std::exp(-away / 0.1f);
    if (pressure < 1000.0f) continue;
    sim::MuscleReadout readout;
    readout.structure = segment.structure;
    readout.load_pa = pressure;
    pressed.muscles.push_back(readout);
  }
}

std::string driver() {
  const auto text = [](GLenum name) {
    return std::string(reinterpret_cast<const char*>(glGetString(name)));
  };
  return text(GL_RENDERER) + " | " + text(GL_VERSION);
}

std::string stored_driver() {
  std::ifstream in(kGolden / "driver.txt");
  std::string line;
  std::getline(in, line);
  return line;
}

// By the program itself; words are those of our own CMakeLists.txt.
base::Result<render::Image> run_program(const std::string& name, int count, char** words) {
  const fs::path out = fs::path(BACKMATE_BINARY_DIR) / "golden" / (name + ".drawn.png");
  fs::create_directories(out.parent_path());
  std::string line = "'" + std::string(words[0]) + "' render --size " + std::to_string(kWidth) +
                     "x" + std::to_string(kHeight) + " --out '" + out.string() + "'";
  for (int i = 1; i < count; ++i) line += " '" + std::string(words[i]) + "'";
  if (std::system(line.c_str()) != 0) return base::fail("This failed: " + line);
  return render::load_png(out);
}

// Differences of coverage count, too: over a colour that no body has.
void lay_over_blue(render::Image& image) {
  constexpr int kGround[3] = {40, 60, 220};
  for (std::size_t i = 0; i + 3 < image.rgba.size(); i += 4) {
    const int alpha = image.rgba[i + 3];
    for (std::size_t c = 0; c < 3; ++c)
      image.rgba[i + c] =
          static_cast<std::uint8_t>((image.rgba[i + c] * alpha + kGround[c] * (255 - alpha)) / 255);
  }
}

base::Result<std::shared_ptr<const anatomy::BodyIndex>> load(const Arguments& arguments) {
  if (arguments.builtin) {
    const auto builtin =
        anatomy::load_pack(fs::path(BACKMATE_BINARY_DIR) / "share/backmate/bodies/builtin.pack");
    if (!builtin) return tl::unexpected(builtin.error());
    return std::make_shared<const anatomy::BodyIndex>(*builtin);
  }
  test_support::PhantomSpec spec;
  spec.cell_m = 0.008f;
  return test_support::make_phantom(spec);
}

base::Status draw_picture(const Arguments& arguments, unsigned framebuffer) {
  const auto loaded = load(arguments);
  if (!loaded) return tl::unexpected(loaded.error());
  const std::shared_ptr<const anatomy::BodyIndex>& body = *loaded;
  session::Document document;
  document.hidden.assign(body->body().structures.size(), 0);
  document.isolated = document.selected = document.hidden;
  document.layer = arguments.layer;
  document.xray = arguments.xray;
  document.field = arguments.field;
  int muscle = 0;
  for (std::size_t i = 0; i < document.selected.size(); ++i) {
    if (body->body().structures[i].kind != anatomy::Kind::kMuscle) continue;
    if (muscle++ == arguments.select) document.selected[i] = 1;
  }
  Pressed pressed;
  session::Snapshot snapshot;
  snapshot.index = body.get();
  snapshot.document = &document;
  if (arguments.tool) {
    press(*body, arguments.pitch_deg, pressed);
    snapshot.tool = &pressed.tool;
    snapshot.sim = &pressed.state;
    snapshot.muscles = &pressed.muscles;
    snapshot.head_now = pressed.pose;
  }
  scene::ViewState view;
  view.lod = 0;
  if (arguments.dark) view.studio = scene::Studio::kDark;
  if (arguments.black) view.studio = scene::Studio::kBlack;

  auto renderer = render::Renderer::make(fs::path(BACKMATE_SOURCE_DIR) / "shaders");
  if (!renderer) return tl::unexpected(renderer.error());
  scene::SceneBuilder builder(body);
  render::RenderOptions options;
  options.width = kWidth;
  options.height = kHeight;
  options.resolution_scale = arguments.scale;
  options.samples = arguments.samples;
  const draw::Camera camera =
      draw::make_standard_view(arguments.view, scene::visible_bounds(body->body(), document),
                               static_cast<float>(kWidth) / kHeight);
  draw::DrawList list = builder.build(snapshot, view);
  list.background.transparent = arguments.transparent;
  (*renderer)->render(list, camera, options, framebuffer);
  return {};
}

base::Result<render::Image> make_picture(const Arguments& arguments, std::string& drawn_by) {
  auto context = render::OffscreenContext::make(kWidth, kHeight);
  if (!context) return tl::unexpected(context.error());
  if (const auto drawn = draw_picture(arguments, (*context)->framebuffer()); !drawn)
    return tl::unexpected(drawn.error());
  drawn_by = driver();
  return (*context)->read_pixels();
}

}  // namespace

int main(int argc, char** argv) {
  Arguments arguments;
  const bool by_program = argc > 3 && std::string(argv[2]) == "--program";
  if (by_program) {
    arguments.name = argv[1];
  } else if (!parse(argc, argv, arguments)) {
    std::fprintf(stderr, "golden_picture: unknown arguments\n");
    return 2;
  }
  std::string drawn_by;  // empty: by the program
  auto made = by_program ? run_program(arguments.name, argc - 3, argv + 3)
                         : make_picture(arguments, drawn_by);
  if (!made) {
    std::fprintf(stderr, "%s\n", made.error().message.c_str());
    return 1;
  }
  render::Image& got = *made;
  const fs::path stored = kGolden / (arguments.name + ".png");
  if (std::getenv("BACKMATE_UPDATE_GOLDEN") != nullptr) {
    if (!drawn_by.empty()) std::ofstream(kGolden / "driver.txt") << drawn_by << "\n";
    return render::save_png(got, stored) ? 0 : 1;
  }
  const fs::path out = fs::path(BACKMATE_BINARY_DIR) / "golden";
  fs::create_directories(out);
  auto expected = render::load_png(stored);
  if (!expected) {
    std::fprintf(stderr, "%s\n", expected.error().message.c_str());
    (void)render::save_png(got, out / (arguments.name + ".got.png"));
    return 1;
  }
  const bool exact = !arguments.builtin && drawn_by == stored_driver();
  if (by_program) {
    lay_over_blue(got);
    lay_over_blue(*expected);
  }
  const auto apart = render::compare(got, *expected);
  const bool fine = exact ? apart.identical()
                          : apart.same_size && apart.mean_abs <= kMeanTolerance &&
                                apart.far_fraction <= kFarTolerance;
  std::printf("%s: %s, mean %.3f, far %.4f (%s)\n", arguments.name.c_str(),
              fine ? "fine" : "DIFFERS", apart.mean_abs, apart.far_fraction,
              exact ? "exact" : "tolerant");
  if (fine) return 0;
  (void)render::save_png(got, out / (arguments.name + ".got.png"));
  (void)render::save_png(render::difference_image(got, *expected),
                         out / (arguments.name + ".diff.png"));
  std::printf("See %s\n", (out / (arguments.name + ".diff.png")).string().c_str());
  return 1;
}

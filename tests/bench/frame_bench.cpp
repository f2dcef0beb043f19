// Frame times of the renderer on the built-in body, glFinish included, as while dragging: the
// camera turns a little from frame to frame. Target: 20 frames a second at 1280 x 720 on two cores
// of software OpenGL in the lowest tier, the first line: inner resolution one half. And the
// interface's time, without painting.
#include <benchmark/benchmark.h>
#include <glad/gl.h>

#include <cstdlib>
#include <filesystem>

#include "anatomy/pack.h"
#include "app/app.h"
#include "app/load_body.h"
#include "draw/camera_moves.h"
#include "render/gl/offscreen_context.h"
#include "render/renderer.h"
#include "scene/scene.h"

namespace {

namespace fs = std::filesystem;

const fs::path kShaders = fs::path(BACKMATE_SOURCE_DIR) / "shaders";

// $BACKMATE_BENCH_PACK, else the built-in body.
fs::path pack_path() {
  if (const char* named = std::getenv("BACKMATE_BENCH_PACK")) return named;
  return fs::path(BACKMATE_BINARY_DIR) / "share/backmate/bodies/builtin.pack";
}

const std::shared_ptr<const anatomy::BodyIndex>& body() {
  static const auto index =
      std::make_shared<const anatomy::BodyIndex>(anatomy::load_pack(pack_path()).value());
  return index;
}

// Arguments: level of detail, inner resolution in percent, MSAA samples, occlusion.
void drag_frame(benchmark::State& state) {
  auto context = render::OffscreenContext::make(1280, 720).value();
  auto renderer = render::Renderer::make(kShaders).value();
  scene::SceneBuilder builder(body());
  session::Document document;
  session::Snapshot snapshot;
  snapshot.index = body().get();
  snapshot.document = &document;
  scene::ViewState view;
  view.lod = static_cast<int>(state.range(0));
  render::RenderOptions options;
  options.width = 1280;
  options.height = 720;
  options.resolution_scale = static_cast<float>(state.range(1)) / 100.0f;
  options.samples = static_cast<int>(state.range(2));
  options.occlusion = state.range(3) != 0;
  draw::Camera camera = draw::make_standard_view(
      draw::StandardView::kBack, scene::visible_bounds(body()->body(), document), 1280.0f / 720.0f);
  std::size_t triangles = 0;
  for (auto _ : state) {
    camera = draw::orbit(camera, {2.0f, 0.0f}, {1280.0f, 720.0f});
    const draw::DrawList& list = builder.build(snapshot, view);
    triangles = list.body.mesh.indices.size() / 3;
    renderer->render(list, camera, options, context->framebuffer());
    glFinish();
  }
  state.counters["draw_calls"] = static_cast<double>(renderer->body_draw_calls());
  state.counters["triangles"] = static_cast<double>(triangles);
  renderer.reset();
}
BENCHMARK(drag_frame)
    ->Args({2, 50, 1, 0})
    ->Args({2, 75, 1, 0})
    ->Args({1, 50, 1, 0})
    ->Args({1, 50, 1, 1})
    ->Args({1, 100, 1, 0})
    ->Args({1, 100, 1, 1})
    ->Args({0, 100, 4, 1})
    ->Unit(benchmark::kMillisecond)
    ->MeasureProcessCPUTime()
    ->UseRealTime();

// The window's frame before anything is rasterised, the pointer moving over the built-in body:
// interface, what the pointer meets, a tick of the simulation. Target: 2 ms.
void interface_frame(benchmark::State& state) {
  auto context = render::OffscreenContext::make(1280, 720).value();
  app::AppSetup setup;
  setup.resources = data::find_resources().value();
  setup.body = app::load_body(app::kBuiltinBody).value();
  setup.width_px = 1280;
  setup.height_px = 720;
  setup.quality = ui::Quality::kLow;
  auto app = app::App::make(setup).value();
  app::InputEvent to;
  to.type = app::EventType::kMove;
  int frame = 0;
  for (auto _ : state) {
    to.x = static_cast<float>(300 + 2 * (frame % 200));
    to.y = static_cast<float>(200 + frame % 60);
    app->frame(1.0f / 60.0f, {&to, 1});
    ++frame;
  }
  app.reset();
}
BENCHMARK(interface_frame)->Unit(benchmark::kMillisecond);

// From nothing to a first picture, the pack's loading apart.
void first_picture(benchmark::State& state) {
  for (auto _ : state) {
    auto context = render::OffscreenContext::make(1280, 720).value();
    auto renderer = render::Renderer::make(kShaders).value();
    scene::SceneBuilder builder(body());
    session::Document document;
    session::Snapshot snapshot;
    snapshot.index = body().get();
    snapshot.document = &document;
    render::RenderOptions options;
    options.width = 1280;
    options.height = 720;
    const draw::Camera camera = draw::make_standard_view(
        draw::StandardView::kBack, scene::visible_bounds(body()->body(), document), 1.78f);
    renderer->render(builder.build(snapshot, scene::ViewState{}), camera, options,
                     context->framebuffer());
    benchmark::DoNotOptimize(context->read_pixels());
    renderer.reset();
  }
}
BENCHMARK(first_picture)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime()->UseRealTime();

}  // namespace

BENCHMARK_MAIN();

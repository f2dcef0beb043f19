// Contact, stacks and depth of one two-ball head (and of a roller and a mesh head), and the relief
// step. On the phantom body, and on
// a real one where BACKMATE_BENCH_PACK names a body pack (an imported atlas):
//   BACKMATE_BENCH_PACK=atlas.pack build/release/bench/sim_bench
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <filesystem>
#include <random>

#include "anatomy/pack.h"
#include "sim/relief.h"
#include "sim/sim_model.h"
#include "sim/step.h"
#include "support/phantom_body.h"
#include "tool/attachment.h"

namespace {

using anatomy::BodyIndex;

std::filesystem::path assets_dir() { return std::filesystem::path(BACKMATE_SOURCE_DIR) / "assets"; }

std::shared_ptr<const BodyIndex> load_body(bool real) {
  if (!real) return test_support::make_phantom();
  const char* pack = std::getenv("BACKMATE_BENCH_PACK");
  if (pack == nullptr) return nullptr;
  auto body = anatomy::load_pack(pack);
  return body ? std::make_shared<const BodyIndex>(*body) : nullptr;
}

struct World {
  std::shared_ptr<const BodyIndex> body;
  std::shared_ptr<const sim::SimModel> model;
  sim::SimState state;
  tool::ToolSpec tool;
  geom::Aabb back;  // where heads are put

  explicit World(std::shared_ptr<const BodyIndex> on) : body(std::move(on)) {
    renew();
    state = sim::make_start_state(*model);
    tool = tool::load_tool(assets_dir() / "attachments").value();
    back = geom::bounds_of(body->body().contact_surface.positions_m);
  }
  // A model whose columns nobody has asked for yet.
  void renew() { model = sim::load_sim_model(body, assets_dir(), {"desk_shoulders"}).value(); }
  // A place on the back: x and height as shares of the body's width and height.
  sim::ToolInput at(float x, float y, float angle, const char* head = "balls_std") const {
    sim::ToolInput input;
    input.attachment = &tool.attachments[static_cast<std::size_t>(tool.find_attachment(head))];
    const glm::vec3 size = back.size();
    const glm::vec3 target(back.centre().x + (x - 0.5f) * size.x, back.min.y + y * size.y,
                           back.min.z - 0.1f);
    const geom::Ray ray{target, {0.0f, 0.0f, 1.0f}};
    const auto hit = body->find_surface_hit(ray, 1.0f);
    input.pose =
        tool::pose_on_skin(*body, hit ? ray.origin_m + hit->distance_m * ray.direction : target,
                           base::Radians{angle}, base::Radians{}, *input.attachment);
    input.force = base::Newtons{60.0f};
    return input;
  }
};

World* find_world(benchmark::State& state, bool real) {
  static World* phantom = new World(load_body(false));
  static const auto atlas_body = load_body(true);
  static World* atlas = atlas_body ? new World(atlas_body) : nullptr;
  World* world = real ? atlas : phantom;
  if (world == nullptr) state.SkipWithError("BACKMATE_BENCH_PACK names no body pack");
  return world;
}

// Contact, stacks and loads of a head that was nowhere near before: nothing is cached.
void contact_cold(benchmark::State& state, bool real) {
  World* world = find_world(state, real);
  if (world == nullptr) return;
  world->renew();
  std::mt19937 random(3);
  std::uniform_real_distribution<float> unit(0.0f, 1.0f);
  int used = 0;
  for (auto _ : state) {
    state.PauseTiming();
    if (++used % 16 == 0) world->renew();
    const auto input = world->at(0.3f + 0.4f * unit(random), 0.35f + 0.45f * unit(random), 0.0f);
    sim::SimState person = world->state;
    state.ResumeTiming();
    sim::step(*world->model, person, input, base::Seconds{1.0f / 60.0f});
    benchmark::DoNotOptimize(person.patch.gap);
  }
}

// The same as a person meets it: the layers under the whole skin are known soon after the start.
void contact_new_place(benchmark::State& state, bool real) {
  World* world = find_world(state, real);
  if (world == nullptr) return;
  base::Progress progress;
  sim::prepare_columns(*world->model, progress);
  std::mt19937 random(3);
  std::uniform_real_distribution<float> unit(0.0f, 1.0f);
  for (auto _ : state) {
    state.PauseTiming();
    const auto input = world->at(0.3f + 0.4f * unit(random), 0.35f + 0.45f * unit(random), 0.0f);
    sim::SimState person = world->state;
    state.ResumeTiming();
    sim::step(*world->model, person, input, base::Seconds{1.0f / 60.0f});
    benchmark::DoNotOptimize(person.patch.gap);
  }
}

// A head that slides at 4 cm/s, tick by tick, over its usual 8 cm.
void contact_sliding(benchmark::State& state, bool real, const char* head) {
  World* world = find_world(state, real);
  if (world == nullptr) return;
  sim::SimState person = world->state;
  std::vector<sim::ToolInput> path;
  for (int i = 0; i < 120; ++i) {
    path.push_back(world->at(0.45f, 0.6f, 0.0f, head));
    path.back().pose.position_m.y += 0.04f / 60.0f * static_cast<float>(i);
    path.back().velocity_m_s = {0.0f, 0.04f, 0.0f};
  }
  std::size_t i = 0;
  for (auto _ : state) {
    const std::size_t k = i++ % 240;
    sim::step(*world->model, person, path[k < 120 ? k : 239 - k], base::Seconds{1.0f / 60.0f});
  }
}

void contact_resting(benchmark::State& state, bool real, const char* head) {
  World* world = find_world(state, real);
  if (world == nullptr) return;
  sim::SimState person = world->state;
  const auto input = world->at(0.45f, 0.6f, 0.0f, head);
  for (auto _ : state) sim::step(*world->model, person, input, base::Seconds{1.0f / 60.0f});
}

// The geometry of a still picture where columns are known: what a preview pays.
void find_contact_warm(benchmark::State& state, bool real) {
  World* world = find_world(state, real);
  if (world == nullptr) return;
  const auto input = world->at(0.45f, 0.6f, 0.0f);
  for (auto _ : state) {
    benchmark::DoNotOptimize(sim::find_contact(*world->model, world->state, input));
  }
}

void make_model(benchmark::State& state, bool real) {
  World* world = find_world(state, real);
  if (world == nullptr) return;
  for (auto _ : state) world->renew();
}

// Rays through all layers: the price of one column that nobody has asked for yet.
void build_columns(benchmark::State& state, bool real) {
  World* world = find_world(state, real);
  if (world == nullptr) return;
  world->renew();
  const std::size_t count = world->model->columns->sites().size();
  std::vector<const sim::TissueColumn*> columns;
  std::uint32_t next = 0;
  for (auto _ : state) {
    // Neighbours one after the other, as under a head.
    columns.clear();
    const std::uint32_t site = next++ % static_cast<std::uint32_t>(count);
    world->model->columns->find_columns(std::span(&site, 1), columns);
    benchmark::DoNotOptimize(columns[0]);
  }
}

void relief_step(benchmark::State& state) {
  World* world = find_world(state, false);
  const auto count = static_cast<std::size_t>(state.range(0));
  const auto& from = *world->model;
  sim::SimModel model;
  model.parameters = from.parameters;
  sim::SimState person;
  std::vector<sim::SegmentInput> inputs(count);
  for (std::size_t s = 0; s < count; ++s) {
    model.segments.push_back(from.segments[s % from.segments.size()]);
    person.segments.push_back(world->state.segments[s % from.segments.size()]);
    if (s % 20 == 0) inputs[s] = {9e3f, 60e3f, 90e3f, 1e-3f, 0.04f, 0.5f};
  }
  for (auto _ : state) {
    sim::advance_relief(model, inputs, 1.0f / 60.0f, person);
    benchmark::DoNotOptimize(person.person.calm);
  }
  state.SetComplexityN(state.range(0));
}

BENCHMARK_CAPTURE(contact_cold, phantom, false)->Unit(benchmark::kMicrosecond)->Iterations(400);
BENCHMARK_CAPTURE(contact_new_place, phantom, false)
    ->Unit(benchmark::kMicrosecond)
    ->Iterations(400);
BENCHMARK_CAPTURE(contact_sliding, phantom, false, "balls_std")->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(contact_sliding, roller, false, "roller_wide")->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(contact_sliding, mesh, false, "forearm")->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(contact_resting, phantom, false, "balls_std")->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(contact_resting, roller, false, "roller_wide")->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(contact_resting, mesh, false, "forearm")->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(find_contact_warm, phantom, false)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(make_model, phantom, false)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(build_columns, phantom, false)->Unit(benchmark::kMicrosecond)->Iterations(6000);
BENCHMARK_CAPTURE(build_columns, atlas, true)->Unit(benchmark::kMicrosecond)->Iterations(20000);
BENCHMARK_CAPTURE(contact_cold, atlas, true)->Unit(benchmark::kMicrosecond)->Iterations(400);
BENCHMARK_CAPTURE(contact_new_place, atlas, true)->Unit(benchmark::kMicrosecond)->Iterations(400);
BENCHMARK_CAPTURE(contact_sliding, atlas, true, "balls_std")->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(contact_resting, atlas, true, "balls_std")->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(find_contact_warm, atlas, true)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(make_model, atlas, true)->Unit(benchmark::kMillisecond);
BENCHMARK(relief_step)
    ->Arg(1000)
    ->Arg(4000)
    ->Arg(16000)
    ->Unit(benchmark::kMicrosecond)
    ->Complexity(benchmark::oN);

}  // namespace

BENCHMARK_MAIN();

// A whole routine of 15 minutes at a tick of 1/60 s, with all its persons, on the built-in body:
// held in one place, and rolling to and fro.
#include <benchmark/benchmark.h>

#include <filesystem>

#include "anatomy/pack.h"
#include "guide/routine_run.h"

namespace {

void routine(benchmark::State& state, bool rolls) {
  const std::filesystem::path assets = std::filesystem::path(BACKMATE_SOURCE_DIR) / "assets";
  const auto body = std::make_shared<const anatomy::BodyIndex>(
      anatomy::load_pack(std::string(BACKMATE_BINARY_DIR) + "/share/backmate/bodies/builtin.pack")
          .value());
  const auto tool = tool::load_tool(assets / "attachments").value();
  const auto model = sim::load_sim_model(body, assets, {"desk_shoulders"}).value();
  const sim::SimState start = sim::make_start_state(*model);
  guide::RoutineStep step;
  step.seconds = 900.0f;
  step.attachment = tool.find_attachment("balls_std");
  step.force = base::Newtons{60.0f};
  step.at_m = body->body().find_landmark("T2")->position_m;
  if (rolls) {
    step.stroke = guide::Stroke{{body->body().find_landmark("T2")->position_m,
                                 body->body().find_landmark("T5")->position_m},
                                0.04f};
  }
  guide::Routine routine;
  routine.source = "bench";
  routine.steps = {step};
  for (auto _ : state) {
    base::Progress progress;
    const auto plan = guide::plan_routine(routine, *model, start, tool).value();
    const auto run = guide::run_routine(plan, model, start, false, progress);
    benchmark::DoNotOptimize(run.end_s);
  }
}

BENCHMARK_CAPTURE(routine, held_15_min, false)->Unit(benchmark::kSecond)->Iterations(1);
BENCHMARK_CAPTURE(routine, rolling_15_min, true)->Unit(benchmark::kSecond)->Iterations(1);

}  // namespace

BENCHMARK_MAIN();

// `backmate simulate ROUTINE.json --out REPORT.json`: a routine on a simulated person, without a
// display: dose, tension, stiffness, safety. Progress and cancel (Ctrl-C) on a terminal.
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "app/commands/commands.h"
#include "app/load_body.h"
#include "app/progress_line.h"
#include "base/log.h"
#include "data/resources.h"
#include "report/routine_report.h"

namespace app {
namespace {

struct SimulateArguments {
  std::string routine;
  std::string place;
  std::optional<float> seconds;
  std::string body{kBuiltinBody};
  std::optional<std::string> condition;
  std::optional<std::string> side;
  std::string out;
  std::string trace;
};

constexpr float kLongestPlaceS = 3600.0f;

bool is_same_file(const std::string& a, const std::string& b) {
  std::error_code error;
  return std::filesystem::weakly_canonical(a, error) == std::filesystem::weakly_canonical(b, error);
}

base::Status check_places(const SimulateArguments& arguments) {
  if (auto place = check_place(arguments.out, "report", "report.json"); !place) return place;
  const auto overwrites = [&](const std::string& written) {
    return base::fail("'" + written + "' is the routine itself. Choose another file to write.");
  };
  if (!arguments.routine.empty() && is_same_file(arguments.out, arguments.routine))
    return overwrites(arguments.out);
  if (arguments.trace.empty()) return {};
  if (!arguments.routine.empty() && is_same_file(arguments.trace, arguments.routine))
    return overwrites(arguments.trace);
  if (is_same_file(arguments.trace, arguments.out)) {
    return base::fail("--trace and --out name the same file. Choose two.");
  }
  return check_place(arguments.trace, "trace", "trace.csv");
}

// The file's, or one made of a placement.
base::Result<guide::Routine> find_routine(const SimulateArguments& arguments,
                                          const std::filesystem::path& assets,
                                          const tool::ToolSpec& tool) {
  if (arguments.place.empty() == arguments.routine.empty()) {
    return base::fail("Give either a ROUTINE file or a placement with --place.");
  }
  if (arguments.place.empty()) {
    if (arguments.seconds) return base::fail("--seconds goes with --place; a routine has its own.");
    return guide::load_routine(arguments.routine, assets, tool);
  }
  const auto placements = guide::load_placements(assets, tool).placements;
  const int found = guide::find_placement(placements, arguments.place);
  if (found < 0) {
    return base::fail("There is no placement '" + arguments.place +
                      "'. Choose one of: " + guide::list_ids(placements) + ".");
  }
  const guide::PlacementSpec& placement = placements[static_cast<std::size_t>(found)];
  const float middle = 0.5f * (placement.seconds[0].value + placement.seconds[1].value);
  const float seconds = arguments.seconds.value_or(middle);
  if (!(seconds > 0.0f && seconds <= kLongestPlaceS)) {
    return base::fail("--seconds must be more than 0 and at most 3600.");
  }
  const bool left = arguments.side.value_or("right") == "left";
  return guide::make_placement_routine(
      placement, left ? guide::StepSide::kLeft : guide::StepSide::kRight, seconds);
}

base::Status run_simulate(const SimulateArguments& arguments) {
  if (auto places = check_places(arguments); !places) return places;
  const auto resources = data::find_resources();
  if (!resources) return tl::unexpected(resources.error());
  const auto loaded = load_tool(*resources);
  if (!loaded) return tl::unexpected(loaded.error());
  const tool::ToolSpec& tool = **loaded;
  auto routine = find_routine(arguments, resources->assets(), tool);
  if (!routine) return tl::unexpected(routine.error());
  if (arguments.condition) routine->condition.id = *arguments.condition;
  if (arguments.side) anatomy::from_string(*arguments.side, routine->condition.side);
  auto body = load_body(arguments.body);
  if (!body) return tl::unexpected(body.error());
  auto model = sim::load_sim_model(std::make_shared<const anatomy::BodyIndex>(std::move(*body)),
                                   resources->assets(), routine->condition);
  if (!model) return tl::unexpected(model.error());
  for (const std::string& zone : (*model)->safety->lost_zones()) {
    base::log_warning("This body lacks the landmarks by which " + zone +
                      " would be found: pressing there will not be noticed.");
  }
  const sim::SimState start = sim::make_start_state(**model);
  auto plan = guide::plan_routine(*routine, **model, start, tool);
  if (!plan) return tl::unexpected(plan.error());

  base::Progress progress;
  std::optional<ProgressLine> line(std::in_place, progress, "Simulating");
  const guide::RoutineRun run =
      guide::run_routine(std::move(*plan), *model, start, !arguments.trace.empty(), progress);
  line.reset();
  if (progress.cancelled()) {
    return base::fail("The simulation was cancelled; nothing was written.");
  }
  if (!arguments.trace.empty()) {
    if (auto saved = data::write_file_atomic(arguments.trace, report::make_trace_csv(run));
        !saved) {
      return saved;
    }
  }
  const std::string text = report::make_routine_report(run).dump(1) + "\n";
  if (auto saved = data::write_file_atomic(arguments.out, text); !saved) return saved;
  std::printf("%.0f s on '%s' (%s): wrote %s\n", run.end_s, run.model->body->body().id.c_str(),
              run.model->condition_id.c_str(), arguments.out.c_str());
  return {};
}

}  // namespace

void add_simulate_command(CLI::App& cli, Exit& exit) {
  auto arguments = std::make_shared<SimulateArguments>();
  CLI::App* command = cli.add_subcommand("simulate", "A routine on a simulated person: a report");
  command->add_option("ROUTINE", arguments->routine, "A backmate-routine file");
  command->add_option("--place", arguments->place,
                      "Instead of a file: hold the head at this placement, like neck_base");
  command->add_option("--seconds", arguments->seconds,
                      "How long with --place; otherwise the middle of its range");
  add_body_options(*command, arguments->body);
  command->add_option("--condition", arguments->condition,
                      "Who is simulated, like stiff_neck; otherwise as the routine says");
  command
      ->add_option("--side", arguments->side,
                   "Of a one-sided condition and of --place; otherwise as the routine says")
      ->check(CLI::IsMember({"left", "right"}));
  command->add_option("--out", arguments->out, "The report to write (JSON)")->required();
  command->add_option("--trace", arguments->trace, "Also write a time series (CSV)");
  command->callback([arguments, &exit] {
    if (const auto status = run_simulate(*arguments); !status) report_failure(status.error(), exit);
  });
}

}  // namespace app

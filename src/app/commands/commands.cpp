#include "app/commands/commands.h"

#include <cstdio>
#include <string>

namespace app {

void report_failure(const base::Error& error, Exit& exit) {
  std::fprintf(stderr, "backmate: %s\n", error.message.c_str());
  exit.code = 1;
}

void add_condition_options(CLI::App& command, sim::ConditionChoice& choice) {
  command.add_option("--condition", choice.id, "Who is simulated, like stiff_neck or healthy");
  command
      .add_option_function<std::string>(
          "--side", [&choice](const std::string& side) { anatomy::from_string(side, choice.side); },
          "Where a one-sided condition is (right, where nothing is said)")
      ->check(CLI::IsMember({"left", "right"}));
}

}  // namespace app

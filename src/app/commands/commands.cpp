#include "app/commands/commands.h"

#include <unistd.h>

#include <cstdio>
#include <string>

namespace app {

void report_failure(const base::Error& error, Exit& exit) {
  std::fprintf(stderr, "backmate: %s\n", error.message.c_str());
  exit.code = 1;
}

base::Status check_place(const std::filesystem::path& out, const std::string& what,
                         const std::string& example) {
  std::error_code error;
  const std::filesystem::path folder =
      out.has_parent_path() ? out.parent_path() : std::filesystem::path(".");
  if (!std::filesystem::is_directory(folder, error)) {
    return base::fail("'" + out.string() + "' cannot be written: the folder '" + folder.string() +
                      "' does not exist. Create it or choose another.");
  }
  if (std::filesystem::is_directory(out, error)) {
    return base::fail("'" + out.string() + "' is a folder. Give the name of the " + what +
                      " to write, for example " + example + ".");
  }
  if (::access(folder.c_str(), W_OK) != 0) {
    return base::fail("'" + out.string() + "' cannot be written: no permission to write to '" +
                      folder.string() + "'. Choose a folder you may write to.");
  }
  return {};
}

void add_condition_options(CLI::App& command, sim::ConditionChoice& choice) {
  command.add_option("--condition", choice.id, "Who is simulated, like stiff_neck or healthy");
  command
      .add_option_function<std::string>(
          "--side", [&choice](const std::string& side) { anatomy::from_string(side, choice.side); },
          "Of a one-sided condition and of a placement (right, where nothing is said)")
      ->check(CLI::IsMember({"left", "right"}));
}

void add_place_option(CLI::App& command, std::string& place) {
  command.add_option("--place", place,
                     "Placement to start with, like neck_base; --side says on which side");
}

}  // namespace app

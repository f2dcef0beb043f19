// The subcommands of the one program. Each add_*_command puts its options on the CLI app and, when
// it is chosen, does its work and sets the exit code. Failures are one sentence on stderr.
#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>
#include <string>
#include <string_view>

#include "app/app.h"
#include "base/result.h"
#include "sim/condition.h"

namespace app {

// 0: fine, 1: failed, 2: wrong usage (CLI11 decides that one).
struct Exit {
  int code = 0;
};

// Prints "backmate: <message>" on stderr and sets exit code 1.
void report_failure(const base::Error& error, Exit& exit);

// Found out before seconds of work: the file has to go somewhere. `what` and `example` are for the
// sentence: "pack", "atlas.pack".
base::Status check_place(const std::filesystem::path& out, const std::string& what,
                         const std::string& example);

// --body, and --sex, --build and --height of the built-in one: together a name that load_body
// takes.
// With `person_height_m` the height is also a person's, on any body, and not checked here.
void add_body_options(CLI::App& command, std::string& body, float* person_height_m = nullptr);
// What --seconds simulates at most.
inline constexpr float kLongestSeconds = 3600.0f;
// --condition ID and --side left|right, into `choice`.
void add_condition_options(CLI::App& command, sim::ConditionChoice& choice);
// --place: where the head starts, on the side that --side names.
void add_place_option(CLI::App& command, std::string& place);
// --theme, --ui-size and --quality.
void add_look_options(CLI::App& command, LookChoice& look);

void add_compare_command(CLI::App& cli, Exit& exit);
void add_export_command(CLI::App& cli, Exit& exit);
void add_import_command(CLI::App& cli, Exit& exit);
void add_info_command(CLI::App& cli, Exit& exit);
void add_landmarks_command(CLI::App& cli, Exit& exit);
void add_measure_command(CLI::App& cli, Exit& exit);
void add_plan_command(CLI::App& cli, Exit& exit);
void add_play_command(CLI::App& cli, Exit& exit);
void add_press_command(CLI::App& cli, Exit& exit);
void add_render_command(CLI::App& cli, Exit& exit);
void add_simulate_command(CLI::App& cli, Exit& exit);
void add_validate_command(CLI::App& cli, Exit& exit);
// What the program does without a subcommand.
void add_window_command(CLI::App& cli, Exit& exit);

}  // namespace app

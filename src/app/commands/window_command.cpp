// `backmate` without a subcommand: the window.
#include <memory>

#include "app/commands/commands.h"
#include "app/load_body.h"
#include "app/window.h"

namespace app {
namespace {

constexpr int kSmallestWidth = 640;
constexpr int kSmallestHeight = 480;
constexpr int kLargestWindowSide = 16384;

// "1280x720" -> the two numbers; an empty string when it is a size, else what is wrong.
std::string read_window_size(const std::string& text, WindowOptions& options) {
  int used = 0;
  int width = 0;
  int height = 0;
  if (std::sscanf(text.c_str(), "%dx%d%n", &width, &height, &used) != 2 ||
      used != static_cast<int>(text.size()))
    return "a size looks like 1280x720";
  if (width < kSmallestWidth || height < kSmallestHeight || width > kLargestWindowSide ||
      height > kLargestWindowSide)
    return "a window is between 640x480 and 16384x16384 pixels";
  options.width_px = width;
  options.height_px = height;
  options.size_given = true;
  return {};
}

}  // namespace

void add_window_command(CLI::App& cli, Exit& exit) {
  auto options = std::make_shared<WindowOptions>();
  options->body = kBuiltinBody;
  add_body_options(cli, options->body);
  cli.add_option_function<std::string>(
         "--size",
         [options](const std::string& text) {
           if (const std::string wrong = read_window_size(text, *options); !wrong.empty())
             throw CLI::ValidationError("--size", wrong);
         },
         "Window size in pixels, for example 1280x800")
      ->type_name("WxH");
  add_condition_options(cli, options->condition);
  add_place_option(cli, options->place);
  add_look_options(cli, options->look);
  cli.add_option("--state-on-exit", options->state_on_exit,
                 "Write what was on screen to this JSON file when the window closes");
  cli.callback([&cli, options, &exit] {
    if (!cli.get_subcommands().empty()) return;
    if (const auto status = run_window(*options); !status) report_failure(status.error(), exit);
  });
}

}  // namespace app

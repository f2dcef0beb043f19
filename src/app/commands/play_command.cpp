// `backmate play SCRIPT.json --out DIR [--body B]`: a session driven by timed events, headless.
#include <memory>

#include "app/commands/commands.h"
#include "app/load_body.h"
#include "app/play.h"

namespace app {
namespace {

struct PlayOptions {
  std::string script;
  std::string out;
  std::string body{kBuiltinBody};
  PlayStart start;
};

base::Status play_file(const PlayOptions& options) {
  const auto resources = data::find_resources();
  if (!resources) return tl::unexpected(resources.error());
  const auto script = load_play_script(options.script, resources->schemas());
  if (!script) return tl::unexpected(script.error());
  auto body = load_body(options.body);
  if (!body) return tl::unexpected(body.error());
  return play(*script, std::move(*body), *resources, options.start, options.out);
}

}  // namespace

void add_play_command(CLI::App& cli, Exit& exit) {
  auto options = std::make_shared<PlayOptions>();
  CLI::App* command =
      cli.add_subcommand("play", "Drive the program with timed events, without a display");
  command->add_option("SCRIPT", options->script, "Events (format backmate-play)")->required();
  command->add_option("--out", options->out, "Folder for pictures and state.json")->required();
  add_body_options(*command, options->body);
  add_condition_options(*command, options->start.condition);
  add_place_option(*command, options->start.place);
  command->add_option("--seconds", options->start.seconds, "Simulated before the first event")
      ->check(CLI::Range(0.0f, kLongestSeconds));
  add_look_options(*command, options->start.look);
  command->callback([options, &exit] {
    if (const auto status = play_file(*options); !status) report_failure(status.error(), exit);
  });
}

}  // namespace app

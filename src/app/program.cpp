#include "app/program.h"

#include "app/commands/commands.h"

namespace app {

int run_program(int argc, char** argv) {
  CLI::App cli{"Backmate Anatomy: drag a massage head over a body and see what it works on.",
               "backmate"};
  Exit exit;
  cli.require_subcommand(0, 1);
  add_window_command(cli, exit);
  add_compare_command(cli, exit);
  add_export_command(cli, exit);
  add_import_command(cli, exit);
  add_info_command(cli, exit);
  add_landmarks_command(cli, exit);
  add_measure_command(cli, exit);
  add_plan_command(cli, exit);
  add_play_command(cli, exit);
  add_press_command(cli, exit);
  add_render_command(cli, exit);
  add_simulate_command(cli, exit);
  add_validate_command(cli, exit);
  try {
    cli.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return cli.exit(error) == 0 ? 0 : 2;
  }
  return exit.code;
}

}  // namespace app

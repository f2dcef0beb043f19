// Wiring only: one program, its subcommands and exit codes.
#include "app/commands/commands.h"

int main(int argc, char** argv) {
  CLI::App cli{"Backmate Anatomy: drag a massage head over a body and see what it works on.",
               "backmate"};
  app::Exit exit;
  cli.require_subcommand(0, 1);
  app::add_window_command(cli, exit);
  app::add_compare_command(cli, exit);
  app::add_export_command(cli, exit);
  app::add_import_command(cli, exit);
  app::add_info_command(cli, exit);
  app::add_landmarks_command(cli, exit);
  app::add_measure_command(cli, exit);
  app::add_play_command(cli, exit);
  app::add_press_command(cli, exit);
  app::add_render_command(cli, exit);
  app::add_validate_command(cli, exit);
  try {
    cli.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return cli.exit(error) == 0 ? 0 : 2;
  }
  return exit.code;
}

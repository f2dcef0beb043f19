// Wiring only: one program, its subcommands and exit codes.
#include <CLI/CLI.hpp>

int main(int argc, char** argv) {
  CLI::App app{"Backmate Anatomy: an interactive 3D anatomy visualizer"};
  CLI11_PARSE(app, argc, argv);
  return 0;
}

// The one program behind main(): its subcommands and exit codes.
#pragma once

namespace app {

// Exit codes: 0 fine, 1 failed (one sentence on stderr), 2 wrong usage.
int run_program(int argc, char** argv);

}  // namespace app

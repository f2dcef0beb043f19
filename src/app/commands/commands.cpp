#include "app/commands/commands.h"

#include <cstdio>

namespace app {

void report_failure(const base::Error& error, Exit& exit) {
  std::fprintf(stderr, "backmate: %s\n", error.message.c_str());
  exit.code = 1;
}

}  // namespace app

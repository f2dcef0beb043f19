// Runs the built `backmate` program as a person would from a shell, for tests of the command line.
#pragma once

#include <string>
#include <vector>

namespace support {

struct ProgramResult {
  int exit_code = -1;  // 128 + signal when killed
  std::string out;
  std::string err;
};

// Arguments are passed as they are (no shell). `environment` entries ("NAME=value") are added. A
// `signal` other than 0 is sent to the program after that many seconds.
ProgramResult run_backmate(const std::vector<std::string>& arguments,
                           const std::vector<std::string>& environment = {}, int signal = 0,
                           double after_s = 0.0);

}  // namespace support

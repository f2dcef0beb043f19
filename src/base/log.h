// Messages for people and for whoever reads a log: always to stderr, so that stdout stays clean
// JSON.
#pragma once

#include <string_view>

namespace base {

void log_info(std::string_view message);
void log_warning(std::string_view message);
void log_error(std::string_view message);

// Only errors pass (headless commands with --quiet, tests).
void set_log_quiet(bool quiet);

}  // namespace base

// While it lives, Ctrl-C (or a request to end) cancels a piece of work and, where stderr is a
// terminal, a line says how far it is.
#pragma once

#include <array>
#include <csignal>
#include <string>
#include <thread>

#include "base/progress.h"

namespace app {

class ProgressLine {
 public:
  // One at a time. `verb` begins the line: "Importing".
  ProgressLine(base::Progress& progress, std::string verb);
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

 private:
  static constexpr std::array<int, 3> kStopSignals = {SIGINT, SIGTERM, SIGHUP};

  void show(const std::stop_token& stop);

  base::Progress& progress_;
  std::string verb_;
  std::array<void (*)(int), kStopSignals.size()> previous_{};
  std::jthread thread_;
};

}  // namespace app

#include "app/progress_line.h"

#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdio>

namespace app {
namespace {

// A signal handler can reach nothing but a global; lock-free atomics are all it may touch.
std::atomic<base::Progress*> running{nullptr};

void cancel_running(int) {
  if (base::Progress* progress = running.load()) progress->cancel();
}

}  // namespace

ProgressLine::ProgressLine(base::Progress& progress, std::string verb)
    : progress_(progress), verb_(std::move(verb)) {
  running = &progress;
  for (std::size_t i = 0; i < kStopSignals.size(); ++i) {
    previous_[i] = std::signal(kStopSignals[i], cancel_running);
    // Somebody (nohup) has decided that this signal shall not stop it.
    if (previous_[i] == SIG_IGN) std::signal(kStopSignals[i], SIG_IGN);
  }
  if (::isatty(STDERR_FILENO) == 1) thread_ = std::jthread([this](std::stop_token s) { show(s); });
}

ProgressLine::~ProgressLine() {
  if (thread_.joinable()) {
    thread_.request_stop();
    thread_.join();
    std::fprintf(stderr, "\r\033[K");
  }
  for (std::size_t i = 0; i < kStopSignals.size(); ++i) std::signal(kStopSignals[i], previous_[i]);
  running = nullptr;
}

void ProgressLine::show(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    std::fprintf(stderr, "\r%s %3.0f %%", verb_.c_str(),
                 100.0 * static_cast<double>(progress_.fraction()));
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
}

}  // namespace app

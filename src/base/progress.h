// Progress and cancel for work that lasts: the worker reports, the owner may ask it to stop.
// Thread-safe; one writer, any number of readers.
#pragma once

#include <atomic>

namespace base {

class Progress {
 public:
  void report(float fraction) { fraction_.store(fraction, std::memory_order_relaxed); }
  float fraction() const { return fraction_.load(std::memory_order_relaxed); }
  void cancel() { cancelled_.store(true, std::memory_order_relaxed); }
  bool cancelled() const { return cancelled_.load(std::memory_order_relaxed); }

 private:
  std::atomic<float> fraction_{0.0f};
  std::atomic<bool> cancelled_{false};
};

}  // namespace base

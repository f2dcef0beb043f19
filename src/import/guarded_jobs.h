// Runs jobs that may crash, hang or eat all memory (third-party parsers on files of unknown
// origin) in child processes with limits. A child works on one job at a time, so that whoever
// reports knows which one it was; a new child carries on with the others.
//
// Call it from a thread that outlives the call; children die with that thread. They ignore Ctrl-C
// (the parent decides), write nothing to the terminal and leave no core files. POSIX only.
#pragma once

#include <cstddef>
#include <functional>
#include <string>

#include "base/progress.h"
#include "base/result.h"

namespace atlas {

enum class JobEnd {
  kDone,
  kCrashed,       // in a child of its own, too: not the fault of an earlier job
  kTooSlow,       // more processor or wall time than allowed
  kTooMuchOutput  // a result larger than allowed
};

struct JobLimits {
  double cpu_s = 10.0;                              // rounded up to whole seconds by the system
  double wall_s = 60.0;                             // also counts waiting, for example for a disk
  std::size_t memory_bytes = std::size_t{4} << 30;  // more than the program has already
  std::size_t output_bytes = std::size_t{1} << 30;
};

struct GuardedJobs {
  std::size_t count = 0;
  std::function<std::string(std::size_t)> run;        // in a child; must not throw
  std::function<JobLimits(std::size_t)> find_limits;  // in the parent; the memory of the first
                                                      // job of a child holds for all of its jobs
  // In the parent, on the calling thread, once per job, in no particular order.
  std::function<void(std::size_t, JobEnd, std::string&&)> finish;
};

// Fails when it is cancelled or no child can be started; then no child is left either.
base::Status run_guarded(const GuardedJobs& jobs, const base::Progress& progress);

}  // namespace atlas

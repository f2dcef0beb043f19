// Prints a plan beside the running window: the program itself, as `backmate plan`, in a child
// process, so that pictures are rendered without disturbing the window's own context.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"

namespace app {

class PlanJob {
 public:
  PlanJob() = default;
  // Waits for a child that still draws.
  ~PlanJob();
  PlanJob(const PlanJob&) = delete;
  PlanJob& operator=(const PlanJob&) = delete;

  // `arguments` without the name of the command and --out. One at a time.
  base::Status start(const std::filesystem::path& out, const std::vector<std::string>& arguments);
  bool is_busy() const { return child_ > 0; }
  // How it ended, once; nothing while it goes on. A failure is the child's own sentence.
  std::optional<base::Status> take();
  const std::filesystem::path& out() const { return out_; }

 private:
  base::Status status_of(int wait_status);

  int child_ = 0;
  int errors_ = -1;  // what it says
  std::filesystem::path out_;
};

// The first of "name.pdf", "name-2.pdf", ... that is not there yet.
std::filesystem::path find_free_name(const std::filesystem::path& folder, const std::string& name,
                                     const std::string& ending);

}  // namespace app

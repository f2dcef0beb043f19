// The contract that a window builds on: progress that only rises, cancel at any moment, nothing
// left behind.
#include "import/import_job.h"

#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cerrno>
#include <algorithm>
#include <chrono>
#include <thread>

#include "mesh_files.h"
#include "support/reference.h"
#include "support/scratch_dir.h"

namespace atlas {
namespace {

using namespace atlas::testing;
using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

data::ResourceDirs resources() {
  return {std::filesystem::path(BACKMATE_BINARY_DIR) / "share" / "backmate"};
}

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

bool no_child_is_left() {
  errno = 0;
  return ::waitpid(-1, nullptr, WNOHANG) < 0 && errno == ECHILD;
}

TEST(ImportJob, GivesTheBody) {
  support::ScratchDir dir{"import_job"};
  ImportJob job(dir.write("torso.obj", to_obj(make_torso())), resources());
  float before = 0.0f;
  while (!job.finished()) {
    const float now = job.fraction();
    EXPECT_GE(now, before);
    before = now;
    std::this_thread::sleep_for(milliseconds(2));
  }
  EXPECT_EQ(job.fraction(), 1.0f);
  const auto import = job.take();
  ASSERT_TRUE(import) << import.error().message;
  EXPECT_FALSE(import->body->contact_surface.indices.empty());
  EXPECT_TRUE(no_child_is_left());
}

TEST(ImportJob, FailsInWords) {
  ImportJob job("/nowhere/at all.glb", resources());
  const auto import = job.take();
  ASSERT_FALSE(import);
  EXPECT_NE(import.error().message.find("does not exist"), std::string::npos);
  EXPECT_FALSE(job.cancelled());
}

TEST(ImportJob, CanBeCancelledAtAnyMomentAndDropped) {
  const auto folder = support::find_reference();
  if (folder.empty()) GTEST_SKIP() << support::kNoReference;
  // Measured against the whole, since machines and what runs beside differ.
  const auto began = Clock::now();
  ASSERT_TRUE(ImportJob(folder, resources()).take());
  const double soon = std::max(double{kCancelWithinS}, 0.5 * seconds_since(began));
  for (int wait_ms = 0; wait_ms < 6000; wait_ms += 300) {
    ImportJob job(folder, resources());
    const auto start = Clock::now();
    while (!job.finished() && seconds_since(start) < 1e-3 * wait_ms) {
      std::this_thread::sleep_for(milliseconds(5));
    }
    if (job.finished()) break;
    job.cancel();
    const auto asked = Clock::now();
    const auto import = job.take();
    // What came through in the very moment of asking is whole.
    EXPECT_TRUE(!import || !import->body->structures.empty()) << wait_ms;
    EXPECT_LT(seconds_since(asked), soon) << "cancelled after " << wait_ms << " ms";
    EXPECT_TRUE(no_child_is_left());
  }
  const auto asked = Clock::now();
  { ImportJob dropped(folder, resources()); }
  EXPECT_LT(seconds_since(asked), kCancelWithinS);
  EXPECT_TRUE(no_child_is_left());
}

}  // namespace
}  // namespace atlas

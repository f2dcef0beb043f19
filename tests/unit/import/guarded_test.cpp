// Children that crash, hang, ask for too much: the others go on, and no process stays behind.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <limits>
#include <map>
#include <thread>

#include "import/guarded_jobs.h"
#include "import/guarded_read.h"

namespace atlas {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

bool no_child_is_left() {
  errno = 0;
  return ::waitpid(-1, nullptr, WNOHANG) < 0 && errno == ECHILD;
}

[[noreturn]] void spin() {
  std::atomic<unsigned> count{0};
  for (;;) ++count;
}

struct Outcome {
  JobEnd end = JobEnd::kDone;
  std::string output;
};

std::map<std::size_t, Outcome> run_all(std::size_t count,
                                       const std::function<std::string(std::size_t)>& run,
                                       const JobLimits& limits) {
  std::map<std::size_t, Outcome> outcomes;
  GuardedJobs jobs;
  jobs.count = count;
  jobs.run = run;
  jobs.find_limits = [&](std::size_t) { return limits; };
  jobs.finish = [&](std::size_t i, JobEnd end, std::string&& output) {
    EXPECT_FALSE(outcomes.contains(i)) << "job " << i << " finished twice";
    outcomes[i] = {end, std::move(output)};
  };
  const auto status = run_guarded(jobs, base::Progress());
  EXPECT_TRUE(status) << status.error().message;
  EXPECT_TRUE(no_child_is_left());
  return outcomes;
}

TEST(GuardedJobs, EveryJobGivesItsOwnResult) {
  const auto outcomes =
      run_all(100, [](std::size_t i) { return std::string(1000 * i, static_cast<char>(i)); }, {});
  ASSERT_EQ(outcomes.size(), 100u);
  for (const auto& [i, outcome] : outcomes) {
    EXPECT_EQ(outcome.end, JobEnd::kDone);
    EXPECT_EQ(outcome.output, std::string(1000 * i, static_cast<char>(i)));
  }
  EXPECT_TRUE(run_all(0, {}, {}).empty());
}

TEST(GuardedJobs, OneThatDiesTakesNobodyAlong) {
  JobLimits limits;
  limits.cpu_s = 1.0;
  limits.wall_s = 3.0;
  limits.memory_bytes = std::size_t{512} << 20;
  limits.output_bytes = 1000;
  const auto job = [](std::size_t i) -> std::string {
    switch (i) {
      case 3:
        std::abort();
      case 5:
        std::raise(SIGSEGV);
        break;
      case 8:
        ::_exit(0);
      case 11:
        return std::string(5000, 'x');
      case 13:
        throw std::bad_alloc();
      case 17:
        spin();
      case 19:
        ::pause();
        break;
      case 23:
        return std::string(std::size_t{1} << 32, 'x');
      default:
        break;
    }
    return std::to_string(i);
  };
  const auto outcomes = run_all(30, job, limits);
  ASSERT_EQ(outcomes.size(), 30u);
  const std::map<std::size_t, JobEnd> bad = {{3, JobEnd::kCrashed},  {5, JobEnd::kCrashed},
                                             {8, JobEnd::kCrashed},  {11, JobEnd::kTooMuchOutput},
                                             {13, JobEnd::kCrashed}, {17, JobEnd::kTooSlow},
                                             {19, JobEnd::kTooSlow}, {23, JobEnd::kCrashed}};
  for (const auto& [i, outcome] : outcomes) {
    const auto expected = bad.find(i);
    EXPECT_EQ(outcome.end, expected == bad.end() ? JobEnd::kDone : expected->second) << i;
    EXPECT_EQ(outcome.output, expected == bad.end() ? std::to_string(i) : "") << i;
  }
}

TEST(GuardedJobs, AJobIsNotBlamedForTheOneBeforeIt) {
  // A child that has worked on an odd job dies at its next, as with a broken heap.
  const auto job = [broken = false](std::size_t i) mutable {
    if (broken) std::abort();
    broken = i % 2 == 1;
    return std::to_string(i);
  };
  for (const auto& [i, outcome] : run_all(40, job, {})) {
    EXPECT_EQ(outcome.end, JobEnd::kDone) << i;
    EXPECT_EQ(outcome.output, std::to_string(i));
  }
}

TEST(GuardedJobs, CancelEndsChildrenThatHang) {
  base::Progress progress;
  GuardedJobs jobs;
  jobs.count = 10;
  jobs.run = [](std::size_t) -> std::string { spin(); };
  jobs.find_limits = [](std::size_t) { return JobLimits{}; };
  jobs.finish = [](std::size_t, JobEnd, std::string&&) { FAIL() << "nothing can finish"; };
  const auto start = Clock::now();
  std::jthread person([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    progress.cancel();
  });
  EXPECT_FALSE(run_guarded(jobs, progress));
  EXPECT_LT(seconds_since(start), 5.0);
  EXPECT_TRUE(no_child_is_left());
}

RawFile make_file() {
  RawStructure s;
  s.label = "Left scapula";
  s.names = {"Left scapula", "FMA13396", ""};
  s.mesh.positions_m = {{0.0f, 0.0f, 0.0f}, {1.0f, 0.0f, 0.0f}, {0.0f, 1.0f, -2.5f}};
  s.mesh.indices = {0, 1, 2, 2, 1, 0};
  s.dropped_triangles = 7;
  return {{s, s}, "somebody", {"a speck"}};
}

TEST(RawFileBytes, ComeBackAsTheyWere) {
  const RawFile file = make_file();
  const auto back = decode_raw_file(encode_raw_file(file));
  ASSERT_TRUE(back && *back);
  EXPECT_EQ((*back)->copyright, file.copyright);
  EXPECT_EQ((*back)->empty, file.empty);
  ASSERT_EQ((*back)->structures.size(), 2u);
  for (const RawStructure& s : (*back)->structures) {
    EXPECT_EQ(s.label, file.structures[0].label);
    EXPECT_EQ(s.names, file.structures[0].names);
    EXPECT_EQ(s.mesh.positions_m, file.structures[0].mesh.positions_m);
    EXPECT_EQ(s.mesh.indices, file.structures[0].mesh.indices);
    EXPECT_EQ(s.dropped_triangles, 7u);
  }
  const auto failure = decode_raw_file(encode_raw_file(base::fail("It is empty.")));
  ASSERT_TRUE(failure);
  ASSERT_FALSE(*failure);
  EXPECT_EQ(failure->error().message, "It is empty.");
}

TEST(RawFileBytes, AreNotBelieved) {
  const std::string good = encode_raw_file(make_file());
  for (std::size_t size = 0; size < good.size(); ++size) {
    EXPECT_FALSE(decode_raw_file(good.substr(0, size))) << size;
  }
  EXPECT_FALSE(decode_raw_file(good + "x"));
  RawFile outside = make_file();
  outside.structures[1].mesh.indices[4] = 3;
  EXPECT_FALSE(decode_raw_file(encode_raw_file(outside)));
  RawFile endless = make_file();
  endless.structures[0].mesh.positions_m[1].y = std::numeric_limits<float>::infinity();
  EXPECT_FALSE(decode_raw_file(encode_raw_file(endless)));
}

}  // namespace
}  // namespace atlas

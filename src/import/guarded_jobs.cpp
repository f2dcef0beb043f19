#include "import/guarded_jobs.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cmath>
#include <csignal>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <memory>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace atlas {
namespace {

using Clock = std::chrono::steady_clock;

// How soon a cancelled import stops, whatever the children do.
constexpr int kPollMs = 50;

// Parent to child: which job. It carries its limits, which the child sets on itself.
struct Order {
  std::uint64_t job = 0;
  JobLimits limits;
};

// Child to parent: the result lies in the shared file.
struct Answer {
  std::uint64_t output_bytes = 0;
  bool too_much = false;
};

void set_limit(decltype(RLIMIT_CPU) resource, std::uint64_t soft) {
  rlimit limit{};
  if (::getrlimit(resource, &limit) != 0) return;
  limit.rlim_cur = std::min<rlim_t>(soft, limit.rlim_max);
  ::setrlimit(resource, &limit);
}

std::uint64_t address_space_bytes() {
  std::uint64_t pages = 0;
  std::ifstream("/proc/self/statm") >> pages;
  return pages * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

double used_cpu_s() {
  rusage used{};
  ::getrusage(RUSAGE_SELF, &used);
  const auto seconds = [](const timeval& t) {
    return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec);
  };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

void become_quiet() {
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) std::signal(signal, SIG_IGN);
  for (const int signal : {SIGXCPU, SIGPIPE}) std::signal(signal, SIG_DFL);
  // What a dying library prints is no sentence for people.
  if (const int nowhere = ::open("/dev/null", O_RDWR | O_CLOEXEC); nowhere >= 0) {
    for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) ::dup2(nowhere, stream);
  }
  set_limit(RLIMIT_CORE, 0);
  // Where memory runs out all the same, the system shall take it from the child.
  std::ofstream("/proc/self/oom_score_adj") << 1000;
}

bool write_all(int file, const std::string& bytes) {
  for (std::size_t at = 0; at < bytes.size();) {
    const ssize_t n = ::pwrite(file, bytes.data() + at, bytes.size() - at, static_cast<off_t>(at));
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) return false;
    at += static_cast<std::size_t>(n);
  }
  return true;
}

// The life of a child. It leaves with _exit: destructors and atexit belong to the parent. And
// noexcept: an exception that went further up would make a second parent of it.
[[noreturn]] void serve(int socket, int output, pid_t parent,
                        const std::function<std::string(std::size_t)>& run) noexcept {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(1);
  become_quiet();
  bool first = true;
  Order order;
  while (::recv(socket, &order, sizeof(order), 0) == static_cast<ssize_t>(sizeof(order))) {
    if (std::exchange(first, false)) {
      set_limit(RLIMIT_AS, address_space_bytes() + order.limits.memory_bytes);
    }
    set_limit(RLIMIT_CPU, static_cast<std::uint64_t>(std::ceil(used_cpu_s() + order.limits.cpu_s)));
    set_limit(RLIMIT_FSIZE, order.limits.output_bytes);
    const std::string result = run(order.job);
    Answer answer;
    answer.output_bytes = result.size();
    answer.too_much = result.size() > order.limits.output_bytes;
    if (!answer.too_much && !write_all(output, result)) ::_exit(1);
    if (::send(socket, &answer, sizeof(answer), 0) != static_cast<ssize_t>(sizeof(answer))) break;
  }
  ::_exit(0);
}

class FileDescriptor {
 public:
  explicit FileDescriptor(int fd) : fd_(fd) {}
  ~FileDescriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  FileDescriptor(const FileDescriptor&) = delete;
  FileDescriptor& operator=(const FileDescriptor&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

// A running child. When the object goes, so does the process: killed and waited for.
class Child {
 public:
  static base::Result<std::unique_ptr<Child>> start(
      const std::function<std::string(std::size_t)>& run) {
    const auto refuse = [] {
      return base::fail(std::string("A process that reads meshes could not be started: ") +
                        std::strerror(errno) + ". Close other programs and try again.");
    };
    int ends[2] = {-1, -1};
    if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) return refuse();
    std::unique_ptr<Child> child(new Child(ends[0]));
    const FileDescriptor far_end(ends[1]);
    if (child->output_.get() < 0) return refuse();
    const pid_t parent = ::getpid();
    child->pid_ = ::fork();
    if (child->pid_ < 0) return refuse();
    if (child->pid_ == 0) serve(far_end.get(), child->output_.get(), parent, run);
    return child;
  }
  ~Child() {
    if (pid_ > 0) {
      ::kill(pid_, SIGKILL);
      wait_for_end();
    }
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  // A dead child is noticed at the answer that does not come.
  void give(std::size_t job, const JobLimits& limits) {
    const Order order{job, limits};
    job_ = job;
    limits_ = limits;
    given_ = Clock::now();
    ++jobs_given_;
    (void)!::send(socket_.get(), &order, sizeof(order), MSG_NOSIGNAL);
  }
  struct End {
    JobEnd what = JobEnd::kCrashed;
    std::string output;
  };
  // After the socket became readable. kCrashed and kTooSlow: the child is dead.
  End take() {
    Answer answer;
    const ssize_t n = ::recv(socket_.get(), &answer, sizeof(answer), MSG_DONTWAIT);
    if (n != static_cast<ssize_t>(sizeof(answer))) {
      ::kill(pid_, SIGKILL);  // changes nothing for one that is dead
      const int status = wait_for_end();
      const bool slow = WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU;
      return {slow ? JobEnd::kTooSlow : JobEnd::kCrashed, {}};
    }
    // A child that lost its mind may claim anything.
    if (answer.too_much || answer.output_bytes > limits_.output_bytes) {
      return {JobEnd::kTooMuchOutput, {}};
    }
    End end{JobEnd::kDone, std::string(answer.output_bytes, '\0')};
    for (std::size_t at = 0; at < end.output.size();) {
      const ssize_t got = ::pread(output_.get(), end.output.data() + at, end.output.size() - at,
                                  static_cast<off_t>(at));
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0) {
        ::kill(pid_, SIGKILL);
        wait_for_end();
        return {JobEnd::kCrashed, {}};
      }
      at += static_cast<std::size_t>(got);
    }
    return end;
  }
  bool overdue() const {
    return std::chrono::duration<double>(Clock::now() - given_).count() > limits_.wall_s;
  }
  bool fresh() const { return jobs_given_ <= 1; }
  std::size_t job() const { return job_; }
  int socket() const { return socket_.get(); }

 private:
  explicit Child(int socket)
      : socket_(socket), output_(::memfd_create("backmate-meshes", MFD_CLOEXEC)) {}

  int wait_for_end() {
    int status = 0;
    while (::waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
    pid_ = -1;
    return status;
  }

  FileDescriptor socket_;
  FileDescriptor output_;
  pid_t pid_ = -1;
  std::size_t job_ = 0;
  std::size_t jobs_given_ = 0;
  JobLimits limits_;
  Clock::time_point given_;
};

// The jobs that wait, and the children that work; one object per call.
class Pool {
 public:
  Pool(const GuardedJobs& jobs, const base::Progress& progress)
      : jobs_(jobs),
        progress_(progress),
        children_(
            std::min<std::size_t>(jobs.count, std::max(1u, std::thread::hardware_concurrency()))) {}

  base::Status run() {
    while (done_ < jobs_.count) {
      if (progress_.cancelled()) return base::fail("The work was cancelled.");
      for (auto& child : children_) {
        if (child != nullptr && child->overdue()) {
          const std::size_t job = child->job();
          child.reset();
          finish(job, {JobEnd::kTooSlow, {}});
        }
        if (child != nullptr) continue;
        if (auto started = start_next(child); !started) return started;
      }
      wait_and_take();
    }
    return {};
  }

 private:
  std::optional<std::size_t> next_job() {
    if (!again_.empty()) {
      const std::size_t job = again_.back();
      again_.pop_back();
      return job;
    }
    if (next_ < jobs_.count) return next_++;
    return std::nullopt;
  }
  base::Status start_next(std::unique_ptr<Child>& child) {
    const auto job = next_job();
    if (!job) return {};
    auto started = Child::start(jobs_.run);
    if (!started) return tl::unexpected(started.error());
    child = std::move(*started);
    child->give(*job, jobs_.find_limits(*job));
    return {};
  }
  void wait_and_take() {
    std::vector<pollfd> sockets;
    for (const auto& child : children_) {
      // poll leaves out negative descriptors.
      sockets.push_back({child != nullptr ? child->socket() : -1, POLLIN, 0});
    }
    if (::poll(sockets.data(), sockets.size(), kPollMs) <= 0) return;
    for (std::size_t i = 0; i < sockets.size(); ++i) {
      if (sockets[i].revents != 0) take(children_[i]);
    }
  }
  void take(std::unique_ptr<Child>& child) {
    const std::size_t job = child->job();
    Child::End end = child->take();
    if (end.what == JobEnd::kCrashed && !child->fresh()) {
      // An earlier job may have left a broken heap behind; alone it gets its fair chance.
      again_.push_back(job);
      child.reset();
      return;
    }
    std::optional<std::size_t> next;
    if (end.what == JobEnd::kDone && again_.empty()) next = next_job();
    if (next) {
      child->give(*next, jobs_.find_limits(*next));
    } else {
      child.reset();
    }
    finish(job, std::move(end));
  }
  void finish(std::size_t job, Child::End&& end) {
    ++done_;
    jobs_.finish(job, end.what, std::move(end.output));
  }

  const GuardedJobs& jobs_;
  const base::Progress& progress_;
  std::vector<std::unique_ptr<Child>> children_;
  std::vector<std::size_t> again_;  // crashed in a child that had worked before
  std::size_t next_ = 0;
  std::size_t done_ = 0;
};

}  // namespace

base::Status run_guarded(const GuardedJobs& jobs, const base::Progress& progress) {
  return Pool(jobs, progress).run();
}

}  // namespace atlas

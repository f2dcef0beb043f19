#include "app/files/plan_job.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>

extern char** environ;

namespace app {
namespace {

constexpr const char* kPrefix = "backmate: ";
constexpr int kMostNames = 1000;

std::string read_all(int from) {
  std::string text;
  std::array<char, 1024> part{};
  for (ssize_t n; (n = ::read(from, part.data(), part.size())) > 0;)
    text.append(part.data(), static_cast<std::size_t>(n));
  return text;
}

}  // namespace

PlanJob::~PlanJob() {
  if (child_ > 0) ::waitpid(child_, nullptr, 0);
  if (errors_ >= 0) ::close(errors_);
}

base::Status PlanJob::start(const std::filesystem::path& out,
                            const std::vector<std::string>& arguments) {
  if (child_ > 0) return base::fail("A plan is being drawn already. Wait for it.");
  // Where tests run, the program is not the one that runs.
  const char* own = std::getenv("BACKMATE_PROGRAM");
  std::vector<std::string> words{own != nullptr ? own : "/proc/self/exe", "plan"};
  words.insert(words.end(), arguments.begin(), arguments.end());
  words.emplace_back("--out");
  words.push_back(out.string());
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0)
    return base::fail("The plan cannot be drawn: the system gives no more pipes.");
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO);
  pid_t child = 0;
  const int wrong =
      ::posix_spawn(&child, words[0].c_str(), &actions, nullptr, pointers.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  ::close(ends[1]);
  if (wrong != 0) {
    ::close(ends[0]);
    return base::fail("The plan cannot be drawn: the program could not be started again.");
  }
  child_ = child;
  errors_ = ends[0];
  out_ = out;
  return {};
}

base::Status PlanJob::status_of(int wait_status) {
  std::string said = read_all(errors_);
  ::close(errors_);
  errors_ = -1;
  if (WIFEXITED(wait_status) && WEXITSTATUS(wait_status) == 0) return {};
  while (!said.empty() && said.back() == '\n') said.pop_back();
  if (const auto at = said.rfind(kPrefix); at != std::string::npos)
    said.erase(0, at + std::string(kPrefix).size());
  return base::fail(said.empty() ? "The plan could not be drawn." : said);
}

std::optional<base::Status> PlanJob::take() {
  if (child_ <= 0) return std::nullopt;
  int wait_status = 0;
  if (::waitpid(child_, &wait_status, WNOHANG) == 0) return std::nullopt;
  child_ = 0;
  return status_of(wait_status);
}

std::filesystem::path find_free_name(const std::filesystem::path& folder, const std::string& name,
                                     const std::string& ending) {
  std::error_code ignored;
  std::filesystem::path free = folder / (name + ending);
  for (int i = 2; i < kMostNames && std::filesystem::exists(free, ignored); ++i)
    free = folder / (name + "-" + std::to_string(i) + ending);
  return free;
}

}  // namespace app

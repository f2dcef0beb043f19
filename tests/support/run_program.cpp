#include "support/run_program.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

namespace support {
namespace {

std::string take_file(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  std::filesystem::remove(path);
  return text.str();
}

}  // namespace

ProgramResult run_backmate(const std::vector<std::string>& arguments,
                           const std::vector<std::string>& environment, int signal,
                           double after_s) {
  static int serial = 0;
  const std::string base =
      (std::filesystem::temp_directory_path() /
       ("backmate_run_" + std::to_string(::getpid()) + "_" + std::to_string(serial++)))
          .string();
  const std::string program = std::string(BACKMATE_BINARY_DIR) + "/backmate";
  std::vector<char*> argv{const_cast<char*>(program.c_str())};
  for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);

  const pid_t child = ::fork();
  if (child == 0) {
    const int out = ::open((base + ".out").c_str(), O_CREAT | O_WRONLY | O_TRUNC, 0600);
    const int err = ::open((base + ".err").c_str(), O_CREAT | O_WRONLY | O_TRUNC, 0600);
    ::dup2(out, 1);
    ::dup2(err, 2);
    for (const std::string& entry : environment) ::putenv(const_cast<char*>(entry.c_str()));
    ::execv(program.c_str(), argv.data());
    ::_exit(127);
  }
  if (signal != 0) {
    std::this_thread::sleep_for(std::chrono::duration<double>(after_s));
    ::kill(child, signal);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  ProgramResult result;
  result.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  result.out = take_file(base + ".out");
  result.err = take_file(base + ".err");
  return result;
}

}  // namespace support

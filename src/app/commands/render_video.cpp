#include "app/commands/render_video.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <sstream>
#include <system_error>
#include <vector>

namespace app {
namespace {

namespace fs = std::filesystem;

constexpr char kPattern[] = "frame_%05d.png";

std::string frame_name(int number) {
  char name[32];
  std::snprintf(name, sizeof name, kPattern, number);
  return name;
}

// The arguments after the input; H.264 in MP4, VP9 in WebM. Even sides: what 4:2:0 needs.
std::vector<std::string> film_arguments(const fs::path& film) {
  if (film.extension() == ".webm")
    return {"-c:v", "libvpx-vp9", "-b:v", "0", "-crf", "24", "-row-mt", "1"};
  return {"-c:v", "libx264", "-crf", "16", "-preset", "medium", "-movflags", "+faststart"};
}

// Runs to its end without a shell; its words go nowhere, its exit code counts.
bool run(const fs::path& program, std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), program.string());
  std::vector<char*> argv;
  for (std::string& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
    posix_spawn_file_actions_addopen(&actions, stream, "/dev/null", O_RDWR, 0);
  pid_t child = 0;
  const int started = posix_spawn(&child, program.c_str(), &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (started != 0) return false;
  int status = 0;
  while (waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) return false;
  }
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

std::string count_words(int frames) {
  return std::to_string(frames) + (frames == 1 ? " picture" : " pictures");
}

}  // namespace

VideoPlace find_video_place(const fs::path& asked) {
  const fs::path kind = asked.extension();
  if (kind != ".mp4" && kind != ".webm") return {asked, {}};
  fs::path frames = asked;
  frames.replace_extension();
  return {frames, asked};
}

fs::path find_program(const std::string& name) {
  const char* path = std::getenv("PATH");
  std::stringstream folders(path == nullptr ? "" : path);
  for (std::string folder; std::getline(folders, folder, ':');) {
    const fs::path program = fs::path(folder) / name;
    if (!folder.empty() && access(program.c_str(), X_OK) == 0) return program;
  }
  return {};
}

base::Result<std::string> write_video(const VideoPlace& place, int frames, int frames_per_second,
                                      const std::function<base::Result<render::Image>(int)>& draw,
                                      base::Progress& progress) {
  std::error_code error;
  fs::create_directories(place.frames, error);
  if (error || !fs::is_directory(place.frames))
    return base::fail("The folder '" + place.frames.string() +
                      "' for the pictures cannot be made. Name another with --video.");
  if (fs::exists(place.frames / frame_name(1)))
    return base::fail("'" + place.frames.string() +
                      "' holds the pictures of a video already. Remove them or name another folder "
                      "with --video.");
  for (int i = 0; i < frames; ++i) {
    if (progress.cancelled())
      return base::fail("The video was cancelled after " + count_words(i) + ", which are in '" +
                        place.frames.string() + "'.");
    const auto image = draw(i);
    if (!image) return tl::unexpected(image.error());
    if (const auto saved = render::save_png(*image, place.frames / frame_name(i + 1)); !saved)
      return tl::unexpected(saved.error());
    progress.report(static_cast<float>(i + 1) / static_cast<float>(frames));
  }
  const std::string written = count_words(frames) + " in '" + place.frames.string() + "'";
  if (place.film.empty()) return written + ".";
  const fs::path ffmpeg = find_program("ffmpeg");
  if (ffmpeg.empty())
    return written + "; no film, because the ffmpeg program is not installed. Install it and " +
           "give the same command another --video name, or make one of the pictures.";
  std::vector<std::string> arguments = {"-y",
                                        "-loglevel",
                                        "error",
                                        "-framerate",
                                        std::to_string(frames_per_second),
                                        "-i",
                                        (place.frames / kPattern).string(),
                                        "-vf",
                                        "pad=ceil(iw/2)*2:ceil(ih/2)*2",
                                        "-pix_fmt",
                                        "yuv420p"};
  for (std::string& more : film_arguments(place.film)) arguments.push_back(std::move(more));
  arguments.push_back(place.film.string());
  if (!run(ffmpeg, std::move(arguments)))
    return base::fail("ffmpeg could not make '" + place.film.string() + "'; the " + written +
                      " are whole.");
  return written + ", film '" + place.film.string() + "'.";
}

}  // namespace app

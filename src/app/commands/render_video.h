// `backmate render --video`: a row of pictures, and a film of them where the `ffmpeg` program is
// there.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "base/progress.h"
#include "base/result.h"
#include "render/image.h"

namespace app {

struct VideoPlace {
  std::filesystem::path frames;  // folder of frame_00001.png ...
  std::filesystem::path film;    // .mp4 or .webm; empty: only pictures
};
// "spin.mp4": the film, and its pictures in the folder "spin"; "spin": only the folder.
VideoPlace find_video_place(const std::filesystem::path& asked);

// Writes the pictures that `draw` gives, one by one, then the film. Where ffmpeg is missing the
// sentence for people says so and where the pictures are; that is no failure. A folder that holds
// pictures of another video already is refused. Progress counts pictures.
base::Result<std::string> write_video(const VideoPlace& place, int frames, int frames_per_second,
                                      const std::function<base::Result<render::Image>(int)>& draw,
                                      base::Progress& progress);

// Full path of a program found by $PATH; empty: not there.
std::filesystem::path find_program(const std::string& name);

}  // namespace app

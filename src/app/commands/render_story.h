// `backmate render --story`: one moment of a story as a picture, its words on stdout.
#pragma once

#include <filesystem>
#include <string>

#include "anatomy/body.h"
#include "base/result.h"

namespace app {

struct StoryArguments {
  std::string story;
  std::string body;
  anatomy::Side side = anatomy::Side::kLeft;  // kMedian means left
  float amount = 0.5f;
  int width = 0;
  int height = 0;
  bool best = false;
  std::filesystem::path out;
};

base::Status render_story(const StoryArguments& arguments);

}  // namespace app

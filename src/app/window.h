// The window: translates GLFW's callbacks into our events, shows what App paints, sleeps when
// nothing happens.
#pragma once

#include <filesystem>
#include <string>

#include "app/app.h"
#include "base/result.h"
#include "sim/condition.h"

namespace app {

struct WindowOptions {
  std::string body;
  int width_px = 1280;
  int height_px = 800;
  bool size_given = false;  // else no larger than the screen has room for
  sim::ConditionChoice condition;
  std::string place;
  LookChoice look;
  std::filesystem::path state_on_exit;  // empty: none
};

// Runs until the window is closed. Fails, in words, without a display or OpenGL 3.3.
base::Status run_window(const WindowOptions& options);

}  // namespace app

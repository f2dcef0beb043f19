// Draws a DrawList into a framebuffer with OpenGL 3.3 core (or ES 3.0). The same call on screen and
// headless. Needs a current context for its whole life and must die before it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <vector>

#include "base/result.h"
#include "draw/camera.h"
#include "draw/draw_list.h"

namespace render {

struct Image {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> rgba;  // top row first, sRGB
};

struct RenderOptions {
  int width = 0;  // of the target in pixels
  int height = 0;
  float resolution_scale = 1.0f;  // inner resolution, 0.5 .. 1
  int samples = 1;                // MSAA: 1 or 4
};

class Renderer {
 public:
  static base::Result<std::unique_ptr<Renderer>> make(const std::filesystem::path& shader_dir);
  virtual ~Renderer() = default;

  // Draws into the framebuffer object `framebuffer` (0: the window).
  virtual void render(const draw::DrawList& list, const draw::Camera& camera,
                      const RenderOptions& options, unsigned framebuffer) = 0;
};

}  // namespace render

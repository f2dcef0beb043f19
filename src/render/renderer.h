// Draws a DrawList into a framebuffer with OpenGL 3.3 core (or ES 3.0). The same call on screen and
// headless. Needs a current context for its whole life and must die before it. Leaves the GL state
// with depth test, culling and blending off, the target framebuffer bound and its viewport set.
#pragma once

#include <filesystem>
#include <memory>

#include "base/result.h"
#include "draw/camera.h"
#include "draw/draw_list.h"
#include "render/image.h"

namespace render {

struct RenderOptions {
  int width = 0;  // of the target in pixels
  int height = 0;
  float resolution_scale = 1.0f;  // inner resolution, 0.5 .. 1; the target is always filled
  int samples = 1;                // MSAA: 1 or 4
  bool occlusion = true;          // ambient occlusion in screen space; off while things move
};

class Renderer {
 public:
  static base::Result<std::unique_ptr<Renderer>> make(const std::filesystem::path& shader_dir);
  virtual ~Renderer() = default;

  // Draws into the framebuffer object `framebuffer` (0: the window).
  virtual void render(const draw::DrawList& list, const draw::Camera& camera,
                      const RenderOptions& options, unsigned framebuffer) = 0;

  // Paints what the last render() painted, without drawing it again: for when only what lies over
  // it, the interface, has changed. The target has the size that it had then. False, and nothing is
  // done, before the first render().
  virtual bool repaint(unsigned framebuffer) = 0;

  // Draw calls that the body took in the last render(), all passes together.
  virtual int body_draw_calls() const = 0;

  // Compiles shaders whose files have changed. A shader that fails keeps its last good program;
  // the sentences say which and why.
  virtual base::Status reload_shaders() = 0;
};

}  // namespace render

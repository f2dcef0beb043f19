// An OpenGL context without a display: EGL surfaceless, with a framebuffer object to draw into and
// read back. For `backmate render`, `backmate play` and the tests.
#pragma once

#include <memory>

#include "base/result.h"
#include "render/renderer.h"

namespace render {

class OffscreenContext {
 public:
  // Makes the context current on this thread and loads the GL functions. Fails, in words, where
  // there is no EGL, no surfaceless platform or no OpenGL 3.3.
  static base::Result<std::unique_ptr<OffscreenContext>> make(int width, int height);
  virtual ~OffscreenContext() = default;

  virtual unsigned framebuffer() const = 0;
  virtual int width() const = 0;
  virtual int height() const = 0;
  virtual Image read_pixels() const = 0;
};

// PNG, atomic: an existing file survives a failed write.
base::Status save_png(const Image& image, const std::filesystem::path& path);

}  // namespace render

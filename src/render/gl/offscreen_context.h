// An OpenGL context without a display: EGL surfaceless (or an EGL device), with a framebuffer
// object to draw into and read back. For `backmate render`, `backmate play` and the tests.
#pragma once

#include <memory>

#include "base/result.h"
#include "render/image.h"

namespace render {

class OffscreenContext {
 public:
  // Makes the context current on this thread and loads the GL functions. Fails, in words, where
  // there is no EGL, no surfaceless platform or no OpenGL 3.3, and for sizes outside
  // 1 .. 16384 pixels a side.
  static base::Result<std::unique_ptr<OffscreenContext>> make(int width, int height);
  virtual ~OffscreenContext() = default;

  virtual unsigned framebuffer() const = 0;
  virtual int width() const = 0;
  virtual int height() const = 0;
  virtual Image read_pixels() const = 0;
};

}  // namespace render

#include "render/gl/offscreen_context.h"

#include <EGL/egl.h>
#include <EGL/eglext.h>

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "render/gl/objects.h"

namespace render {
namespace {

constexpr int kMaxSide = 16384;
constexpr std::string_view kAdvice =
    " Install the Mesa drivers (libegl1, libgl1-mesa-dri) or update the graphics driver.";

bool has_word(const char* list, std::string_view word) {
  return list != nullptr && std::string_view(list).find(word) != std::string_view::npos;
}

// Mesa's surfaceless platform first; other drivers offer their devices instead.
EGLDisplay open_display() {
  const char* extensions = eglQueryString(EGL_NO_DISPLAY, EGL_EXTENSIONS);
  EGLint major = 0;
  EGLint minor = 0;
  if (has_word(extensions, "EGL_MESA_platform_surfaceless")) {
    EGLDisplay display =
        eglGetPlatformDisplay(EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY, nullptr);
    if (display != EGL_NO_DISPLAY && eglInitialize(display, &major, &minor) == EGL_TRUE) {
      return display;
    }
  }
  const auto query_devices =
      reinterpret_cast<PFNEGLQUERYDEVICESEXTPROC>(eglGetProcAddress("eglQueryDevicesEXT"));
  if (has_word(extensions, "EGL_EXT_platform_device") && query_devices != nullptr) {
    std::array<EGLDeviceEXT, 8> devices{};
    EGLint count = 0;
    query_devices(static_cast<EGLint>(devices.size()), devices.data(), &count);
    for (EGLint i = 0; i < count; ++i) {
      EGLDisplay display = eglGetPlatformDisplay(EGL_PLATFORM_DEVICE_EXT,
                                                 devices[static_cast<std::size_t>(i)], nullptr);
      if (display != EGL_NO_DISPLAY && eglInitialize(display, &major, &minor) == EGL_TRUE) {
        return display;
      }
    }
  }
  return EGL_NO_DISPLAY;
}

class EglContext final : public OffscreenContext {
 public:
  EglContext(EGLDisplay display, EGLContext context, int width, int height)
      : display_(display), context_(context), width_(width), height_(height) {}
  EglContext(const EglContext&) = delete;
  EglContext& operator=(const EglContext&) = delete;
  ~EglContext() override {
    eglMakeCurrent(display_, EGL_NO_SURFACE, EGL_NO_SURFACE, context_);
    framebuffer_.reset();
    colour_.reset();
    eglMakeCurrent(display_, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
    // The display stays: it is one for the whole process and others may be using it.
    eglDestroyContext(display_, context_);
  }

  bool make_target() {
    colour_ = make_renderbuffer();
    glBindRenderbuffer(GL_RENDERBUFFER, colour_.name());
    glRenderbufferStorage(GL_RENDERBUFFER, GL_RGBA8, width_, height_);
    framebuffer_ = make_framebuffer();
    glBindFramebuffer(GL_FRAMEBUFFER, framebuffer_.name());
    glFramebufferRenderbuffer(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_RENDERBUFFER,
                              colour_.name());
    return glCheckFramebufferStatus(GL_FRAMEBUFFER) == GL_FRAMEBUFFER_COMPLETE;
  }

  unsigned framebuffer() const override { return framebuffer_.name(); }
  int width() const override { return width_; }
  int height() const override { return height_; }

  Image read_pixels() const override {
    Image image;
    image.width = width_;
    image.height = height_;
    const std::size_t row = static_cast<std::size_t>(width_) * 4;
    image.rgba.resize(row * static_cast<std::size_t>(height_));
    glBindFramebuffer(GL_READ_FRAMEBUFFER, framebuffer_.name());
    glPixelStorei(GL_PACK_ALIGNMENT, 4);
    glReadPixels(0, 0, width_, height_, GL_RGBA, GL_UNSIGNED_BYTE, image.rgba.data());
    // OpenGL's first row is the bottom one.
    for (std::size_t top = 0, bottom = static_cast<std::size_t>(height_) - 1; top < bottom;
         ++top, --bottom) {
      std::swap_ranges(image.rgba.begin() + static_cast<std::ptrdiff_t>(top * row),
                       image.rgba.begin() + static_cast<std::ptrdiff_t>((top + 1) * row),
                       image.rgba.begin() + static_cast<std::ptrdiff_t>(bottom * row));
    }
    return image;
  }

 private:
  EGLDisplay display_;
  EGLContext context_;
  int width_;
  int height_;
  Renderbuffer colour_;
  Framebuffer framebuffer_;
};

}  // namespace

base::Result<std::unique_ptr<OffscreenContext>> OffscreenContext::make(int width, int height) {
  if (width < 1 || height < 1 || width > kMaxSide || height > kMaxSide) {
    return base::fail("A picture of " + std::to_string(width) + " x " + std::to_string(height) +
                      " pixels cannot be made: each side must be 1 to " + std::to_string(kMaxSide) +
                      ".");
  }
  EGLDisplay display = open_display();
  if (display == EGL_NO_DISPLAY) {
    return base::fail("No way to draw without a display was found (EGL surfaceless)." +
                      std::string(kAdvice));
  }
  constexpr std::array<EGLint, 7> kAttributes = {EGL_CONTEXT_MAJOR_VERSION,
                                                 3,
                                                 EGL_CONTEXT_MINOR_VERSION,
                                                 3,
                                                 EGL_CONTEXT_OPENGL_PROFILE_MASK,
                                                 EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT,
                                                 EGL_NONE};
  EGLContext context = EGL_NO_CONTEXT;
  if (eglBindAPI(EGL_OPENGL_API) == EGL_TRUE) {
    context = eglCreateContext(display, EGL_NO_CONFIG_KHR, EGL_NO_CONTEXT, kAttributes.data());
  }
  if (context == EGL_NO_CONTEXT ||
      eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, context) != EGL_TRUE ||
      gladLoadGL(reinterpret_cast<GLADloadfunc>(eglGetProcAddress)) == 0) {
    if (context != EGL_NO_CONTEXT) eglDestroyContext(display, context);
    return base::fail("This computer's graphics driver offers no OpenGL 3.3." +
                      std::string(kAdvice));
  }
  GLint largest = 0;
  glGetIntegerv(GL_MAX_RENDERBUFFER_SIZE, &largest);
  auto made = std::make_unique<EglContext>(display, context, width, height);
  if (width > largest || height > largest || !made->make_target()) {
    return base::fail("The graphics driver cannot draw a picture of " + std::to_string(width) +
                      " x " + std::to_string(height) + " pixels. Ask for at most " +
                      std::to_string(largest) + " a side.");
  }
  return made;
}

}  // namespace render

// Move-only owners of OpenGL names. Everything is deleted with its owner, which must therefore die
// while its context is current.
#pragma once

#include <glad/gl.h>

#include <utility>

namespace render {

template <typename Deleter>
class GlName {
 public:
  GlName() = default;
  explicit GlName(GLuint name) : name_(name) {}
  GlName(GlName&& other) noexcept : name_(std::exchange(other.name_, 0)) {}
  GlName& operator=(GlName&& other) noexcept {
    if (this != &other) {
      reset();
      name_ = std::exchange(other.name_, 0);
    }
    return *this;
  }
  GlName(const GlName&) = delete;
  GlName& operator=(const GlName&) = delete;
  ~GlName() { reset(); }

  GLuint name() const { return name_; }
  explicit operator bool() const { return name_ != 0; }
  void reset() {
    if (name_ != 0) Deleter{}(name_);
    name_ = 0;
  }

 private:
  GLuint name_ = 0;
};

struct DeleteBuffer {
  void operator()(GLuint n) const { glDeleteBuffers(1, &n); }
};
struct DeleteVertexArray {
  void operator()(GLuint n) const { glDeleteVertexArrays(1, &n); }
};
struct DeleteTexture {
  void operator()(GLuint n) const { glDeleteTextures(1, &n); }
};
struct DeleteFramebuffer {
  void operator()(GLuint n) const { glDeleteFramebuffers(1, &n); }
};
struct DeleteRenderbuffer {
  void operator()(GLuint n) const { glDeleteRenderbuffers(1, &n); }
};
struct DeleteShader {
  void operator()(GLuint n) const { glDeleteShader(n); }
};
struct DeleteProgram {
  void operator()(GLuint n) const { glDeleteProgram(n); }
};

using Buffer = GlName<DeleteBuffer>;
using VertexArray = GlName<DeleteVertexArray>;
using Texture = GlName<DeleteTexture>;
using Framebuffer = GlName<DeleteFramebuffer>;
using Renderbuffer = GlName<DeleteRenderbuffer>;
using Shader = GlName<DeleteShader>;
using Program = GlName<DeleteProgram>;

inline Buffer make_buffer() {
  GLuint n = 0;
  glGenBuffers(1, &n);
  return Buffer(n);
}
inline VertexArray make_vertex_array() {
  GLuint n = 0;
  glGenVertexArrays(1, &n);
  return VertexArray(n);
}
inline Framebuffer make_framebuffer() {
  GLuint n = 0;
  glGenFramebuffers(1, &n);
  return Framebuffer(n);
}
inline Renderbuffer make_renderbuffer() {
  GLuint n = 0;
  glGenRenderbuffers(1, &n);
  return Renderbuffer(n);
}
// Clamped, without mipmaps; `filter` is GL_NEAREST or GL_LINEAR.
inline Texture make_texture(GLint filter) {
  GLuint n = 0;
  glGenTextures(1, &n);
  glBindTexture(GL_TEXTURE_2D, n);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, filter);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, filter);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
  glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAX_LEVEL, 0);
  return Texture(n);
}

}  // namespace render

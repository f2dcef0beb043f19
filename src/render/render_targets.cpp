#include "render/render_targets.h"

#include "base/check.h"

namespace render {
namespace {

void allocate(const Texture& texture, GLint internal, int width, int height, GLenum format,
              GLenum type) {
  glBindTexture(GL_TEXTURE_2D, texture.name());
  glTexImage2D(GL_TEXTURE_2D, 0, internal, width, height, 0, format, type, nullptr);
}

void check_complete() {
  BACKMATE_CHECK(glCheckFramebufferStatus(GL_FRAMEBUFFER) == GL_FRAMEBUFFER_COMPLETE);
}

void attach(GLenum attachment, const Texture& texture) {
  glFramebufferTexture2D(GL_FRAMEBUFFER, attachment, GL_TEXTURE_2D, texture.name(), 0);
}

}  // namespace

void RenderTargets::resize(int width, int height, int samples) {
  if (width == width_ && height == height_ && samples == samples_) return;
  width_ = width;
  height_ = height;
  samples_ = samples;

  colour_ = make_texture(GL_LINEAR);
  allocate(colour_, GL_RGBA8, width, height, GL_RGBA, GL_UNSIGNED_BYTE);
  depth_ = make_texture(GL_NEAREST);
  allocate(depth_, GL_DEPTH_COMPONENT24, width, height, GL_DEPTH_COMPONENT, GL_UNSIGNED_INT);
  mask_ = make_texture(GL_LINEAR);
  allocate(mask_, GL_RG8, width, height, GL_RG, GL_UNSIGNED_BYTE);
  occlusion_ = make_texture(GL_LINEAR);
  allocate(occlusion_, GL_R8, occlusion_width(), occlusion_height(), GL_RED, GL_UNSIGNED_BYTE);
  smooth_occlusion_ = make_texture(GL_LINEAR);
  allocate(smooth_occlusion_, GL_R8, occlusion_width(), occlusion_height(), GL_RED,
           GL_UNSIGNED_BYTE);

  resolved_ = make_framebuffer();
  glBindFramebuffer(GL_FRAMEBUFFER, resolved_.name());
  attach(GL_COLOR_ATTACHMENT0, colour_);
  attach(GL_DEPTH_ATTACHMENT, depth_);
  check_complete();
  mask_framebuffer_ = make_framebuffer();
  glBindFramebuffer(GL_FRAMEBUFFER, mask_framebuffer_.name());
  attach(GL_COLOR_ATTACHMENT0, mask_);
  attach(GL_DEPTH_ATTACHMENT, depth_);
  check_complete();
  occlusion_framebuffer_ = make_framebuffer();
  glBindFramebuffer(GL_FRAMEBUFFER, occlusion_framebuffer_.name());
  attach(GL_COLOR_ATTACHMENT0, occlusion_);
  check_complete();
  smooth_framebuffer_ = make_framebuffer();
  glBindFramebuffer(GL_FRAMEBUFFER, smooth_framebuffer_.name());
  attach(GL_COLOR_ATTACHMENT0, smooth_occlusion_);
  check_complete();

  multisampled_.reset();
  colour_samples_.reset();
  depth_samples_.reset();
  colour_only_ = make_framebuffer();
  if (samples <= 1) {
    glBindFramebuffer(GL_FRAMEBUFFER, colour_only_.name());
    attach(GL_COLOR_ATTACHMENT0, colour_);
    check_complete();
    return;
  }
  colour_samples_ = make_renderbuffer();
  glBindRenderbuffer(GL_RENDERBUFFER, colour_samples_.name());
  glRenderbufferStorageMultisample(GL_RENDERBUFFER, samples, GL_RGBA8, width, height);
  depth_samples_ = make_renderbuffer();
  glBindRenderbuffer(GL_RENDERBUFFER, depth_samples_.name());
  glRenderbufferStorageMultisample(GL_RENDERBUFFER, samples, GL_DEPTH_COMPONENT24, width, height);
  multisampled_ = make_framebuffer();
  glBindFramebuffer(GL_FRAMEBUFFER, multisampled_.name());
  glFramebufferRenderbuffer(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_RENDERBUFFER,
                            colour_samples_.name());
  glFramebufferRenderbuffer(GL_FRAMEBUFFER, GL_DEPTH_ATTACHMENT, GL_RENDERBUFFER,
                            depth_samples_.name());
  check_complete();
  glBindFramebuffer(GL_FRAMEBUFFER, colour_only_.name());
  glFramebufferRenderbuffer(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_RENDERBUFFER,
                            colour_samples_.name());
  check_complete();
}

void RenderTargets::resolve_depth() const {
  if (samples_ <= 1) return;
  glBindFramebuffer(GL_READ_FRAMEBUFFER, multisampled_.name());
  glBindFramebuffer(GL_DRAW_FRAMEBUFFER, resolved_.name());
  glBlitFramebuffer(0, 0, width_, height_, 0, 0, width_, height_, GL_DEPTH_BUFFER_BIT, GL_NEAREST);
}

void RenderTargets::resolve_colour() const {
  if (samples_ <= 1) return;
  glBindFramebuffer(GL_READ_FRAMEBUFFER, multisampled_.name());
  glBindFramebuffer(GL_DRAW_FRAMEBUFFER, resolved_.name());
  glBlitFramebuffer(0, 0, width_, height_, 0, 0, width_, height_, GL_COLOR_BUFFER_BIT, GL_NEAREST);
}

}  // namespace render

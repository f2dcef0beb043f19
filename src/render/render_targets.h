// The textures a frame is drawn into before it reaches its target, all at the inner resolution:
//   scene     sRGB colour + depth; with MSAA a multisampled twin that is resolved into it
//   mask      R: outline strength, G: which structure; shares the scene's depth
//   occlusion half the inner resolution, R: how open a spot is
#pragma once

#include "render/gl/objects.h"

namespace render {

class RenderTargets {
 public:
  // Reallocates only when something changes.
  void resize(int width, int height, int samples);

  int width() const { return width_; }
  int height() const { return height_; }
  int occlusion_width() const { return (width_ + 1) / 2; }
  int occlusion_height() const { return (height_ + 1) / 2; }

  // Draw here: colour and depth.
  GLuint scene() const { return samples_ > 1 ? multisampled_.name() : resolved_.name(); }
  // The same colour without depth, so that a pass may read the depth texture meanwhile.
  GLuint scene_colour() const { return colour_only_.name(); }
  GLuint mask() const { return mask_framebuffer_.name(); }
  // Two pictures of it: the raw one, with a pattern, and the smooth one.
  GLuint occlusion() const { return occlusion_framebuffer_.name(); }
  GLuint smooth_occlusion() const { return smooth_framebuffer_.name(); }

  // Bring the multisampled twin's depth or colour into the textures; nothing without MSAA.
  void resolve_depth() const;
  void resolve_colour() const;

  GLuint colour_texture() const { return colour_.name(); }
  GLuint depth_texture() const { return depth_.name(); }
  GLuint mask_texture() const { return mask_.name(); }
  GLuint occlusion_texture() const { return occlusion_.name(); }
  GLuint smooth_occlusion_texture() const { return smooth_occlusion_.name(); }

 private:
  int width_ = 0;
  int height_ = 0;
  int samples_ = 0;
  Texture colour_, depth_, mask_, occlusion_, smooth_occlusion_;
  Renderbuffer colour_samples_, depth_samples_;
  Framebuffer resolved_, multisampled_, colour_only_, mask_framebuffer_, occlusion_framebuffer_,
      smooth_framebuffer_;
};

}  // namespace render

#include "render/passes/passes.h"

namespace render {

void render_composite(const Frame& frame, bool has_mask) {
  frame.targets.resolve_colour();
  glBindFramebuffer(GL_FRAMEBUFFER, frame.framebuffer);
  glViewport(0, 0, frame.options.width, frame.options.height);
  // Multisampled pictures have no stairs; pictures that are filtered up have soft ones.
  const bool smooth = frame.options.samples <= 1 && frame.targets.width() == frame.options.width;
  if (smooth) {
    frame.shaders.use(has_mask ? "composite_smooth_outline" : "composite_smooth");
  } else {
    frame.shaders.use(has_mask ? "composite_outline" : "composite");
  }
  glActiveTexture(GL_TEXTURE1);
  glBindTexture(GL_TEXTURE_2D, frame.targets.mask_texture());
  glActiveTexture(GL_TEXTURE0);
  glBindTexture(GL_TEXTURE_2D, frame.targets.colour_texture());
  glUniform1i(frame.shaders.location("u_scene"), 0);
  glUniform1i(frame.shaders.location("u_mask"), 1);
  glUniform2f(frame.shaders.location("u_pixel"), 1.0f / static_cast<float>(frame.options.width),
              1.0f / static_cast<float>(frame.options.height));
  draw_fullscreen(frame);
}

}  // namespace render

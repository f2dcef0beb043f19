#include <glm/gtc/type_ptr.hpp>

#include "render/passes/passes.h"

namespace render {

void render_background(const Frame& frame) {
  glBindFramebuffer(GL_FRAMEBUFFER, frame.targets.scene());
  glViewport(0, 0, frame.targets.width(), frame.targets.height());
  glDepthMask(GL_TRUE);
  glClearDepth(1.0);
  glClear(GL_DEPTH_BUFFER_BIT);
  if (frame.list.background.transparent) {
    glClearColor(0.0f, 0.0f, 0.0f, 0.0f);
    glClear(GL_COLOR_BUFFER_BIT);
    return;
  }
  frame.shaders.use("background");
  glUniform3fv(frame.shaders.location("u_top"), 1, glm::value_ptr(frame.list.background.top));
  glUniform3fv(frame.shaders.location("u_bottom"), 1, glm::value_ptr(frame.list.background.bottom));
  glUniform1f(frame.shaders.location("u_aspect"),
              static_cast<float>(frame.options.width) / static_cast<float>(frame.options.height));
  glDepthMask(GL_FALSE);
  draw_fullscreen(frame);
  glDepthMask(GL_TRUE);
}

}  // namespace render

#include "render/passes/passes.h"

namespace render {

void render_ground(const Frame& frame) {
  const draw::GroundShadow& shadow = frame.list.ground;
  // From below one would look through the floor.
  if (shadow.cover.empty() || frame.list.background.transparent ||
      frame.camera.eye_m().y <= shadow.floor_m)
    return;
  frame.shaders.use("ground");
  glUniform4f(frame.shaders.location("u_rectangle"), shadow.corner_m.x, shadow.corner_m.y,
              shadow.cell_m * static_cast<float>(shadow.columns),
              shadow.cell_m * static_cast<float>(shadow.rows));
  glUniform1f(frame.shaders.location("u_floor"), shadow.floor_m);
  glUniform1i(frame.shaders.location("u_cover"), 0);
  glActiveTexture(GL_TEXTURE0);
  glBindTexture(GL_TEXTURE_2D, frame.ground.name());
  glEnable(GL_DEPTH_TEST);
  glDepthFunc(GL_LESS);
  glDepthMask(GL_FALSE);
  glEnable(GL_BLEND);
  glBlendFuncSeparate(GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA, GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
  glBindVertexArray(frame.fullscreen.name());
  glDrawArrays(GL_TRIANGLE_STRIP, 0, 4);
  glDisable(GL_BLEND);
  glDepthMask(GL_TRUE);
  glDisable(GL_DEPTH_TEST);
}

}  // namespace render

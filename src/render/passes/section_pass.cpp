#include "render/passes/passes.h"

namespace render {

void render_section(const Frame& frame) {
  if (!frame.list.cut.on() || frame.list.cut.face.empty()) return;
  glEnable(GL_DEPTH_TEST);
  glDepthFunc(GL_LESS);
  frame.shaders.use("section");
  // All of it lies in one plane: painted over each other first, then known to depth.
  glEnable(GL_POLYGON_OFFSET_FILL);
  glPolygonOffset(-1.0f, -2.0f);
  glDepthMask(GL_FALSE);
  frame.section.draw();
  glDepthMask(GL_TRUE);
  glColorMask(GL_FALSE, GL_FALSE, GL_FALSE, GL_FALSE);
  frame.section.draw();
  glColorMask(GL_TRUE, GL_TRUE, GL_TRUE, GL_TRUE);
  glDisable(GL_POLYGON_OFFSET_FILL);
  frame.scratch.body_draw_calls += 2;
  glDisable(GL_DEPTH_TEST);
}

}  // namespace render

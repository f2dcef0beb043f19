#include "render/passes/passes.h"
#include "render/solids.h"

namespace render {

void render_translucent(const Frame& frame) {
  glEnable(GL_DEPTH_TEST);
  glEnable(GL_CULL_FACE);
  glCullFace(GL_BACK);
  const std::span<const std::size_t> glass = find_structures(frame, BodyPart::kTranslucent);
  if (!glass.empty()) {
    glDepthFunc(GL_LESS);
    glColorMask(GL_FALSE, GL_FALSE, GL_FALSE, GL_FALSE);
    frame.shaders.use("body_depth");
    draw_structures(frame, glass);
    glColorMask(GL_TRUE, GL_TRUE, GL_TRUE, GL_TRUE);
    glDepthFunc(GL_LEQUAL);
    glEnable(GL_BLEND);
    glBlendFuncSeparate(GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA, GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
    frame.shaders.use("body_translucent");
    draw_structures(frame, glass);
  }
  glDepthFunc(GL_LESS);
  glEnable(GL_BLEND);
  glBlendFuncSeparate(GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA, GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
  for (const draw::SolidDraw& solid : frame.list.solids) {
    if (!solid.on_top && solid.opacity < 0.999f) draw_solid(frame, solid);
  }
  glDisable(GL_BLEND);
  glDisable(GL_CULL_FACE);
  glDisable(GL_DEPTH_TEST);
}

}  // namespace render

#include "render/passes/passes.h"
#include "render/solids.h"

namespace render {

void render_opaque(const Frame& frame) {
  glEnable(GL_DEPTH_TEST);
  glDepthFunc(GL_LESS);
  glEnable(GL_CULL_FACE);
  glCullFace(GL_BACK);
  // The tool first: it is nearest to the eye and hides what need not be shaded.
  for (const draw::SolidDraw& solid : frame.list.solids) {
    if (!solid.on_top && solid.opacity >= 0.999f) draw_solid(frame, solid);
  }
  frame.shaders.use("body");
  draw_body(frame, BodyPart::kOpaque);
  glDisable(GL_CULL_FACE);
  glDisable(GL_DEPTH_TEST);
}

}  // namespace render

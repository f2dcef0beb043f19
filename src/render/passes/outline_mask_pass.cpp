#include "render/passes/passes.h"

namespace render {

bool render_outline_mask(const Frame& frame) {
  const std::span<const std::size_t> outlined = find_structures(frame, BodyPart::kOutlined);
  if (outlined.empty()) return false;
  frame.targets.resolve_depth();
  glBindFramebuffer(GL_FRAMEBUFFER, frame.targets.mask());
  glViewport(0, 0, frame.targets.width(), frame.targets.height());
  glClearColor(0.0f, 0.0f, 0.0f, 0.0f);
  glClear(GL_COLOR_BUFFER_BIT);
  glEnable(GL_DEPTH_TEST);
  glDepthFunc(GL_LEQUAL);
  glDepthMask(GL_FALSE);
  glEnable(GL_CULL_FACE);
  glCullFace(GL_BACK);
  // Resolved multisampled depth is a sample's, not the centre's: let a hair's breadth pass.
  glEnable(GL_POLYGON_OFFSET_FILL);
  glPolygonOffset(-1.0f, -4.0f);
  frame.shaders.use(frame.list.cut.on() ? "body_mask_cut" : "body_mask");
  draw_structures(frame, outlined, 6);
  glDisable(GL_POLYGON_OFFSET_FILL);
  glDisable(GL_CULL_FACE);
  glDepthMask(GL_TRUE);
  glDisable(GL_DEPTH_TEST);
  return true;
}

}  // namespace render

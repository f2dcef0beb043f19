#include <algorithm>

#include "render/passes/passes.h"
#include "render/solids.h"

namespace render {

void render_overlay(const Frame& frame) {
  const auto& solids = frame.list.solids;
  if (std::none_of(solids.begin(), solids.end(), [](const auto& s) { return s.on_top; })) return;
  glBindFramebuffer(GL_FRAMEBUFFER, frame.targets.scene());
  glViewport(0, 0, frame.targets.width(), frame.targets.height());
  glClear(GL_DEPTH_BUFFER_BIT);
  glEnable(GL_DEPTH_TEST);
  glDepthFunc(GL_LESS);
  glEnable(GL_CULL_FACE);
  glCullFace(GL_BACK);
  glEnable(GL_BLEND);
  glBlendFuncSeparate(GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA, GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
  for (const draw::SolidDraw& solid : solids) {
    if (solid.on_top) draw_solid(frame, solid);
  }
  glDisable(GL_BLEND);
  glDisable(GL_CULL_FACE);
  glDisable(GL_DEPTH_TEST);
}

}  // namespace render

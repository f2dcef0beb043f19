#include "render/passes/passes.h"
#include "render/solids.h"

namespace render {
namespace {

void blend_nearest() {
  glColorMask(GL_TRUE, GL_TRUE, GL_TRUE, GL_TRUE);
  glDepthFunc(GL_LEQUAL);
  glEnable(GL_BLEND);
  glBlendFuncSeparate(GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA, GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
}

void find_nearest() {
  glDisable(GL_BLEND);
  glDepthFunc(GL_LESS);
  glColorMask(GL_FALSE, GL_FALSE, GL_FALSE, GL_FALSE);
}

void draw_glass_body(const Frame& frame, BodyPart part, int calls) {
  const std::span<const std::size_t> glass = find_structures(frame, part);
  if (glass.empty()) return;
  const bool cut = frame.list.cut.on();
  find_nearest();
  frame.shaders.use(cut ? "body_depth_cut" : "body_depth");
  draw_structures(frame, glass, calls);
  blend_nearest();
  frame.shaders.use(cut ? "body_translucent_cut" : "body_translucent");
  draw_structures(frame, glass, calls);
}

void draw_glass_solids(const Frame& frame) {
  bool any = false;
  const auto draw_all = [&] {
    for (const draw::SolidDraw& solid : frame.list.solids) {
      if (solid.on_top || solid.opacity >= 0.999f) continue;
      if (!any) find_nearest();
      any = true;
      draw_solid(frame, solid);
    }
  };
  draw_all();
  if (!any) return;
  blend_nearest();
  draw_all();
}

}  // namespace

void render_translucent(const Frame& frame) {
  // All passes together stay under 60 calls.
  constexpr int kMuscleCalls = 11;
  constexpr int kSkinCalls = 3;
  glEnable(GL_DEPTH_TEST);
  glEnable(GL_CULL_FACE);
  glCullFace(GL_BACK);
  draw_glass_body(frame, BodyPart::kGlass, kMuscleCalls);
  draw_glass_body(frame, BodyPart::kGlassSkin, kSkinCalls);
  draw_glass_solids(frame);
  glDisable(GL_BLEND);
  glDisable(GL_CULL_FACE);
  glDisable(GL_DEPTH_TEST);
}

}  // namespace render

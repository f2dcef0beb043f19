#include <algorithm>

#include "draw/dent.h"
#include "render/passes/passes.h"
#include "render/solids.h"

namespace render {
namespace {

// Structures that a dent may reach have a program of their own: most vertices then cost a fraction.
void draw_opaque_body(const Frame& frame) {
  const draw::BodyDraw& body = frame.list.body;
  if (body.mesh.indices.empty()) return;
  const std::vector<geom::Aabb>& bounds = frame.meshes.find_or_upload(body.mesh).structure_bounds_m;
  std::vector<std::size_t>& dented = frame.scratch.dented;
  dented.clear();
  find_structures(frame, BodyPart::kOpaque);
  std::erase_if(frame.scratch.structures, [&](std::size_t i) {
    const bool bends = draw::may_reach(frame.list.dents, bounds.at(i));
    if (bends) dented.push_back(i);
    return bends;
  });
  if (!dented.empty()) {
    frame.shaders.use("body_dented");
    draw_structures(frame, dented);
  }
  frame.shaders.use("body");
  draw_structures(frame, frame.scratch.structures);
}

}  // namespace

void render_opaque(const Frame& frame) {
  glEnable(GL_DEPTH_TEST);
  glDepthFunc(GL_LESS);
  glEnable(GL_CULL_FACE);
  glCullFace(GL_BACK);
  // The tool first: it is nearest to the eye and hides what need not be shaded.
  for (const draw::SolidDraw& solid : frame.list.solids) {
    if (!solid.on_top && solid.opacity >= 0.999f) draw_solid(frame, solid);
  }
  draw_opaque_body(frame);
  glDisable(GL_CULL_FACE);
  glDisable(GL_DEPTH_TEST);
}

}  // namespace render

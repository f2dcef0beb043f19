#include <algorithm>
#include <glm/geometric.hpp>

#include "draw/dent.h"
#include "render/passes/passes.h"
#include "render/solids.h"

namespace render {
namespace {

// Three groups instead of two share what one frame may take.
constexpr int kCallsBesideCut = 7;

enum class Side { kBehind, kMet, kCutAway };
Side side_of(const geom::Aabb& box, const draw::SectionCut& section) {
  const float reach = draw::reach_along(box, section.normal);
  const float height = glm::dot(box.centre() - section.point_m, section.normal);
  if (height < -reach) return Side::kBehind;
  return height > reach ? Side::kCutAway : Side::kMet;
}

// Structures that a dent may reach have a program of their own: most vertices then cost a fraction.
void draw_opaque_body(const Frame& frame) {
  const draw::BodyDraw& body = frame.list.body;
  if (body.mesh.indices.empty()) return;
  const draw::SectionCut& section = frame.list.cut;
  const std::vector<geom::Aabb>& bounds = frame.meshes.find_or_upload(body.mesh).structure_bounds_m;
  std::vector<std::size_t>& dented = frame.scratch.dented;
  dented.clear();
  std::vector<std::size_t>& cut = frame.scratch.cut;
  cut.clear();
  find_structures(frame, BodyPart::kOpaque);
  std::erase_if(frame.scratch.structures, [&](std::size_t i) {
    if (section.on()) {
      const Side side = side_of(bounds.at(i), section);
      if (side == Side::kMet) cut.push_back(i);
      if (side != Side::kBehind) return true;
    }
    const bool bends = draw::may_reach(frame.list.dents, bounds.at(i));
    if (bends) dented.push_back(i);
    return bends;
  });
  const int calls = section.on() ? kCallsBesideCut : kCallsPerPass;
  if (!cut.empty()) {
    frame.shaders.use("body_cut");
    draw_structures(frame, cut, calls);
  }
  if (!dented.empty()) {
    frame.shaders.use("body_dented");
    draw_structures(frame, dented, calls);
  }
  frame.shaders.use("body");
  draw_structures(frame, frame.scratch.structures, calls);
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

#include "app/framing.h"

#include <algorithm>

namespace app {
namespace {

// The fold of the buttocks lies about two fifths as far below the iliac crests as C7 lies above
// them.
constexpr float kBelowCrestShare = 0.4f;

}  // namespace

geom::Aabb find_trunk_box(const anatomy::BodyIndex& body) {
  geom::Aabb box;
  for (const anatomy::Structure& structure : body.body().structures) {
    if (structure.usable) box.add(structure.bounds_m);
  }
  if (box.empty()) return body.surface_bvh().bounds();
  const auto* crest = body.body().find_landmark("iliac_crest_left");
  const auto* c7 = body.body().find_landmark("C7");
  if (crest == nullptr || c7 == nullptr) return box;
  const float hips = crest->position_m.y;
  const float fold = hips - kBelowCrestShare * std::max(0.0f, c7->position_m.y - hips);
  box.min.y = std::max(box.min.y, fold);
  return box;
}

}  // namespace app

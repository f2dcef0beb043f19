#include "sim/settled_patch.h"

#include <cmath>
#include <glm/geometric.hpp>
#include <utility>

#include "base/fmath.h"
#include "base/make_room.h"

namespace sim {

void place_patch(const ContactGeometry& geometry, const Balance& balance, ContactPatch& patch) {
  patch.gap = base::Metres{};
  patch.head_centre_m = geometry.head_centre_m - balance.travel_m * geometry.pose.normal;
  patch.bar_axis = glm::normalize(geometry.bar_axis - balance.slope * geometry.outward);
  patch.outward = glm::normalize(glm::cross(patch.bar_axis, geometry.rolling));
}

void make_contact(const ContactGeometry& geometry, const Touch& touch, const TissueStack& stack,
                  Contact& contact) {
  const BallFoot& foot = geometry.feet[touch.ball];
  TissueStack memory = std::move(contact.stack);
  contact = {};
  contact.stack = std::move(memory);
  contact.force = base::Newtons{touch.force_n};
  contact.area = base::SquareMetres{touch.area_m2};
  contact.mean = contact.force / contact.area;
  contact.peak = base::Pascals{touch.peak_pa};
  contact.radius = base::Metres{base::fsqrt(1.5f * touch.force_n / (base::kPi * touch.peak_pa))};
  contact.point_m = foot.point_m;
  contact.normal = foot.normal;
  contact.indentation = base::Metres{touch.indentation_m};
  contact.curvature_per_m = foot.curvature_per_m;
  contact.ball = static_cast<int>(touch.ball);
  contact.region = foot.region;
  base::make_room(contact.stack.layers, stack.layers.size());
  contact.stack = stack;
}

RegionIndex find_touched_region(const SimModel& model, const ContactGeometry& geometry,
                                std::size_t ball, float half_along_m, float half_across_m) {
  const BallFoot& foot = geometry.feet[ball];
  if (!model.safety || model.safety->region(foot.region).no_go()) return foot.region;
  const bool strip = geometry.balls[ball].strip.value > 0.0f;
  const float reach =
      strip ? std::hypot(half_along_m, half_across_m) : std::max(half_along_m, half_across_m);
  const std::size_t balls = geometry.balls.size();
  for (std::size_t c = 0; c < geometry.cells.size(); ++c) {
    const ContactCell& cell = geometry.cells[c];
    if (!(geometry.cell_radius_m[c * balls + ball] < reach)) continue;
    if (!cell.region || !model.safety->region(*cell.region).no_go()) continue;
    const glm::vec3 to = model.columns->sites()[cell.site].point_m - foot.smooth_point_m;
    const float along = std::abs(glm::dot(to, geometry.bar_axis)) / half_along_m;
    const float across = std::abs(glm::dot(to, geometry.rolling)) / half_across_m;
    const bool inside =
        strip ? std::max(along, across) < 1.0f : along * along + across * across < 1.0f;
    if (inside) return *cell.region;
  }
  return foot.region;
}

}  // namespace sim

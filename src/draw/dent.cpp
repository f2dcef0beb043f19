#include "draw/dent.h"

#include <algorithm>
#include <cmath>
#include <glm/common.hpp>
#include <glm/geometric.hpp>

namespace draw {
namespace {

// Tissue deeper than this under the skin stays where it is (science.md: stacks end at 0.10 m).
constexpr float kDeepestMoved = 0.12f;

bool is_active(const Dent& dent) { return dent.depth_m > 0.0f && dent.reach_m > 0.0f; }

struct Cylinder {
  float height = 0.0f;  // above the undeformed tangent plane
  float radius = 0.0f;  // from the dent's axis
};
Cylinder cylinder_of(glm::vec3 point_m, const Dent& dent) {
  const glm::vec3 d = point_m - dent.point_m;
  const float height = glm::dot(d, dent.normal);
  return {height, glm::length(d - dent.normal * height)};
}

// Displacement of the skin at a distance from the axis: the ball's own shape out to the contact
// radius, then a smooth way back to zero at the reach.
float sheet_m(float radius, const Dent& dent) {
  const float contact = std::min({dent.radius_m, 0.95f * dent.ball_radius_m, 0.8f * dent.reach_m});
  const float inside = std::min(radius, contact);
  const float root =
      std::sqrt(std::max(dent.ball_radius_m * dent.ball_radius_m - inside * inside, 1e-12f));
  const float ball = dent.depth_m - (dent.ball_radius_m - root);
  if (radius <= contact) return std::max(ball, 0.0f);
  const float length = dent.reach_m - contact;
  const float t = std::min((radius - contact) / length, 1.0f);
  const float slope = -inside / root;
  const float hermite = ball * (2.0f * t * t * t - 3.0f * t * t + 1.0f) +
                        slope * length * (t * t * t - 2.0f * t * t + t);
  return std::max(hermite, 0.0f);
}

float share_at(float height, const Dent& dent) {
  if (height <= 0.0f) {
    const float rest = std::clamp(1.0f + height / kDeepestMoved, 0.0f, 1.0f);
    return rest * rest;
  }
  // What stands higher than the ball is another part of the body.
  const float t =
      std::clamp((height - dent.ball_radius_m) / (2.0f * dent.ball_radius_m), 0.0f, 1.0f);
  return 1.0f - t * t * (3.0f - 2.0f * t);
}

glm::vec3 kept_out(glm::vec3 point_m, const Dent& dent) {
  const float radius = dent.ball_radius_m + kDentClearance;
  const glm::vec3 from_ball = point_m - dent.ball_centre_m;
  if (glm::dot(from_ball, from_ball) >= radius * radius) return point_m;
  const float height = glm::dot(from_ball, dent.normal);
  const glm::vec3 across = from_ball - dent.normal * height;
  const float underside = -std::sqrt(std::max(radius * radius - glm::dot(across, across), 0.0f));
  return point_m + dent.normal * (underside - height);
}

}  // namespace

float dent_depth_m(float radius_m, const Dent& dent) { return sheet_m(radius_m, dent); }

glm::vec3 dented(glm::vec3 point_m, const Dent& dent) {
  return dented(point_m, std::span<const Dent>(&dent, 1));
}

glm::vec3 dented(glm::vec3 point_m, std::span<const Dent> dents) {
  glm::vec3 moved = point_m;
  for (const Dent& dent : dents) {
    if (!is_active(dent)) continue;
    const Cylinder at = cylinder_of(point_m, dent);
    moved -= dent.normal * (dent.share * sheet_m(at.radius, dent) * share_at(at.height, dent));
  }
  for (const Dent& dent : dents) {
    if (is_active(dent)) moved = kept_out(moved, dent);
  }
  return moved;
}

bool may_reach(std::span<const Dent> dents, const geom::Aabb& box_m) {
  constexpr float kSlack = 0.001f;  // the shader rounds in its own way
  return std::any_of(dents.begin(), dents.end(), [&](const Dent& dent) {
    if (!is_active(dent)) return false;
    const float far = std::max(kDeepestMoved, 3.0f * dent.ball_radius_m);
    const glm::vec3 nearest = glm::clamp(dent.point_m, box_m.min, box_m.max);
    return glm::distance(nearest, dent.point_m) < std::hypot(dent.reach_m, far) + kSlack;
  });
}

float reach_along(const geom::Aabb& box_m, glm::vec3 direction) {
  return 0.5f * glm::dot(glm::abs(direction), box_m.size()) + kFarthestMovedM;
}

}  // namespace draw

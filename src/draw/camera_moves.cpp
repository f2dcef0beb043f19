#include "draw/camera_moves.h"

#include <algorithm>
#include <cmath>
#include <glm/common.hpp>

namespace draw {
namespace {

constexpr float kHalfTurn = 3.14159265358979f;

}  // namespace

Camera orbit(const Camera& camera, glm::vec2 delta_px, glm::vec2 viewport_px) {
  Camera turned = camera;
  // A drag over the height of the picture is half a turn, on every screen.
  const float radians_per_px = kHalfTurn / std::max(viewport_px.y, 1.0f);
  turned.yaw_rad -= delta_px.x * radians_per_px;
  turned.yaw_rad = std::remainder(turned.yaw_rad, 2.0f * kHalfTurn);
  turned.pitch_rad = std::clamp(camera.pitch_rad + delta_px.y * radians_per_px, -0.5f * kHalfTurn,
                                0.5f * kHalfTurn);
  return turned;
}

Camera pan(const Camera& camera, glm::vec2 delta_px, glm::vec2 viewport_px, float depth_m) {
  const float depth = depth_m > 0.0f ? depth_m : camera.distance_m;
  const float metres_per_px =
      2.0f * depth * std::tan(0.5f * camera.vertical_fov_rad) / std::max(viewport_px.y, 1.0f);
  Camera moved = camera;
  moved.pivot_m += (camera.up() * delta_px.y - camera.right() * delta_px.x) * metres_per_px;
  return moved;
}

Camera zoom_about(const Camera& camera, glm::vec3 anchor_m, float factor) {
  Camera zoomed = camera;
  zoomed.distance_m = std::clamp(camera.distance_m * factor, kMinDistance, kMaxDistance);
  const float applied = zoomed.distance_m / camera.distance_m;
  // A scaling of eye and pivot about the anchor leaves the anchor's picture where it was.
  zoomed.pivot_m = anchor_m + (camera.pivot_m - anchor_m) * applied;
  return zoomed;
}

Camera zoom_to_cursor(const Camera& camera, glm::vec2 cursor_px, glm::vec2 viewport_px,
                      float factor) {
  const geom::Ray ray = camera.ray_through(cursor_px, viewport_px);
  const float along = camera.distance_m / glm::dot(ray.direction, camera.forward());
  return zoom_about(camera, ray.origin_m + ray.direction * along, factor);
}

Camera ease(const Camera& from, const Camera& to, float t) {
  const float clamped = std::clamp(t, 0.0f, 1.0f);
  if (clamped >= 1.0f) return to;
  const float s = clamped * clamped * (3.0f - 2.0f * clamped);
  Camera between = to;
  between.pivot_m = glm::mix(from.pivot_m, to.pivot_m, s);
  between.distance_m = from.distance_m * std::pow(to.distance_m / from.distance_m, s);
  between.yaw_rad = from.yaw_rad + std::remainder(to.yaw_rad - from.yaw_rad, 2.0f * kHalfTurn) * s;
  between.pitch_rad = glm::mix(from.pitch_rad, to.pitch_rad, s);
  between.vertical_fov_rad = glm::mix(from.vertical_fov_rad, to.vertical_fov_rad, s);
  return between;
}

}  // namespace draw

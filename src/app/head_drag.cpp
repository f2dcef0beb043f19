#include "app/head_drag.h"

#include <algorithm>
#include <cmath>

#include "app/state_json.h"

namespace app {
namespace {

constexpr float kTouchRadiusPx = 24.0f;
constexpr float kRingTouchPx = 11.0f;
constexpr float kGripTouchPx = 20.0f;
constexpr float kDragReachM = 20.0f;
constexpr int kSilhouetteSteps = 24;
constexpr int kRingSteps = 64;
// A skin point this far in front of the head's own skin point hides it.
constexpr float kHidesM = 0.06f;
constexpr float kSnapShare = 0.2f;

float distance_to_segment(glm::vec2 p, glm::vec2 a, glm::vec2 b) {
  const glm::vec2 ab = b - a;
  const float length2 = glm::dot(ab, ab);
  const float t = length2 > 0.0f ? std::clamp(glm::dot(p - a, ab) / length2, 0.0f, 1.0f) : 0.0f;
  return glm::length(p - (a + t * ab));
}

// Symmetric bodies have edges exactly on the midline, where people like to work and a ray may slip
// through between two triangles: a second ray beside it decides.
constexpr float kBesideM = 3e-4f;
constexpr float kSlippedM = 0.01f;

std::optional<float> find_skin_distance(const anatomy::BodyIndex& body, geom::Ray ray,
                                        glm::vec3 beside) {
  const auto hit = body.find_surface_hit(ray, kDragReachM);
  ray.origin_m += kBesideM * beside;
  const auto second = body.find_surface_hit(ray, kDragReachM);
  if (!hit && !second) return std::nullopt;
  if (!hit || (second && second->distance_m < hit->distance_m - kSlippedM))
    return second->distance_m;
  return hit->distance_m;
}

bool is_hidden(const session::Snapshot& snapshot, const draw::Camera& camera) {
  const glm::vec3 way = find_grab_point(snapshot) - camera.eye_m();
  const float distance = glm::length(way);
  if (distance < 1e-4f) return false;
  const auto skin =
      find_skin_distance(*snapshot.index, {camera.eye_m(), way / distance}, camera.right());
  return skin && *skin < distance - kHidesM;
}

float pixels_per_metre(const draw::Camera& camera, glm::vec2 viewport_px, glm::vec3 at) {
  const float distance = std::max(glm::length(at - camera.eye_m()), 1e-3f);
  return 0.5f * viewport_px.y / (std::tan(0.5f * camera.vertical_fov_rad) * distance);
}

bool is_on_head(const session::Snapshot& snapshot, const draw::Camera& camera,
                glm::vec2 viewport_px, glm::vec2 pixel) {
  const auto& spec =
      snapshot.tool->attachments[static_cast<std::size_t>(snapshot.document->attachment)];
  const sim::ContactPatch& patch = snapshot.sim->patch;
  float low = 0.0f;
  float high = 0.0f;
  float radius = 0.0f;
  for (const tool::BallSpec& ball : spec.balls) {
    low = std::min(low, ball.centre_m.x);
    high = std::max(high, ball.centre_m.x);
    radius = std::max(radius, ball.radius.value);
  }
  const glm::vec2 a = camera.project(patch.head_centre_m + low * patch.bar_axis, viewport_px);
  const glm::vec2 b = camera.project(patch.head_centre_m + high * patch.bar_axis, viewport_px);
  const float reach = radius * pixels_per_metre(camera, viewport_px, patch.head_centre_m);
  return distance_to_segment(pixel, a, b) <= std::max(reach + 4.0f, kTouchRadiusPx);
}

bool is_on_ring(const scene::HandleRing& ring, const draw::Camera& camera, glm::vec2 viewport_px,
                glm::vec2 pixel) {
  if (ring.radius_m <= 0.0f) return false;
  if (glm::length(camera.project(ring.grip_m, viewport_px) - pixel) <= kGripTouchPx) return true;
  const glm::vec3 x = tool::reference_direction(ring.normal);
  const glm::vec3 y = glm::cross(ring.normal, x);
  glm::vec2 last = camera.project(ring.centre_m + ring.radius_m * x, viewport_px);
  for (int i = 1; i <= kRingSteps; ++i) {
    const float angle = 2.0f * base::kPi * static_cast<float>(i) / kRingSteps;
    const glm::vec2 next = camera.project(
        ring.centre_m + ring.radius_m * (std::cos(angle) * x + std::sin(angle) * y), viewport_px);
    if (distance_to_segment(pixel, last, next) <= kRingTouchPx) return true;
    last = next;
  }
  return false;
}

}  // namespace

ToolPart find_tool_part(const session::Snapshot& snapshot, const draw::Camera& camera,
                        glm::vec2 viewport_px, glm::vec2 pixel) {
  if (is_hidden(snapshot, camera)) return ToolPart::kNone;
  if (is_on_head(snapshot, camera, viewport_px, pixel)) return ToolPart::kHead;
  const scene::HandleRing ring = scene::find_handle_ring(snapshot);
  if (is_on_ring(ring, camera, viewport_px, pixel)) return ToolPart::kRing;
  return ToolPart::kNone;
}

glm::vec2 find_grab_offset(const session::Snapshot& snapshot, const draw::Camera& camera,
                           glm::vec2 viewport_px, glm::vec2 pixel) {
  return camera.project(snapshot.document->head.position_m, viewport_px) - pixel;
}

glm::vec3 find_drag_target(const session::Snapshot& snapshot, const draw::Camera& camera,
                           glm::vec2 viewport_px, glm::vec2 pixel) {
  const geom::Ray ray = camera.ray_through(pixel, viewport_px);
  if (const auto skin = find_skin_distance(*snapshot.index, ray, camera.right()))
    return ray.origin_m + *skin * ray.direction;
  // Off the body: from the head's depth, to and fro between the ray and the nearest skin until both
  // agree. That is the silhouette nearest to the pointer, near where the head is.
  float along = glm::dot(snapshot.document->head.position_m - ray.origin_m, ray.direction);
  glm::vec3 on_skin = snapshot.document->head.position_m;
  for (int i = 0; i < kSilhouetteSteps; ++i) {
    on_skin = snapshot.index->find_surface_point(ray.origin_m + along * ray.direction).point_m;
    const float next = glm::dot(on_skin - ray.origin_m, ray.direction);
    if (std::abs(next - along) < 1e-5f) break;
    along = next;
  }
  return on_skin;
}

std::optional<float> find_ring_angle(const scene::HandleRing& ring, const draw::Camera& camera,
                                     glm::vec2 viewport_px, glm::vec2 pixel) {
  const geom::Ray ray = camera.ray_through(pixel, viewport_px);
  const float facing = glm::dot(ray.direction, ring.normal);
  if (std::abs(facing) < 0.05f) return std::nullopt;
  const float along = glm::dot(ring.centre_m - ray.origin_m, ring.normal) / facing;
  const glm::vec3 arm = ray.origin_m + along * ray.direction - ring.centre_m;
  if (glm::length(arm) < 1e-4f) return std::nullopt;
  const glm::vec3 x = tool::reference_direction(ring.normal);
  return std::atan2(glm::dot(arm, glm::cross(ring.normal, x)), glm::dot(arm, x));
}

base::Radians settle_angle(float radians, const tool::ToolSpec& tool) {
  float angle = radians - base::kPi * std::round(radians / base::kPi);
  const float snap = tool.angle_snap.value;
  if (snap > 0.0f) {
    const float near = snap * std::round(angle / snap);
    if (std::abs(angle - near) < kSnapShare * snap) angle = near;
  }
  return std::clamp(base::Radians{angle}, tool.angle_min, tool.angle_max);
}

}  // namespace app

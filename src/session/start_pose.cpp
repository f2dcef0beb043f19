#include "session/start_pose.h"

#include <optional>

namespace session {
namespace {

// C7 to the middle of C7 and T2, along the back.
constexpr float kBelowC7M = 0.025f;
// Without landmarks: this share of the body's height, seen from behind.
constexpr float kHeightShare = 0.8f;

}  // namespace

glm::vec3 find_start_target(const anatomy::BodyIndex& body) {
  const auto* c7 = body.body().find_landmark("C7");
  const auto* t1 = body.body().find_landmark("T1");
  const auto* t2 = body.body().find_landmark("T2");
  if (c7 != nullptr && t2 != nullptr) return 0.5f * (c7->position_m + t2->position_m);
  if (t1 != nullptr) return t1->position_m;
  if (c7 != nullptr) return c7->position_m - glm::vec3(0.0f, kBelowC7M, 0.0f);

  const geom::Aabb& box = body.surface_bvh().bounds();
  const glm::vec3 size = box.size();
  const glm::vec3 behind{box.centre().x, box.min.y + kHeightShare * size.y, box.min.z - 0.1f};
  const geom::Ray ray{behind, glm::vec3(0.0f, 0.0f, 1.0f)};
  if (const auto hit = body.find_surface_hit(ray, size.z + 0.2f))
    return ray.origin_m + hit->distance_m * ray.direction;
  return behind;
}

}  // namespace session

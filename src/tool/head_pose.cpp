#include "tool/head_pose.h"

#include <algorithm>
#include <cmath>
#include <glm/geometric.hpp>

namespace tool {
namespace {

// What the head feels of the body's shape: out to the far edge of its outermost ball's usual
// contact patch (about half a ball radius).
float footprint_radius_m(const AttachmentSpec& attachment) {
  float radius = 0.0f;
  for (const BallSpec& ball : attachment.balls) {
    const float reach = std::hypot(ball.centre_m.x, ball.centre_m.y);
    radius = std::max(radius, reach + 0.5f * ball.radius.value);
  }
  return std::max(radius, 0.02f);
}

}  // namespace

glm::vec3 reference_direction(glm::vec3 normal) {
  const glm::vec3 axis =
      std::abs(normal.x) > 0.9f ? glm::vec3(0.0f, 0.0f, 1.0f) : glm::vec3(1.0f, 0.0f, 0.0f);
  return glm::normalize(axis - normal * glm::dot(axis, normal));
}

glm::mat3 head_frame(const HeadPose& pose) {
  const glm::vec3 zero = reference_direction(pose.normal);
  const glm::vec3 quarter = glm::cross(pose.normal, zero);
  const glm::vec3 bar =
      glm::normalize(std::cos(pose.angle.value) * zero + std::sin(pose.angle.value) * quarter);
  return glm::mat3(bar, glm::cross(pose.normal, bar), pose.normal);
}

HeadPose pose_on_skin(const anatomy::BodyIndex& body, glm::vec3 target_m, base::Radians angle,
                      base::Radians pitch, const AttachmentSpec& attachment) {
  HeadPose pose;
  pose.position_m = body.find_surface_point(target_m).point_m;
  pose.normal = body.mean_surface_normal(pose.position_m, footprint_radius_m(attachment));
  pose.angle = angle;
  pose.pitch = pitch;
  return pose;
}

}  // namespace tool

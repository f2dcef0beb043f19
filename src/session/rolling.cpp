#include "session/rolling.h"

#include <algorithm>
#include <cmath>
#include <glm/geometric.hpp>

#include "base/check.h"

namespace session {
namespace {

constexpr int kStepsPerSide = 20;
constexpr float kStepM = 0.5f * kStrokeLengthM / kStepsPerSide;

glm::vec3 in_plane(glm::vec3 direction, glm::vec3 normal) {
  const glm::vec3 flat = direction - normal * glm::dot(direction, normal);
  const float length = glm::length(flat);
  return length > 1e-6f ? flat / length : direction;
}

// Walks over the skin; the direction is carried along, so that it does not turn with the zero of
// the head angle.
void walk(const anatomy::BodyIndex& body, const tool::HeadPose& placed,
          const tool::AttachmentSpec& attachment, glm::vec3 direction,
          std::vector<tool::HeadPose>& out) {
  tool::HeadPose pose = placed;
  for (int i = 0; i < kStepsPerSide; ++i) {
    direction = in_plane(direction, pose.normal);
    pose = tool::pose_on_skin(body, pose.position_m + kStepM * direction, placed.angle,
                              placed.pitch, attachment);
    out.push_back(pose);
  }
}

}  // namespace

float stroke_offset_m(double seconds) {
  const double half = 0.5 * kStrokeLengthM;
  const double way = std::fmod(seconds * kStrokeSpeedMps, 4.0 * half);
  if (way <= half) return static_cast<float>(way);
  if (way <= 3.0 * half) return static_cast<float>(2.0 * half - way);
  return static_cast<float>(way - 4.0 * half);
}

StrokePath::StrokePath(const anatomy::BodyIndex& body, const tool::HeadPose& placed,
                       const tool::AttachmentSpec& attachment) {
  const glm::vec3 rolling = tool::head_frame(placed)[1];
  std::vector<tool::HeadPose> back;
  walk(body, placed, attachment, -rolling, back);
  poses_.assign(back.rbegin(), back.rend());
  poses_.push_back(placed);
  walk(body, placed, attachment, rolling, poses_);
}

tool::HeadPose StrokePath::pose_at(float offset_m) const {
  BACKMATE_CHECK(!poses_.empty());
  const float at = std::clamp(offset_m / kStepM + static_cast<float>(kStepsPerSide), 0.0f,
                              static_cast<float>(poses_.size() - 1));
  const auto i = std::min(static_cast<std::size_t>(at), poses_.size() - 2);
  const float t = at - static_cast<float>(i);
  tool::HeadPose pose = poses_[i];
  pose.position_m = glm::mix(poses_[i].position_m, poses_[i + 1].position_m, t);
  pose.normal = glm::normalize(glm::mix(poses_[i].normal, poses_[i + 1].normal, t));
  return pose;
}

}  // namespace session

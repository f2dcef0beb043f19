#include "guide/skin_path.h"

#include <algorithm>
#include <cmath>
#include <glm/geometric.hpp>

#include "base/check.h"

namespace guide {
namespace {

constexpr float kSpacing = 0.002f;
// Neighbouring points of a way on the skin lie closer together than this.
constexpr float kLongestJump = 0.015f;
constexpr float kShortestPath = 0.005f;

glm::vec3 in_plane(glm::vec3 direction, glm::vec3 normal) {
  const glm::vec3 flat = direction - normal * glm::dot(direction, normal);
  const float length = glm::length(flat);
  return length > 1e-6f ? flat / length : direction;
}

// Walks over the skin; the direction is carried along, so that it does not turn with the zero of
// the head angle.
void walk(const anatomy::BodyIndex& body, const tool::HeadPose& placed,
          const tool::AttachmentSpec& attachment, glm::vec3 direction, float length_m,
          std::vector<tool::HeadPose>& out) {
  const int steps = static_cast<int>(std::ceil(length_m / kSpacing));
  const float step_m = length_m / static_cast<float>(steps);
  tool::HeadPose pose = placed;
  for (int i = 0; i < steps; ++i) {
    direction = in_plane(direction, pose.normal);
    pose = tool::pose_on_skin(body, pose.position_m + step_m * direction, placed.angle,
                              placed.pitch, attachment);
    out.push_back(pose);
  }
}

}  // namespace

SkinPath SkinPath::along_rolling(const anatomy::BodyIndex& body, const tool::HeadPose& placed,
                                 const tool::AttachmentSpec& attachment, StrokeReach reach) {
  BACKMATE_CHECK(reach.back_m >= 0.0f && reach.ahead_m >= 0.0f);
  SkinPath path;
  if (!(reach.length_m() > 0.0f)) return path;
  const glm::vec3 rolling = tool::head_frame(placed)[1];
  walk(body, placed, attachment, -rolling, reach.back_m, path.poses_);
  std::reverse(path.poses_.begin(), path.poses_.end());
  const std::size_t middle = path.poses_.size();
  path.poses_.push_back(placed);
  walk(body, placed, attachment, rolling, reach.ahead_m, path.poses_);
  path.measure();
  path.placed_at_m_ = path.along_m_[middle];
  return path;
}

base::Result<SkinPath> SkinPath::through(const anatomy::BodyIndex& body,
                                         std::span<const glm::vec3> points_m,
                                         const tool::HeadPose& placed,
                                         const tool::AttachmentSpec& attachment) {
  SkinPath path;
  for (std::size_t i = 0; i + 1 < points_m.size(); ++i) {
    const float length = glm::distance(points_m[i], points_m[i + 1]);
    const int steps = std::max(1, static_cast<int>(std::ceil(length / kSpacing)));
    for (int k = i == 0 ? 0 : 1; k <= steps; ++k) {
      const glm::vec3 target =
          glm::mix(points_m[i], points_m[i + 1], static_cast<float>(k) / static_cast<float>(steps));
      path.poses_.push_back(
          tool::pose_on_skin(body, target, placed.angle, placed.pitch, attachment));
      const std::size_t last = path.poses_.size() - 1;
      if (last > 0 && glm::distance(path.poses_[last].position_m,
                                    path.poses_[last - 1].position_m) > kLongestJump) {
        return base::fail("leaves the skin between points " + std::to_string(i) + " and " +
                          std::to_string(i + 1) + ". Add points in between, on the skin.");
      }
    }
  }
  path.measure();
  if (path.length_m() < kShortestPath) {
    return base::fail("is shorter than 5 mm. Draw a longer way, or hold.");
  }
  return path;
}

void SkinPath::measure() {
  along_m_.assign(poses_.size(), 0.0f);
  for (std::size_t i = 1; i < poses_.size(); ++i) {
    along_m_[i] = along_m_[i - 1] + glm::distance(poses_[i - 1].position_m, poses_[i].position_m);
  }
}

std::size_t SkinPath::find_piece(float at_m) const {
  BACKMATE_CHECK(poses_.size() >= 2);
  const auto next = std::upper_bound(along_m_.begin(), along_m_.end(), at_m);
  const auto index = static_cast<std::size_t>(next - along_m_.begin());
  return std::clamp<std::size_t>(index, 1, poses_.size() - 1) - 1;
}

tool::HeadPose SkinPath::pose_at(float at_m) const {
  const std::size_t i = find_piece(at_m);
  const float whole = along_m_[i + 1] - along_m_[i];
  const float t = whole > 0.0f ? std::clamp((at_m - along_m_[i]) / whole, 0.0f, 1.0f) : 0.0f;
  tool::HeadPose pose = poses_[i];
  pose.position_m = glm::mix(poses_[i].position_m, poses_[i + 1].position_m, t);
  pose.normal = glm::normalize(glm::mix(poses_[i].normal, poses_[i + 1].normal, t));
  return pose;
}

glm::vec3 SkinPath::direction_at(float at_m) const {
  const std::size_t i = find_piece(at_m);
  const glm::vec3 way = poses_[i + 1].position_m - poses_[i].position_m;
  const float length = glm::length(way);
  return length > 0.0f ? way / length : tool::head_frame(poses_[i])[1];
}

}  // namespace guide

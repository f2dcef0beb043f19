#include "import/body_map.h"

#include <algorithm>
#include <array>
#include <glm/geometric.hpp>
#include <map>
#include <string_view>

namespace atlas {
namespace {

// A structure that lies further from where the others put it is wrong itself, or in another pose.
constexpr float kFurthestOff = 0.08f;
constexpr float kNear = 0.06f;
constexpr int kFewestNear = 3;

// One bone in some bodies, these in others; without those three it is no skull.
constexpr std::string_view kSkull = "skull";
constexpr std::array<std::string_view, 10> kSkullBones = {
    "frontal_bone",       "occipital_bone",      "maxilla_left",        "maxilla_right",
    "parietal_bone_left", "parietal_bone_right", "zygomatic_bone_left", "zygomatic_bone_right",
    "temporal_bone_left", "temporal_bone_right"};
constexpr std::size_t kMustHave = 3;

bool counts(const anatomy::Structure& s) {
  return s.usable && !s.estimated && s.kind != anatomy::Kind::kSkin && !s.bounds_m.empty();
}

// Boxes by id, the bones of a skull also as one.
std::map<std::string_view, geom::Aabb> find_boxes(const anatomy::Body& body) {
  std::map<std::string_view, geom::Aabb> boxes;
  for (const anatomy::Structure& s : body.structures) {
    if (counts(s)) boxes.emplace(s.id, s.bounds_m);
  }
  if (boxes.contains(kSkull)) return boxes;
  geom::Aabb whole;
  for (std::size_t i = 0; i < kSkullBones.size(); ++i) {
    const auto bone = boxes.find(kSkullBones[i]);
    if (bone != boxes.end()) whole.add(bone->second);
    if (bone == boxes.end() && i < kMustHave) return boxes;
  }
  boxes.emplace(kSkull, whole);
  return boxes;
}

}  // namespace

BodyMap::BodyMap(const anatomy::Body& from, const anatomy::Body& to) {
  const auto there = find_boxes(to);
  std::vector<glm::vec3> goals;
  for (const auto& [id, box] : find_boxes(from)) {
    const auto it = there.find(id);
    if (it == there.end()) continue;
    pairs_.push_back({box, id == kSkull ? kFewestNear : 1, box.centre(), {}});
    goals.push_back(it->second.centre());
  }
  const auto fit = [&] {
    if (pairs_.empty()) return;
    glm::vec3 mean_from(0.0f);
    glm::vec3 mean_to(0.0f);
    for (std::size_t i = 0; i < pairs_.size(); ++i) {
      mean_from += pairs_[i].centre_m;
      mean_to += goals[i];
    }
    mean_from /= static_cast<float>(pairs_.size());
    mean_to /= static_cast<float>(pairs_.size());
    float both = 0.0f;
    float own = 1e-4f;  // a handful of neighbours says nothing about size
    for (std::size_t i = 0; i < pairs_.size(); ++i) {
      const glm::vec3 d = pairs_[i].centre_m - mean_from;
      both += glm::dot(d, goals[i] - mean_to);
      own += glm::dot(d, d);
    }
    scale_ = std::clamp((both + 1e-4f) / own, 0.5f, 2.0f);
    shift_m_ = mean_to - scale_ * mean_from;
    for (std::size_t i = 0; i < pairs_.size(); ++i) {
      pairs_[i].off_m = goals[i] - scale_ * pairs_[i].centre_m - shift_m_;
    }
  };
  fit();
  std::vector<Pair> good;
  std::vector<glm::vec3> good_goals;
  for (std::size_t i = 0; i < pairs_.size(); ++i) {
    if (glm::length(pairs_[i].off_m) > kFurthestOff) continue;
    good.push_back(pairs_[i]);
    good_goals.push_back(goals[i]);
  }
  pairs_ = std::move(good);
  goals = std::move(good_goals);
  fit();
}

glm::vec3 BodyMap::operator()(glm::vec3 from_m) const {
  // Shepard's interpolation with the fourth power; the floor averages over neighbours, whose boxes
  // all err a little.
  constexpr float kFloor2 = 0.05f * 0.05f;
  glm::vec3 off(0.0f);
  float weights = 0.0f;
  for (const Pair& pair : pairs_) {
    const glm::vec3 d = pair.centre_m - from_m;
    const float square = glm::dot(d, d) + kFloor2;
    const float weight = 1.0f / (square * square);
    off += weight * pair.off_m;
    weights += weight;
  }
  if (weights > 0.0f) off /= weights;
  return scale_ * from_m + shift_m_ + off;
}

bool BodyMap::supports(glm::vec3 from_m) const {
  int near = 0;
  for (const Pair& pair : pairs_) {
    const glm::vec3 away = glm::max(pair.box_m.min - from_m, from_m - pair.box_m.max);
    if (glm::length(glm::max(away, glm::vec3(0.0f))) < kNear) near += pair.counts;
    if (near >= kFewestNear) return true;
  }
  return false;
}

}  // namespace atlas

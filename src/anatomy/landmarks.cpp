// Named skin points from the bones that a body has. Palpation points as in Tixhon, "Atlas of
// palpatory anatomy", and Kendall, "Muscles: testing and function" (from memory, to be checked).
#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <span>
#include <string>
#include <utility>

#include "anatomy/finish.h"

namespace anatomy {
namespace {

using Score = std::function<float(glm::vec3)>;

class Finder {
 public:
  explicit Finder(Body& body)
      : body_(body), skin_(body.contact_surface.positions_m, body.contact_surface.indices) {}

  std::span<const glm::vec3> vertices(const std::string& structure_id) const {
    const StructureIndex index = body_.find_structure(structure_id);
    if (index == kNone || !body_.structures[index].usable) return {};
    const MeshRange& range = body_.structures[index].lods[0];
    return std::span(body_.lods[0].positions_m).subspan(range.first_vertex, range.vertex_count);
  }

  // Mean of the points within 1.5 mm of the best score: steadier than one vertex.
  static glm::vec3 best_point(std::span<const glm::vec3> points, const Score& score) {
    float best = std::numeric_limits<float>::lowest();
    for (const glm::vec3 p : points) best = std::max(best, score(p));
    glm::vec3 sum(0.0f);
    float count = 0.0f;
    for (const glm::vec3 p : points) {
      if (score(p) < best - 0.0015f) continue;
      sum += p;
      count += 1.0f;
    }
    return sum / count;
  }

  // Where one feels the point: outward along the direction to the skin, else the nearest skin.
  void add(std::string id, glm::vec3 point_m, glm::vec3 outward) {
    constexpr float kFurthest = 0.12f;  // more than any soft tissue over these bones
    const geom::Ray ray{point_m, glm::normalize(outward)};
    glm::vec3 place;
    const auto hit = skin_.find_hit(ray, kFurthest);
    if (hit && !hit->front) {
      place = point_m + ray.direction * hit->distance_m;
    } else if (const auto nearest = skin_.find_closest(point_m, kFurthest)) {
      place = nearest->point_m;
    } else {
      return;
    }
    body_.landmarks.push_back({std::move(id), place});
  }

  void add_best(const std::string& id, const std::string& structure_id, const Score& score,
                glm::vec3 outward) {
    const auto points = vertices(structure_id);
    if (!points.empty()) add(id, best_point(points, score), outward);
  }

 private:
  Body& body_;
  geom::Bvh skin_;
};

constexpr glm::vec3 kBack{0.0f, 0.0f, -1.0f};
constexpr glm::vec3 kFront{0.0f, 0.0f, 1.0f};
constexpr float kNever = -1e6f;  // score of a point that does not qualify

void add_spine(Finder& finder) {
  const auto add_region = [&](char letter, int first, int last) {
    for (int level = first; level <= last; ++level) {
      const std::string entry =
          std::string("vertebra_") + static_cast<char>(letter - 'A' + 'a') + std::to_string(level);
      finder.add_best(
          letter + std::to_string(level), entry, [](glm::vec3 p) { return -p.z; }, kBack);
    }
  };
  add_region('C', 2, 7);
  add_region('T', 1, 12);
  add_region('L', 1, 5);
  const auto sacrum = finder.vertices("sacrum");
  if (sacrum.empty()) return;
  // Spinous tubercles of the median crest, as shares of the sacrum's height.
  const geom::Aabb box = geom::bounds_of(sacrum);
  for (const auto& [id, share] : {std::pair("S1", 0.80f), std::pair("S2", 0.62f)}) {
    const float level = box.min.y + share * box.size().y;
    finder.add_best(
        id, "sacrum",
        [&](glm::vec3 p) {
          const bool here = std::abs(p.y - level) < 0.006f && std::abs(p.x) < 0.012f;
          return here ? -p.z : kNever;
        },
        kBack);
  }
}

void add_head(Finder& finder, const std::string& suffix, float side) {
  const std::string skull = finder.vertices("skull").empty() ? "temporal_bone" + suffix : "skull";
  const auto points = finder.vertices(skull);
  if (points.empty()) return;
  float widest = 0.0f;
  for (const glm::vec3 p : points) widest = std::max(widest, side * p.x);
  const float middle = geom::bounds_of(points).centre().z;
  // The lowest point out to the side, behind the jaw's joint: the mastoid's tip. (The styloid
  // process is lower, but lies further in.)
  finder.add_best("mastoid" + suffix, skull,
                  [&](glm::vec3 p) {
                    const bool outer = side * p.x > 0.70f * widest && p.z < middle + 0.01f;
                    return outer ? -p.y : kNever;
                  },
                  {side, 0.0f, 0.0f});
}

void add_shoulder(Finder& finder, const std::string& suffix, float side) {
  const std::string scapula = "scapula" + suffix;
  finder.add_best("acromion" + suffix, scapula, [&](glm::vec3 p) { return side * p.x; },
                  {0.5f * side, 0.85f, 0.0f});
  finder.add_best(
      "scapula_superior_angle" + suffix, scapula, [&](glm::vec3 p) { return p.y - side * p.x; },
      kBack);
  finder.add_best(
      "scapula_spine_root" + suffix, scapula, [&](glm::vec3 p) { return -side * p.x; }, kBack);
  finder.add_best(
      "scapula_inferior_angle" + suffix, scapula, [](glm::vec3 p) { return -p.y; }, kBack);
  finder.add_best(
      "coracoid" + suffix, scapula, [](glm::vec3 p) { return p.z; }, kFront);

  const auto clavicle = finder.vertices("clavicle" + suffix);
  if (!clavicle.empty()) {
    const float middle = geom::bounds_of(clavicle).centre().x;
    finder.add_best(
        "clavicle_mid" + suffix, "clavicle" + suffix,
        [&](glm::vec3 p) { return std::abs(p.x - middle) < 0.006f ? p.y + p.z : kNever; },
        {0.0f, 0.6f, 0.8f});
  }
  const auto humerus = finder.vertices("humerus" + suffix);
  if (!humerus.empty()) {
    // Deltoid tuberosity: outer face, a little above the middle of the shaft.
    const geom::Aabb box = geom::bounds_of(humerus);
    const float level = box.max.y - 0.42f * box.size().y;
    finder.add_best(
        "deltoid_tuberosity" + suffix, "humerus" + suffix,
        [&](glm::vec3 p) { return std::abs(p.y - level) < 0.012f ? side * p.x : kNever; },
        {side, 0.0f, 0.0f});
  }
}

void add_trunk(Finder& finder, const std::string& suffix, float side) {
  finder.add_best("rib12_tip" + suffix, "rib_12" + suffix, [](glm::vec3 p) { return -p.y; },
                  {0.5f * side, 0.0f, -0.85f});
  const std::string hip = "hip_bone" + suffix;
  const auto points = finder.vertices(hip);
  if (points.empty()) return;
  const float middle = geom::bounds_of(points).centre().y;
  finder.add_best("iliac_crest" + suffix, hip, [](glm::vec3 p) { return p.y; },
                  {0.6f * side, 0.0f, -0.8f});
  finder.add_best(
      "psis" + suffix, hip, [&](glm::vec3 p) { return p.y > middle ? -p.z : kNever; }, kBack);
  finder.add_best("asis" + suffix, hip, [&](glm::vec3 p) { return p.y > middle ? p.z : kNever; },
                  {0.3f * side, 0.0f, 1.0f});
}

void add_midline(Finder& finder) {
  const std::string skull = finder.vertices("skull").empty() ? "occipital_bone" : "skull";
  // Inion: where the back of the head turns under.
  finder.add_best(
      "occiput", skull,
      [](glm::vec3 p) { return std::abs(p.x) < 0.010f ? -0.8f * p.z - 0.6f * p.y : kNever; },
      kBack);
  const auto near_middle = [](glm::vec3 p) { return std::abs(p.x) < 0.008f ? p.y : kNever; };
  if (!finder.vertices("manubrium").empty()) {
    finder.add_best("sternal_notch", "manubrium", near_middle, kFront);
  } else {
    // Without a usable manubrium: between the inner ends of the collarbones.
    const auto left = finder.vertices("clavicle_left");
    const auto right = finder.vertices("clavicle_right");
    if (!left.empty() && !right.empty()) {
      const glm::vec3 a = Finder::best_point(left, [](glm::vec3 p) { return -p.x; });
      const glm::vec3 b = Finder::best_point(right, [](glm::vec3 p) { return p.x; });
      finder.add("sternal_notch", 0.5f * (a + b), kFront);
    }
  }
  const std::string lowest =
      finder.vertices("xiphoid_process").empty() ? "sternum_body" : "xiphoid_process";
  finder.add_best(
      "xiphoid", lowest, [](glm::vec3 p) { return -p.y; }, kFront);
}

}  // namespace

void find_landmarks(Body& body) {
  body.landmarks.clear();
  if (body.contact_surface.indices.empty()) return;
  Finder finder(body);
  add_spine(finder);
  add_midline(finder);
  for (const float side : {1.0f, -1.0f}) {
    const std::string suffix = side > 0.0f ? "_left" : "_right";
    add_head(finder, suffix, side);
    add_shoulder(finder, suffix, side);
    add_trunk(finder, suffix, side);
  }
}

}  // namespace anatomy

#include "anatomy/stature.h"

#include <algorithm>
#include <cmath>
#include <glm/mat3x3.hpp>
#include <glm/matrix.hpp>

#include "base/check.h"
#include "base/parallel.h"

namespace anatomy {
namespace {

constexpr float kBreadthPower = 0.6f;
constexpr float kHeadPower = 0.3f;
// Between the base of the neck and the base of the skull, as shares of the stature.
constexpr float kTrunkEnds = 0.83f;
constexpr float kHeadBegins = 0.89f;
constexpr float kAxisZ_m = 0.05f;  // of the trunk, about which it grows in depth

// Height: stretched by `trunk_` up to the neck, then by less and less until the head's factor.
class Growth {
 public:
  Growth(float from_m, float to_m)
      : low_(kTrunkEnds * from_m),
        high_(kHeadBegins * from_m),
        head_(std::pow(to_m / from_m, kHeadPower)),
        breadth_(std::pow(to_m / from_m, kBreadthPower)) {
    // The stretch falls evenly over the neck, so it counts half for each end.
    const float neck = 0.5f * (high_ - low_);
    trunk_ = (to_m - head_ * (from_m - high_ + neck)) / (low_ + neck);
  }

  glm::vec3 operator()(glm::vec3 p) const {
    const float wide = breadth(p.y);
    return {wide * p.x, height(p.y), kAxisZ_m + wide * (p.z - kAxisZ_m)};
  }
  glm::mat3 gradient(glm::vec3 p) const {
    const float wide = breadth(p.y);
    const float widens = p.y > low_ && p.y < high_ ? (head_ - breadth_) / (high_ - low_) : 0.0f;
    return {glm::vec3(wide, 0, 0), glm::vec3(widens * p.x, stretch(p.y), widens * (p.z - kAxisZ_m)),
            glm::vec3(0, 0, wide)};
  }

 private:
  float share(float y) const { return std::clamp((y - low_) / (high_ - low_), 0.0f, 1.0f); }
  float breadth(float y) const { return breadth_ + (head_ - breadth_) * share(y); }
  float stretch(float y) const { return trunk_ + (head_ - trunk_) * share(y); }
  float height(float y) const {
    if (y <= low_) return trunk_ * y;
    const float in_neck = std::min(y, high_) - low_;
    const float at = trunk_ * low_ + 0.5f * (trunk_ + stretch(y)) * in_neck;
    return y <= high_ ? at : at + head_ * (y - high_);
  }

  float low_;
  float high_;
  float head_;
  float breadth_;
  float trunk_ = 1.0f;
};

glm::vec3 unit_or(glm::vec3 v, glm::vec3 otherwise) {
  const float length = glm::length(v);
  return length > 0.0f ? v / length : otherwise;
}

}  // namespace

float find_stature_m(const Body& body) {
  return geom::bounds_of(body.contact_surface.positions_m).max.y;
}

glm::vec3 at_stature(glm::vec3 point_m, float from_m, float to_m) {
  BACKMATE_CHECK(from_m > 0.0f && to_m > 0.0f);
  return Growth(from_m, to_m)(point_m);
}

void scale_to_stature(Body& body, float stature_m) {
  const float own = find_stature_m(body);
  BACKMATE_CHECK(own > 0.0f && stature_m > 0.0f);
  const Growth growth(own, stature_m);
  const auto move = [&](std::vector<glm::vec3>& positions, std::vector<glm::vec3>& normals,
                        std::vector<glm::vec3>* directions) {
    constexpr std::size_t kChunk = 8192;
    base::parallel_for((positions.size() + kChunk - 1) / kChunk, [&](std::size_t chunk) {
      const std::size_t end = std::min(positions.size(), (chunk + 1) * kChunk);
      for (std::size_t v = chunk * kChunk; v < end; ++v) {
        const glm::mat3 gradient = growth.gradient(positions[v]);
        if (v < normals.size()) {
          normals[v] = unit_or(glm::inverse(glm::transpose(gradient)) * normals[v], normals[v]);
        }
        if (directions != nullptr && v < directions->size()) {
          (*directions)[v] = unit_or(gradient * (*directions)[v], glm::vec3(0.0f));
        }
        positions[v] = growth(positions[v]);
      }
    });
  };
  for (LodMesh& lod : body.lods) move(lod.positions_m, lod.normals, &lod.fibre);
  move(body.contact_surface.positions_m, body.contact_surface.normals, nullptr);
  for (Segment& segment : body.segments) {
    const glm::vec3 along = growth.gradient(segment.centre_m) * segment.fibre;
    segment.length_m *= glm::length(along);
    segment.fibre = unit_or(along, segment.fibre);
    segment.centre_m = growth(segment.centre_m);
  }
  for (Landmark& landmark : body.landmarks) landmark.position_m = growth(landmark.position_m);
  for (Structure& structure : body.structures) {
    // Every coordinate grows on its own way up or out, so corners bound what they bounded.
    const geom::Aabb box = structure.bounds_m;
    structure.bounds_m = {};
    if (box.empty()) continue;
    for (int corner = 0; corner < 8; ++corner) {
      structure.bounds_m.add(
          growth({corner & 1 ? box.max.x : box.min.x, corner & 2 ? box.max.y : box.min.y,
                  corner & 4 ? box.max.z : box.min.z}));
    }
  }
}

}  // namespace anatomy

#include "anatomy/body.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>
#include <tuple>

#include "base/check.h"

namespace anatomy {
namespace {

constexpr std::array<std::string_view, 12> kKindWords = {
    "muscle",   "tendon", "fascia", "bone",   "cartilage", "disc",
    "ligament", "skin",   "nerve",  "artery", "vein",      "other"};
constexpr std::array<std::string_view, 3> kSideWords = {"median", "left", "right"};
constexpr std::array<std::string_view, kLayerCount> kLayerWords = {
    "skin", "superficial", "intermediate", "deep", "skeleton"};

template <typename Enum, std::size_t N>
bool find_word(const std::array<std::string_view, N>& words, std::string_view text, Enum& out) {
  const auto it = std::find(words.begin(), words.end(), text);
  if (it == words.end()) return false;
  out = static_cast<Enum>(it - words.begin());
  return true;
}

// Triangles of a part: small enough to fit its place tightly, large enough to keep the tree over
// all parts small.
constexpr std::size_t kPartTriangles = 64;

}  // namespace

std::string_view to_string(Kind kind) { return kKindWords[static_cast<std::size_t>(kind)]; }
std::string_view to_string(Side side) { return kSideWords[static_cast<std::size_t>(side)]; }
std::string_view to_string(Layer layer) { return kLayerWords[static_cast<std::size_t>(layer)]; }
bool from_string(std::string_view text, Kind& out) { return find_word(kKindWords, text, out); }
bool from_string(std::string_view text, Side& out) { return find_word(kSideWords, text, out); }
bool from_string(std::string_view text, Layer& out) { return find_word(kLayerWords, text, out); }

StructureIndex Body::find_structure(std::string_view structure_id) const {
  for (std::size_t i = 0; i < structures.size(); ++i) {
    if (structures[i].id == structure_id) return static_cast<StructureIndex>(i);
  }
  return kNone;
}

bool Body::has_skin() const {
  return std::any_of(structures.begin(), structures.end(), [](const Structure& structure) {
    return structure.kind == Kind::kSkin && structure.usable;
  });
}

const Landmark* Body::find_landmark(std::string_view landmark_id) const {
  for (const Landmark& landmark : landmarks) {
    if (landmark.id == landmark_id) return &landmark;
  }
  return nullptr;
}

std::vector<GroupSpan> find_group_spans(const Body& body) {
  std::vector<GroupSpan> spans(body.groups.size());
  for (std::size_t g = 0; g < spans.size(); ++g) {
    const Landmark* lowest = body.find_landmark(body.groups[g].above);
    const Landmark* highest = body.find_landmark(body.groups[g].below);
    if (lowest != nullptr) spans[g].lowest_m = lowest->position_m.y;
    if (highest != nullptr) spans[g].highest_m = highest->position_m.y;
  }
  return spans;
}

BodyIndex::BodyIndex(std::shared_ptr<const Body> body) : body_(std::move(body)) {
  BACKMATE_CHECK(body_ != nullptr);
  const LodMesh& mesh = body_->lods[0];
  structures_.reserve(body_->structures.size());
  std::vector<geom::Bvh::Part> found;
  std::vector<geom::Aabb> boxes;
  for (std::size_t i = 0; i < body_->structures.size(); ++i) {
    const Structure& structure = body_->structures[i];
    const MeshRange& range = structure.lods[0];
    structures_.emplace_back(mesh.positions_m,
                             std::span(mesh.indices).subspan(range.first_index, range.index_count));
    if (!structure.usable) continue;
    found.clear();
    structures_[i].find_parts(kPartTriangles, found);
    for (const geom::Bvh::Part& part : found) {
      parts_.push_back({static_cast<StructureIndex>(i), part.root});
      boxes.push_back(part.bounds_m);
    }
  }
  part_tree_ = geom::BoxTree(boxes);
  surface_ = geom::Bvh(body_->contact_surface.positions_m, body_->contact_surface.indices);
}

std::optional<BodyIndex::Hit> BodyIndex::find_structure_hit(
    const geom::Ray& ray, float max_distance_m, std::span<const std::uint8_t> pickable) const {
  std::optional<Hit> best;
  float limit = max_distance_m;
  part_tree_.visit_along(ray, limit, [&](std::uint32_t number) {
    const Part& part = parts_[number];
    if (!pickable.empty() && pickable[part.structure] == 0) return;
    const auto hit = structures_[part.structure].find_hit(ray, limit, part.root);
    if (!hit) return;
    // Where two structures touch, the same one wins whatever the order of visits.
    const auto rank = [](const Hit& h) {
      return std::tie(h.ray.distance_m, h.structure, h.ray.triangle);
    };
    const Hit candidate{part.structure, *hit, kNone};
    if (best && rank(*best) < rank(candidate)) return;
    limit = hit->distance_m;
    best = candidate;
  });
  if (best) {
    const LodMesh& mesh = body_->lods[0];
    const std::uint32_t first =
        body_->structures[best->structure].lods[0].first_index + 3 * best->ray.triangle;
    best->segment = mesh.vertex_segment[mesh.indices[first]];
  }
  return best;
}

void BodyIndex::find_all_hits(const geom::Ray& ray, float max_distance_m,
                              std::vector<Hit>& hits) const {
  find_hits_down_to(ray, max_distance_m, {}, 0.0f, hits);
}

std::optional<float> BodyIndex::find_hits_down_to(const geom::Ray& ray, float max_distance_m,
                                                  std::span<const std::uint8_t> stops,
                                                  float below_m, std::vector<Hit>& hits) const {
  hits.clear();
  // Kept between calls: the simulation asks for thousands of columns.
  thread_local std::vector<geom::RayHit> crossings;
  const LodMesh& mesh = body_->lods[0];
  std::optional<float> stop;
  float limit = max_distance_m;
  part_tree_.visit_along(ray, limit, [&](std::uint32_t number) {
    const Part& part = parts_[number];
    crossings.clear();
    structures_[part.structure].find_all_hits(ray, limit, crossings, part.root);
    for (const geom::RayHit& crossing : crossings) {
      const std::uint32_t first =
          body_->structures[part.structure].lods[0].first_index + 3 * crossing.triangle;
      hits.push_back({part.structure, crossing, mesh.vertex_segment[mesh.indices[first]]});
      if (stops.empty() || stops[part.structure] == 0) continue;
      stop = std::min(stop.value_or(crossing.distance_m), crossing.distance_m);
      limit = std::min(max_distance_m, *stop + below_m);
    }
  });
  // Met before the stop was known.
  std::erase_if(hits, [limit](const Hit& hit) { return hit.ray.distance_m > limit; });
  std::sort(hits.begin(), hits.end(), [](const Hit& a, const Hit& b) {
    return std::tie(a.ray.distance_m, a.structure, a.ray.triangle) <
           std::tie(b.ray.distance_m, b.structure, b.ray.triangle);
  });
  return stop;
}

std::optional<geom::RayHit> BodyIndex::find_surface_hit(const geom::Ray& ray,
                                                        float max_distance_m) const {
  return surface_.find_hit(ray, max_distance_m);
}

geom::SurfacePoint BodyIndex::find_surface_point(glm::vec3 point_m) const {
  const auto found = surface_.find_closest(point_m, std::numeric_limits<float>::max());
  BACKMATE_CHECK(found.has_value());
  return *found;
}

glm::vec3 BodyIndex::surface_normal(const geom::SurfacePoint& at) const {
  const geom::Mesh& mesh = body_->contact_surface;
  const std::uint32_t* t = &mesh.indices[3 * static_cast<std::size_t>(at.triangle)];
  const glm::vec3 a = mesh.positions_m[t[0]];
  const glm::vec3 b = mesh.positions_m[t[1]];
  const glm::vec3 c = mesh.positions_m[t[2]];
  const glm::vec3 cross = glm::cross(b - a, c - a);
  const float area2 = glm::dot(cross, cross);
  if (!(area2 > 0.0f)) return mesh.normals[t[0]];
  const float wa = glm::dot(glm::cross(b - at.point_m, c - at.point_m), cross) / area2;
  const float wb = glm::dot(glm::cross(c - at.point_m, a - at.point_m), cross) / area2;
  const glm::vec3 n =
      mesh.normals[t[0]] * wa + mesh.normals[t[1]] * wb + mesh.normals[t[2]] * (1.0f - wa - wb);
  const float length = glm::length(n);
  return length > 1e-6f ? n / length : cross / std::sqrt(area2);
}

glm::vec3 BodyIndex::mean_surface_normal(glm::vec3 point_m, float radius_m) const {
  const geom::Mesh& mesh = body_->contact_surface;
  const geom::SurfacePoint here = find_surface_point(point_m);
  const glm::vec3 own = surface_normal(here);
  glm::vec3 sum(0.0f);
  const auto add = [&](std::uint32_t t) {
    const glm::vec3 a = mesh.positions_m[mesh.indices[3 * t]];
    const glm::vec3 b = mesh.positions_m[mesh.indices[3 * t + 1]];
    const glm::vec3 c = mesh.positions_m[mesh.indices[3 * t + 2]];
    const glm::vec3 area = glm::cross(b - a, c - a);
    const float distance = glm::length((a + b + c) / 3.0f - here.point_m);
    // The far side of a thin part (a hand's breadth behind the neck) is not what the head feels.
    if (distance < radius_m && glm::dot(area, own) > 0.0f)
      sum += area * (1.0f - distance / radius_m);
  };
  surface_.visit_near(here.point_m, radius_m, std::ref(add));
  const float length = glm::length(sum);
  return length > 0.0f ? sum / length : own;
}

}  // namespace anatomy

#include "geom/bvh.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"

namespace geom {
namespace {

bool hit_triangle(const Ray& ray, glm::vec3 a, glm::vec3 b, glm::vec3 c, float max_distance,
                  RayHit& hit) {
  const glm::vec3 e1 = b - a;
  const glm::vec3 e2 = c - a;
  const glm::vec3 p = glm::cross(ray.direction, e2);
  const float det = glm::dot(e1, p);
  if (det == 0.0f) return false;
  const float inv = 1.0f / det;
  const glm::vec3 s = ray.origin_m - a;
  const float u = glm::dot(s, p) * inv;
  if (!(u >= 0.0f && u <= 1.0f)) return false;
  const glm::vec3 q = glm::cross(s, e1);
  const float v = glm::dot(ray.direction, q) * inv;
  if (!(v >= 0.0f && u + v <= 1.0f)) return false;
  const float t = glm::dot(e2, q) * inv;
  if (!(t > 0.0f && t <= max_distance)) return false;
  hit.distance_m = t;
  hit.u = u;
  hit.v = v;
  hit.front = det > 0.0f;
  return true;
}

// Ericson, Real-Time Collision Detection, 5.1.5: regions of the triangle in turn.
glm::vec3 closest_on_triangle(glm::vec3 p, glm::vec3 a, glm::vec3 b, glm::vec3 c) {
  const glm::vec3 ab = b - a, ac = c - a, ap = p - a;
  const float d1 = glm::dot(ab, ap), d2 = glm::dot(ac, ap);
  if (d1 <= 0.0f && d2 <= 0.0f) return a;
  const glm::vec3 bp = p - b;
  const float d3 = glm::dot(ab, bp), d4 = glm::dot(ac, bp);
  if (d3 >= 0.0f && d4 <= d3) return b;
  const float vc = d1 * d4 - d3 * d2;
  if (vc <= 0.0f && d1 >= 0.0f && d3 <= 0.0f) return a + ab * (d1 / (d1 - d3));
  const glm::vec3 cp = p - c;
  const float d5 = glm::dot(ab, cp), d6 = glm::dot(ac, cp);
  if (d6 >= 0.0f && d5 <= d6) return c;
  const float vb = d5 * d2 - d1 * d6;
  if (vb <= 0.0f && d2 >= 0.0f && d6 <= 0.0f) return a + ac * (d2 / (d2 - d6));
  const float va = d3 * d6 - d5 * d4;
  if (va <= 0.0f && d4 - d3 >= 0.0f && d5 - d6 >= 0.0f) {
    return b + (c - b) * ((d4 - d3) / ((d4 - d3) + (d5 - d6)));
  }
  const float sum = va + vb + vc;
  if (!(sum > 0.0f)) return a;  // a sliver without area
  return a + ab * (vb / sum) + ac * (vc / sum);
}

}  // namespace

std::vector<std::uint32_t> find_bvh_order(std::span<const glm::vec3> positions_m,
                                          std::span<const std::uint32_t> indices) {
  std::vector<glm::vec3> centres(indices.size() / 3);
  for (std::size_t i = 0; i < centres.size(); ++i) {
    const glm::vec3 sum = positions_m[indices[3 * i]] + positions_m[indices[3 * i + 1]] +
                          positions_m[indices[3 * i + 2]];
    centres[i] = sum / 3.0f;
  }
  return find_leaf_order(centres);
}

void order_triangles(std::span<const glm::vec3> positions_m, std::span<std::uint32_t> indices) {
  const auto order = find_bvh_order(positions_m, indices);
  const std::vector<std::uint32_t> before(indices.begin(), indices.end());
  for (std::size_t i = 0; i < order.size(); ++i) {
    for (std::size_t k = 0; k < 3; ++k) indices[3 * i + k] = before[3 * order[i] + k];
  }
}

void order_triangles(Mesh& mesh) { order_triangles(mesh.positions_m, mesh.indices); }

Bvh::Bvh(std::span<const glm::vec3> positions_m, std::span<const std::uint32_t> indices)
    : positions_m_(positions_m), indices_(indices) {
  BACKMATE_CHECK(indices.size() % 3 == 0);
  const std::size_t triangles = triangle_count();
  std::vector<Aabb> leaves((triangles + kLeafSize - 1) / kLeafSize);
  for (std::size_t t = 0; t < triangles; ++t) {
    for (std::size_t k = 0; k < 3; ++k) {
      leaves[t / kLeafSize].add(positions_m_[indices_[3 * t + k]]);
    }
  }
  tree_ = LeafTree(leaves);
}

void Bvh::find_parts(std::size_t largest, std::vector<Part>& parts) const {
  tree_.find_branches(largest / kLeafSize, parts);
}

template <typename Visit>
void Bvh::visit_leaf(std::uint32_t leaf, const Visit& visit) const {
  const std::uint32_t begin = leaf * kLeafSize;
  const std::uint32_t end =
      std::min(begin + kLeafSize, static_cast<std::uint32_t>(triangle_count()));
  for (std::uint32_t t = begin; t < end; ++t) {
    visit(t, positions_m_[indices_[3 * t]], positions_m_[indices_[3 * t + 1]],
          positions_m_[indices_[3 * t + 2]]);
  }
}

std::optional<RayHit> Bvh::find_hit(const Ray& ray, float max_distance_m,
                                    std::uint32_t root) const {
  std::optional<RayHit> best;
  float limit = max_distance_m;
  const auto test = [&](std::uint32_t t, glm::vec3 a, glm::vec3 b, glm::vec3 c) {
    RayHit hit;
    if (!hit_triangle(ray, a, b, c, limit, hit)) return;
    hit.triangle = t;
    // On a shared edge the same triangle wins whatever the order of visits.
    if (best && hit.distance_m == best->distance_m && best->triangle < t) return;
    limit = hit.distance_m;
    best = hit;
  };
  tree_.visit_along(
      ray, limit, [&](std::uint32_t leaf) { visit_leaf(leaf, test); }, root);
  return best;
}

void Bvh::find_all_hits(const Ray& ray, float max_distance_m, std::vector<RayHit>& hits,
                        std::uint32_t root) const {
  const auto test = [&](std::uint32_t t, glm::vec3 a, glm::vec3 b, glm::vec3 c) {
    RayHit hit;
    if (!hit_triangle(ray, a, b, c, max_distance_m, hit)) return;
    hit.triangle = t;
    hits.push_back(hit);
  };
  float limit = max_distance_m;
  tree_.visit_along(
      ray, limit, [&](std::uint32_t leaf) { visit_leaf(leaf, test); }, root);
}

std::optional<SurfacePoint> Bvh::find_closest(glm::vec3 point_m, float max_distance_m) const {
  std::optional<SurfacePoint> best;
  float limit2 = max_distance_m * max_distance_m;
  const auto test = [&](std::uint32_t t, glm::vec3 a, glm::vec3 b, glm::vec3 c) {
    const glm::vec3 q = closest_on_triangle(point_m, a, b, c);
    const float d2 = glm::dot(q - point_m, q - point_m);
    if (!(d2 <= limit2) || (best && d2 == limit2 && best->triangle < t)) return;
    limit2 = d2;
    best = SurfacePoint{q, t, std::sqrt(d2)};
  };
  tree_.visit_near(point_m, limit2, [&](std::uint32_t leaf) { visit_leaf(leaf, test); });
  return best;
}

void Bvh::visit_near(glm::vec3 centre_m, float radius_m,
                     const std::function<void(std::uint32_t)>& visit) const {
  const auto call = [&](std::uint32_t t, glm::vec3, glm::vec3, glm::vec3) { visit(t); };
  float limit2 = radius_m * radius_m;
  tree_.visit_near(centre_m, limit2, [&](std::uint32_t leaf) { visit_leaf(leaf, call); });
}

}  // namespace geom

#include "geom/bvh.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <numeric>

#include "base/check.h"
#include "geom/slab.h"

namespace geom {
namespace {

// What the sort compares, as one number: the coordinate's bits in an order that integers share,
// then the item's own number.
std::uint64_t key_of(float coordinate, std::uint32_t number) {
  const auto bits = std::bit_cast<std::uint32_t>(coordinate);
  const std::uint32_t ordered = (bits >> 31) != 0 ? ~bits : bits | 0x80000000u;
  return (std::uint64_t{ordered} << 32) | number;
}

// std::nth_element, first without branches to mispredict: three times as fast on centroids.
void select(std::span<std::uint64_t> keys, std::size_t nth) {
  constexpr std::size_t kFew = 16;
  constexpr int kMostPasses = 64;  // whoever arranges for bad pivots gets the library's patience
  for (int pass = 0; pass < kMostPasses && keys.size() > kFew; ++pass) {
    const std::uint64_t a = keys[keys.size() / 5];
    const std::uint64_t b = keys[keys.size() / 2];
    const std::uint64_t c = keys[keys.size() * 4 / 5];
    const std::uint64_t pivot = std::max(std::min(a, b), std::min(std::max(a, b), c));
    // Lomuto: every key changes places with the first that is not smaller.
    std::size_t smaller = 0;
    for (std::uint64_t& key : keys) {
      const std::uint64_t moved = key;
      key = keys[smaller];
      keys[smaller] = moved;
      smaller += moved < pivot ? 1 : 0;
    }
    if (nth < smaller) {
      keys = keys.first(smaller);
    } else {
      keys = keys.subspan(smaller);
      nth -= smaller;
    }
  }
  std::nth_element(keys.begin(), keys.begin() + static_cast<std::ptrdiff_t>(nth), keys.end());
}

// Triangles or boxes by their centres, put in the order of a tree's leaves.
class LeafSort {
 public:
  explicit LeafSort(std::span<const glm::vec3> centres)
      : centres_(centres), keys_(centres.size()), numbers_(centres.size()) {
    std::iota(numbers_.begin(), numbers_.end(), 0u);
    sort(0, numbers_.size(), count_leaf_slots(numbers_.size()));
  }
  std::vector<std::uint32_t> take() { return std::move(numbers_); }

 private:
  // Splits the items so that the left part fills whole leaves and the tree below has the shape that
  // Bvh assumes: a heap over a power-of-two number of leaves, filled from the left.
  void sort(std::size_t first, std::size_t count, std::size_t leaves_below) {
    if (leaves_below <= 1 || count <= Bvh::kLeafSize) {
      // However the keys were selected, a leaf reads the same.
      const auto leaf = std::span(numbers_).subspan(first, count);
      std::sort(leaf.begin(), leaf.end());
      return;
    }
    const std::size_t left_leaves = leaves_below / 2;
    const std::size_t mid = std::min(count, left_leaves * Bvh::kLeafSize);
    if (mid < count) {
      split(first, count, mid);
      sort(first + mid, count - mid, leaves_below - left_leaves);
    }
    sort(first, mid, left_leaves);
  }

  // Along the longest side of the centres' box.
  void split(std::size_t first, std::size_t count, std::size_t mid) {
    const auto numbers = std::span(numbers_).subspan(first, count);
    const auto keys = std::span(keys_).first(count);
    Aabb box;
    for (const std::uint32_t number : numbers) box.add(centres_[number]);
    const glm::vec3 size = box.size();
    const int axis = size.x >= size.y && size.x >= size.z ? 0 : (size.y >= size.z ? 1 : 2);
    for (std::size_t i = 0; i < count; ++i) {
      keys[i] = key_of(centres_[numbers[i]][axis], numbers[i]);
    }
    select(keys, mid);
    for (std::size_t i = 0; i < count; ++i) numbers[i] = static_cast<std::uint32_t>(keys[i]);
  }

  std::span<const glm::vec3> centres_;
  std::vector<std::uint64_t> keys_;
  std::vector<std::uint32_t> numbers_;
};

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

float distance2_to_box(glm::vec3 p, const Aabb& box) {
  const glm::vec3 d = glm::max(glm::max(box.min - p, p - box.max), glm::vec3(0.0f));
  return glm::dot(d, d);
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

std::uint32_t count_leaf_slots(std::size_t items) {
  const std::size_t leaves = (items + Bvh::kLeafSize - 1) / Bvh::kLeafSize;
  return static_cast<std::uint32_t>(std::bit_ceil(std::max<std::size_t>(leaves, 1)));
}

std::vector<std::uint32_t> find_leaf_order(std::span<const glm::vec3> centres_m) {
  return LeafSort(centres_m).take();
}

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
  const auto triangles = static_cast<std::uint32_t>(indices.size() / 3);
  if (triangles == 0) return;
  leaf_count_ = count_leaf_slots(triangles);
  first_leaf_ = leaf_count_ - 1;
  nodes_.assign(2 * static_cast<std::size_t>(leaf_count_) - 1, Aabb{});
  for (std::uint32_t t = 0; t < triangles; ++t) {
    Aabb& leaf = nodes_[first_leaf_ + t / kLeafSize];
    for (std::uint32_t k = 0; k < 3; ++k) leaf.add(positions_m_[indices_[3 * t + k]]);
  }
  for (std::uint32_t i = first_leaf_; i-- > 0;) {
    nodes_[i].add(nodes_[2 * i + 1]);
    nodes_[i].add(nodes_[2 * i + 2]);
  }
  bounds_ = nodes_[0];
}

void Bvh::find_parts(std::size_t largest, std::vector<Part>& parts) const {
  if (nodes_.empty()) return;
  // All parts lie at one depth of the tree.
  std::uint32_t nodes = 1;
  while (nodes < leaf_count_ && std::size_t{leaf_count_ / nodes} * kLeafSize > largest) nodes *= 2;
  for (std::uint32_t node = nodes - 1; node < 2 * nodes - 1; ++node) {
    if (!nodes_[node].empty()) parts.push_back({node, nodes_[node]});
  }
}

std::optional<RayHit> Bvh::find_hit(const Ray& ray, float max_distance_m,
                                    std::uint32_t root) const {
  if (nodes_.empty()) return std::nullopt;
  const glm::vec3 inverse = inverse_direction(ray);
  const auto triangles = static_cast<std::uint32_t>(triangle_count());
  std::optional<RayHit> best;
  float limit = max_distance_m;
  struct Entry {
    std::uint32_t node;
    float enter;
  };
  Entry stack[64];
  int top = 0;
  const float enter_root = enter_box(nodes_[root], ray.origin_m, inverse, limit);
  if (std::isinf(enter_root)) return std::nullopt;
  stack[top++] = {root, enter_root};
  while (top > 0) {
    const Entry entry = stack[--top];
    if (entry.enter > limit) continue;
    if (entry.node >= first_leaf_) {
      const std::uint32_t begin = (entry.node - first_leaf_) * kLeafSize;
      const std::uint32_t end = std::min(begin + kLeafSize, triangles);
      for (std::uint32_t t = begin; t < end; ++t) {
        RayHit hit;
        if (hit_triangle(ray, positions_m_[indices_[3 * t]], positions_m_[indices_[3 * t + 1]],
                         positions_m_[indices_[3 * t + 2]], limit, hit)) {
          hit.triangle = t;
          limit = hit.distance_m;
          best = hit;
        }
      }
      continue;
    }
    const std::uint32_t left = 2 * entry.node + 1;
    const float enter_left = enter_box(nodes_[left], ray.origin_m, inverse, limit);
    const float enter_right = enter_box(nodes_[left + 1], ray.origin_m, inverse, limit);
    // The nearer child is visited first, so that it can shorten the ray.
    if (enter_left < enter_right) {
      if (!std::isinf(enter_right)) stack[top++] = {left + 1, enter_right};
      stack[top++] = {left, enter_left};
    } else {
      if (!std::isinf(enter_left)) stack[top++] = {left, enter_left};
      if (!std::isinf(enter_right)) stack[top++] = {left + 1, enter_right};
    }
  }
  return best;
}

void Bvh::find_all_hits(const Ray& ray, float max_distance_m, std::vector<RayHit>& hits,
                        std::uint32_t root) const {
  if (nodes_.empty()) return;
  const glm::vec3 inverse = inverse_direction(ray);
  const auto meets = [&](std::uint32_t node) {
    return !std::isinf(enter_box(nodes_[node], ray.origin_m, inverse, max_distance_m));
  };
  const auto triangles = static_cast<std::uint32_t>(triangle_count());
  if (!meets(root)) return;
  std::uint32_t stack[64];
  int top = 0;
  stack[top++] = root;
  while (top > 0) {
    const std::uint32_t node = stack[--top];
    if (node >= first_leaf_) {
      const std::uint32_t begin = (node - first_leaf_) * kLeafSize;
      const std::uint32_t end = std::min(begin + kLeafSize, triangles);
      for (std::uint32_t t = begin; t < end; ++t) {
        RayHit hit;
        if (hit_triangle(ray, positions_m_[indices_[3 * t]], positions_m_[indices_[3 * t + 1]],
                         positions_m_[indices_[3 * t + 2]], max_distance_m, hit)) {
          hit.triangle = t;
          hits.push_back(hit);
        }
      }
      continue;
    }
    const std::uint32_t left = 2 * node + 1;
    if (meets(left)) stack[top++] = left;
    if (meets(left + 1)) stack[top++] = left + 1;
  }
}

std::optional<SurfacePoint> Bvh::find_closest(glm::vec3 point_m, float max_distance_m) const {
  if (nodes_.empty()) return std::nullopt;
  const auto triangles = static_cast<std::uint32_t>(triangle_count());
  std::optional<SurfacePoint> best;
  float limit2 = max_distance_m * max_distance_m;
  struct Entry {
    std::uint32_t node;
    float distance2;
  };
  Entry stack[64];
  int top = 0;
  stack[top++] = {0, distance2_to_box(point_m, nodes_[0])};
  while (top > 0) {
    const Entry entry = stack[--top];
    if (entry.distance2 > limit2) continue;
    if (entry.node >= first_leaf_) {
      const std::uint32_t begin = (entry.node - first_leaf_) * kLeafSize;
      const std::uint32_t end = std::min(begin + kLeafSize, triangles);
      for (std::uint32_t t = begin; t < end; ++t) {
        const glm::vec3 q = closest_on_triangle(point_m, positions_m_[indices_[3 * t]],
                                                positions_m_[indices_[3 * t + 1]],
                                                positions_m_[indices_[3 * t + 2]]);
        const float d2 = glm::dot(q - point_m, q - point_m);
        if (d2 <= limit2) {
          limit2 = d2;
          best = SurfacePoint{q, t, std::sqrt(d2)};
        }
      }
      continue;
    }
    const std::uint32_t left = 2 * entry.node + 1;
    const Entry a{left, distance2_to_box(point_m, nodes_[left])};
    const Entry b{left + 1, distance2_to_box(point_m, nodes_[left + 1])};
    // An empty slot of the heap has an inside-out box: infinitely far.
    const bool a_first = a.distance2 < b.distance2;
    stack[top++] = a_first ? b : a;
    stack[top++] = a_first ? a : b;
  }
  return best;
}

void Bvh::visit_near(glm::vec3 centre_m, float radius_m,
                     const std::function<void(std::uint32_t)>& visit) const {
  if (nodes_.empty()) return;
  const auto triangles = static_cast<std::uint32_t>(triangle_count());
  std::uint32_t stack[64];
  int top = 0;
  stack[top++] = 0;
  while (top > 0) {
    const std::uint32_t node = stack[--top];
    if (nodes_[node].empty() || distance2_to_box(centre_m, nodes_[node]) > radius_m * radius_m) {
      continue;
    }
    if (node >= first_leaf_) {
      const std::uint32_t begin = (node - first_leaf_) * kLeafSize;
      const std::uint32_t end = std::min(begin + kLeafSize, triangles);
      for (std::uint32_t t = begin; t < end; ++t) visit(t);
      continue;
    }
    stack[top++] = 2 * node + 1;
    stack[top++] = 2 * node + 2;
  }
}

}  // namespace geom

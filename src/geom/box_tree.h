// Which of many boxes a ray meets: a balanced tree over boxes that may overlap, in the implicit
// layout of Bvh (geom/bvh.h), built once. For queries over many meshes at once: long oblique
// muscles have boxes that fill half the back, so boxes of their parts are asked instead.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "geom/mesh.h"
#include "geom/slab.h"

namespace geom {

class BoxTree {
 public:
  static constexpr std::uint32_t kLeafSize = 4;

  BoxTree() = default;
  // Boxes that are empty are never met.
  explicit BoxTree(std::span<const Aabb> boxes);

  // Calls visit(box number) for every box that the ray enters within limit_m, roughly the nearest
  // first. visit may shorten limit_m: what lies beyond is left out from then on.
  template <typename Visit>
  void visit_along(const Ray& ray, float& limit_m, const Visit& visit) const;

  std::size_t size() const { return items_.size(); }

 private:
  std::vector<Aabb> nodes_;  // heap order: children of i are 2i+1 and 2i+2
  std::vector<Aabb> boxes_;  // in leaf order
  std::vector<std::uint32_t> items_;
  std::uint32_t first_leaf_ = 0;
};

template <typename Visit>
void BoxTree::visit_along(const Ray& ray, float& limit_m, const Visit& visit) const {
  if (nodes_.empty()) return;
  const glm::vec3 inverse = inverse_direction(ray);
  struct Entry {
    std::uint32_t node;
    float enter;
  };
  Entry stack[64];
  int top = 0;
  stack[top++] = {0, enter_box(nodes_[0], ray.origin_m, inverse, limit_m)};
  while (top > 0) {
    const Entry entry = stack[--top];
    if (entry.enter > limit_m) continue;
    if (entry.node >= first_leaf_) {
      const std::size_t begin = std::size_t{entry.node - first_leaf_} * kLeafSize;
      const std::size_t end = std::min(begin + kLeafSize, items_.size());
      for (std::size_t i = begin; i < end; ++i) {
        if (enter_box(boxes_[i], ray.origin_m, inverse, limit_m) <= limit_m) visit(items_[i]);
      }
      continue;
    }
    const std::uint32_t left = 2 * entry.node + 1;
    const Entry a{left, enter_box(nodes_[left], ray.origin_m, inverse, limit_m)};
    const Entry b{left + 1, enter_box(nodes_[left + 1], ray.origin_m, inverse, limit_m)};
    const bool a_first = a.enter < b.enter;
    const Entry& far = a_first ? b : a;
    const Entry& near = a_first ? a : b;
    if (far.enter <= limit_m) stack[top++] = far;
    if (near.enter <= limit_m) stack[top++] = near;
  }
}

}  // namespace geom

// Which of many boxes a ray meets: a tree over boxes that may overlap, built once. For queries over
// many meshes at once: long oblique muscles have boxes that fill half the back, so boxes of their
// parts are asked instead.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "geom/leaf_tree.h"
#include "geom/mesh.h"

namespace geom {

class BoxTree {
 public:
  BoxTree() = default;
  // Boxes that are empty are never met.
  explicit BoxTree(std::span<const Aabb> boxes);

  // Calls visit(box number) for every box that the ray enters within limit_m, roughly the nearest
  // first. visit may shorten limit_m: what lies beyond is left out from then on.
  template <typename Visit>
  void visit_along(const Ray& ray, float& limit_m, const Visit& visit) const {
    tree_.visit_along(ray, limit_m, [&](std::uint32_t place) { visit(items_[place]); });
  }

  std::size_t size() const { return items_.size(); }

 private:
  std::vector<std::uint32_t> items_;  // in the tree's order, one to a leaf
  LeafTree tree_;
};

}  // namespace geom

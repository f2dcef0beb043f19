#include "geom/box_tree.h"

namespace geom {

BoxTree::BoxTree(std::span<const Aabb> boxes) {
  std::vector<glm::vec3> centres;
  centres.reserve(boxes.size());
  for (const Aabb& box : boxes) centres.push_back(box.centre());
  items_ = find_leaf_order(centres);
  std::vector<Aabb> leaves;
  leaves.reserve(boxes.size());
  for (const std::uint32_t item : items_) leaves.push_back(boxes[item]);
  tree_ = LeafTree(leaves);
}

}  // namespace geom

#include "geom/box_tree.h"

#include "geom/bvh.h"

namespace geom {

BoxTree::BoxTree(std::span<const Aabb> boxes) {
  static_assert(kLeafSize == Bvh::kLeafSize);
  if (boxes.empty()) return;
  std::vector<glm::vec3> centres;
  centres.reserve(boxes.size());
  for (const Aabb& box : boxes) centres.push_back(box.centre());
  items_ = find_leaf_order(centres);
  boxes_.reserve(boxes.size());
  for (const std::uint32_t item : items_) boxes_.push_back(boxes[item]);

  const std::uint32_t leaves = count_leaf_slots(boxes.size());
  first_leaf_ = leaves - 1;
  nodes_.assign(2 * static_cast<std::size_t>(leaves) - 1, Aabb{});
  for (std::size_t i = 0; i < boxes_.size(); ++i)
    nodes_[first_leaf_ + i / kLeafSize].add(boxes_[i]);
  for (std::uint32_t i = first_leaf_; i-- > 0;) {
    nodes_[i].add(nodes_[2 * i + 1]);
    nodes_[i].add(nodes_[2 * i + 2]);
  }
}

}  // namespace geom

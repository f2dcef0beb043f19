#include "geom/leaf_tree.h"

#include <algorithm>
#include <bit>
#include <numeric>

namespace geom {
namespace {

std::size_t count_leaves(std::size_t items) { return (items + kLeafSize - 1) / kLeafSize; }

std::size_t count_slots(std::size_t leaves) {
  return std::bit_ceil(std::max<std::size_t>(leaves, 1));
}

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
    sort(0, numbers_.size(), count_slots(count_leaves(numbers_.size())));
  }
  std::vector<std::uint32_t> take() { return std::move(numbers_); }

 private:
  // Splits the items so that the left part fills whole leaves, in halves over a power-of-two number
  // of leaves, filled from the left: every second split is a level of LeafTree.
  void sort(std::size_t first, std::size_t count, std::size_t leaves_below) {
    if (leaves_below <= 1 || count <= kLeafSize) {
      // However the keys were selected, a leaf reads the same.
      const auto leaf = std::span(numbers_).subspan(first, count);
      std::sort(leaf.begin(), leaf.end());
      return;
    }
    const std::size_t left_leaves = leaves_below / 2;
    const std::size_t mid = std::min(count, left_leaves * kLeafSize);
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

constexpr float kNowhere = std::numeric_limits<float>::infinity();

}  // namespace

std::vector<std::uint32_t> find_leaf_order(std::span<const glm::vec3> centres_m) {
  return LeafSort(centres_m).take();
}

// Inside out: no ray enters what begins at infinity, and no point is near it.
LeafTree::Node::Node() {
  for (auto& axis : side) {
    axis[0].fill(kNowhere);
    axis[1].fill(-kNowhere);
  }
}

void LeafTree::Node::set(std::size_t child, const Aabb& box) {
  if (box.empty()) return;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    side[axis][0][child] = box.min[static_cast<int>(axis)];
    side[axis][1][child] = box.max[static_cast<int>(axis)];
  }
}

Aabb LeafTree::Node::box(std::size_t child) const {
  if (side[0][0][child] == kNowhere) return {};
  return {{side[0][0][child], side[1][0][child], side[2][0][child]},
          {side[0][1][child], side[1][1][child], side[2][1][child]}};
}

Aabb LeafTree::Node::box() const {
  Aabb all;
  for (std::size_t child = 0; child < 4; ++child) all.add(box(child));
  return all;
}

LeafTree::LeafTree(std::span<const Aabb> leaves) {
  if (leaves.empty()) return;
  // The halves of LeafSort, two at a time from the leaves up: with an odd number of them the root
  // has two children only.
  std::size_t slots = 4;
  while (slots < leaves.size()) slots *= 4;
  inner_ = static_cast<std::uint32_t>((slots - 1) / 3);
  const std::size_t deepest = inner_ - slots / 4;  // first node of the last level
  nodes_.resize(deepest + (leaves.size() + 3) / 4);
  for (std::size_t i = 0; i < leaves.size(); ++i) nodes_[deepest + i / 4].set(i % 4, leaves[i]);
  for (std::size_t node = nodes_.size() - 1; node > 0; --node) {
    nodes_[(node - 1) / 4].set((node - 1) % 4, nodes_[node].box());
  }
  bounds_ = nodes_[0].box();
}

void LeafTree::find_branches(std::size_t largest, std::vector<Branch>& branches) const {
  if (nodes_.empty()) return;
  // All branches lie at one depth of the tree.
  std::size_t first = 0;
  std::size_t count = 1;
  std::size_t leaves_each = 3 * std::size_t{inner_} + 1;
  while (leaves_each > std::max<std::size_t>(largest, 1)) {
    first = 4 * first + 1;
    count *= 4;
    leaves_each /= 4;
  }
  if (first == 0) {
    branches.push_back({0, bounds_});
    return;
  }
  for (std::size_t node = first; node < first + count; ++node) {
    const std::size_t parent = (node - 1) / 4;
    if (parent >= nodes_.size()) break;
    const Aabb box = nodes_[parent].box((node - 1) % 4);
    if (!box.empty()) branches.push_back({static_cast<std::uint32_t>(node), box});
  }
}

}  // namespace geom

// The tree of boxes under Bvh and BoxTree: over leaves that are already in an order in which
// neighbours in the list are neighbours in space (find_leaf_order). Implicit and balanced, four
// children to a node, so that one step tests four boxes at once; made in linear time.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <glm/vec3.hpp>
#include <limits>
#include <span>
#include <vector>

#include "geom/float4.h"
#include "geom/mesh.h"

namespace geom {

// Items to a leaf of Bvh and BoxTree.
inline constexpr std::uint32_t kLeafSize = 4;

// A permutation of items by their places that suits a tree over leaves of kLeafSize of them:
// result[new] = old.
std::vector<std::uint32_t> find_leaf_order(std::span<const glm::vec3> centres_m);

class LeafTree {
 public:
  LeafTree() = default;
  // Leaves with empty boxes are never met.
  explicit LeafTree(std::span<const Aabb> leaves);

  // A branch of the tree, as visit_along takes it; together they are the whole.
  struct Branch {
    std::uint32_t root = 0;
    Aabb bounds_m;
  };
  // Appends branches of at most `largest` leaves (and at least one).
  void find_branches(std::size_t largest, std::vector<Branch>& branches) const;

  // Calls visit(leaf number) for every leaf whose box the ray enters within limit_m, roughly the
  // nearest first. visit may shorten limit_m: what lies beyond is left out from then on.
  template <typename Visit>
  void visit_along(const Ray& ray, float& limit_m, const Visit& visit,
                   std::uint32_t root = 0) const;
  // Calls visit(leaf number) for every leaf whose box lies no further than the root of
  // limit2_m2 from the point, roughly the nearest first. visit may shorten limit2_m2.
  template <typename Visit>
  void visit_near(glm::vec3 point_m, float& limit2_m2, const Visit& visit) const;

  const Aabb& bounds() const { return bounds_; }

 private:
  // Per axis the low and the high sides of four children.
  struct Node {
    std::array<std::array<std::array<float, 4>, 2>, 3> side;
    Node();
    void set(std::size_t child, const Aabb& box);
    Aabb box(std::size_t child) const;
    Aabb box() const;
  };
  struct Entry {
    std::uint32_t node;
    float at;  // where the ray enters, or the squared distance
  };
  // A depth of 16 nodes would hold 4^17 leaves, more than can be numbered; each adds three at most.
  static constexpr std::size_t kStack = 64;

  // Puts those of the four children with set bits on the stack, the nearest on top.
  static void push(std::uint32_t node, int bits, const std::array<float, 4>& at, Entry* stack,
                   std::size_t& top);

  // Heap order: children of i are 4i + 1 to 4i + 4. Numbers from inner_ on are leaves; nodes over
  // nothing at the end of the deepest level are left out.
  std::vector<Node> nodes_;
  std::uint32_t inner_ = 0;
  Aabb bounds_;
};

inline void LeafTree::push(std::uint32_t node, int bits, const std::array<float, 4>& at,
                           Entry* stack, std::size_t& top) {
  const std::size_t first = top;
  for (std::uint32_t k = 0; k < 4; ++k) {
    if ((bits & (1 << k)) == 0) continue;
    std::size_t to = top++;
    for (; to > first && stack[to - 1].at < at[k]; --to) stack[to] = stack[to - 1];
    stack[to] = {4 * node + 1 + k, at[k]};
  }
}

template <typename Visit>
void LeafTree::visit_along(const Ray& ray, float& limit_m, const Visit& visit,
                           std::uint32_t root) const {
  if (nodes_.empty()) return;
  // A zero component would make 0 * infinity = NaN on a box's side.
  const auto inverse = [](float x) { return 1.0f / (std::abs(x) > 1e-12f ? x : 1e-12f); };
  std::array<float, 3> slope{};
  std::array<std::size_t, 3> near{};  // which side the ray meets first
  for (std::size_t axis = 0; axis < 3; ++axis) {
    slope[axis] = inverse(ray.direction[static_cast<int>(axis)]);
    near[axis] = slope[axis] < 0.0f ? 1 : 0;
  }
  std::array<Entry, kStack> stack;
  std::size_t top = 0;
  stack[top++] = {root, 0.0f};
  while (top > 0) {
    const Entry entry = stack[--top];
    if (entry.at > limit_m) continue;
    if (entry.node >= inner_) {
      visit(entry.node - inner_);
      continue;
    }
    const Node& node = nodes_[entry.node];
    Float4 enter(0.0f);
    Float4 leave(limit_m);
    for (std::size_t axis = 0; axis < 3; ++axis) {
      const Float4 origin(ray.origin_m[static_cast<int>(axis)]);
      const Float4 by(slope[axis]);
      enter = max(enter, (Float4(node.side[axis][near[axis]]) - origin) * by);
      leave = min(leave, (Float4(node.side[axis][1 - near[axis]]) - origin) * by);
    }
    push(entry.node, not_greater(enter, leave), enter.lanes(), stack.data(), top);
  }
}

template <typename Visit>
void LeafTree::visit_near(glm::vec3 point_m, float& limit2_m2, const Visit& visit) const {
  if (nodes_.empty()) return;
  std::array<Entry, kStack> stack;
  std::size_t top = 0;
  stack[top++] = {0, 0.0f};
  while (top > 0) {
    const Entry entry = stack[--top];
    if (entry.at > limit2_m2) continue;
    if (entry.node >= inner_) {
      visit(entry.node - inner_);
      continue;
    }
    const Node& node = nodes_[entry.node];
    Float4 sum(0.0f);
    for (std::size_t axis = 0; axis < 3; ++axis) {
      const Float4 at(point_m[static_cast<int>(axis)]);
      const Float4 outside =
          max(max(Float4(node.side[axis][0]) - at, at - Float4(node.side[axis][1])), Float4(0.0f));
      sum = sum + outside * outside;
    }
    // Empty children are infinitely far, which is never near enough.
    const Float4 limit(std::min(limit2_m2, std::numeric_limits<float>::max()));
    push(entry.node, not_greater(sum, limit), sum.lanes(), stack.data(), top);
  }
}

}  // namespace geom

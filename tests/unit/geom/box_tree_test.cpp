#include "geom/box_tree.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "geom/bvh.h"

namespace geom {
namespace {

std::vector<Aabb> make_boxes(std::size_t count, unsigned seed) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<float> place(-1.0f, 1.0f);
  std::uniform_real_distribution<float> extent(0.0f, 0.3f);
  std::vector<Aabb> boxes(count);
  for (Aabb& box : boxes) {
    const glm::vec3 corner(place(random), place(random), place(random));
    box.add(corner);
    box.add(corner + glm::vec3(extent(random), extent(random), extent(random)));
  }
  return boxes;
}

// The slab test, written down plainly.
bool meets(const Ray& ray, const Aabb& box, float limit_m) {
  float enter = 0.0f;
  float leave = limit_m;
  for (int axis = 0; axis < 3; ++axis) {
    const float a = (box.min[axis] - ray.origin_m[axis]) / ray.direction[axis];
    const float b = (box.max[axis] - ray.origin_m[axis]) / ray.direction[axis];
    enter = std::max(enter, std::min(a, b));
    leave = std::min(leave, std::max(a, b));
  }
  return enter <= leave;
}

class BoxTreeAgainstEveryBox : public testing::TestWithParam<std::size_t> {};

TEST_P(BoxTreeAgainstEveryBox, TheSameBoxesAreMet) {
  const std::vector<Aabb> boxes = make_boxes(GetParam(), 5);
  const BoxTree tree(boxes);
  ASSERT_EQ(tree.size(), boxes.size());
  std::mt19937 random(23);
  std::uniform_real_distribution<float> place(-1.5f, 1.5f);
  std::size_t met = 0;
  for (int i = 0; i < 200; ++i) {
    const glm::vec3 from(place(random), place(random), place(random));
    glm::vec3 towards(place(random), place(random), place(random));
    // Every other ray is aimed at a box.
    if (i % 2 == 0 && !boxes.empty()) towards = boxes[i % boxes.size()].centre();
    const Ray ray{from, glm::normalize(towards - from)};
    std::vector<std::uint32_t> expected;
    for (std::uint32_t b = 0; b < boxes.size(); ++b) {
      if (meets(ray, boxes[b], 1.2f)) expected.push_back(b);
    }
    std::vector<std::uint32_t> found;
    float limit = 1.2f;
    tree.visit_along(ray, limit, [&](std::uint32_t box) { found.push_back(box); });
    std::sort(found.begin(), found.end());
    EXPECT_EQ(found, expected);
    met += found.size();
  }
  EXPECT_TRUE(boxes.empty() || met > 0);
}

INSTANTIATE_TEST_SUITE_P(Sizes, BoxTreeAgainstEveryBox,
                         testing::Values(0, 1, 3, 4, 5, 17, 64, 1000));

TEST(BoxTree, AShortenedRayLeavesOutWhatLiesBeyond) {
  std::vector<Aabb> boxes(40);
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    const auto x = static_cast<float>(i);
    boxes[i].add(glm::vec3(x, 0.0f, 0.0f));
    boxes[i].add(glm::vec3(x + 0.5f, 1.0f, 1.0f));
  }
  const BoxTree tree(boxes);
  float limit = 100.0f;
  std::size_t visits = 0;
  tree.visit_along({{-1.0f, 0.5f, 0.5f}, {1.0f, 0.0f, 0.0f}}, limit, [&](std::uint32_t box) {
    ++visits;
    limit = std::min(limit, static_cast<float>(box) + 1.25f);
  });
  EXPECT_EQ(limit, 1.25f) << "the nearest box";
  EXPECT_LE(visits, 8u) << "leaves behind it are not opened";
}

// Parts are the mesh: asked one by one they cross a ray as often as the whole does.
TEST(BvhParts, TogetherTheyAreTheMesh) {
  std::mt19937 random(3);
  std::uniform_real_distribution<float> place(-1.0f, 1.0f);
  std::uniform_real_distribution<float> extent(-0.2f, 0.2f);
  for (const std::size_t triangles : {1u, 7u, 64u, 65u, 700u}) {
    Mesh mesh;
    for (std::size_t i = 0; i < triangles; ++i) {
      const glm::vec3 c(place(random), place(random), place(random));
      for (int k = 0; k < 3; ++k) {
        mesh.indices.push_back(static_cast<std::uint32_t>(mesh.positions_m.size()));
        mesh.positions_m.push_back(c + glm::vec3(extent(random), extent(random), extent(random)));
      }
    }
    order_triangles(mesh);
    const Bvh whole(mesh.positions_m, mesh.indices);
    std::vector<Bvh::Part> parts;
    whole.find_parts(32, parts);
    EXPECT_GE(parts.size(), (triangles + 31) / 32);
    for (int i = 0; i < 100; ++i) {
      const Ray ray{{place(random), place(random), -2.0f}, {0.0f, 0.0f, 1.0f}};
      std::vector<RayHit> expected;
      std::vector<RayHit> found;
      whole.find_all_hits(ray, 4.0f, expected);
      for (const Bvh::Part& part : parts) whole.find_all_hits(ray, 4.0f, found, part.root);
      const auto by_triangle = [](const RayHit& a, const RayHit& b) {
        return a.triangle < b.triangle;
      };
      std::sort(expected.begin(), expected.end(), by_triangle);
      std::sort(found.begin(), found.end(), by_triangle);
      ASSERT_EQ(found.size(), expected.size());
      for (std::size_t k = 0; k < found.size(); ++k) {
        EXPECT_EQ(found[k].triangle, expected[k].triangle);
        EXPECT_EQ(found[k].distance_m, expected[k].distance_m);
      }
    }
  }
}

}  // namespace
}  // namespace geom

#include "geom/bvh.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace geom {
namespace {

Mesh make_soup(std::size_t triangles, unsigned seed) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<float> place(-1.0f, 1.0f);
  std::uniform_real_distribution<float> extent(-0.1f, 0.1f);
  Mesh mesh;
  for (std::size_t i = 0; i < triangles; ++i) {
    const glm::vec3 c(place(random), place(random), place(random));
    for (int k = 0; k < 3; ++k) {
      mesh.indices.push_back(static_cast<std::uint32_t>(mesh.positions_m.size()));
      mesh.positions_m.push_back(c + glm::vec3(extent(random), extent(random), extent(random)));
    }
  }
  return mesh;
}

// The tree must agree with asking every triangle by itself: one-triangle trees are the reference.
class BvhAgainstEveryTriangle : public testing::TestWithParam<std::size_t> {};

TEST_P(BvhAgainstEveryTriangle, RaysAndClosestPointsAgree) {
  Mesh mesh = make_soup(GetParam(), 7);
  order_triangles(mesh);
  const Bvh tree(mesh.positions_m, mesh.indices);
  std::vector<Bvh> singles;
  for (std::size_t t = 0; t < mesh.triangle_count(); ++t) {
    singles.emplace_back(mesh.positions_m, std::span(mesh.indices).subspan(3 * t, 3));
  }
  std::mt19937 random(11);
  std::uniform_real_distribution<float> place(-1.5f, 1.5f);
  for (int i = 0; i < 200; ++i) {
    const glm::vec3 origin(place(random), place(random), place(random));
    const Ray ray{origin, glm::normalize(glm::vec3(place(random), place(random), place(random)))};
    float nearest_hit = 1e9f;
    float nearest_point = 1e9f;
    std::size_t crossings = 0;
    for (const Bvh& single : singles) {
      if (const auto hit = single.find_hit(ray, 10.0f)) {
        nearest_hit = std::min(nearest_hit, hit->distance_m);
        ++crossings;
      }
      nearest_point = std::min(nearest_point, single.find_closest(origin, 10.0f)->distance_m);
    }
    const auto hit = tree.find_hit(ray, 10.0f);
    ASSERT_EQ(hit.has_value(), crossings > 0);
    if (hit) {
      EXPECT_FLOAT_EQ(hit->distance_m, nearest_hit);
    }
    std::vector<RayHit> all;
    tree.find_all_hits(ray, 10.0f, all);
    EXPECT_EQ(all.size(), crossings);
    EXPECT_FLOAT_EQ(tree.find_closest(origin, 10.0f)->distance_m, nearest_point);
  }
}

INSTANTIATE_TEST_SUITE_P(Sizes, BvhAgainstEveryTriangle, testing::Values(1, 3, 4, 5, 17, 64, 333));

TEST(Bvh, EmptyMeshHasNoHits) {
  const Bvh tree(std::span<const glm::vec3>{}, std::span<const std::uint32_t>{});
  EXPECT_FALSE(tree.find_hit({}, 1.0f));
  EXPECT_FALSE(tree.find_closest(glm::vec3(0.0f), 1.0f));
}

TEST(Bvh, OrderIsAPermutation) {
  const Mesh mesh = make_soup(101, 3);
  auto order = find_bvh_order(mesh.positions_m, mesh.indices);
  std::sort(order.begin(), order.end());
  for (std::uint32_t i = 0; i < order.size(); ++i) EXPECT_EQ(order[i], i);
}

}  // namespace
}  // namespace geom

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <tuple>

#include "anatomy/body.h"
#include "support/phantom_body.h"

namespace anatomy {
namespace {

std::vector<geom::Ray> make_rays(int count) {
  std::mt19937 random(17);
  std::uniform_real_distribution<float> place(-0.6f, 0.6f);
  std::vector<geom::Ray> rays;
  for (int i = 0; i < count; ++i) {
    const glm::vec3 origin(place(random), 1.2f + place(random), place(random));
    const glm::vec3 towards(0.2f * place(random), 1.2f + 0.3f * place(random), 0.0f);
    rays.push_back({origin, glm::normalize(towards - origin)});
  }
  return rays;
}

// The nearest structure is the first of all crossings, whatever short cuts either query takes.
TEST(BodyIndex, NearestStructureIsTheFirstOfAllCrossings) {
  const auto index = test_support::make_phantom();
  std::vector<BodyIndex::Hit> all;
  int hits = 0;
  for (const geom::Ray& ray : make_rays(2000)) {
    const auto nearest = index->find_structure_hit(ray, 2.0f);
    index->find_all_hits(ray, 2.0f, all);
    ASSERT_EQ(nearest.has_value(), !all.empty());
    if (!nearest) continue;
    ++hits;
    EXPECT_FLOAT_EQ(nearest->ray.distance_m, all.front().ray.distance_m);
    for (std::size_t i = 1; i < all.size(); ++i) {
      EXPECT_LE(all[i - 1].ray.distance_m, all[i].ray.distance_m);
    }
  }
  EXPECT_GT(hits, 500);
}

// The reference asks every usable structure by itself, without the tree over their parts.
TEST(BodyIndex, AllCrossingsAreThoseOfEveryStructureByItself) {
  const auto index = test_support::make_phantom();
  const Body& body = index->body();
  std::vector<geom::Bvh> alone;
  for (const Structure& s : body.structures) {
    const MeshRange range = s.usable ? s.lods[0] : MeshRange{};
    alone.emplace_back(
        body.lods[0].positions_m,
        std::span(body.lods[0].indices).subspan(range.first_index, range.index_count));
  }
  std::vector<BodyIndex::Hit> all;
  std::vector<geom::RayHit> crossings;
  std::size_t total = 0;
  for (const geom::Ray& ray : make_rays(1000)) {
    std::vector<std::tuple<float, StructureIndex, std::uint32_t>> expected;
    for (std::size_t i = 0; i < alone.size(); ++i) {
      crossings.clear();
      alone[i].find_all_hits(ray, 0.7f, crossings);
      for (const geom::RayHit& c : crossings) {
        expected.emplace_back(c.distance_m, static_cast<StructureIndex>(i), c.triangle);
      }
    }
    std::sort(expected.begin(), expected.end());
    index->find_all_hits(ray, 0.7f, all);
    ASSERT_EQ(all.size(), expected.size());
    for (std::size_t i = 0; i < all.size(); ++i) {
      EXPECT_EQ(std::tuple(all[i].ray.distance_m, all[i].structure, all[i].ray.triangle),
                expected[i]);
    }
    total += all.size();
  }
  EXPECT_GT(total, 1000u);
}

// A ray that ends behind the first bone is the whole ray cut off there: exactly, not roughly.
TEST(BodyIndex, TheWayDownToABoneIsTheWholeWayCutOff) {
  const auto index = test_support::make_phantom();
  const Body& body = index->body();
  std::vector<std::uint8_t> stops(body.structures.size(), 0);
  for (std::size_t i = 0; i < stops.size(); ++i) stops[i] = body.structures[i].kind == Kind::kBone;
  constexpr float kBelow = 0.01f;
  std::vector<BodyIndex::Hit> all;
  std::vector<BodyIndex::Hit> down;
  int stopped = 0;
  for (const geom::Ray& ray : make_rays(1000)) {
    index->find_all_hits(ray, 0.8f, all);
    const auto bone = std::find_if(all.begin(), all.end(),
                                   [&](const auto& hit) { return stops[hit.structure] != 0; });
    const auto stop = index->find_hits_down_to(ray, 0.8f, stops, kBelow, down);
    ASSERT_EQ(stop.has_value(), bone != all.end());
    if (stop) {
      ++stopped;
      EXPECT_EQ(*stop, bone->ray.distance_m);
      const float end = *stop + kBelow;
      std::erase_if(all, [end](const auto& hit) { return hit.ray.distance_m > end; });
    }
    ASSERT_EQ(down.size(), all.size());
    for (std::size_t i = 0; i < all.size(); ++i) {
      EXPECT_EQ(down[i].structure, all[i].structure);
      EXPECT_EQ(down[i].ray.distance_m, all[i].ray.distance_m);
    }
  }
  EXPECT_GT(stopped, 50);
}

TEST(BodyIndex, OnlyPickableStructuresAreFound) {
  const auto index = test_support::make_phantom();
  const Body& body = index->body();
  std::vector<BodyIndex::Hit> all;
  for (const geom::Ray& ray : make_rays(200)) {
    index->find_all_hits(ray, 2.0f, all);
    for (const Kind kind : {Kind::kMuscle, Kind::kBone}) {
      std::vector<std::uint8_t> pickable(body.structures.size(), 0);
      for (std::size_t i = 0; i < pickable.size(); ++i) {
        pickable[i] = body.structures[i].kind == kind ? 1 : 0;
      }
      const auto hit = index->find_structure_hit(ray, 2.0f, pickable);
      const auto expected = std::find_if(all.begin(), all.end(), [&](const BodyIndex::Hit& h) {
        return body.structures[h.structure].kind == kind;
      });
      ASSERT_EQ(hit.has_value(), expected != all.end());
      if (hit) {
        EXPECT_EQ(body.structures[hit->structure].kind, kind);
        EXPECT_FLOAT_EQ(hit->ray.distance_m, expected->ray.distance_m);
      }
    }
  }
}

TEST(BodyIndex, NothingLiesBeyondTheRaysEnd) {
  const auto index = test_support::make_phantom();
  EXPECT_FALSE(index->find_structure_hit({{0.0f, 1.2f, -1.0f}, {0.0f, 0.0f, 1.0f}}, 0.2f));
  EXPECT_TRUE(index->find_structure_hit({{0.0f, 1.2f, -1.0f}, {0.0f, 0.0f, 1.0f}}, 2.0f));
}

}  // namespace
}  // namespace anatomy

#include "support/phantom_body.h"

#include <gtest/gtest.h>

namespace test_support {
namespace {

TEST(PhantomBody, EveryMeshIsWatertightAndOutward) {
  const auto body = make_phantom_body();
  ASSERT_GE(body->structures.size(), 18u);
  for (const anatomy::Structure& structure : body->structures) {
    for (int l = 0; l < anatomy::kLodCount; ++l) {
      const anatomy::MeshRange& range = structure.lods[l];
      geom::Mesh mesh;
      mesh.positions_m = body->lods[l].positions_m;
      mesh.indices.assign(body->lods[l].indices.begin() + range.first_index,
                          body->lods[l].indices.begin() + range.first_index + range.index_count);
      EXPECT_TRUE(geom::find_topology(mesh).watertight()) << structure.id << " level " << l;
      EXPECT_GT(geom::signed_volume_m3(mesh), 0.0f) << structure.id << " level " << l;
    }
  }
  EXPECT_TRUE(geom::find_topology(body->contact_surface).watertight());
  EXPECT_GT(geom::signed_volume_m3(body->contact_surface), 0.0f);
}

TEST(PhantomBody, ARayInwardMeetsTheLayersAtTheirDepths) {
  const PhantomSpec spec;
  const auto index = make_phantom(spec);
  const float theta = 0.3f;
  const glm::vec3 normal = phantom_skin_normal(spec, theta);
  const glm::vec3 skin = phantom_skin_point(spec, theta, 1.351f);
  std::vector<anatomy::BodyIndex::Hit> hits;
  index->find_all_hits({skin + 0.02f * normal, -normal}, 0.08f, hits);
  struct Expected {
    const char* id;
    float depth_m;
  };
  const Expected expected[] = {{"skin", 0.0f},
                               {"trapezius_transverse_left", .008f},
                               {"trapezius_transverse_left", .013f},
                               {"rhomboid_major_left", .014f},
                               {"rhomboid_major_left", .019f},
                               {"longissimus_thoracis_left", .020f},
                               {"longissimus_thoracis_left", .035f},
                               {"thoracic_vertebra_7", .040f}};
  ASSERT_EQ(hits.size(), std::size(expected));
  for (std::size_t i = 0; i < hits.size(); ++i) {
    EXPECT_EQ(index->body().structures[hits[i].structure].id, expected[i].id);
    EXPECT_NEAR(hits[i].ray.distance_m - 0.02f, expected[i].depth_m, 2e-4f);
  }
}

}  // namespace
}  // namespace test_support

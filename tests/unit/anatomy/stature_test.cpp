// Taller and shorter bodies: lengths grow with the stature, breadths less, a head hardly; what is
// closed stays closed, what is inside stays inside, and everything that has a place goes along.
#include "anatomy/stature.h"

#include <gtest/gtest.h>

#include <cmath>
#include <glm/geometric.hpp>

#include "anatomy/figure.h"
#include "geom/mesh.h"
#include "support/phantom_body.h"

namespace anatomy {
namespace {

TEST(Stature, IsReachedAndLengthsGrowMoreThanBreadths) {
  const auto phantom = test_support::make_phantom_body();
  const float own = find_stature_m(*phantom);
  for (const float share : {0.85f, 1.0f, 1.2f}) {
    Body body = *phantom;
    scale_to_stature(body, share * own);
    EXPECT_NEAR(find_stature_m(body), share * own, 1e-4f);
    // The barrel is as wide at the top, where a head would be, as below.
    const auto& was = phantom->contact_surface.positions_m;
    const auto& is = body.contact_surface.positions_m;
    for (std::size_t v = 0; v < was.size(); v += 11) {
      const float power = was[v].y < 0.83f * own ? 0.6f : was[v].y > 0.89f * own ? 0.3f : 0.0f;
      if (power > 0.0f) {
        EXPECT_NEAR(is[v].x, std::pow(share, power) * was[v].x, 1e-5f);
      }
      if (power == 0.6f) {
        EXPECT_GE(std::abs(is[v].y / was[v].y - 1.0f), std::abs(share - 1.0f) - 1e-5f);
      }
    }
  }
}

TEST(Stature, TheOwnOneChangesNothing) {
  const auto phantom = test_support::make_phantom_body();
  Body body = *phantom;
  scale_to_stature(body, find_stature_m(*phantom));
  for (std::size_t v = 0; v < body.lods[0].positions_m.size(); ++v) {
    EXPECT_LT(glm::distance(body.lods[0].positions_m[v], phantom->lods[0].positions_m[v]), 1e-6f);
  }
}

TEST(Stature, NormalsSegmentsLandmarksAndBoxesGoAlong) {
  const auto phantom = test_support::make_phantom_body();
  Body body = *phantom;
  scale_to_stature(body, 1.15f * find_stature_m(*phantom));
  const auto smooth =
      geom::smooth_normals(body.contact_surface.positions_m, body.contact_surface.indices);
  for (std::size_t v = 0; v < smooth.size(); v += 7) {
    EXPECT_NEAR(glm::length(body.contact_surface.normals[v]), 1.0f, 1e-4f);
    EXPECT_GT(glm::dot(smooth[v], body.contact_surface.normals[v]), 0.95f);
  }
  for (const Structure& structure : body.structures) {
    const MeshRange& range = structure.lods[0];
    for (std::uint32_t v = 0; v < range.vertex_count; ++v) {
      const glm::vec3 p = body.lods[0].positions_m[range.first_vertex + v];
      const glm::vec3 gap = glm::max(structure.bounds_m.min - p, p - structure.bounds_m.max);
      EXPECT_LT(std::max({gap.x, gap.y, gap.z}), 1e-4f) << structure.id;
    }
  }
  for (std::size_t k = 0; k < body.segments.size(); ++k) {
    const Segment& was = phantom->segments[k];
    const Segment& is = body.segments[k];
    EXPECT_GT(is.centre_m.y, was.centre_m.y);
    EXPECT_NEAR(glm::length(is.fibre), 1.0f, 1e-4f);
    EXPECT_GT(is.length_m, was.length_m);
    EXPECT_LT(is.length_m, 1.2f * was.length_m);
  }
  for (std::size_t k = 0; k < body.landmarks.size(); ++k) {
    EXPECT_GT(body.landmarks[k].position_m.y, phantom->landmarks[k].position_m.y);
  }
}

TEST(Figure, HasANameThatIsReadBack) {
  for (const Sex sex : kSexes) {
    for (const Build build : kBuilds) {
      for (const float stature : {0.0f, 1.50f, 1.78f}) {
        const Figure figure{sex, build, stature};
        const auto read = parse_body_name(body_name(figure));
        ASSERT_TRUE(read) << body_name(figure);
        EXPECT_EQ(read->sex, sex);
        EXPECT_EQ(read->build, build);
        EXPECT_NEAR(read->stature_m, stature, 1e-4f);
      }
    }
  }
  EXPECT_EQ(body_name({}), "builtin");
  EXPECT_EQ(body_name({Sex::kFemale, Build::kHeavy, 1.78f}), "builtin_female_heavy_178cm");
  for (const char* other :
       {"", "built", "builtin.pack", "builtin_female", "builtin_male_huge", "builtin_cm",
        "builtin_xcm", "builtin_female_heavy_1.7cm", "/tmp/builtin", "builtin_female_heavy_178"}) {
    EXPECT_FALSE(parse_body_name(other)) << other;
  }
}

}  // namespace
}  // namespace anatomy

// Laws of the shadow on the floor: it lies at the lowest of what is seen, is darkest where the body
// stands, ends softly within its rectangle, and is made again only when something else is seen.
#include "scene/ground_shadow.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "support/phantom_body.h"

namespace {

class GroundShadow : public ::testing::Test {
 protected:
  std::shared_ptr<const anatomy::Body> body_ = test_support::make_phantom_body();
  std::vector<std::uint8_t> all_ = std::vector<std::uint8_t>(body_->structures.size(), 1);
};

TEST_F(GroundShadow, LiesUnderTheLowest) {
  const draw::GroundShadow shadow = scene::make_ground_shadow(*body_, all_);
  float lowest = 1e9f;
  for (const glm::vec3 p : body_->lods[2].positions_m) lowest = std::min(lowest, p.y);
  EXPECT_FLOAT_EQ(shadow.floor_m, lowest);
  // Under the middle of the barrel; the picture of it is symmetric.
  const auto at = [&](float x, float z) {
    const int column = static_cast<int>((x - shadow.corner_m.x) / shadow.cell_m);
    const int row = static_cast<int>((z - shadow.corner_m.y) / shadow.cell_m);
    return int{shadow.cover.at(static_cast<std::size_t>(row * shadow.columns + column))};
  };
  const test_support::PhantomSpec spec;
  const int under = at(0.5f * spec.width_radius_m, 0.0f);
  const int beside = at(spec.width_radius_m + 0.10f, 0.0f);
  EXPECT_GT(under, 100);
  EXPECT_LT(beside, under / 2);
  EXPECT_NEAR(under, at(-0.5f * spec.width_radius_m, 0.0f), 12);
}

TEST_F(GroundShadow, EndsBeforeItsRim) {
  const draw::GroundShadow shadow = scene::make_ground_shadow(*body_, all_);
  ASSERT_EQ(shadow.cover.size(), static_cast<std::size_t>(shadow.columns * shadow.rows));
  for (int column = 0; column < shadow.columns; ++column) {
    EXPECT_EQ(shadow.cover[static_cast<std::size_t>(column)], 0);
    EXPECT_EQ(shadow.cover[static_cast<std::size_t>((shadow.rows - 1) * shadow.columns + column)],
              0);
  }
  for (int row = 0; row < shadow.rows; ++row) {
    EXPECT_EQ(shadow.cover[static_cast<std::size_t>(row * shadow.columns)], 0);
    EXPECT_EQ(shadow.cover[static_cast<std::size_t>((row + 1) * shadow.columns - 1)], 0);
  }
}

TEST_F(GroundShadow, NothingSeenCastsNothing) {
  EXPECT_TRUE(scene::make_ground_shadow(*body_, {}).cover.empty());
  std::fill(all_.begin(), all_.end(), std::uint8_t{0});
  EXPECT_TRUE(scene::make_ground_shadow(*body_, all_).cover.empty());
}

TEST_F(GroundShadow, GlassCastsLess) {
  const draw::GroundShadow whole = scene::make_ground_shadow(*body_, all_);
  std::fill(all_.begin(), all_.end(), std::uint8_t{2});
  const draw::GroundShadow glass = scene::make_ground_shadow(*body_, all_);
  const int dark = *std::max_element(whole.cover.begin(), whole.cover.end());
  const int faint = *std::max_element(glass.cover.begin(), glass.cover.end());
  EXPECT_GT(faint, 20);
  EXPECT_LT(faint, 2 * dark / 3);
}

TEST_F(GroundShadow, IsMadeAgainWhenSomethingElseIsSeen) {
  scene::GroundShadowMaker maker;
  draw::GroundShadow shadow;
  std::vector<draw::StructureStyle> styles(body_->structures.size());
  maker.update(*body_, styles, true, shadow);
  const auto first = shadow.version;
  const auto* memory = shadow.cover.data();
  maker.update(*body_, styles, true, shadow);
  EXPECT_EQ(shadow.version, first);
  EXPECT_EQ(shadow.cover.data(), memory) << "nothing was made anew";
  for (std::size_t i = 0; i < styles.size(); ++i) {
    if (body_->structures[i].kind != anatomy::Kind::kBone) styles[i].opacity = 0.0f;
  }
  maker.update(*body_, styles, true, shadow);
  EXPECT_NE(shadow.version, first);
  maker.update(*body_, styles, false, shadow);
  EXPECT_TRUE(shadow.cover.empty()) << "hangs in the air";
}

}  // namespace

// One ball on a stack: the published figures, and refusals in words.
#include "sim/press.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace {

using sim::press_stack;
using sim::PressLayer;

// Case 7 of science.md: E 32 kPa, H 35 mm, R 30 mm.
TEST(Press, FollowsTheForceTable) {
  const std::vector<PressLayer> stack = {{"tissue", 0.035f, 32e3f / 3.0f}};
  const struct {
    float force_n, dent_mm, mean_kpa;
  } rows[] = {
      {20.0f, 6.4f, 24.0f}, {50.0f, 8.6f, 43.0f}, {100.0f, 10.1f, 70.0f}, {200.0f, 11.5f, 120.0f}};
  for (const auto& row : rows) {
    const auto press = press_stack(stack, 0.060f, row.force_n);
    ASSERT_TRUE(press);
    EXPECT_NEAR(press->indentation_m * 1e3f, row.dent_mm, 0.02f * row.dent_mm) << row.force_n;
    EXPECT_NEAR(press->mean_pa * 1e-3f, row.mean_kpa, 0.02f * row.mean_kpa) << row.force_n;
    EXPECT_NEAR(press->peak_pa, 1.5f * press->mean_pa, 1e-3f * press->peak_pa);
  }
}

// A layer split in two is the same layer; layers in series share their compliance.
TEST(Press, KnowsNoSeamInsideALayer) {
  const auto whole = press_stack({{"a", 0.01f, 10e3f}, {"b", 0.02f, 20e3f}}, 0.063f, 80.0f);
  const auto split =
      press_stack({{"a", 0.004f, 10e3f}, {"a", 0.006f, 10e3f}, {"b", 0.02f, 20e3f}}, 0.063f, 80.0f);
  ASSERT_TRUE(whole && split);
  EXPECT_NEAR(whole->indentation_m, split->indentation_m, 1e-6f);
  EXPECT_NEAR(whole->layers[0].bottom_pa, split->layers[1].bottom_pa, 1.0f);
  EXPECT_NEAR(whole->layers[1].middle_pa, split->layers[2].middle_pa, 1.0f);
}

TEST(Press, NoForceNoPressure) {
  const auto press = press_stack({{"a", 0.01f, 10e3f}}, 0.063f, 0.0f);
  ASSERT_TRUE(press);
  EXPECT_EQ(press->indentation_m, 0.0f);
  EXPECT_EQ(press->mean_pa, 0.0f);
  EXPECT_EQ(press->layers[0].bottom_pa, 0.0f);
}

TEST(Press, RefusesWhatHasNoMeaning) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  EXPECT_FALSE(press_stack({}, 0.06f, 10.0f));
  EXPECT_FALSE(press_stack({{"a", 0.01f, 1e4f}}, 0.0f, 10.0f));
  EXPECT_FALSE(press_stack({{"a", 0.01f, 1e4f}}, nan, 10.0f));
  EXPECT_FALSE(press_stack({{"a", 0.01f, 1e4f}}, 0.06f, -1.0f));
  EXPECT_FALSE(press_stack({{"a", 0.01f, 1e4f}}, 0.06f, nan));
  const auto thin = press_stack({{"a", 0.01f, 1e4f}, {"fat", 0.0f, 1e4f}}, 0.06f, 10.0f);
  ASSERT_FALSE(thin);
  EXPECT_NE(thin.error().message.find("'fat'"), std::string::npos);
  EXPECT_FALSE(press_stack({{"a", 0.01f, -1e4f}}, 0.06f, 10.0f));
}

}  // namespace

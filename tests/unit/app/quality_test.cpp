// Which quality a machine gets: by measured frames only, down at once, up when there is room.
#include "app/quality.h"

#include <gtest/gtest.h>

namespace {

using app::Quality;
using app::QualityChooser;

void take(QualityChooser& chooser, float ms, int frames) {
  for (int i = 0; i < frames; ++i) chooser.take_frame(ms);
}

TEST(Quality, InnerResolutionIsNeverUnderHalf) {
  for (const Quality quality : ui::kQualities) {
    EXPECT_GE(app::cost_moving(quality).resolution_scale, 0.5f);
    EXPECT_EQ(app::cost_still(quality).resolution_scale, 1.0f) << "a still is whole";
    EXPECT_TRUE(app::cost_still(quality).occlusion);
  }
}

TEST(Quality, NoTierIsCheaperThanTheOneBelow) {
  for (std::size_t i = 1; i < ui::kQualities.size(); ++i) {
    const auto below = app::cost_moving(ui::kQualities[i - 1]);
    const auto above = app::cost_moving(ui::kQualities[i]);
    EXPECT_LE(above.lod, below.lod);
    EXPECT_GE(above.resolution_scale, below.resolution_scale);
    EXPECT_GE(above.samples, below.samples);
    EXPECT_GE(above.occlusion, below.occlusion);
  }
}

TEST(Quality, AFastMachineClimbsToTheTop) {
  QualityChooser chooser(Quality::kLow);
  take(chooser, 5.0f, 3 * QualityChooser::kFastFrames);
  EXPECT_EQ(chooser.quality(), Quality::kBest);
}

TEST(Quality, ASlowOneStaysAtTheBottom) {
  QualityChooser chooser(Quality::kLow);
  take(chooser, 70.0f, 100);
  EXPECT_EQ(chooser.quality(), Quality::kLow);
}

TEST(Quality, OneSlowFrameIsForgiven) {
  QualityChooser chooser(Quality::kHigh);
  chooser.take_frame(200.0f);
  take(chooser, 20.0f, 10);
  EXPECT_EQ(chooser.quality(), Quality::kHigh);
  take(chooser, 60.0f, QualityChooser::kSlowFrames);
  EXPECT_EQ(chooser.quality(), Quality::kMedium);
}

// Fast in one tier, too slow in the next: it settles instead of swinging.
TEST(Quality, SettlesBetweenTwoTiers) {
  QualityChooser chooser(Quality::kLow);
  int changes = 0;
  Quality before = chooser.quality();
  for (int i = 0; i < 2000; ++i) {
    chooser.take_frame(chooser.quality() >= Quality::kHigh ? 55.0f : 12.0f);
    changes += chooser.quality() != before;
    before = chooser.quality();
  }
  EXPECT_EQ(chooser.quality(), Quality::kMedium);
  EXPECT_LE(changes, 3);
}

TEST(Quality, KeepsItsName) {
  for (const Quality quality : ui::kQualities)
    EXPECT_EQ(ui::quality_from_string(ui::to_string(quality)), quality);
  EXPECT_FALSE(ui::quality_from_string("ultra"));
}

}  // namespace

// What a head that is bent forward asks of the neck: the figures of science.md section 4, and the
// measured range.
#include "guide/head_tilt.h"

#include <gtest/gtest.h>

#include <limits>

#include "guide/doorway_sketch.h"

namespace guide {
namespace {

TEST(HeadTilt, LoadsAreThoseOfTheDesign) {
  const std::pair<float, float> figures[] = {{30, 3.4f}, {45, 4.3f}, {60, 4.8f}};
  for (const auto& [degrees, times] : figures)
    EXPECT_NEAR(head_load(base::from_degrees(degrees)), times, 0.07f) << degrees;
  EXPECT_FLOAT_EQ(head_load(base::Radians{}), 1.0f);
  EXPECT_NEAR(head_moment_nm(base::Radians{}), 4.6f * 9.80665f * 0.03f, 1e-3f);
}

// Vasavada 2015: three to five times between 30 and 60 degrees.
TEST(HeadTilt, LoadsLieInTheMeasuredRangeAndGrowWithTheAngle) {
  float before = 0.9f;
  for (int degrees = 0; degrees <= 60; degrees += 5) {
    const float load = head_load(base::from_degrees(static_cast<float>(degrees)));
    EXPECT_GT(load, before);
    before = load;
    if (degrees < 30) continue;
    EXPECT_GE(load, 3.0f);
    EXPECT_LE(load, 5.0f);
  }
  // Nobody bends further, nor backwards.
  EXPECT_EQ(head_load(base::from_degrees(170.0f)), head_load(kMostTilt));
  EXPECT_EQ(head_load(base::from_degrees(-30.0f)), 1.0f);
}

TEST(HeadTilt, ThePictureBendsTheHeadAndLeavesTheTrunk) {
  const auto front = [](float degrees) {
    const Sketch sketch = make_head_sketch(base::from_degrees(degrees));
    float x = -1.0f, low = 1.0f;
    for (const SketchShape& shape : sketch.shapes) {
      if (shape.ink != Ink::kPerson) continue;
      for (const glm::vec2 p : shape.points) {
        x = std::max(x, p.x);
        low = std::min(low, p.y);
        EXPECT_GE(p.x, sketch.low.x);
        EXPECT_LE(p.x, sketch.high.x);
        EXPECT_GE(p.y, sketch.low.y);
        EXPECT_LE(p.y, sketch.high.y);
      }
    }
    return std::pair(x, low);
  };
  EXPECT_GT(front(60.0f).first, front(0.0f).first + 0.06f);
  EXPECT_NEAR(front(60.0f).second, front(0.0f).second, 1e-4f);
}

}  // namespace
}  // namespace guide

#include <gtest/gtest.h>

#include <atomic>
#include <type_traits>
#include <vector>

#include "base/fmath.h"
#include "base/frames.h"
#include "base/hash.h"
#include "base/parallel.h"
#include "base/progress.h"
#include "base/quantity.h"

namespace base {
namespace {

TEST(Quantity, DimensionsMultiplyAndDivide) {
  const Newtons force{60.0f};
  const SquareMetres area{0.002f};
  static_assert(std::is_same_v<decltype(force / area), Pascals>);
  EXPECT_FLOAT_EQ((force / area).value, 30000.0f);
  static_assert(std::is_same_v<decltype(Metres{2.0f} * Metres{3.0f}), SquareMetres>);
  static_assert(sizeof(Newtons) == 4);
  static_assert(!std::is_convertible_v<float, Newtons>);
}

TEST(Quantity, DegreesAndRadiansAreInverse) {
  EXPECT_FLOAT_EQ(from_degrees(180.0f).value, kPi);
  EXPECT_FLOAT_EQ(to_degrees(from_degrees(-37.5f)), -37.5f);
}

TEST(Frames, BodyPartsFrameIsARigidMove) {
  // x left stays x left, z up becomes y up, y posterior becomes -z.
  const glm::vec3 origin = from_bodyparts3d_mm({-0.8f, 0.0f, 0.0f});
  EXPECT_NEAR(origin.x, 0.0f, 1e-9f);
  EXPECT_NEAR(from_bodyparts3d_mm({-0.8f, 0.0f, 1000.0f}).y, 1.0f, 1e-6f);
  EXPECT_NEAR(from_bodyparts3d_mm({-0.8f, 1000.0f, 0.0f}).z, -1.0f, 1e-6f);
}

TEST(Relax, IsExactForAConstantTargetWhateverTheStep) {
  float whole = relax(1.0f, 0.2f, 3.0f, 6.0f);
  float parts = 1.0f;
  for (int i = 0; i < 300; ++i) parts = relax(parts, 0.2f, 0.01f, 6.0f);
  EXPECT_NEAR(parts, whole, 1e-5f);
  EXPECT_NEAR(relax(1.0f, 0.2f, 1e6f, 6.0f), 0.2f, 1e-6f);
}

TEST(Hash, DependsOnOrderAndContent) {
  Hash ab, ba;
  ab.add(1);
  ab.add(2);
  ba.add(2);
  ba.add(1);
  EXPECT_NE(ab.value(), ba.value());
  Hash again;
  again.add(1);
  again.add(2);
  EXPECT_EQ(ab.value(), again.value());
}

TEST(ParallelFor, VisitsEveryIndexOnce) {
  std::vector<std::atomic<int>> visits(1000);
  parallel_for(visits.size(), [&](std::size_t i) { ++visits[i]; });
  for (const auto& count : visits) EXPECT_EQ(count.load(), 1);
  parallel_for(0, [](std::size_t) { FAIL(); });
}

TEST(Progress, CancelIsSeen) {
  Progress progress;
  EXPECT_FALSE(progress.cancelled());
  progress.report(0.5f);
  progress.cancel();
  EXPECT_TRUE(progress.cancelled());
  EXPECT_FLOAT_EQ(progress.fraction(), 0.5f);
}

}  // namespace
}  // namespace base

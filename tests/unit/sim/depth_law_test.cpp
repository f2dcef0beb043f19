#include "sim/depth_law.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

namespace sim {
namespace {

// science.md section 5, case 2.
TEST(HuberField, HasTheClosedValues) {
  EXPECT_NEAR(huber_ratio(0.0f, 0.5f, 1.0f), 0.8000f, 1e-4f);
  EXPECT_NEAR(huber_ratio(0.0f, 1.0f, 1.0f), 0.5000f, 1e-4f);
  EXPECT_NEAR(huber_ratio(0.0f, 2.0f, 1.0f), 0.2000f, 1e-4f);
  EXPECT_NEAR(huber_ratio(0.5f, 0.5f, 1.0f), 0.6509f, 1e-4f);
  EXPECT_NEAR(huber_ratio(1.0f, 0.5f, 1.0f), 0.2366f, 1e-4f);
  EXPECT_NEAR(huber_ratio(1.0f, 1.0f, 1.0f), 0.2173f, 1e-4f);
  EXPECT_NEAR(huber_ratio(2.0f, 1.0f, 1.0f), 0.0256f, 1e-4f);
  // At the surface: the Hertz pressure, nothing outside.
  EXPECT_NEAR(huber_ratio(0.6f, 0.0f, 1.0f), 0.8f, 1e-4f);
  EXPECT_EQ(huber_ratio(1.1f, 0.0f, 1.0f), 0.0f);
  // In metres as well as in units of a.
  EXPECT_NEAR(huber_ratio(0.016f, 0.016f, 0.016f), 0.2173f, 1e-4f);
}

// Every plane carries the whole force: integral of sigma_z = F = 2/3 pi a^2 p0.
TEST(HuberField, EveryPlaneCarriesTheForce) {
  const double a = 1.0;
  const double force = 2.0 / 3.0 * M_PI * a * a;
  for (const float z : {0.1f, 0.5f, 1.0f, 2.0f, 4.0f}) {
    double sum = 0.0;
    const double step = 0.005;
    for (double r = 0.5 * step; r < 120.0; r += step) {
      sum += 2.0 * M_PI * r * step * huber_ratio(static_cast<float>(r), z, 1.0f);
    }
    EXPECT_NEAR(sum / force, 1.0, 0.005) << "z = " << z;
  }
}

struct StackPoint {
  const char* where;
  float depth_mm;
  float ratio;
};

// Case 4: exact layered solutions, contact radius 15 mm: 0.10 p0 each, RMS 0.03.
TEST(DepthLaw, FollowsTheExactLayeredSolutions) {
  struct Case {
    const char* name;
    float thickness_mm;
    std::vector<StackPoint> points;
  };
  const std::vector<Case> cases = {
      {"upper trapezius",
       35.0f,
       {{"fat bottom", 8.0f, .872f},
        {"trapezius mid", 14.0f, .627f},
        {"deep mid", 27.5f, .337f},
        {"bone", 35.0f, .251f}}},
      {"lumbar",
       44.0f,
       {{"fat mid", 7.5f, .911f}, {"erector mid", 29.0f, .317f}, {"bone", 44.0f, .193f}}},
      {"interscapular",
       22.0f,
       {{"trapezius mid", 9.5f, .852f},
        {"rhomboid mid", 15.0f, .685f},
        {"serratus mid", 20.0f, .561f},
        {"bone", 22.0f, .498f}}},
      {"chest",
       32.0f,
       {{"major mid", 20.0f, .477f}, {"minor mid", 29.0f, .340f}, {"rib", 32.0f, .293f}}},
  };
  double squares = 0.0;
  int count = 0;
  for (const Case& c : cases) {
    const DepthLaw law{0.015f, c.thickness_mm * 1e-3f, 1.0f};
    for (const StackPoint& point : c.points) {
      const float ratio = law.stress_pa(0.0f, point.depth_mm * 1e-3f);
      EXPECT_NEAR(ratio, point.ratio, 0.10f) << c.name << ", " << point.where;
      squares += (ratio - point.ratio) * (ratio - point.ratio);
      ++count;
    }
  }
  EXPECT_LT(std::sqrt(squares / count), 0.03);
}

// In a stack not much thicker than the patch is wide the bone's reflection may lift the stress
// above p0, by its factor of a quarter at most; in thicker ones it falls all the way.
TEST(DepthLaw, FallsWithDepth) {
  for (const float a : {0.008f, 0.015f, 0.022f}) {
    for (const float thickness : {0.005f, 0.02f, 0.05f, 0.10f}) {
      const DepthLaw law{a, thickness, 60e3f};
      EXPECT_NEAR(law.stress_pa(0.0f, 0.0f), 60e3f, 1.0f);
      float last = 60e3f;
      for (int i = 1; i <= 50; ++i) {
        const float now = law.stress_pa(0.0f, thickness * static_cast<float>(i) / 50.0f);
        EXPECT_LE(now, 1.25f * 60e3f);
        if (thickness >= 3.0f * a) {
          EXPECT_LE(now, last * 1.0001f) << a << " " << thickness;
        }
        EXPECT_GT(now, 0.0f);
        last = now;
      }
      EXPECT_EQ(law.stress_pa(0.0f, 2.0f * thickness), law.stress_pa(0.0f, thickness));
    }
  }
  EXPECT_EQ(DepthLaw{}.stress_pa(0.0f, 0.01f), 0.0f);
}

// reach_m is a promise: nothing above the threshold lies outside.
TEST(DepthLaw, ReachHoldsEverythingAboveTheThreshold) {
  for (const float a : {0.008f, 0.015f, 0.022f}) {
    for (const float thickness : {0.01f, 0.03f, 0.06f, 0.10f}) {
      for (const float peak : {2e3f, 20e3f, 100e3f}) {
        const DepthLaw law{a, thickness, peak};
        const float reach = law.reach_m(500.0f, thickness);
        for (int i = 0; i <= 40; ++i) {
          const float z = thickness * static_cast<float>(i) / 40.0f;
          for (const float beyond : {1.0001f, 1.1f, 1.5f}) {
            EXPECT_LE(law.stress_pa(reach * beyond, z), 500.0f)
                << a << " " << thickness << " " << z;
          }
        }
      }
    }
  }
}

}  // namespace
}  // namespace sim

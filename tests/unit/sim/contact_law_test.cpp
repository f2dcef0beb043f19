#include "sim/contact_law.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "base/quantity.h"

namespace sim {
namespace {

constexpr float kInfinitelyThick = 1e6f;

// science.md section 5, case 1: closed solution of Hertz (1882).
TEST(ContactLaw, ThickTissueIsHertz) {
  const BallOnStack ball{0.030f, 0.030f, kInfinitelyThick};
  const float modulus = 50e3f;
  struct Case {
    float force_n, radius_m, indentation_m, peak_pa;
  };
  for (const Case& c : {Case{10.0f, 15.000e-3f, 7.500e-3f, 21.221e3f},
                        Case{50.0f, 25.650e-3f, 21.930e-3f, 36.287e3f}}) {
    const float d = find_indentation(ball, c.force_n / modulus);
    EXPECT_NEAR(d / c.indentation_m, 1.0f, 1e-4f);
    const float a = contact_radius(ball, d);
    EXPECT_NEAR(a / c.radius_m, 1.0f, 1e-4f);
    EXPECT_NEAR(peak_pressure(c.force_n, a) / c.peak_pa, 1.0f, 1e-4f);
  }
}

// Case 3: finite thickness against an exact solver. Locking is not part of that solution.
TEST(ContactLaw, ThinTissueIsStifferByTheExactFactor) {
  struct Case {
    float chi, factor;
  };
  for (const Case& c : {Case{.0962f, 1.1235f}, Case{.2674f, 1.4400f}, Case{.4172f, 1.8571f},
                        Case{.6201f, 2.6841f}, Case{.8724f, 4.1661f}}) {
    EXPECT_NEAR(thickness_factor(c.chi) / c.factor, 1.0f, 0.02f);
  }
}

// Case 7: the whole law, numbers to the printed digit.
TEST(ContactLaw, AStackOnBoneGivesThePublishedIndentations) {
  const BallOnStack ball{0.030f, 0.030f, 0.035f};
  const float modulus = 32e3f;
  struct Case {
    float force_n, indentation_mm, mean_kpa;
  };
  for (const Case& c : {Case{20.0f, 6.4f, 24.0f}, Case{50.0f, 8.6f, 43.0f},
                        Case{100.0f, 10.1f, 70.0f}, Case{200.0f, 11.5f, 120.0f}}) {
    const float d = find_indentation(ball, c.force_n / modulus);
    EXPECT_NEAR(1e3f * d / c.indentation_mm, 1.0f, 0.02f) << c.force_n;
    const float a = contact_radius(ball, d);
    const float mean = c.force_n / (base::kPi * a * a);
    EXPECT_NEAR(1e-3f * mean / c.mean_kpa, 1.0f, 0.02f) << c.force_n;
  }
  // ISO/TS 15066 back stiffness between 50 and 100 N: 25-50 N/mm.
  const float d50 = find_indentation(ball, 50.0f / modulus);
  const float d100 = find_indentation(ball, 100.0f / modulus);
  EXPECT_GT(0.050f / (d100 - d50), 25.0f);
  EXPECT_LT(0.050f / (d100 - d50), 50.0f);
}

TEST(ContactLaw, IsMonotoneSmoothAndInvertible) {
  std::mt19937 random(1);
  std::uniform_real_distribution<float> unit(0.0f, 1.0f);
  for (int i = 0; i < 3000; ++i) {
    BallOnStack ball;
    ball.radius_m = 0.01f + 0.06f * unit(random);
    ball.effective_radius_m = ball.radius_m * (0.3f + 2.0f * unit(random));
    ball.thickness_m = 0.004f + 0.096f * unit(random);
    const float deepest = kLockingFraction * ball.thickness_m;
    const float d = deepest * (0.001f + 0.98f * unit(random));
    const float step = 1e-3f * d;
    const float below = force_per_modulus(ball, d - step);
    const float above = force_per_modulus(ball, d + step);
    ASSERT_LT(below, above);
    const float slope = (above - below) / (2.0f * step);
    ASSERT_NEAR(stiffness_per_modulus(ball, d) / slope, 1.0f, 0.02f);
    const float found = find_indentation(ball, force_per_modulus(ball, d));
    ASSERT_NEAR(found / d, 1.0f, 1e-4f);
    // However hard it is pressed, the ball never reaches the bone.
    ASSERT_LT(find_indentation(ball, 1e9f), deepest);
  }
  const BallOnStack ball{0.03f, 0.03f, 0.04f};
  EXPECT_EQ(find_indentation(ball, 0.0f), 0.0f);
  EXPECT_EQ(force_per_modulus(ball, -0.01f), 0.0f);
  EXPECT_EQ(contact_radius(ball, 0.0f), 0.0f);
  EXPECT_EQ(peak_pressure(0.0f, 0.0f), 0.0f);
}

// Case 5: held at a fixed depth the force relaxes; under a fixed force the tissue creeps.
TEST(ViscousLaw, RelaxesAndCreepsAsMeasured) {
  const PronySeries bosboom{{0.549f, 0.0f}, {6.01f, 60.0f}};
  const BallOnStack ball{0.03f, 0.03f, kInfinitelyThick};
  for (const float dt : {1.0f / 30.0f, 1.0f / 240.0f}) {
    // Loaded at once, then held.
    ViscousMemory memory;
    const float load = force_per_modulus(ball, 0.008f);
    memory.load = load;
    memory.branch[0] = load;
    float force = 0.0f;
    const auto hold_until = [&](int from, int to) {
      for (int i = from; i < to; ++i) {
        const ViscousLaw law = viscous_law(bosboom, memory, dt);
        force = law.slope * load + law.offset;
        memory = advance_memory(bosboom, memory, load, dt);
      }
    };
    const int one_tau = static_cast<int>(std::lround(6.01f / dt));
    hold_until(0, one_tau);
    EXPECT_NEAR(force / load, 0.6530f, 1e-3f);
    hold_until(one_tau, 20 * one_tau);
    EXPECT_NEAR(force / load, 0.4510f, 1e-3f);

    // A fixed force: depth by Hertz goes with F^(2/3), so it creeps by (1/0.451)^(2/3) = 1.70.
    memory = {};
    float depth = 0.0f, first_depth = 0.0f;
    for (int i = 0; i < 40 * one_tau; ++i) {
      const ViscousLaw law = viscous_law(bosboom, memory, dt);
      depth = find_indentation(ball, (load - law.offset) / law.slope);
      if (i == 0) first_depth = depth;
      memory = advance_memory(bosboom, memory, force_per_modulus(ball, depth), dt);
    }
    EXPECT_NEAR(depth / 0.008f, 1.70f, 2e-3f);
    EXPECT_NEAR(first_depth / 0.008f, 1.0f, 5e-3f);
  }
}

// A closed load cycle never gives work back.
TEST(ViscousLaw, AClosedCycleLosesWork) {
  const PronySeries series;
  const BallOnStack ball{0.0315f, 0.028f, 0.04f};
  for (const float period : {0.2f, 1.0f, 5.0f, 30.0f, 200.0f}) {
    const int steps = 400;
    const float dt = period / steps;
    ViscousMemory memory;
    double work = 0.0;
    float last_force = 0.0f, last_depth = 0.0f;
    for (int i = 1; i <= steps; ++i) {
      const float phase = static_cast<float>(i) / steps;
      const float depth = 0.01f * (phase < 0.5f ? 2.0f * phase : 2.0f - 2.0f * phase);
      const float load = force_per_modulus(ball, depth);
      const ViscousLaw law = viscous_law(series, memory, dt);
      const float force = std::max(0.0f, law.slope * load + law.offset);
      memory = advance_memory(series, memory, load, dt);
      work += 0.5 * (force + last_force) * (depth - last_depth);
      last_force = force;
      last_depth = depth;
    }
    EXPECT_GT(work, 0.0) << period;
  }
}

// A strip of a cylinder against the exact solver of contact_law.h: the length of cylinder that
// carries what a ball does at the same dent, and the half width over which it touches, over
// sqrt(R* d). The widths are read from the solver's cells.
TEST(ContactLaw, AStripCarriesItsShareOfACylinder) {
  struct Case {
    float chi, length, half_width;
  };
  const float thickness = 0.04f;
  for (const Case& c :
       {Case{.2f, 1.992f, 1.050f}, Case{.3f, 1.666f, 1.167f}, Case{.42f, 1.405f, 1.306f},
        Case{.6f, 1.173f, 1.486f}, Case{.8f, 1.044f, 1.600f}}) {
    BallOnStack ball{1.0f, 0.1f, thickness};
    const float root = c.chi * thickness;
    const float d = root * root / ball.effective_radius_m;
    const float whole = force_per_modulus(ball, d);
    ball.strip_m = c.length * root;
    EXPECT_NEAR(force_per_modulus(ball, d) / whole, 1.0f, 0.03f) << c.chi;
    EXPECT_NEAR(strip_half_width(ball, d) / (c.half_width * root), 1.0f, 0.07f) << c.chi;
    // Strips add up: it does not matter how finely a roller is cut.
    BallOnStack half = ball;
    half.strip_m *= 0.5f;
    EXPECT_NEAR(2.0f * force_per_modulus(half, d) / force_per_modulus(ball, d), 1.0f, 1e-5f);
    EXPECT_NEAR(find_indentation(ball, force_per_modulus(ball, d)) / d, 1.0f, 1e-4f);
    const float step = 1e-3f * d;
    const float slope =
        (force_per_modulus(ball, d + step) - force_per_modulus(ball, d - step)) / (2.0f * step);
    EXPECT_NEAR(stiffness_per_modulus(ball, d) / slope, 1.0f, 2e-3f) << c.chi;
  }
}

// Case 6: an elastic foundation under a paraboloid of R = 30 mm, k = 2 MPa/m, d = 10 mm. Without
// bone near, the pressure is k w: F = pi k R d^2.
TEST(FoundationLaw, UnderAParaboloidIsTheIntegral) {
  const float k = 2e6f, radius = 0.030f, depth = 0.010f;
  // E/H = k with H so thick that locking plays no part.
  const float thickness = 1e3f;
  const float contact = std::sqrt(2.0f * radius * depth);
  EXPECT_NEAR(1e3f * contact, 24.49f, 0.01f);
  double paraboloid = 0.0, sphere = 0.0;
  const int rings = 4000;
  for (int i = 0; i < rings; ++i) {
    const float r = contact * (static_cast<float>(i) + 0.5f) / rings;
    const double ring = 2.0 * base::kPi * r * contact / rings;
    paraboloid +=
        ring * foundation_pressure(k * thickness, thickness, depth - r * r / (2.0f * radius));
    sphere += ring * foundation_pressure(k * thickness, thickness,
                                         depth - radius + std::sqrt(radius * radius - r * r));
  }
  EXPECT_NEAR(paraboloid, 18.85, 0.02);
  EXPECT_NEAR(sphere, 16.8, 0.05);
  EXPECT_EQ(foundation_pressure(30e3f, 0.04f, 0.0f), 0.0f);
}

}  // namespace
}  // namespace sim

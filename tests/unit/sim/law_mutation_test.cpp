// Proof that the checks of contact and depth can fail: the same check is run on the law and on laws
// that are wrong on purpose, some of them once proposed in earnest.
#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "base/quantity.h"
#include "sim/contact_law.h"
#include "sim/depth_law.h"

namespace sim {
namespace {

using ForceLaw = std::function<float(const BallOnStack&, float indentation_m)>;
using FactorLaw = std::function<float(float chi)>;
using RadiusLaw = std::function<float(const BallOnStack&, float indentation_m)>;
using FieldLaw = std::function<float(float r_m, float z_m, float a_m)>;
using StressLaw = std::function<float(float a_m, float thickness_m, float z_m)>;

bool near(double value, double expected, double share) {
  return std::abs(value - expected) <= share * std::abs(expected);
}

float depth_for(const ForceLaw& law, const BallOnStack& ball, float force_per_modulus) {
  float low = 0.0f, high = std::min(0.1f, 0.449f * ball.thickness_m);
  for (int i = 0; i < 80; ++i) {
    const float middle = 0.5f * (low + high);
    (law(ball, middle) > force_per_modulus ? high : low) = middle;
  }
  return low;
}

// Section 5, cases 1 and 7: indentation under a force.
bool force_law_holds(const ForceLaw& law) {
  const BallOnStack thick{0.030f, 0.030f, 1e6f}, stack{0.030f, 0.030f, 0.035f};
  bool holds = near(depth_for(law, thick, 10.0f / 50e3f), 7.500e-3, 1e-3) &&
               near(depth_for(law, thick, 50.0f / 50e3f), 21.930e-3, 1e-3);
  for (const auto& [force, mm] :
       {std::pair(20.0f, 6.4f), {50.0f, 8.6f}, {100.0f, 10.1f}, {200.0f, 11.5f}}) {
    holds = holds && near(1e3f * depth_for(law, stack, force / 32e3f), mm, 0.02);
  }
  return holds;
}

// The exact solver of a cylinder on a layer (contact_law.h): force of a strip over that of a ball.
bool strip_law_holds(const ForceLaw& law) {
  bool holds = true;
  for (const auto& [chi, length] : {std::pair(.42f, 1.405f), {.6f, 1.173f}, {.8f, 1.044f}}) {
    BallOnStack ball{1.0f, 0.1f, 0.04f};
    const float root = chi * ball.thickness_m;
    const float d = root * root / ball.effective_radius_m;
    const float whole = force_per_modulus(ball, d);
    ball.strip_m = 0.02f;
    holds = holds && near(law(ball, d), whole * 0.02f / (length * root), 0.03);
  }
  return holds;
}

// The same solver: half the width over which the strip touches, over sqrt(R* d).
bool strip_width_holds(const ForceLaw& law) {
  bool holds = true;
  for (const auto& [chi, half_width] : {std::pair(.2f, 1.050f), {.42f, 1.306f}, {.8f, 1.600f}}) {
    BallOnStack ball{1.0f, 0.1f, 0.04f};
    const float root = chi * ball.thickness_m;
    ball.strip_m = 0.02f;
    holds =
        holds && near(law(ball, root * root / ball.effective_radius_m), half_width * root, 0.07);
  }
  return holds;
}

// Case 3.
bool factor_law_holds(const FactorLaw& law) {
  bool holds = true;
  for (const auto& [chi, factor] : {std::pair(.0962f, 1.1235f),
                                    {.2674f, 1.4400f},
                                    {.4172f, 1.8571f},
                                    {.6201f, 2.6841f},
                                    {.8724f, 4.1661f}}) {
    holds = holds && near(law(chi), factor, 0.02);
  }
  return holds;
}

// Cases 1 and 7: mean pressure under a force.
bool radius_law_holds(const RadiusLaw& law) {
  const BallOnStack thick{0.030f, 0.030f, 1e6f}, stack{0.030f, 0.030f, 0.035f};
  bool holds =
      near(law(thick, 7.5e-3f), 15.000e-3, 1e-3) && near(law(thick, 21.93e-3f), 25.650e-3, 1e-3);
  for (const auto& [force, kpa] :
       {std::pair(20.0f, 24.0f), {50.0f, 43.0f}, {100.0f, 70.0f}, {200.0f, 120.0f}}) {
    const float a = law(stack, find_indentation(stack, force / 32e3f));
    holds = holds && near(1e-3 * force / (base::kPi * a * a), kpa, 0.02);
  }
  return holds;
}

// Case 2, with the plane's integral.
bool field_law_holds(const FieldLaw& law) {
  bool holds = near(law(0, .5f, 1), .8, 1e-4) && near(law(0, 1, 1), .5, 1e-4) &&
               near(law(.5f, .5f, 1), .6509, 2e-4) && near(law(1, .5f, 1), .2366, 4e-4) &&
               near(law(1, 1, 1), .2173, 4e-4) && near(law(2, 1, 1), .0256, 3e-3);
  double integral = 0.0;
  for (float r = 0.005f; r < 60.0f; r += 0.01f) {
    integral += 2.0 * base::kPi * r * 0.01 * law(r, 0.8f, 1.0f);
  }
  return holds && near(integral, 2.0 / 3.0 * base::kPi, 5e-3);
}

// Case 4: RMS .03, worst .10 of p0.
bool stress_law_holds(const StressLaw& law) {
  struct Point {
    float thickness_mm, depth_mm, ratio;
  };
  double squares = 0.0, worst = 0.0;
  int count = 0;
  for (const Point& point : {Point{35, 8, .872f},
                             {35, 14, .627f},
                             {35, 27.5f, .337f},
                             {35, 35, .251f},
                             {44, 7.5f, .911f},
                             {44, 29, .317f},
                             {44, 44, .193f},
                             {22, 9.5f, .852f},
                             {22, 15, .685f},
                             {22, 20, .561f},
                             {22, 22, .498f},
                             {32, 20, .477f},
                             {32, 29, .340f},
                             {32, 32, .293f}}) {
    const double off =
        law(0.015f, 1e-3f * point.thickness_mm, 1e-3f * point.depth_mm) - point.ratio;
    squares += off * off;
    worst = std::max(worst, std::abs(off));
    ++count;
  }
  return worst <= 0.10 && std::sqrt(squares / count) <= 0.03;
}

// Case 5 in the program's own series: what is left of the force after 6 s and in the end.
bool series_holds(const PronySeries& series) {
  ViscousMemory memory;
  memory.load = memory.branch[0] = memory.branch[1] = 1.0f;
  float force = 0.0f;
  const auto hold = [&](int ticks) {
    for (int i = 0; i < ticks; ++i) {
      const ViscousLaw law = viscous_law(series, memory, 0.1f);
      force = law.slope + law.offset;
      memory = advance_memory(series, memory, 1.0f, 0.1f);
    }
    return force;
  };
  const double after_6 = 1.0 - 0.50 * (1 - std::exp(-1.0)) - 0.08 * (1 - std::exp(-0.1));
  const double after_60 = 1.0 - 0.50 * (1 - std::exp(-10.0)) - 0.08 * (1 - std::exp(-1.0));
  return near(hold(60), after_6, 2e-3) && near(hold(540), after_60, 2e-3) &&
         near(hold(60000), 0.42, 2e-3);
}

float locking(float d, const BallOnStack& ball) {
  return std::pow(1.0f - d / (0.45f * ball.thickness_m), -1.5f);
}
float force_with(const BallOnStack& ball, float d, float scale, float power, float g) {
  return scale * std::sqrt(ball.effective_radius_m) * std::pow(d, power) * g * locking(d, ball);
}
float chi_of(const BallOnStack& ball, float d) {
  return std::sqrt(ball.effective_radius_m * d) / ball.thickness_m;
}

TEST(LawMutations, ForceOverIndentation) {
  EXPECT_TRUE(force_law_holds(force_per_modulus));
  const auto mutant = [](float scale, float power) {
    return [=](const BallOnStack& ball, float d) {
      return force_with(ball, d, scale, power, thickness_factor(chi_of(ball, d)));
    };
  };
  EXPECT_TRUE(force_law_holds(mutant(16.0f / 9.0f, 1.5f)));  // the law itself, written again
  EXPECT_FALSE(force_law_holds(mutant(4.0f / 3.0f, 1.5f)));  // nu = 0
  EXPECT_FALSE(force_law_holds(mutant(16.0f / 9.0f, 1.45f)));
  EXPECT_FALSE(force_law_holds(mutant(1.1f * 16.0f / 9.0f, 1.5f)));
  EXPECT_FALSE(force_law_holds([](const BallOnStack& ball, float d) {  // no thickness
    return force_with(ball, d, 16.0f / 9.0f, 1.5f, 1.0f);
  }));
  EXPECT_FALSE(force_law_holds([](const BallOnStack& ball, float d) {  // no locking
    return force_with(ball, d, 16.0f / 9.0f, 1.5f, thickness_factor(chi_of(ball, d))) /
           locking(d, ball);
  }));
}

TEST(LawMutations, StripOfACylinder) {
  EXPECT_TRUE(strip_law_holds(force_per_modulus));
  const auto whole = [](BallOnStack ball, float d) {
    ball.strip_m = 0.0f;
    return force_per_modulus(ball, d);
  };
  EXPECT_FALSE(strip_law_holds(whole));  // every ball of a row counts in full
  EXPECT_FALSE(strip_law_holds([&](const BallOnStack& ball, float d) {  // half-space or bed alone
    return whole(ball, d) * ball.strip_m / (1.69f * std::sqrt(ball.effective_radius_m * d));
  }));
  EXPECT_FALSE(strip_law_holds(
      [](const BallOnStack& ball, float d) { return 1.1f * force_per_modulus(ball, d); }));
}

TEST(LawMutations, StripHalfWidth) {
  EXPECT_TRUE(strip_width_holds(strip_half_width));
  EXPECT_FALSE(strip_width_holds(contact_radius));                       // a ball's
  EXPECT_FALSE(strip_width_holds([](const BallOnStack& ball, float d) {  // no bed under it
    return std::sqrt(ball.effective_radius_m * d);
  }));
  EXPECT_FALSE(strip_width_holds(
      [](const BallOnStack& ball, float d) { return 1.2f * strip_half_width(ball, d); }));
}

TEST(LawMutations, ThicknessFactor) {
  EXPECT_TRUE(factor_law_holds(thickness_factor));
  // Dimitriadis 2002: 13 % low at chi = .75.
  EXPECT_FALSE(factor_law_holds([](float x) {
    return 1 + 1.133f * x + 1.283f * x * x + 0.769f * x * x * x + 0.0975f * x * x * x * x;
  }));
  EXPECT_FALSE(factor_law_holds([](float x) { return 1 + 1.133f * x + 1.497f * x * x; }));
  EXPECT_FALSE(factor_law_holds([](float) { return 1.0f; }));
}

TEST(LawMutations, ContactRadius) {
  EXPECT_TRUE(radius_law_holds(contact_radius));
  EXPECT_FALSE(radius_law_holds([](const BallOnStack& ball, float d) {  // Hertz on a thin stack
    return std::sqrt(ball.effective_radius_m * d);
  }));
  EXPECT_FALSE(radius_law_holds([](const BallOnStack& ball, float d) {  // the geometric chord
    return std::sqrt(2.0f * ball.radius_m * d - d * d);
  }));
}

TEST(LawMutations, FieldInTheDepth) {
  EXPECT_TRUE(field_law_holds(huber_ratio));
  EXPECT_FALSE(field_law_holds([](float r, float z, float a) {  // a point force
    return a * a * z * z * z / std::pow(r * r + z * z, 2.5f);
  }));
  EXPECT_FALSE(
      field_law_holds([](float r, float z, float a) { return huber_ratio(r, z, 1.02f * a); }));
  EXPECT_FALSE(
      field_law_holds([](float r, float z, float a) { return huber_ratio(r, 1.02f * z, a); }));
}

TEST(LawMutations, LayersOnBone) {
  EXPECT_TRUE(stress_law_holds([](float a, float h, float z) {
    return DepthLaw{a, h, 1.0f}.stress_pa(0.0f, z);
  }));
  // A plain half-space, one without the bone's share, and one with twice of it.
  EXPECT_FALSE(stress_law_holds([](float a, float, float z) { return huber_ratio(0, z, a); }));
  EXPECT_FALSE(
      stress_law_holds([](float a, float, float z) { return huber_ratio(0, 0.6f * z, a); }));
  EXPECT_FALSE(stress_law_holds([](float a, float h, float z) {
    const float scaled = 0.82f * z, mirror = 0.82f * (2.0f * h - z);
    return huber_ratio(0, scaled, a) + 0.75f * std::sqrt(z / h) * huber_ratio(0, mirror, a);
  }));
}

TEST(LawMutations, Creep) {
  EXPECT_TRUE(series_holds(PronySeries{}));
  for (const PronySeries& wrong :
       {PronySeries{{0.55f, 0.08f}, {6.0f, 60.0f}}, PronySeries{{0.50f, 0.10f}, {6.0f, 60.0f}},
        PronySeries{{0.50f, 0.08f}, {7.0f, 60.0f}}, PronySeries{{0.50f, 0.08f}, {6.0f, 75.0f}}}) {
    EXPECT_FALSE(series_holds(wrong));
  }
}

// Many points at once give what one by one gives.
TEST(DepthLaw, ManyPointsAtOnceAreTheSame) {
  const DepthLaw law{0.016f, 0.034f, 50e3f};
  std::vector<float> r, z, all(400);
  for (int i = 0; i < 400; ++i) {
    r.push_back(0.0009f * static_cast<float>(i % 20) * static_cast<float>(i % 20));
    z.push_back(0.001f + 0.0019f * static_cast<float>(i / 20));
  }
  law.stress_pa(r, z, all);
  for (std::size_t i = 0; i < all.size(); ++i) {
    EXPECT_NEAR(all[i], law.stress_pa(r[i], z[i]), 1e-4f * all[i] + 1e-3f);
  }
}

}  // namespace
}  // namespace sim

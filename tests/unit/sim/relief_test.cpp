// One muscle segment and its person under the laws of science.md section 3: laws, calibration and
// nulls of section 5.
#include "sim/relief.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "support/sim_fixture.h"

namespace sim {
namespace {

constexpr float kTick = 1.0f / 60.0f;

// One person with one segment.
struct Muscle {
  explicit Muscle(float tone_set = 0.02f, float ppt_pa = 300e3f) {
    model.parameters = parameters();
    SegmentParameters segment;
    segment.mu_rest_pa = 10.9e3f;
    segment.ppt_pa = ppt_pa;
    segment.tone_cause = tone_set;
    segment.repair_s = model.parameters.repair_time_s;
    model.segments = {segment};
    SegmentState start;
    start.tone_set = tone_set;
    start.tone = tone_set;
    start.stiffness_pa = segment.mu_rest_pa;
    state.segments = {start};
    pass(7200.0f, 5.0f);
    start_mu = now().stiffness_pa;
  }
  static const Parameters& parameters() {
    static const Parameters read =
        load_tissue_file(test_support::assets_dir() / "anatomy" / "tissue.json",
                         test_support::assets_dir() / "schema")
            .value()
            .parameters;
    return read;
  }
  void pass(float seconds, float dt = kTick) {
    const int steps = static_cast<int>(std::lround(seconds / dt));
    for (int i = 0; i < steps; ++i) advance_relief(model, {}, dt, state);
  }
  void press(const SegmentInput& input, float seconds, float dt = kTick) {
    const int steps = static_cast<int>(std::lround(seconds / dt));
    for (int i = 0; i < steps; ++i) advance_relief(model, std::span(&input, 1), dt, state);
  }
  // Strokes: the head comes by once a period and presses for half of it.
  void stroke(const SegmentInput& input, float seconds, float period_s, float dt = kTick) {
    const int steps = static_cast<int>(std::lround(seconds / dt));
    for (int i = 0; i < steps; ++i) {
      const float phase = std::fmod(static_cast<float>(i) * dt, period_s) / period_s;
      SegmentInput wave = input;
      const float rise = phase < 0.5f ? std::sin(2.0f * base::kPi * phase) : 0.0f;
      wave.stress_pa *= rise;
      wave.mean_pressure_pa *= rise;
      wave.peak_pressure_pa *= rise;
      advance_relief(model, std::span(&wave, 1), dt, state);
    }
  }
  const SegmentState& now() const { return state.segments[0]; }
  float relief() const { return 1.0f - now().stiffness_pa / start_mu; }

  SimModel model;
  SimState state;
  float start_mu = 0.0f;
};

SegmentInput held(float mean_kpa, float stress_kpa, float area_cm2 = 9.0f) {
  return {1e3f * stress_kpa, 1e3f * mean_kpa, 1.5e3f * mean_kpa, 1e-4f * area_cm2, 0.0f, 0.0f};
}
SegmentInput rolled(float mean_kpa, float stress_kpa, float area_cm2 = 9.0f) {
  SegmentInput input = held(mean_kpa, stress_kpa, area_cm2);
  input.speed_m_s = 0.04f;
  input.fibre_cos2 = 0.25f;
  return input;
}

TEST(Relief, NothingDriftsAtRest) {
  Muscle healthy;
  healthy.pass(48 * 3600.0f, 5.0f);  // to the equilibrium
  const SegmentState before = healthy.now();
  healthy.pass(24 * 3600.0f, 5.0f);
  const SegmentState& after = healthy.now();
  EXPECT_NEAR(after.stiffness_pa / before.stiffness_pa, 1.0f, 1e-4f);
  EXPECT_NEAR(after.tension(), 0.02f, 1e-4f);
  EXPECT_NEAR(after.pain, before.pain, 1e-4f);
  EXPECT_NEAR(after.flow, before.flow, 1e-4f);
  EXPECT_NEAR(after.metabolites, before.metabolites, 1e-3);
  EXPECT_EQ(after.dose_pa_s, 0.0);
  EXPECT_EQ(after.bruise, 0.0);
}

TEST(Relief, EveryStateStaysInItsBounds) {
  std::mt19937 random(23);
  std::uniform_real_distribution<float> unit(0.0f, 1.0f);
  for (int i = 0; i < 400; ++i) {
    Muscle m(0.1f * unit(random), 150e3f + 400e3f * unit(random));
    SegmentState& s = m.state.segments[0];
    s.inflammation = unit(random);
    s.tender = unit(random);
    s.damage = unit(random);
    s.oedema = unit(random);
    m.state.person.alarm = unit(random);
    for (int part = 0; part < 8; ++part) {
      const float mean = 300.0f * unit(random) * unit(random);
      SegmentInput input = held(mean, mean * unit(random), 1.0f + 19.0f * unit(random));
      input.speed_m_s = unit(random) < 0.5f ? 0.0f : 0.2f * unit(random);
      input.fibre_cos2 = unit(random);
      const float dt = std::pow(10.0f, -2.5f + 3.5f * unit(random));
      m.press(input, 40 * dt, dt);
      if (unit(random) < 0.3f) m.pass(300.0f, 5.0f);
      const SegmentState& now = m.now();
      for (const double x :
           {double(now.pain), double(now.gate), m.state.person.calm, m.state.person.alarm,
            double(now.guarding), double(now.tone), now.oedema, now.inflammation, now.damage,
            now.tender, now.bruise, now.macro}) {
        ASSERT_GE(x, 0.0);
        ASSERT_LE(x, 1.0);
      }
      for (const double x :
           {now.thixotropy_fast, now.thixotropy_slow, double(now.flow), now.flow_debt,
            now.vasodilation, now.metabolites, double(now.stiffness_pa), now.tone_set,
            double(now.skin_flow), double(now.habituation)}) {
        ASSERT_TRUE(std::isfinite(x));
        ASSERT_GE(x, 0.0);
        ASSERT_LT(x, 1e6);
      }
    }
  }
}

// The same minute in ticks of 1/30 to 1/240 s.
TEST(Relief, DoesNotDependOnTheTick) {
  const auto after_a_minute = [](float dt, bool roll) {
    Muscle m(0.06f);
    m.press(roll ? rolled(60, 20) : held(60, 20), 60.0f, dt);
    return m;
  };
  for (const bool roll : {false, true}) {
    const Muscle reference = after_a_minute(1.0f / 240.0f, roll);
    for (const float dt : {1.0f / 30.0f, 1.0f / 60.0f, 1.0f / 120.0f}) {
      const Muscle m = after_a_minute(dt, roll);
      EXPECT_NEAR(m.now().stiffness_pa / reference.now().stiffness_pa, 1.0f, 1e-3f);
      EXPECT_NEAR(m.now().tension() / reference.now().tension(), 1.0f, 1e-3f);
      EXPECT_NEAR(m.now().metabolites / reference.now().metabolites, 1.0, 1e-3);
      EXPECT_NEAR(m.state.person.calm / reference.state.person.calm, 1.0, 1e-3);
      EXPECT_NEAR(m.now().dose_pa_s / reference.now().dose_pa_s, 1.0, 1e-3);
    }
  }
}

TEST(Relief, LongFreeStepsAreFastForward) {
  Muscle slow(0.06f), fast(0.06f);
  for (Muscle* m : {&slow, &fast}) m->press(rolled(60, 20), 120.0f);
  slow.pass(1800.0f, kTick);
  fast.pass(1800.0f, 5.0f);
  EXPECT_NEAR(fast.now().stiffness_pa / slow.now().stiffness_pa, 1.0f, 1e-3f);
  EXPECT_NEAR(fast.now().tension() / slow.now().tension(), 1.0f, 5e-3f);
  EXPECT_NEAR(fast.now().metabolites / slow.now().metabolites, 1.0, 5e-3);
}

// Comfortable pressing eases a tense muscle, more with time, and it comes back afterwards.
TEST(Relief, RisesWithTimeAndRelapses) {
  for (const bool roll : {false, true}) {
    Muscle m(0.06f);
    float last = 0.0f;
    for (int minute = 0; minute < 5; ++minute) {
      m.press(roll ? rolled(60, 20) : held(60, 20), 60.0f);
      ASSERT_LT(m.now().comfort_ratio, 0.8f);
      EXPECT_GT(m.relief(), last);
      last = m.relief();
    }
    EXPECT_LT(m.now().tension(), 0.06f);
    const float eased_tension = m.now().tension();
    m.pass(2 * 3600.0f, 5.0f);
    EXPECT_LT(m.relief(), 0.7f * last);
    EXPECT_GT(m.now().tension(), eased_tension);
  }
}

// Relief over pressure is an inverted U: a plateau at 5-80 kPa, worse past 120, harm at 200.
TEST(Relief, TooMuchPressureHarms) {
  const auto relief_at = [](float mean_kpa) {
    Muscle m(0.06f, 300e3f);
    m.press(held(mean_kpa, 0.3f * mean_kpa), 180.0f);
    m.pass(60.0f);
    return m.relief();
  };
  const float at5 = relief_at(5.0f), at30 = relief_at(30.0f), at80 = relief_at(80.0f);
  EXPECT_GT(at5, 0.01f);
  EXPECT_GT(at30, 0.7f * at80);
  EXPECT_GT(at80, 0.7f * at30);
  EXPECT_LT(relief_at(140.0f), at80);
  EXPECT_LT(relief_at(200.0f), 0.0f);
}

// Morelli 1990: the H-reflex falls by 71 % during massage (accept 61-81), baseline after.
// Goldberg 1992: 2.5 kPa acts more than 1.25 kPa.
TEST(Calibration, HReflex) {
  const auto reflex = [](const Muscle& m) {
    return 1.0f - m.model.parameters.gate_reflex * m.now().gate;
  };
  Muscle m;
  m.press(rolled(15, 6), 180.0f);
  EXPECT_NEAR(1.0f - reflex(m), 0.71f, 0.10f);
  m.pass(60.0f);
  EXPECT_NEAR(reflex(m), 1.0f, 0.02f);
  Muscle light, firmer;
  light.press(rolled(1.25f, 0.8f), 60.0f);
  firmer.press(rolled(2.5f, 1.6f), 60.0f);
  EXPECT_LT(reflex(firmer), reflex(light) - 0.1f);
}

// Local muscle flow at 40 and 85 mmHg: about one half and none.
TEST(Calibration, FlowUnderPressure) {
  constexpr float kMmHg = 133.322f;
  const auto flow_at = [](float mmhg) {
    Muscle m;
    const float rest = m.now().flow;
    const float kpa = 1e-3f * mmhg * kMmHg;
    m.press(held(kpa, kpa), 2.0f);
    return m.now().flow / rest;
  };
  EXPECT_GT(flow_at(40.0f), 0.4f);
  EXPECT_LT(flow_at(40.0f), 0.6f);
  EXPECT_LT(flow_at(85.0f), 0.1f);
}

TEST(Calibration, FlowReturnsAfterRelease) {
  Muscle m;
  m.press(held(60, 20), 60.0f);
  EXPECT_LT(m.now().flow, 0.1f);
  m.pass(2.0f);
  EXPECT_GT(m.now().flow, 1.0f);
  m.pass(1800.0f);
  EXPECT_NEAR(m.now().flow, 0.99f, 0.06f);
}

// Eriksson Crommert 2015: 7 min of massage, stiffness -5.2 % (accept -3..-8), within 3 % of the
// baseline 3 min later.
TEST(Calibration, SevenMinutesOfMassage) {
  Muscle m;
  m.stroke(rolled(15, 8), 420.0f, 3.0f);
  EXPECT_GT(m.relief(), 0.03f);
  EXPECT_LT(m.relief(), 0.08f);
  m.pass(180.0f);
  EXPECT_LT(std::abs(m.relief()), 0.03f);
}

// Jelen 2024: five minutes after 5 min of classical massage the change is under 2 %.
TEST(Nulls, AShortSessionOnAHealthyMuscleLeavesNothing) {
  Muscle m;
  m.stroke(rolled(15, 8), 300.0f, 3.0f);
  m.pass(300.0f);
  EXPECT_LT(std::abs(m.relief()), 0.02f);
}

// Wilke 2018: 90 s of static pressure on a tender spot raise its pain threshold by 15 % (accept
// 8-22); rolling does not (< 6).
TEST(Calibration, TenderSpot) {
  const auto gain = [](bool roll) {
    Muscle m;
    // As in the conditions with a tender spot; pressed firmly (comfort ratio 0.7), as in the study.
    m.model.segments[0].tender_rest = 0.6f;
    m.state.segments[0].tender = 0.6;
    const auto threshold = [&] {
      return pain_threshold_pa(m.model.parameters, m.model.segments[0], m.now(), m.state.person,
                               1e-4f);
    };
    const float before = threshold();
    m.press(roll ? rolled(86, 28) : held(86, 28), 90.0f);
    m.pass(60.0f);
    return threshold() / before - 1.0f;
  };
  EXPECT_GT(gain(false), 0.08f);
  EXPECT_LT(gain(false), 0.22f);
  EXPECT_LT(gain(true), 0.06f);
}

// Roberts 2011: deep pressure at once makes the muscle guard (EMG +100..400 %), graded pressure
// hardly (< 100 %).
TEST(Calibration, GuardingIsSparedByARamp) {
  Muscle sudden;
  const float rest = sudden.now().tension();
  float worst_sudden = 0.0f, worst_graded = 0.0f;
  for (int i = 0; i < 600; ++i) {
    sudden.press(held(110, 35), kTick);
    worst_sudden = std::max(worst_sudden, sudden.now().tension() / rest - 1.0f);
  }
  Muscle graded;
  for (int i = 0; i < 90 * 60; ++i) {
    const float share = std::min(1.0f, static_cast<float>(i) / (80.0f * 60.0f));
    graded.press(held(1.0f + 109.0f * share, 1.0f + 34.0f * share), kTick);
    worst_graded = std::max(worst_graded, graded.now().tension() / rest - 1.0f);
  }
  EXPECT_GT(worst_sudden, 1.0f);
  EXPECT_LT(worst_sudden, 4.0f);
  EXPECT_LT(worst_graded, 1.0f);
}

TEST(Doses, AreCountedByDirection) {
  Muscle m;
  m.press(rolled(60, 20), 10.0f);  // cos^2 = 0.25
  EXPECT_NEAR(m.now().dose_pa_s, 200e3, 200.0);
  EXPECT_NEAR(m.now().dose_along_pa_s, 50e3, 100.0);
  EXPECT_NEAR(m.now().dose_across_pa_s, 150e3, 200.0);
  EXPECT_EQ(m.now().dose_static_pa_s, 0.0);
  m.press(held(60, 20), 10.0f);
  EXPECT_NEAR(m.now().dose_pa_s, 400e3, 400.0);
  EXPECT_NEAR(m.now().dose_static_pa_s, 200e3, 400.0);
}

}  // namespace
}  // namespace sim

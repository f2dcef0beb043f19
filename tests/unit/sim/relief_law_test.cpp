// Each law of science.md section 3 by itself, against the figures printed there; and the proof that
// each of these checks can fail: every constant of a law, changed on purpose, breaks its check.
#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "sim/relief.h"
#include "support/sim_fixture.h"

namespace sim {
namespace {

constexpr float kTick = 1.0f / 60.0f;

const Parameters& published() {
  static const Parameters read =
      load_tissue_file(test_support::assets_dir() / "anatomy" / "tissue.json",
                       test_support::assets_dir() / "schema")
          .value()
          .parameters;
  return read;
}

// One person with one segment; everything at zero but what a check sets.
struct Person {
  explicit Person(const Parameters& parameters) {
    model.parameters = parameters;
    SegmentParameters segment;
    segment.mu_rest_pa = 10e3f;
    segment.ppt_pa = 300e3f;
    segment.tone_cause = 0.0f;
    segment.repair_s = 7.0f * 86400.0f;
    model.segments = {segment};
    SegmentState start;
    start.tone_set = 0.0;
    start.stiffness_pa = 10e3f;
    start.metabolites = 0.2;
    state.segments = {start};
  }
  SegmentState& now() { return state.segments[0]; }
  SegmentParameters& fixed() { return model.segments[0]; }
  PersonState& person() { return state.person; }
  void rest(float seconds, float dt = kTick) {
    for (int i = 0; i < std::lround(seconds / dt); ++i) advance_relief(model, {}, dt, state);
  }
  void press(const SegmentInput& input, float seconds, float dt = kTick) {
    for (int i = 0; i < std::lround(seconds / dt); ++i) {
      advance_relief(model, std::span(&input, 1), dt, state);
    }
  }
  SimModel model;
  SimState state;
};

// Pressing at 1 cm2, so that the comfort ratio is p_m over 300 kPa.
SegmentInput pressing(float stress_pa, float mean_pa, float speed, float peak_pa = 0.0f) {
  return {stress_pa, mean_pa, peak_pa, 1e-4f, speed, 0.0f, false};
}

bool near(double value, double expected, double share) {
  return std::abs(value - expected) <= share * std::abs(expected);
}
constexpr double kDecayed = 0.36788;  // exp(-1)

struct Constant {
  const char* name;
  float Parameters::*member;
};
#define CONSTANT(name) \
  Constant { #name, &Parameters::name }

struct Law {
  const char* name;
  std::function<bool(const Parameters&)> holds;
  std::vector<Constant> constants;
};

std::vector<Law> laws() {
  std::vector<Law> all;
  all.push_back({"lf and ls: rest",
                 [](const Parameters& p) {
                   Person a(p);
                   a.now().thixotropy_fast = a.now().thixotropy_slow = 0.5;
                   a.rest(60.0f, 1.0f);
                   const bool fast = near(a.now().thixotropy_fast, 1.0 - 0.5 * kDecayed, 0.01);
                   a.rest(1440.0f, 1.0f);
                   return fast && near(1.0 - a.now().thixotropy_slow, 0.5 * kDecayed, 0.02);
                 },
                 {CONSTANT(lf_time_s), CONSTANT(ls_time_s)}});
  all.push_back({"lf and ls: work",
                 [](const Parameters& p) {
                   // eps = p/(3 mu + p/.45): pressed once, lf falls by .25 eps.
                   Person a(p);
                   a.press(pressing(20e3f, 20e3f, 0.0f), kTick);
                   const double eps = 20.0 / (30.0 + 20.0 / 0.45);
                   const double left = std::exp(-0.25 * eps);
                   return near(1.0 - a.now().thixotropy_fast, 1.0 - left, 0.03) &&
                          near(1.0 - a.now().thixotropy_slow, 1.0 - left, 0.03);
                 },
                 {CONSTANT(lf_break), CONSTANT(ls_break), CONSTANT(bulk_strain_factor)}});
  all.push_back({"mu: stiffness",
                 [](const Parameters& p) {
                   const auto mu = [&](float tension, double lf, double ls, double e, double i) {
                     SegmentState s;
                     s.tone = tension;
                     s.thixotropy_fast = lf;
                     s.thixotropy_slow = ls;
                     s.oedema = e;
                     s.inflammation = i;
                     return stiffness_of(p, {10e3f, 300e3f}, s);
                   };
                   return near(mu(0.01f, 1, 1, 0, 0), 10000, 1e-4) &&
                          near(mu(0.12f, 1, 1, 0, 0), 15000, 1e-3) &&
                          near(mu(0.0f, 0, 1, 0, 0), 9500, 1e-3) &&
                          near(mu(0.0f, 1, 0, 0, 0), 9820, 1e-3) &&
                          near(mu(0.0f, 1, 1, 0.4, 0), 11000, 1e-3) &&
                          near(mu(0.0f, 1, 1, 0, 0.4), 11400, 1e-3);
                 },
                 {CONSTANT(mu_tension), CONSTANT(rest_tension), CONSTANT(mu_fast),
                  CONSTANT(mu_slow), CONSTANT(mu_oedema), CONSTANT(mu_inflammation)}});
  all.push_back({"PPT: pain threshold",
                 [](const Parameters& p) {
                   const auto ppt = [&](double s, double i, double a, float g, double c,
                                        float cm2) {
                     SegmentState state;
                     state.tender = s;
                     state.inflammation = i;
                     state.gate = g;
                     PersonState person;
                     person.alarm = a;
                     person.calm = c;
                     return pain_threshold_pa(p, {10e3f, 300e3f}, state, person, 1e-4f * cm2);
                   };
                   // Geri 2022: -105 kPa at an active tender spot; Polianskis 2001: exponent .3.
                   return near(ppt(1, 0, 0, 0, 0, 1), 195e3, 1e-3) &&
                          near(ppt(0, 1, 0, 0, 0, 1), 225e3, 1e-3) &&
                          near(ppt(0, 0, 1, 0, 0, 1), 255e3, 1e-3) &&
                          near(ppt(0, 0, 0, 1, 0, 1), 330e3, 1e-3) &&
                          near(ppt(0, 0, 0, 0, 1, 1), 315e3, 1e-3) &&
                          near(ppt(0, 0, 0, 0, 0, 10), 300e3 * std::pow(10.0, -0.3), 1e-3);
                 },
                 {CONSTANT(ppt_tender), CONSTANT(ppt_inflammation), CONSTANT(ppt_alarm),
                  CONSTANT(ppt_gate), CONSTANT(ppt_calm), CONSTANT(ppt_area_exponent)}});
  all.push_back({"N: pain signals",
                 [](const Parameters& p) {
                   const auto signal = [&](const std::function<void(Person&)>& set,
                                           float seconds = 8.0f) {
                     Person a(p);
                     set(a);
                     a.rest(seconds);
                     return static_cast<double>(a.now().pain);
                   };
                   const bool slow =
                       near(signal([](Person& a) { a.now().inflammation = 0.4; }), 0.22, 0.03) &&
                       near(signal([](Person& a) { a.now().metabolites = 1.0; }), 0.2, 0.06) &&
                       near(signal([](Person& a) {
                              a.now().tender = 0.5;
                              a.now().tone = 0.2f;
                              a.now().tone_set = 0.2;
                              a.fixed().tone_cause = 0.2f;
                            }),
                            0.06, 0.03) &&
                       near(signal([](Person& a) { a.fixed().pain_cause = 0.3f; }), 0.3, 0.01) &&
                       near(signal([](Person& a) { a.now().damage = 0.5; }), 0.15, 0.01) &&
                       near(signal([](Person& a) { a.fixed().pain_cause = 0.3f; }, 1.0f),
                            0.3 * (1 - kDecayed), 0.05);
                   // m = clamp((rp - .8)/.8): at rp 1.2 half, and .8 m of signal.
                   Person pressed(p);
                   pressed.press(pressing(1e3f, 360e3f, 0.0f), 1.0f);
                   pressed.now().gate = 0.0f;
                   pressed.person() = {};
                   pressed.press(pressing(1e3f, 360e3f, 0.0f), kTick);
                   const double target = 0.8 * 0.5;
                   return slow && near(pressed.now().pain, target * (1 - kDecayed), 0.10);
                 },
                 {CONSTANT(pain_inflammation), CONSTANT(pain_metabolites),
                  CONSTANT(rest_metabolites), CONSTANT(pain_tender), CONSTANT(pain_damage),
                  CONSTANT(pain_time_s), CONSTANT(pain_press), CONSTANT(press_pain_from)}});
  all.push_back({"effective N: what gate and calm block",
                 [](const Parameters& p) {
                   SegmentState s;
                   s.pain = 0.5f;
                   PersonState person;
                   const auto vas = [&] {
                     return static_cast<double>(pain_signal_vas(p, s, person));
                   };
                   const double plain = vas();
                   s.gate = 1.0f;
                   const double gated = vas();
                   s.gate = 0.0f;
                   person.calm = 1.0;
                   const double calmed = vas();
                   person.calm = 0.0;
                   person.alarm = 0.5;
                   return near(plain, 3.5, 1e-3) && near(gated, 2.45, 1e-3) &&
                          near(calmed, 2.625, 1e-3) && near(vas(), 5.0, 1e-3);
                 },
                 {CONSTANT(gate_pain), CONSTANT(calm_pain)}});
  all.push_back({"G: gate",
                 [](const Parameters& p) {
                   const double full = 1.0 - std::exp(-3.0 / 1.5);
                   Person a(p);
                   a.press(pressing(1e3f, 3e3f, 0.04f), 2.0f);
                   const bool on = near(a.now().gate, full * (1 - kDecayed), 0.02);
                   a.press(pressing(1e3f, 3e3f, 0.04f), 20.0f);
                   const bool steady = near(a.now().gate, full, 0.01);
                   a.rest(12.0f);
                   const bool off = near(a.now().gate, full * kDecayed, 0.04);
                   Person held(p);
                   held.now().gate_adaptation = 1.0f;
                   held.press(pressing(1e3f, 3e3f, 0.0f), 10.0f);
                   const bool adapts = near(held.now().gate_adaptation, 0.4 + 0.6 * kDecayed, 0.02);
                   held.press(pressing(1e3f, 3e3f, 0.0f), 120.0f);
                   return on && steady && off && adapts && near(held.now().gate, 0.4 * full, 0.02);
                 },
                 {CONSTANT(gate_pressure_pa), CONSTANT(gate_on_s), CONSTANT(gate_off_s),
                  CONSTANT(gate_static), CONSTANT(gate_adapt_time_s)}});
  all.push_back({"moving: from 5 mm/s or .02 strain a second",
                 [](const Parameters& p) {
                   // Only what moves opens the skin's vessels.
                   const auto moves = [&](float speed) {
                     Person a(p);
                     a.press(pressing(1e3f, 10e3f, speed), 1.0f);
                     const float before = a.now().skin_flow;
                     a.press(pressing(1e3f, 10e3f, speed), 1.0f);
                     return a.now().skin_flow > before;
                   };
                   const auto strains = [&](float rate) {
                     Person a(p);
                     SegmentInput input = pressing(5e3f, 10e3f, 0.0f);
                     a.press(input, 1.0f);
                     const float before = a.now().skin_flow;
                     // d eps = rate dt; eps = p/(30 kPa + p/.45).
                     const double eps = a.now().strain + rate * kTick;
                     const double mu3 = 3.0 * a.now().stiffness_pa;
                     input.stress_pa = static_cast<float>(eps * mu3 / (1.0 - eps / 0.45));
                     a.press(input, kTick);
                     return a.now().skin_flow > before;
                   };
                   return moves(0.0055f) && !moves(0.0045f) && strains(0.022f) && !strains(0.018f);
                 },
                 {CONSTANT(moving_speed_m_s), CONSTANT(moving_strain_rate)}});
  all.push_back({"C: nervous calm",
                 [](const Parameters& p) {
                   Person a(p);
                   const SegmentInput gentle = pressing(1e3f, 15e3f, 0.04f);
                   a.press(gentle, 30.0f);
                   a.person().calm = 0.0;
                   a.press(gentle, 300.0f);
                   const bool on = near(a.person().calm, a.now().gate * (1 - kDecayed), 0.02);
                   const double before = a.person().calm;
                   a.rest(3600.0f, 1.0f);
                   return on && near(a.person().calm, before * kDecayed, 0.02);
                 },
                 {CONSTANT(calm_on_s), CONSTANT(calm_off_s)}});
  all.push_back(
      {"A: brain alarm",
       [](const Parameters& p) {
         Person hurts(p);
         hurts.fixed().pain_cause = 0.4f;
         hurts.now().pain = 0.4f;
         hurts.rest(7200.0f, 5.0f);
         const bool drift = near(hurts.person().alarm, 0.44 * (1 - kDecayed), 0.02);
         Person calms(p);
         calms.person().alarm = 0.8;
         calms.rest(600.0f, 1.0f);
         const bool down = near(calms.person().alarm, 0.8 * kDecayed, 0.03);
         // m = 1 at rp 1.6 and above; N = .8 by then, so 1.1 N + .5 m is all of it.
         Person presses(p);
         presses.press(pressing(1e3f, 900e3f, 0.0f), 60.0f);
         const bool up = near(presses.person().alarm, 1 - kDecayed, 0.05);
         // What pressing adds by itself, before N has risen: one tick of .5 m.
         Person tick(p);
         tick.fixed().ppt_pa = 100e3f;
         tick.press(pressing(1e3f, 900e3f, 0.0f), kTick);
         const double n = tick.now().pain * (1.0 - 0.3 * tick.now().gate);
         const bool once = near(tick.person().alarm, (0.5 + 1.1 * n) / 60.0 * kTick, 0.03);
         // Calm takes a tenth off.
         Person calm(p);
         calm.fixed().pain_cause = calm.now().pain = 0.4f;
         calm.person().calm = 1.0;
         calm.person().alarm = 0.0;
         calm.rest(5.0f, 5.0f);
         const double c = calm.person().calm;
         const double target = 1.1 * 0.4 * (1.0 - 0.25) - 0.1 * c;
         const bool eased = near(calm.person().alarm, target * (1 - std::exp(-5.0 / 7200.0)), 0.01);
         return drift && down && up && once && eased;
       },
       {CONSTANT(alarm_pain), CONSTANT(alarm_down_s), CONSTANT(alarm_up_s), CONSTANT(alarm_drift_s),
        CONSTANT(alarm_press), CONSTANT(alarm_calm)}});
  all.push_back({"Tr: guarding",
                 [](const Parameters& p) {
                   // Sudden, rp = 1 (the gate raises the threshold a little over time).
                   Person a(p);
                   a.press(pressing(1e3f, 300e3f, 0.0f), 0.4f);
                   const double rp = a.now().comfort_ratio, hb = a.now().habituation;
                   const double target = 0.26 * (rp - 0.5 - 0.9 * hb) * (1 + 2 * a.person().alarm);
                   const bool up = near(a.now().guarding, target * (1 - kDecayed), 0.04);
                   a.person().alarm = 0.0;
                   const double peak = a.now().guarding;
                   a.rest(20.0f);
                   const bool down = near(a.now().guarding, peak * kDecayed, 0.02);
                   Person alarmed(p);
                   alarmed.person().alarm = 0.5;
                   alarmed.press(pressing(1e3f, 300e3f, 0.0f), kTick);
                   Person relaxed(p);
                   relaxed.press(pressing(1e3f, 300e3f, 0.0f), kTick);
                   const double lowered = 1.0 - 0.15 * 0.5;
                   const bool alarm = near(alarmed.now().guarding / relaxed.now().guarding,
                                           2.0 * (1.0 / lowered - 0.5) / 0.5, 0.02);
                   // Used to it: rp = 1 after long habituation no longer clears .5 + .9 Hb.
                   Person used(p);
                   used.now().habituation = 0.4f;
                   used.press(pressing(1e3f, 300e3f, 0.0f), kTick);
                   const bool habit =
                       near(used.now().guarding / relaxed.now().guarding, (0.5 - 0.36) / 0.5, 0.03);
                   return up && down && alarm && habit;
                 },
                 {CONSTANT(guard_gain), CONSTANT(guard_from), CONSTANT(guard_habit),
                  CONSTANT(guard_alarm), CONSTANT(guard_up_s), CONSTANT(guard_down_s)}});
  all.push_back({"Hb: habituation",
                 [](const Parameters& p) {
                   Person a(p);
                   a.press(pressing(1e3f, 900e3f, 0.0f), 25.0f);  // rp over 1.2 all the time
                   const bool up = near(a.now().habituation, 1.2 * (1 - kDecayed), 0.01);
                   const double before = a.now().habituation;
                   a.rest(600.0f, 0.5f);
                   return up && near(a.now().habituation, before * kDecayed, 0.01);
                 },
                 {CONSTANT(habit_limit), CONSTANT(habit_up_s), CONSTANT(habit_down_s)}});
  all.push_back(
      {"Tt: tone",
       [](const Parameters& p) {
         const auto tone = [&](double set, double alarm, double calm, float gate) {
           Person a(p);
           a.now().tone_set = set;
           a.fixed().tone_cause = static_cast<float>(set);
           // Held where they are: a tenth of a second at a time.
           for (int i = 0; i < 600; ++i) {
             a.person().alarm = alarm;
             a.person().calm = calm;
             a.now().gate = gate * 1.00837f;  // what it loses within the step (12 s)
             a.rest(0.1f, 0.1f);
           }
           return static_cast<double>(a.now().tone) / (1 - kDecayed);
         };
         return near(tone(0.1, 0, 0, 0), 0.1, 0.01) && near(tone(0.1, 1, 0, 0), 0.2, 0.01) &&
                near(tone(0.1, 0, 1, 0), 0.055, 0.01) && near(tone(0.1, 0, 0, 1), 0.075, 0.01);
       },
       {CONSTANT(tone_alarm), CONSTANT(tone_calm), CONSTANT(tone_gate), CONSTANT(tone_time_s)}});
  all.push_back({"Ta: bracing",
                 [](const Parameters& p) {
                   Person a(p);
                   a.person().braced = true;
                   a.rest(0.5f, 0.1f);
                   const bool on = near(a.person().activation, 0.09 * (1 - kDecayed), 0.01);
                   a.rest(10.0f, 0.1f);
                   // Leong 2013 +55 %, Zhang 2019 +36 %: between the two, over a relaxed muscle.
                   return on && a.now().stiffness_pa > 13.4e3f && a.now().stiffness_pa < 15.5e3f;
                 },
                 {CONSTANT(braced_tension), CONSTANT(braced_time_s)}});
  all.push_back({"Q: circulation",
                 [](const Parameters& p) {
                   const auto flow = [&](float pa, float tension, double debt, double dilation) {
                     Person a(p);
                     a.now().tone = tension;
                     a.now().tone_set = tension;
                     a.fixed().tone_cause = tension;
                     a.now().flow_debt = debt;
                     a.now().vasodilation = dilation;
                     if (pa > 0.0f) {
                       a.press(pressing(pa, pa, 0.0f), kTick);
                     } else {
                       a.rest(0.1f, 0.1f);
                     }
                     return static_cast<double>(a.now().flow);
                   };
                   return near(flow(5e3f, 0, 0, 0), 0.5, 0.01) &&
                          near(flow(10e3f, 0, 0, 0), 1.0 / 17.0, 0.01) &&
                          near(flow(0, 0.4f, 0, 0), 0.8, 0.01) &&
                          near(flow(0, 0, 90, 0), 2.5, 0.01) &&
                          near(flow(0, 0, 270, 0), 3.25, 0.01) &&
                          near(flow(0, 0, 0, 0.5), 1.5, 0.01);
                 },
                 {CONSTANT(occlusion_pa), CONSTANT(flow_tension), CONSTANT(hyperaemia_gain),
                  CONSTANT(hyperaemia_debt)}});
  all.push_back(
      {"Db and V: debt and dilation",
       [](const Parameters& p) {
         // Shut: the debt grows by .9 a second; open: it is paid back.
         Person a(p);
         a.press(pressing(60e3f, 60e3f, 0.0f), 20.0f);
         const bool grows = near(a.now().flow_debt, 0.9 * 400 * (1 - std::exp(-20.0 / 400)), 0.01);
         Person pays(p);
         pays.now().flow_debt = 90.0;  // Q = 2.5: pays 1.5 * 1.5, and 90/400 leaks
         pays.rest(0.1f, 0.1f);
         const bool paid = near(90.0 - pays.now().flow_debt, 0.1 * (1.5 * 1.5 + 90.0 / 400), 0.02);
         Person leaks(p);
         leaks.now().flow_debt = 100.0;
         leaks.press(pressing(60e3f, 60e3f, 0.0f), 1.0f);
         const bool leak = near(leaks.now().flow_debt - 100.0, 0.9 - 0.25, 0.02);
         // Rolling at 4 kPa and above opens at half of 7e-4 a second and more.
         Person rolls(p);
         rolls.press(pressing(4e3f, 4e3f, 0.04f), 10.0f);
         const bool opens = near(rolls.now().vasodilation, 10 * 3.5e-4, 0.02);
         Person owes(p);
         owes.press(pressing(60e3f, 60e3f, 0.0f), 1.0f);
         owes.now().vasodilation = 0.0;
         owes.now().flow_debt = 225.0;
         owes.press(pressing(60e3f, 60e3f, 0.0f), kTick);
         const bool reactive = near(owes.now().vasodilation, 2.5e-3 * 0.5 * kTick, 0.03);
         Person fades(p);
         fades.now().vasodilation = 0.5;
         fades.rest(1200.0f, 1.0f);
         return grows && paid && leak && opens && reactive &&
                near(fades.now().vasodilation, 0.5 * kDecayed, 0.02);
       },
       {CONSTANT(debt_from), CONSTANT(debt_pay), CONSTANT(debt_time_s), CONSTANT(dilation_rate),
        CONSTANT(dilation_pa), CONSTANT(dilation_debt_rate), CONSTANT(dilation_debt_s),
        CONSTANT(dilation_time_s)}});
  all.push_back({"Qs: skin flow",
                 [](const Parameters& p) {
                   Person a(p);
                   a.press(pressing(1e3f, 5e3f, 0.04f), 60.0f);
                   const bool on = near(a.now().skin_flow, 1 + 2 * (1 - kDecayed), 0.01);
                   const double before = a.now().skin_flow - 1.0;
                   a.rest(900.0f, 0.5f);
                   const bool off = near(a.now().skin_flow - 1.0, before * kDecayed, 0.01);
                   Person firm(p);
                   firm.press(pressing(1e3f, 40e3f, 0.04f), 600.0f);
                   return on && off && near(firm.now().skin_flow, 5.0, 0.01);
                 },
                 {CONSTANT(skin_flow_gain), CONSTANT(skin_flow_pa), CONSTANT(skin_flow_on_s),
                  CONSTANT(skin_flow_off_s)}});
  all.push_back({"M: metabolites",
                 [](const Parameters& p) {
                   const auto rate = [&](double m, float tension, double inflammation) {
                     Person a(p);
                     a.now().metabolites = m;
                     a.now().tone = tension;
                     a.now().tone_set = tension;
                     a.fixed().tone_cause = tension;
                     a.now().inflammation = inflammation;
                     a.rest(1.0f, 0.1f);
                     return (a.now().metabolites - m) * 300.0;
                   };
                   return near(rate(0.0, 0, 0), 0.176, 0.01) &&
                          near(rate(0.0, 0.2f, 0), 0.176 + 0.24, 0.01) &&
                          near(rate(0.0, 0, 0.5), 0.376, 0.01) &&
                          near(rate(0.5, 0, 0), 0.176 - 0.5, 0.01);
                 },
                 {CONSTANT(metabolite_base), CONSTANT(metabolite_tension),
                  CONSTANT(metabolite_inflammation), CONSTANT(metabolite_time_s)}});
  all.push_back({"E: lymph",
                 [](const Parameters& p) {
                   const double hours36 = 36 * 3600.0;
                   const auto change = [&](const SegmentInput* input, double e, double i) {
                     Person a(p);
                     a.now().oedema = e;
                     a.now().inflammation = i;
                     if (input != nullptr) {
                       a.press(*input, 60.0f);
                     } else {
                       a.rest(60.0f, 1.0f);
                     }
                     return (a.now().oedema - e) * hours36 / 60.0;
                   };
                   const SegmentInput half = pressing(1e3f, 2e3f, 0.04f);
                   const SegmentInput full = pressing(1e3f, 10e3f, 0.04f);
                   const SegmentInput hard = pressing(1e3f, 50e3f, 0.04f);
                   const SegmentInput still = pressing(1e3f, 10e3f, 0.0f);
                   return near(change(nullptr, 0.5, 0), -0.5, 0.01) &&
                          near(change(nullptr, 0, 0.5), 0.4, 0.01) &&
                          near(change(&half, 0.5, 0), -2.5, 0.02) &&
                          near(change(&full, 0.5, 0), -4.5, 0.02) &&
                          near(change(&hard, 0.5, 0), -2.5, 0.02) &&
                          near(change(&still, 0.5, 0), -0.5, 0.05);
                 },
                 {CONSTANT(oedema_inflammation), CONSTANT(oedema_pump), CONSTANT(oedema_time_s),
                  CONSTANT(pump_pa), CONSTANT(pump_limit_pa)}});
  all.push_back(
      {"mm and I: inflammation",
       [](const Parameters& p) {
         Person a(p);
         a.press(pressing(3e3f, 30e3f, 0.0f), 90.0f);  // win = 1/2
         const bool wins = near(a.now().macro, 0.5 * 90 / 900, 0.04);
         Person fades(p);
         fades.now().macro = 0.5;
         fades.rest(6 * 3600.0f, 5.0f);
         const bool off = near(fades.now().macro, 0.5 * kDecayed, 0.01);
         // The window closes between rp 1.0 and 1.3.
         Person hard(p);
         hard.press(pressing(6e3f, 300e3f * 1.15f, 0.0f), kTick);
         const bool closes = near(hard.now().macro, 0.5 * kTick / 900, 0.02);
         Person heals(p);
         heals.now().inflammation = 0.5;
         heals.now().macro = 1.0;
         heals.rest(600.0f, 5.0f);
         const double mean_mm = 1.0 - 300.0 / (6 * 3600.0);
         const bool faster = near(0.5 - heals.now().inflammation,
                                  0.5 * 600 * (1 + 0.3 * mean_mm) / (60 * 3600.0), 0.01);
         Person slow(p);
         slow.now().inflammation = 0.5;
         slow.rest(60 * 3600.0f, 5.0f);
         const bool heal = near(slow.now().inflammation, 0.5 * kDecayed, 0.01);
         // Over rp 1.1, and over 300 kPa at the skin, it grows.
         Person harmed(p);
         harmed.press(pressing(1e3f, 300e3f * 1.6f, 0.0f), kTick);
         const bool harm = near(harmed.now().inflammation, 0.002 * 0.5 * kTick, 0.02);
         Person bruised(p);
         bruised.press(pressing(1e3f, 30e3f, 0.0f, 600e3f), 1.0f);
         return wins && off && closes && faster && heal && harm &&
                near(bruised.now().inflammation, 0.01, 0.01);
       },
       {CONSTANT(mm_time_s), CONSTANT(mm_off_s), CONSTANT(mm_pa), CONSTANT(mm_limit),
        CONSTANT(inflammation_mm), CONSTANT(inflammation_time_s), CONSTANT(inflammation_press),
        CONSTANT(inflammation_press_from), CONSTANT(inflammation_bruise)}});
  all.push_back({"D: repair",
                 [](const Parameters& p) {
                   const auto healed = [&](double oedema, double dilation) {
                     Person a(p);
                     a.now().damage = 0.5;
                     a.now().oedema = oedema;
                     a.now().vasodilation = dilation;
                     a.rest(100.0f, 5.0f);
                     return (0.5 - a.now().damage) * 7 * 86400.0 / (0.5 * 100.0);
                   };
                   return near(healed(0, 0), 1.0, 0.01) && near(healed(0.5, 0), 0.8, 0.01) &&
                          near(healed(0, 2.0), 1.3, 0.01);
                 },
                 {CONSTANT(repair_flow_limit), CONSTANT(repair_oedema)}});
  all.push_back({"S: tender spot",
                 [](const Parameters& p) {
                   const auto eased = [&](float ratio, float speed) {
                     Person a(p);
                     a.now().tender = 0.5;
                     a.fixed().tender_rest = 0.5f;
                     // rp = ratio: the threshold is 300 kPa (1 - .35 * .5) at the start.
                     const SegmentInput input = pressing(1e3f, ratio * 300e3f * 0.825f, speed);
                     a.press(input, kTick);
                     const double before = a.now().tender;
                     a.press(input, kTick);
                     return (before - a.now().tender) / (0.5 * 0.008 * kTick);
                   };
                   Person back(p);
                   back.now().tender = 0.0;
                   back.fixed().tender_rest = 0.5f;
                   back.rest(3 * 86400.0f, 5.0f);
                   return near(eased(0.5f, 0.0f), 0.5, 0.04) &&
                          near(eased(0.8f, 0.0f), 1.0, 0.02) &&
                          near(eased(1.35f, 0.0f), 0.5, 0.10) &&
                          near(eased(0.25f, 0.04f), 0.06, 0.06) &&
                          near(back.now().tender, 0.5 * (1 - kDecayed), 0.01);
                 },
                 {CONSTANT(tender_rate), CONSTANT(tender_from), CONSTANT(tender_width),
                  CONSTANT(tender_to), CONSTANT(tender_rolling), CONSTANT(tender_return_s)}});
  all.push_back({"Tset: set point",
                 [](const Parameters& p) {
                   Person a(p);
                   a.now().tone_set = 0.1;
                   a.fixed().tone_cause = 0.1f;
                   a.person().calm = 1.0;
                   a.press(pressing(2.5e3f, 15e3f, 0.04f), 60.0f);
                   const double calm = 0.5 * (1.0 + a.person().calm);
                   const bool eases =
                       near(0.1 - a.now().tone_set, 1.1e-4 * calm * 0.5 * 0.08 * 60, 0.02);
                   Person back(p);
                   back.now().tone_set = 0.0;
                   back.fixed().tone_cause = 0.1f;
                   back.rest(21 * 86400.0f, 50.0f);
                   return eases && near(back.now().tone_set, 0.1 * (1 - kDecayed), 0.01);
                 },
                 {CONSTANT(set_rate), CONSTANT(set_pa), CONSTANT(set_return_s)}});
  all.push_back({"B: bruise risk",
                 [](const Parameters& p) {
                   Person a(p);
                   a.press(pressing(1e3f, 30e3f, 0.0f, 450e3f), 1.0f);  // ov = 1/2
                   const bool peak = near(a.now().bruise, 0.02 * 0.25, 0.01);
                   Person hard(p);
                   hard.press(pressing(1e3f, 300e3f * 1.5f, 0.0f), kTick);
                   const bool pressed = near(hard.now().bruise, 0.5 / 300 * kTick, 0.02);
                   Person heals(p);
                   heals.now().bruise = 0.5;
                   heals.rest(5 * 86400.0f, 50.0f);
                   return peak && pressed && near(heals.now().bruise, 0.5 * kDecayed, 0.01);
                 },
                 {CONSTANT(bruise_peak_pa), CONSTANT(bruise_rate), CONSTANT(bruise_press_s),
                  CONSTANT(bruise_time_s)}});
  all.push_back({"contact: from half a kilopascal on",
                 [](const Parameters& p) {
                   Person in(p), out(p);
                   in.press(pressing(510.0f, 10e3f, 0.0f), 1.0f);
                   out.press(pressing(490.0f, 10e3f, 0.0f), 1.0f);
                   return in.now().dose_pa_s > 0.0 && out.now().dose_pa_s == 0.0;
                 },
                 {CONSTANT(contact_threshold_pa)}});
  return all;
}
#undef CONSTANT

TEST(ReliefLaws, HoldAsPrinted) {
  for (const Law& law : laws()) EXPECT_TRUE(law.holds(published())) << law.name;
}

// Seeded mutations: each constant of a law a quarter up or down, and the law's check must see it.
TEST(ReliefLaws, EveryMutationIsCaught) {
  int mutations = 0;
  for (const Law& law : laws()) {
    ASSERT_FALSE(law.constants.empty()) << law.name;
    for (const Constant& constant : law.constants) {
      for (const float factor : {0.75f, 1.25f}) {
        Parameters mutated = published();
        mutated.*constant.member *= factor;
        EXPECT_FALSE(law.holds(mutated)) << law.name << ": " << constant.name << " x " << factor;
        ++mutations;
      }
    }
  }
  EXPECT_GE(mutations, 180);
}

}  // namespace
}  // namespace sim

#include "sim/relief.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"
#include "base/fmath.h"

namespace sim {
namespace {

// 1 - exp(-x) that keeps its digits for the tiny x of slow states.
double decay(double x) {
  if (x < 0.02) return x * (1.0 - x * (0.5 - x * (1.0 / 6.0 - x * (1.0 / 24.0))));
  return 1.0 - static_cast<double>(base::fexp(static_cast<float>(-x)));
}

// x' = source - rate x over dt, without a division where the step is short against the rate.
void drive(double& x, double source, double rate, float dt_s) {
  const double h = rate * dt_s;
  if (h < 0.02) {
    x += (source - rate * x) * dt_s * (1.0 - h * (0.5 - h * (1.0 / 6.0 - h * (1.0 / 24.0))));
  } else {
    x += (source / rate - x) * decay(h);
  }
}

void approach(float& x, float target, float share) { x += (target - x) * share; }

float positive(float x) { return x > 0.0f ? x : 0.0f; }
double clamp01(double x) { return std::clamp(x, 0.0, 1.0); }

float effective_pain(const Parameters& p, const SegmentState& s, const PersonState& person) {
  return s.pain * (1.0f - p.gate_pain * s.gate) *
         (1.0f - p.calm_pain * static_cast<float>(person.calm));
}

}  // namespace

float stiffness_of(const Parameters& p, const SegmentParameters& segment, const SegmentState& s) {
  const double factor = 1.0 + p.mu_tension * positive(s.tension() - p.rest_tension) +
                        p.mu_fast * (s.thixotropy_fast - 1.0) +
                        p.mu_slow * (s.thixotropy_slow - 1.0) + p.mu_oedema * s.oedema +
                        p.mu_inflammation * s.inflammation;
  return segment.mu_rest_pa * static_cast<float>(factor);
}

float pain_threshold_pa(const Parameters& p, const SegmentParameters& segment,
                        const SegmentState& s, const PersonState& person, float area_m2) {
  const double lowered = 1.0 - p.ppt_tender * s.tender - p.ppt_inflammation * s.inflammation -
                         p.ppt_alarm * person.alarm;
  const double raised = 1.0 + p.ppt_gate * s.gate + p.ppt_calm * person.calm;
  return segment.ppt_pa * static_cast<float>(lowered * raised) *
         base::fpow(area_m2 / 1e-4f, -p.ppt_area_exponent);
}

float pain_signal_vas(const Parameters& p, const SegmentState& s, const PersonState& person) {
  return 10.0f * base::clamp01(effective_pain(p, s, person) *
                               (0.7f + 0.6f * static_cast<float>(person.alarm)));
}

ReliefStep::ReliefStep(const Parameters& parameters, float dt_s) : p_(parameters), dt_s_(dt_s) {
  const auto share = [dt_s](float tau_s) { return static_cast<float>(decay(dt_s / tau_s)); };
  const auto pace = [dt_s](float tau_s) {
    const double rate = 1.0 / tau_s;
    return Pace{rate, decay(rate * dt_s)};
  };
  pain_ = share(p_.pain_time_s);
  gate_on_ = share(p_.gate_on_s);
  gate_off_ = share(p_.gate_off_s);
  adapt_ = share(p_.gate_adapt_time_s);
  guard_up_ = share(p_.guard_up_s);
  guard_down_ = share(p_.guard_down_s);
  habit_up_ = share(p_.habit_up_s);
  habit_down_ = share(p_.habit_down_s);
  tone_ = share(p_.tone_time_s);
  skin_on_ = share(p_.skin_flow_on_s);
  skin_off_ = share(p_.skin_flow_off_s);
  brace_ = share(p_.braced_time_s);
  lf_ = pace(p_.lf_time_s);
  ls_ = pace(p_.ls_time_s);
  debt_ = pace(p_.debt_time_s);
  dilation_ = pace(p_.dilation_time_s);
  metabolite_ = pace(p_.metabolite_time_s);
  oedema_ = pace(p_.oedema_time_s);
  mm_ = pace(p_.mm_off_s);
  inflammation_ = pace(p_.inflammation_time_s);
  tender_ = pace(p_.tender_return_s);
  set_ = pace(p_.set_return_s);
  bruise_ = pace(p_.bruise_time_s);
}

// What a contact amounts to for one segment; all zero without one.
struct ReliefStep::Press {
  float stress_pa = 0.0f;  // p
  float mean_pa = 0.0f;    // p_m
  float work = 0.0f;       // w, strain rate
  float rp = 0.0f;         // comfort ratio
  float pain = 0.0f;       // m
  float over = 0.0f;       // ov
  bool moving = false;
  bool is_static = false;
  bool helps = true;  // false in a no-go zone
};

template <bool kPressed>
void ReliefStep::advance_as(const SegmentParameters& segment, const Press& press,
                            const PersonState& person, SegmentState& s,
                            PersonInput& gathered) const {
  const float alarm = static_cast<float>(person.alarm);
  const float calm = static_cast<float>(person.calm);
  const float p = kPressed ? press.stress_pa : 0.0f;
  const float p_m = kPressed ? press.mean_pa : 0.0f;
  const float rp = kPressed ? press.rp : 0.0f;
  const float m = kPressed ? press.pain : 0.0f;
  // Kneading and holding do good only where pressing is allowed.
  const bool worked = kPressed && press.moving && press.helps;
  const bool held_still = kPressed && press.is_static && press.helps;

  // Thixotropy: working the tissue loosens it, rest stiffens it again.
  const float w = kPressed && press.helps ? press.work : 0.0f;
  if (w > 0.0f) {
    drive(s.thixotropy_fast, lf_.rate, lf_.rate + p_.lf_break * w, dt_s_);
    drive(s.thixotropy_slow, ls_.rate, ls_.rate + p_.ls_break * w, dt_s_);
  } else {
    s.thixotropy_fast += (1.0 - s.thixotropy_fast) * lf_.share;
    s.thixotropy_slow += (1.0 - s.thixotropy_slow) * ls_.share;
  }

  // Pain signals and the gate.
  const double pain = p_.pain_inflammation * s.inflammation +
                      p_.pain_metabolites * std::max(0.0, s.metabolites - p_.rest_metabolites) +
                      p_.pain_tender * s.tender * s.tone + segment.pain_cause + p_.pain_press * m +
                      p_.pain_damage * s.damage;
  approach(s.pain, static_cast<float>(clamp01(pain)), pain_);
  approach(s.gate_adaptation, kPressed && press.is_static ? p_.gate_static : 1.0f, adapt_);
  float gate_target = 0.0f;
  if (kPressed && press.helps) {
    gate_target = (1.0f - base::fexp(-p_m / p_.gate_pressure_pa)) * s.gate_adaptation;
  }
  approach(s.gate, gate_target, gate_target > s.gate ? gate_on_ : gate_off_);

  // Guarding (reflex) and tone. Habituation first: it is what guarding is measured against.
  const float habit_target = std::clamp(rp, 0.0f, p_.habit_limit);
  approach(s.habituation, habit_target, habit_target > s.habituation ? habit_up_ : habit_down_);
  float guard_target = 0.0f;
  if (kPressed) {
    guard_target = std::min(
        1.0f, p_.guard_gain * positive(rp - p_.guard_from - p_.guard_habit * s.habituation) *
                  (1.0f + p_.guard_alarm * alarm));
  }
  approach(s.guarding, guard_target, guard_target > s.guarding ? guard_up_ : guard_down_);
  const float tone_target = (static_cast<float>(s.tone_set) + p_.tone_alarm * alarm) *
                            (1.0f - p_.tone_calm * calm) * (1.0f - p_.tone_gate * s.gate);
  approach(s.tone, std::min(1.0f, tone_target), tone_);
  s.activation = person.activation;
  const float tension = s.tension();

  // Circulation: pressed shut above about 11 kPa, and a debt that is paid back afterwards.
  float open = 1.0f;
  if (kPressed) {
    const float squeezed = p / p_.occlusion_pa;
    const float squeezed2 = squeezed * squeezed;
    open = 1.0f / (1.0f + squeezed2 * squeezed2);
  }
  const double hyperaemia =
      s.flow_debt > 0.0 ? p_.hyperaemia_gain * s.flow_debt / (s.flow_debt + p_.hyperaemia_debt)
                        : 0.0;
  const double flow = open * (1.0 - p_.flow_tension * std::min(1.0f, tension)) *
                      (1.0 + hyperaemia) * (1.0 + s.vasodilation);
  s.flow = static_cast<float>(flow);
  const double debt_source =
      std::max(0.0, p_.debt_from - flow) - p_.debt_pay * std::max(0.0, flow - 1.0 - s.vasodilation);
  if (debt_source != 0.0 || s.flow_debt != 0.0) {
    s.flow_debt += (debt_source * p_.debt_time_s - s.flow_debt) * debt_.share;
    s.flow_debt = std::max(0.0, s.flow_debt);
  }
  double dilation_source = worked ? p_.dilation_rate * base::clamp01(p / p_.dilation_pa) : 0.0f;
  if (s.flow_debt > p_.dilation_debt_s) {
    dilation_source +=
        p_.dilation_debt_rate * clamp01((s.flow_debt - p_.dilation_debt_s) / p_.dilation_debt_s);
  }
  if (dilation_source != 0.0 || s.vasodilation != 0.0) {
    s.vasodilation += (dilation_source * p_.dilation_time_s - s.vasodilation) * dilation_.share;
  }
  const float skin_target =
      1.0f + (worked ? p_.skin_flow_gain * base::clamp01(p_m / p_.skin_flow_pa) : 0.0f);
  approach(s.skin_flow, skin_target, skin_target > s.skin_flow ? skin_on_ : skin_off_);
  drive(s.metabolites,
        (p_.metabolite_base + p_.metabolite_tension * tension +
         p_.metabolite_inflammation * s.inflammation) *
            metabolite_.rate,
        std::max(flow, 1e-3) * metabolite_.rate, dt_s_);

  // Lymph, inflammation, repair: hours to weeks. What is zero and stays so costs nothing.
  if (s.oedema != 0.0 || s.inflammation != 0.0) {
    const double pump =
        worked ? base::clamp01(p_m / p_.pump_pa) * std::min(1.0f, p_.pump_limit_pa / p_m) : 0.0f;
    drive(s.oedema, p_.oedema_inflammation * s.inflammation * oedema_.rate,
          (1.0 + p_.oedema_pump * pump) * oedema_.rate, dt_s_);
  }
  if (kPressed && press.helps) {
    const float win = base::clamp01(p / p_.mm_pa) * base::clamp01((p_.mm_limit - rp) / 0.3f);
    drive(s.macro, win / p_.mm_time_s, win / p_.mm_time_s + mm_.rate, dt_s_);
  } else {
    s.macro -= s.macro * mm_.share;
  }
  double harm = 0.0;
  if (kPressed) {
    harm = p_.inflammation_press * positive(rp - p_.inflammation_press_from) +
           p_.inflammation_bruise * press.over * press.over;
  }
  if (harm != 0.0 || s.inflammation != 0.0) {
    drive(s.inflammation, harm, (1.0 + p_.inflammation_mm * s.macro) * inflammation_.rate, dt_s_);
    s.inflammation = clamp01(s.inflammation);
  }
  if (s.damage != 0.0) {
    drive(s.damage, 0.0,
          std::min<double>(p_.repair_flow_limit, flow) * (1.0 - p_.repair_oedema * s.oedema) /
                  segment.repair_s +
              1e-12,
          dt_s_);
  }

  // Tender spot, set point, bruise.
  if (s.tender != 0.0 || segment.tender_rest != 0.0f) {
    const float held = held_still ? base::clamp01((rp - p_.tender_from) / p_.tender_width) *
                                        base::clamp01((p_.tender_to - rp) / 0.3f)
                                  : 0.0f;
    const float rolled = worked ? p_.tender_rolling * base::clamp01(2.0f * rp) : 0.0f;
    drive(s.tender, segment.tender_rest * tender_.rate,
          tender_.rate + p_.tender_rate * (held + rolled), dt_s_);
  }
  if (kPressed && press.helps) {
    const double eased = p_.set_rate * person.calm * base::clamp01(p / p_.set_pa);
    drive(s.tone_set, eased * p_.rest_tension + segment.tone_cause * set_.rate, eased + set_.rate,
          dt_s_);
  } else {
    s.tone_set += (segment.tone_cause - s.tone_set) * set_.share;
  }
  if (kPressed) {
    drive(s.bruise,
          p_.bruise_rate * press.over * press.over + positive(rp - 1.0f) / p_.bruise_press_s,
          bruise_.rate, dt_s_);
    s.bruise = clamp01(s.bruise);
  } else {
    s.bruise -= s.bruise * bruise_.share;
  }
  gathered.worst_pain = std::max(gathered.worst_pain, effective_pain(p_, s, person));
  s.stiffness_pa = stiffness_of(p_, segment, s);
}

void ReliefStep::rest(const SegmentParameters& segment, const PersonState& person, SegmentState& s,
                      PersonInput& gathered) const {
  s.pressure_pa = 0.0f;
  s.comfort_ratio = 0.0f;
  advance_as<false>(segment, Press{}, person, s, gathered);
}

void ReliefStep::advance(const SegmentParameters& segment, const SegmentInput& input,
                         const PersonState& person, SegmentState& s, PersonInput& gathered) const {
  const bool contact = input.stress_pa >= p_.contact_threshold_pa;
  s.pressure_pa = contact ? input.stress_pa : 0.0f;
  s.comfort_ratio = 0.0f;
  Press press;
  if (!contact) {
    if (s.strain == 0.0f) {
      advance_as<false>(segment, press, person, s, gathered);
    } else {
      // The step in which the head has left: what springs back is worked, too.
      press.work = std::abs(s.strain) / dt_s_;
      s.strain = 0.0f;
      advance_as<true>(segment, press, person, s, gathered);
    }
    return;
  }

  // Strain, and whether the tissue is being worked or just held.
  const float p = input.stress_pa;
  const float strain = p / (3.0f * s.stiffness_pa + p / p_.bulk_strain_factor);
  press.work = std::abs(strain - s.strain) / dt_s_;
  s.strain = strain;
  press.stress_pa = p;
  press.mean_pa = input.mean_pressure_pa;
  press.helps = !input.no_go;
  press.moving = input.speed_m_s > p_.moving_speed_m_s || press.work > p_.moving_strain_rate;
  press.is_static = !press.moving;
  press.rp = press.mean_pa / pain_threshold_pa(p_, segment, s, person, input.area_m2);
  press.pain = base::clamp01((press.rp - p_.press_pain_from) / 0.8f);
  press.over = positive(input.peak_pressure_pa / p_.bruise_peak_pa - 1.0f);
  s.comfort_ratio = press.rp;
  advance_as<true>(segment, press, person, s, gathered);

  const double dose = static_cast<double>(p) * dt_s_;
  s.dose_pa_s += dose;
  if (press.moving && input.speed_m_s > p_.moving_speed_m_s) {
    s.dose_along_pa_s += dose * input.fibre_cos2;
    s.dose_across_pa_s += dose * (1.0f - input.fibre_cos2);
  } else if (press.is_static) {
    s.dose_static_pa_s += dose;
  }
  if (press.helps) gathered.calm_sum += static_cast<double>(p) * s.gate * (1.0f - press.pain);
  gathered.load_sum += p;
  gathered.worst_press = std::max(gathered.worst_press, press.pain);
}

void ReliefStep::advance(const PersonInput& gathered, PersonState& person) const {
  const double calm = gathered.load_sum > 0.0 ? gathered.calm_sum / gathered.load_sum : 0.0;
  person.calm +=
      (calm - person.calm) * decay(dt_s_ / (calm > person.calm ? p_.calm_on_s : p_.calm_off_s));
  const double alarm = clamp01(p_.alarm_pain * gathered.worst_pain +
                               p_.alarm_press * gathered.worst_press - p_.alarm_calm * person.calm);
  const float up = gathered.worst_press > 0.0f ? p_.alarm_up_s : p_.alarm_drift_s;
  person.alarm +=
      (alarm - person.alarm) * decay(dt_s_ / (alarm > person.alarm ? up : p_.alarm_down_s));
  approach(person.activation, person.braced ? p_.braced_tension : 0.0f, brace_);
}

void advance_relief(const SimModel& model, std::span<const SegmentInput> inputs, float dt_s,
                    SimState& state) {
  BACKMATE_CHECK(inputs.empty() || inputs.size() == state.segments.size());
  BACKMATE_CHECK(state.segments.size() == model.segments.size());
  const std::size_t count = state.segments.size();
  if (state.awake.size() != count) {
    state.awake.assign(count, 0);
    state.owed_s = state.resting_pain = 0.0f;
    // Nobody has rested yet: what hurts from the start counts from the start.
    for (const SegmentState& segment : state.segments) {
      state.resting_pain =
          std::max(state.resting_pain, effective_pain(model.parameters, segment, state.person));
    }
  }
  const float rested_s = state.owed_s + dt_s;
  constexpr float kRounding = 1e-5f;
  const bool beat = rested_s >= kRestBeat - kRounding;
  const ReliefStep one(model.parameters, dt_s);
  const ReliefStep resting(model.parameters, rested_s);
  const float threshold = model.parameters.contact_threshold_pa;
  PersonInput gathered, of_resting;
  const SegmentInput nothing;
  for (std::size_t i = 0; i < count; ++i) {
    const SegmentInput& input = inputs.empty() ? nothing : inputs[i];
    SegmentState& segment = state.segments[i];
    const bool pressed = input.stress_pa >= threshold;
    if (state.awake[i] == 0 && !pressed) {
      if (beat) {
        resting.rest(model.segments[i], state.person, segment, of_resting);
      } else {
        segment.pressure_pa = 0.0f;
      }
      continue;
    }
    if (state.awake[i] == 0 && state.owed_s > 0.0f) {
      // Pressed while it waited: first it lives through what it owes.
      PersonInput ignored;
      const ReliefStep catch_up(model.parameters, state.owed_s);
      catch_up.rest(model.segments[i], state.person, segment, ignored);
    }
    one.advance(model.segments[i], input, state.person, segment, gathered);
    // Whoever is let go rests from the next beat on.
    state.awake[i] = !beat || pressed ? 1 : 0;
  }
  state.owed_s = beat ? 0.0f : rested_s;
  if (beat) state.resting_pain = of_resting.worst_pain;
  gathered.worst_pain = std::max(gathered.worst_pain, state.resting_pain);
  one.advance(gathered, state.person);
}

}  // namespace sim

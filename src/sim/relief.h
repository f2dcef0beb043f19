// The state of one muscle segment and of the person over time: the table of science.md section 3.
// Every relaxation is exponential Euler, stable for any step. Pressures in Pa, times in s.
//
// Order within a step: pressing and comfort come from the state before; segments then see the
// person of the step's start; the person follows the segments last.
#pragma once

#include <span>
#include <vector>

#include "sim/sim_model.h"
#include "sim/sim_state.h"

namespace sim {

// What presses on one segment during a step.
struct SegmentInput {
  float stress_pa = 0.0f;         // p; contact from Parameters::contact_threshold_pa on
  float mean_pressure_pa = 0.0f;  // p_m of the ball that loads it most
  float peak_pressure_pa = 0.0f;  // p0 of that ball
  float area_m2 = 0.0f;           // A of its patch
  float speed_m_s = 0.0f;         // of the head over the skin
  float fibre_cos2 = 0.0f;        // cos^2 of the angle between motion and fibre; used when moving
  bool no_go = false;             // pressed from where nobody should press: load, and no benefit
};

// What the segments tell the person in one step.
struct PersonInput {
  double calm_sum = 0.0;  // load-weighted G (1 - m)
  double load_sum = 0.0;
  float worst_pain = 0.0f;   // largest effective N
  float worst_press = 0.0f;  // largest m
};

// A state that relaxes at a rate of its own: rate 1/tau, and its share of the way in one step.
struct Pace {
  double rate = 0.0;
  double share = 0.0;
};

// Rates that depend on the step length only, computed once per step.
class ReliefStep {
 public:
  ReliefStep(const Parameters& parameters, float dt_s);
  void advance(const SegmentParameters& segment, const SegmentInput& input,
               const PersonState& person, SegmentState& state, PersonInput& gathered) const;
  // The same for a segment that nothing presses on, and that was at rest before.
  void rest(const SegmentParameters& segment, const PersonState& person, SegmentState& state,
            PersonInput& gathered) const;
  void advance(const PersonInput& gathered, PersonState& person) const;

 private:
  struct Press;
  // The part of the step that a segment without contact, at rest, does not need is left out.
  template <bool kPressed>
  void advance_as(const SegmentParameters& segment, const Press& press, const PersonState& person,
                  SegmentState& state, PersonInput& gathered) const;

  const Parameters& p_;
  float dt_s_;
  float pain_, gate_on_, gate_off_, adapt_, guard_up_, guard_down_, habit_up_, habit_down_, tone_,
      skin_on_, skin_off_, brace_;
  Pace lf_, ls_, debt_, dilation_, metabolite_, oedema_, mm_, inflammation_, tender_, set_, bruise_;
};

// One step of everything. Segments out of contact are advanced once in kRestBeat, those in contact
// every step; steps of kRestBeat or longer advance all. `inputs` is empty (nothing presses) or has
// one entry per segment.
inline constexpr float kRestBeat = 0.1f;
void advance_relief(const SimModel& model, std::span<const SegmentInput> inputs, float dt_s,
                    SimState& state);

// mu of the law, from the other states.
float stiffness_of(const Parameters& parameters, const SegmentParameters& segment,
                   const SegmentState& state);
// Pressure pain threshold for a patch of area A: PPT (A / 1 cm2)^-0.3.
float pain_threshold_pa(const Parameters& parameters, const SegmentParameters& segment,
                        const SegmentState& state, const PersonState& person, float area_m2);
// The 0-10 "model's pain signal, typical adult".
float pain_signal_vas(const Parameters& parameters, const SegmentState& state,
                      const PersonState& person);

}  // namespace sim

#include "guide/routine_run.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"
#include "sim/contact_geometry.h"
#include "sim/relief.h"

namespace guide {
namespace {

constexpr std::uint32_t kBesideTicks = 6;  // persons beside the run: a tenth of a second
constexpr std::uint32_t kTraceTicks = 30;
constexpr std::uint32_t kPersonTicks = 300;
constexpr double kAfterStepS = 60.0;
// Places of a stroke whose contact geometry is kept for the next pass.
constexpr std::size_t kMostKept = 1500;

std::size_t index_of(Person person) { return static_cast<std::size_t>(person); }

// Somebody who differs from the simulated person in how strongly and how painfully they feel it.
struct Beside {
  sim::SimModel model;
  sim::SimState state;
  float pressure = 1.0f;
};

Beside make_beside(const sim::SimModel& model, const sim::SimState& start, float pressure,
                   float threshold) {
  Beside beside{model, start, pressure};
  for (sim::SegmentParameters& segment : beside.model.segments) segment.ppt_pa *= threshold;
  return beside;
}

// Mean of what pressed during a few ticks.
class InputMean {
 public:
  void add(const std::vector<sim::SegmentInput>& inputs) {
    if (inputs.empty()) return;
    sums_.resize(inputs.size());
    for (std::size_t s = 0; s < inputs.size(); ++s) {
      const sim::SegmentInput& in = inputs[s];
      if (!(in.stress_pa > 0.0f)) continue;
      sim::SegmentInput& sum = sums_[s];
      sum.stress_pa += in.stress_pa;
      sum.mean_pressure_pa += in.mean_pressure_pa;
      sum.peak_pressure_pa += in.peak_pressure_pa;
      // The rest hardly changes within a tenth of a second.
      sum.area_m2 = in.area_m2;
      sum.speed_m_s = in.speed_m_s;
      sum.fibre_cos2 = in.fibre_cos2;
      sum.no_go = sum.no_go || in.no_go;
    }
  }
  // Scaled to `pressure`; the sums stay.
  const std::vector<sim::SegmentInput>& mean(std::uint32_t ticks, float pressure) {
    mean_ = sums_;
    const float factor = pressure / static_cast<float>(ticks);
    for (sim::SegmentInput& in : mean_) {
      in.stress_pa *= factor;
      in.mean_pressure_pa *= factor;
      in.peak_pressure_pa *= factor;
    }
    return mean_;
  }
  void clear() { std::fill(sums_.begin(), sums_.end(), sim::SegmentInput{}); }

 private:
  std::vector<sim::SegmentInput> sums_, mean_;
};

PersonNow person_now(const sim::SimModel& model, const sim::SimState& state) {
  PersonNow now{static_cast<float>(state.person.calm), static_cast<float>(state.person.alarm),
                0.0f};
  for (const sim::SegmentState& segment : state.segments) {
    now.pain = std::max(now.pain, sim::pain_signal_vas(model.parameters, segment, state.person));
  }
  return now;
}

class Runner {
 public:
  Runner(RoutinePlan plan, std::shared_ptr<const sim::SimModel> model, const sim::SimState& start,
         bool with_trace, base::Progress& progress)
      : progress_(progress),
        with_trace_(with_trace),
        state_(start),
        untreated_(start),
        watch_(model) {
    run_.plan = std::move(plan);
    run_.model = std::move(model);
    beside_ = {make_beside(*run_.model, start, 1.0f - kPressureRange, 1.0f + kThresholdRange),
               make_beside(*run_.model, start, 1.0f + kPressureRange, 1.0f - kThresholdRange)};
    const anatomy::Body& body = run_.model->body->body();
    for (std::size_t i = 0; i < body.structures.size(); ++i) {
      const anatomy::Structure& structure = body.structures[i];
      if (structure.kind != anatomy::Kind::kMuscle || !structure.usable ||
          structure.segment_count == 0) {
        continue;
      }
      MusclePressed muscle;
      muscle.structure = static_cast<anatomy::StructureIndex>(i);
      run_.muscles.push_back(muscle);
    }
  }

  RoutineRun run() {
    keep_moment(0);
    sample(0.0f, true, true);
    for (const Leg& leg : run_.plan.legs) {
      run_leg(leg);
      if (progress_.cancelled()) return std::move(run_);
    }
    if (beside_ticks_ > 0) advance_beside();
    run_.end_s = time_s();
    if (run_.person.back().time_s < run_.end_s) sample(last_force_n_, true, false);
    keep_moment(1);
    pass_after();
    progress_.report(1.0f);
    return std::move(run_);
  }

 private:
  double time_s() const { return static_cast<double>(tick_) / 60.0 + after_s_; }

  void run_leg(const Leg& leg) {
    // A stroke comes by the same places again and again: their geometry is found once.
    std::vector<std::shared_ptr<const sim::ContactGeometry>> kept(
        leg.poses.size() <= kMostKept ? leg.poses.size() : 0);
    state_.geometry.reset();
    for (std::uint32_t t = 0; t < leg.ticks && !progress_.cancelled(); ++t) {
      const sim::ToolInput input = leg.input_at(t);
      bool back = false;
      const std::size_t pose = leg.pose_index(t, back);
      if (pose < kept.size() && kept[pose] != nullptr) state_.geometry = kept[pose];
      sim::step(*run_.model, state_, input, base::Seconds{kRoutineTickSeconds}, inputs_);
      if (pose < kept.size()) kept[pose] = state_.geometry;
      ++tick_;
      last_force_n_ = input.force.value;
      watch_muscles();
      keep_findings(leg.step, watch_.observe(state_, input, base::Seconds{kRoutineTickSeconds}));
      mean_.add(inputs_);
      if (++beside_ticks_ == kBesideTicks) advance_beside();
      const bool trace_due = tick_ % kTraceTicks == 0, person_due = tick_ % kPersonTicks == 0;
      if (trace_due || person_due) sample(input.force.value, person_due, trace_due);
      if (tick_ % 60 == 0) {
        progress_.report(0.98f * static_cast<float>(tick_) / static_cast<float>(run_.plan.ticks));
      }
    }
  }

  void advance_beside() {
    const float dt = static_cast<float>(beside_ticks_) * kRoutineTickSeconds;
    for (Beside& beside : beside_) {
      beside.state.person.braced = state_.person.braced;
      sim::advance_relief(beside.model, mean_.mean(beside_ticks_, beside.pressure), dt,
                          beside.state);
    }
    mean_.clear();
    beside_ticks_ = 0;
    const auto watch = [&](const sim::SimState& state, Person person) {
      for (MusclePressed& muscle : run_.muscles) {
        for (const sim::SegmentState& segment : segments_of(state, muscle.structure)) {
          float& worst = muscle.comfort_ratio[index_of(person)];
          worst = std::max(worst, segment.comfort_ratio);
        }
      }
    };
    watch(beside_[0].state, Person::kGentle);
    watch(beside_[1].state, Person::kHarsh);
  }

  std::span<const sim::SegmentState> segments_of(const sim::SimState& state,
                                                 anatomy::StructureIndex muscle) const {
    const anatomy::Structure& structure = run_.model->body->body().structures[muscle];
    return std::span(state.segments).subspan(structure.first_segment, structure.segment_count);
  }

  void watch_muscles() {
    for (MusclePressed& muscle : run_.muscles) {
      float load = 0.0f, worst = 0.0f;
      for (const sim::SegmentState& segment : segments_of(state_, muscle.structure)) {
        load = std::max(load, segment.pressure_pa);
        worst = std::max(worst, segment.comfort_ratio);
      }
      if (!(load > 0.0f)) continue;
      muscle.peak_pa = std::max(muscle.peak_pa, load);
      muscle.pressure_time_pa_s += static_cast<double>(load) * kRoutineTickSeconds;
      muscle.contact_s += kRoutineTickSeconds;
      float& highest = muscle.comfort_ratio[index_of(Person::kNominal)];
      highest = std::max(highest, worst);
    }
  }

  void keep_findings(std::size_t step, const std::vector<SafetyFinding>& findings) {
    for (const SafetyFinding& finding : findings) {
      auto event = std::find_if(run_.safety.begin(), run_.safety.end(), [&](const SafetyEvent& e) {
        return e.step == step && e.worst.kind == finding.kind && e.worst.region == finding.region;
      });
      if (event == run_.safety.end()) {
        run_.safety.push_back({step, time_s() - kRoutineTickSeconds, 0.0, finding});
        event = run_.safety.end() - 1;
      }
      event->seconds += kRoutineTickSeconds;
      if (finding.value > event->worst.value) event->worst = finding;
    }
  }

  const sim::SimState& state_of(Person person) const {
    switch (person) {
      case Person::kUntreated:
        return untreated_;
      case Person::kGentle:
        return beside_[0].state;
      case Person::kHarsh:
        return beside_[1].state;
      case Person::kNominal:
        break;
    }
    return state_;
  }

  // The untreated person lives as long as the others, in steps of their own.
  void catch_up_untreated() {
    const double behind = time_s() - untreated_s_;
    if (behind > 1e-6) {
      sim::pass_untreated(*run_.model, untreated_, base::Seconds{static_cast<float>(behind)});
    }
    untreated_s_ = time_s();
  }

  void keep_moment(std::size_t moment) {
    catch_up_untreated();
    for (std::size_t p = 0; p < kPersons; ++p) {
      run_.segments[p][moment] = state_of(static_cast<Person>(p)).segments;
    }
  }

  void sample(float force_n, bool person, bool trace) {
    if (person) {
      catch_up_untreated();
      PersonSample sample{time_s(), force_n, {}};
      for (std::size_t p = 0; p < kPersons; ++p) {
        sample.persons[p] = person_now(*run_.model, state_of(static_cast<Person>(p)));
      }
      run_.person.push_back(sample);
    }
    if (!trace || !with_trace_) return;
    TraceRow row{time_s(), force_n, person_now(*run_.model, state_), {}};
    row.muscles.reserve(run_.muscles.size());
    for (const MusclePressed& muscle : run_.muscles) row.muscles.push_back(trace_of(muscle));
    run_.trace.push_back(std::move(row));
  }

  TraceValue trace_of(const MusclePressed& muscle) const {
    const auto readout = sim::read_muscle_part(*run_.model, state_, muscle.structure, {});
    BACKMATE_CHECK(readout.has_value());
    TraceValue value{readout->load_pa, readout->tension, 0.0f, readout->relief};
    double weight_sum = 0.0, sum = 0.0, plain = 0.0;
    const auto segments = segments_of(state_, muscle.structure);
    for (const sim::SegmentState& segment : segments) {
      weight_sum += segment.dose_pa_s;
      sum += segment.dose_pa_s * segment.stiffness_pa;
      plain += segment.stiffness_pa;
    }
    value.stiffness_pa = static_cast<float>(
        weight_sum > 0.0 ? sum / weight_sum : plain / static_cast<double>(segments.size()));
    return value;
  }

  void pass_after() {
    for (sim::SegmentState& segment : state_.segments) segment.pressure_pa = 0.0f;
    std::size_t moment = 2;
    while (moment < kMoments && !progress_.cancelled()) {
      const base::Seconds minute{static_cast<float>(kAfterStepS)};
      sim::pass_untreated(*run_.model, state_, minute);
      for (Beside& beside : beside_) sim::pass_untreated(beside.model, beside.state, minute);
      after_s_ += kAfterStepS;
      sample(0.0f, true, true);
      if (after_s_ >= kMomentsAfterS[moment - 2]) keep_moment(moment++);
    }
  }

  RoutineRun run_;
  base::Progress& progress_;
  bool with_trace_;
  sim::SimState state_, untreated_;
  SafetyWatch watch_;
  std::vector<Beside> beside_;  // the gentlest, the harshest
  std::vector<sim::SegmentInput> inputs_;
  InputMean mean_;
  std::uint32_t tick_ = 0;
  std::uint32_t beside_ticks_ = 0;
  double after_s_ = 0.0;
  double untreated_s_ = 0.0;
  float last_force_n_ = 0.0f;
};

}  // namespace

RoutineRun run_routine(RoutinePlan plan, std::shared_ptr<const sim::SimModel> model,
                       const sim::SimState& start, bool with_trace, base::Progress& progress) {
  BACKMATE_CHECK(model != nullptr && !plan.legs.empty());
  return Runner(std::move(plan), std::move(model), start, with_trace, progress).run();
}

}  // namespace guide

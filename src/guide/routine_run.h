// Runs a planned routine on a simulated person, tick by tick, then lets two hours pass; keeps what
// a report needs. Pure and deterministic: the same plan gives the same run.
//
// Beside the run itself: the same person untreated, and two persons at the ends of the parameter
// ranges that science.md section 6 names. What a press does depends on pressure and on how much of
// the pain threshold it is, so two persons span the four ends: pressure -30 % with threshold +40 %
// is the gentlest, pressure +30 % with threshold -40 % the harshest; the other two lie between. The
// range of relief (+-100 %) scales every difference to the untreated person, and needs no run.
// They share the contact of the run itself (a tense muscle changes the dent, hardly the pressure)
// and take steps of a tenth of a second.
#pragma once

#include <array>
#include <vector>

#include "base/progress.h"
#include "guide/routine_plan.h"
#include "guide/safety_watch.h"
#include "sim/sim_state.h"

namespace guide {

inline constexpr float kPressureRange = 0.3f;
inline constexpr float kThresholdRange = 0.4f;
inline constexpr float kReliefRange = 1.0f;

// When the report looks: before, at the end, and after 5 min, 30 min and 2 h.
inline constexpr std::size_t kMoments = 5;
inline constexpr std::array<double, kMoments - 2> kMomentsAfterS = {300.0, 1800.0, 7200.0};

enum class Person : std::uint8_t { kNominal, kUntreated, kGentle, kHarsh };
inline constexpr std::size_t kPersons = 4;

struct PersonNow {
  float calm = 0.0f;
  float alarm = 0.0f;
  float pain = 0.0f;  // the model's 0-10 signal: the highest of all segments
};

struct PersonSample {
  double time_s = 0.0;
  float force_n = 0.0f;
  std::array<PersonNow, kPersons> persons;
};

// One muscle in one row of the trace; dose-weighted means like the program's readouts.
struct TraceValue {
  float load_pa = 0.0f;
  float tension = 0.0f;
  float stiffness_pa = 0.0f;
  float relief = 0.0f;
};
struct TraceRow {
  double time_s = 0.0;
  float force_n = 0.0f;
  PersonNow person;
  std::vector<TraceValue> muscles;  // like RoutineRun::muscles
};

// What one muscle met with while the routine ran.
struct MusclePressed {
  anatomy::StructureIndex structure = anatomy::kNone;
  float peak_pa = 0.0f;             // highest mean stress of a segment
  double pressure_time_pa_s = 0.0;  // highest segment's stress over time
  double contact_s = 0.0;
  std::array<float, kPersons> comfort_ratio{};  // highest
};

// Something that should not have been done: one event for each kind and region in a step.
struct SafetyEvent {
  std::size_t step = 0;
  double time_s = 0.0;   // when it began
  double seconds = 0.0;  // for how long, all together
  SafetyFinding worst;
};

struct RoutineRun {
  RoutinePlan plan;
  std::shared_ptr<const sim::SimModel> model;
  double end_s = 0.0;
  std::vector<MusclePressed> muscles;  // all usable ones, in the body's order
  std::array<std::array<std::vector<sim::SegmentState>, kMoments>, kPersons> segments;
  std::vector<PersonSample> person;  // every 5 s, then every minute
  std::vector<SafetyEvent> safety;   // in order of time
  std::vector<TraceRow> trace;       // every half second, then every minute; empty unless asked for
};

// A cancelled run comes back unfinished: the caller who cancelled knows.
RoutineRun run_routine(RoutinePlan plan, std::shared_ptr<const sim::SimModel> model,
                       const sim::SimState& start, bool with_trace, base::Progress& progress);

}  // namespace guide

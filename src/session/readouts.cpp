#include "session/readouts.h"

#include <algorithm>
#include <optional>

#include "base/insertion_sort.h"
#include "sim/region_load.h"
#include "sim/relief.h"
#include "sim/sim_model.h"

namespace session {

void read_groups(const sim::SimModel& model, const sim::SimState& state,
                 const std::vector<sim::MuscleReadout>& muscles,
                 std::vector<GroupReadout>& groups) {
  const anatomy::Body& body = model.body->body();
  struct Sum {
    float load_pa = 0.0f;
    std::optional<float> relief_loaded, relief_any;
  };
  const auto take_higher = [](std::optional<float>& into, float value) {
    into = into ? std::max(*into, value) : value;
  };
  thread_local std::vector<Sum> sums;  // kept between calls
  sums.assign(body.groups.size(), Sum{});
  for (const sim::MuscleReadout& whole : muscles) {
    for (const anatomy::GroupIndex g : body.structures[whole.structure].groups) {
      const bool regional = !body.groups[g].above.empty() || !body.groups[g].below.empty();
      const std::optional<sim::MuscleReadout> muscle =
          regional ? sim::read_muscle_part(model, state, whole.structure, model.group_spans[g])
                   : whole;
      if (!muscle) continue;
      sums[g].load_pa = std::max(sums[g].load_pa, muscle->load_pa);
      if (muscle->load_pa > 0.0f) take_higher(sums[g].relief_loaded, muscle->relief);
      take_higher(sums[g].relief_any, muscle->relief);
    }
  }
  groups.clear();
  for (std::size_t g = 0; g < sums.size(); ++g) {
    if (!sums[g].relief_any) continue;
    groups.push_back({static_cast<anatomy::GroupIndex>(g), sums[g].load_pa,
                      sums[g].relief_loaded.value_or(*sums[g].relief_any)});
  }
  base::insertion_sort(
      groups.begin(), groups.end(),
      [](const GroupReadout& a, const GroupReadout& b) { return a.load_pa > b.load_pa; });
}

float read_relief_beside(const sim::SimModel& model, const sim::SimState& state,
                         const sim::SimState& other, anatomy::StructureIndex muscle) {
  const anatomy::Structure& structure = model.body->body().structures[muscle];
  double dose = 0.0, dosed = 0.0, plain = 0.0;
  const std::size_t first = structure.first_segment;
  for (std::size_t s = first; s < first + structure.segment_count; ++s) {
    const double relief =
        1.0 - static_cast<double>(other.segments[s].stiffness_pa / state.stiffness_start_pa[s]);
    dose += state.segments[s].dose_pa_s;
    dosed += state.segments[s].dose_pa_s * relief;
    plain += relief;
  }
  if (structure.segment_count == 0) return 0.0f;
  return static_cast<float>(dose > 0.0 ? dosed / dose : plain / structure.segment_count);
}

PersonReadout read_person(const sim::SimModel& model, const sim::SimState& state) {
  PersonReadout person;
  person.calm = static_cast<float>(state.person.calm);
  person.alarm = static_cast<float>(state.person.alarm);
  for (const sim::SegmentState& segment : state.segments) {
    person.pain =
        std::max(person.pain, sim::pain_signal_vas(model.parameters, segment, state.person));
  }
  return person;
}

LimitReadout read_limit(const sim::SimModel& model, const sim::ContactPatch& patch,
                        const tool::HeadPose& head) {
  const sim::SafetyMap& safety = *model.safety;
  if (const auto tightest = sim::find_tightest_region(safety, patch))
    return {tightest->region, tightest->head_most.value};
  const sim::RegionIndex region = safety.find_region(head.position_m, head.normal);
  return {region, safety.region(region).force_limit_n};
}

void CurveRecorder::record(double time_s, const std::vector<sim::MuscleReadout>& muscles,
                           const std::function<float(anatomy::StructureIndex)>& untreated) {
  if (!is_due(time_s)) return;
  next_s_ = time_s + kInterval_s;
  for (std::size_t i = 0; i < std::min(kLeading, muscles.size()); ++i) {
    if (muscles[i].load_pa < kWorkedOnPa || curves_.size() >= kMaxCurves) break;
    const auto known = std::find_if(curves_.begin(), curves_.end(), [&](const MuscleCurve& curve) {
      return curve.structure == muscles[i].structure;
    });
    if (known == curves_.end()) curves_.push_back({muscles[i].structure, {}});
  }
  for (MuscleCurve& curve : curves_) {
    const auto muscle =
        std::find_if(muscles.begin(), muscles.end(),
                     [&](const sim::MuscleReadout& m) { return m.structure == curve.structure; });
    if (muscle == muscles.end()) continue;
    if (curve.points.size() >= kMaxPoints) {
      std::size_t kept = 0;
      for (std::size_t i = 0; i < curve.points.size(); i += 2)
        curve.points[kept++] = curve.points[i];
      curve.points.resize(kept);
    }
    curve.points.reserve(kMaxPoints);
    curve.points.push_back(
        {static_cast<float>(time_s), muscle->relief, muscle->tension, untreated(curve.structure)});
  }
}

void CurveRecorder::clear() {
  curves_.clear();
  next_s_ = 0.0;
}

}  // namespace session

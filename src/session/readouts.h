// What people read: named groups first, and how the leading muscles ease over time.
#pragma once

#include <functional>
#include <vector>

#include "anatomy/body.h"
#include "session/session.h"
#include "sim/step.h"

namespace session {

// One entry per group with a muscle in it. The group's load is that of its most loaded member; its
// relief is that of the loaded members' most relieved one, or of the most relieved member when none
// is loaded. Of a muscle that runs past the group's region only the part inside counts. Highest
// load first, then in the body's order.
void read_groups(const sim::SimModel& model, const sim::SimState& state,
                 const std::vector<sim::MuscleReadout>& muscles, std::vector<GroupReadout>& groups);

// Relief of a muscle of `other`, weighted by the dose that `state` got: the same person untreated,
// read off where the treated one was pressed.
float read_relief_beside(const sim::SimModel& model, const sim::SimState& state,
                         const sim::SimState& other, anatomy::StructureIndex muscle);

PersonReadout read_person(const sim::SimModel& model, const sim::SimState& state);

LimitReadout read_limit(const sim::SimModel& model, const sim::ContactPatch& patch,
                        const tool::HeadPose& head);

// A muscle counts as worked on from here (product.md: 5 kPa).
inline constexpr float kWorkedOnPa = 5000.0f;

// Keeps a curve for each muscle that was ever among the leading ones; a curve starts when its
// muscle is first worked on and goes on when the head has left it.
class CurveRecorder {
 public:
  static constexpr std::size_t kLeading = 6;
  static constexpr std::size_t kMaxCurves = 24;
  // A full curve is thinned to every other point, so that its length stays bounded.
  static constexpr std::size_t kMaxPoints = 1200;
  static constexpr float kInterval_s = 0.5f;

  // `untreated` says what relief a muscle has without treatment; asked for curves only.
  void record(double time_s, const std::vector<sim::MuscleReadout>& muscles,
              const std::function<float(anatomy::StructureIndex)>& untreated);
  bool is_due(double time_s) const { return time_s >= next_s_; }
  void clear();
  const std::vector<MuscleCurve>& curves() const { return curves_; }

 private:
  std::vector<MuscleCurve> curves_;
  double next_s_ = 0.0;
};

}  // namespace session

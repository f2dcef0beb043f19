// A routine laid on a body: what presses where, with which force, at every tick. A step becomes one
// leg, or two where it is done on both sides.
//
// Styles are inputs (science.md section 3): about 15 kPa at 0.33 Hz strokes for Swedish; for deep
// tissue a ramp from there to 60 kPa at 0.12 Hz. The ramp is one of force and of pace, at most a
// minute and half the leg. It goes on across steps: where the same place has just been worked deep,
// deep goes on without a ramp and Swedish eases off from there; a new place is always approached
// gently. Which force gives that mean pressure at the skin
// is found at the leg's first place, on the person as they are at the start.
#pragma once

#include <memory>
#include <vector>

#include "guide/routine.h"
#include "guide/skin_path.h"
#include "sim/sim_model.h"
#include "sim/step.h"

namespace guide {

inline constexpr float kRoutineTickSeconds = 1.0f / 60.0f;
inline constexpr float kSwedishPa = 15000.0f;
inline constexpr float kDeepPa = 60000.0f;
inline constexpr float kSwedishPeriodS = 3.0f;  // 0.33 Hz
inline constexpr float kDeepPeriodS = 1.0f / 0.12f;
inline constexpr float kStyleStrokeM = 0.08f;    // one way, where no placement tells
inline constexpr float kCustomSpeedMps = 0.04f;  // product.md: 2-6 cm/s is good
inline constexpr float kLongestRampS = 60.0f;
// Steps closer than this to each other work on the same place.
inline constexpr float kSamePlaceM = 0.05f;
// A point given further from the skin than this is a mistake.
inline constexpr float kFurthestFromSkin = 0.05f;

struct Leg {
  std::size_t step = 0;  // of the routine
  std::uint32_t ticks = 0;
  const tool::AttachmentSpec* attachment = nullptr;
  // One pose: held. More: walked to and fro, a place a tick.
  std::vector<tool::HeadPose> poses;
  std::vector<glm::vec3> velocities_m_s;  // at the poses on the way out; empty where held
  std::size_t first_pose = 0;             // where the stroke begins
  base::Newtons force_from, force_to;
  std::uint32_t ramp_ticks = 0;
  float pace_from = 1.0f;  // of the stroke where the ramp begins, over that of the poses
  bool braced = false;

  // Where it begins.
  const tool::HeadPose& place() const { return poses[first_pose]; }
  bool rolls() const { return poses.size() > 1; }
  // How far the ramp has come.
  float ramp_share(std::uint32_t tick) const;
  // Index of the pose at a tick, and whether the head is on its way back.
  std::size_t pose_index(std::uint32_t tick, bool& back) const;
  sim::ToolInput input_at(std::uint32_t tick) const;
};

struct RoutinePlan {
  Routine routine;
  std::vector<Leg> legs;
  std::uint32_t ticks = 0;  // of all legs

  double seconds() const { return static_cast<double>(ticks) / 60.0; }
};

// `start` is the person before the routine. `tool` is kept by pointer: it must outlive the plan.
// Refuses, naming file and field, points off the body and strokes that leave the skin.
base::Result<RoutinePlan> plan_routine(const Routine& routine, const sim::SimModel& model,
                                       const sim::SimState& start, const tool::ToolSpec& tool);

}  // namespace guide

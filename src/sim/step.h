// The simulation's front door: SimModel (immutable, from a Body and data files), SimState (mutable,
// copyable) and step(), a pure function. The same inputs give the same state hash.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "anatomy/body.h"
#include "base/progress.h"
#include "base/result.h"
#include "sim/condition.h"
#include "sim/contact.h"
#include "sim/sim_state.h"
#include "tool/attachment.h"
#include "tool/head_pose.h"

namespace sim {

struct SimModel;      // sim/sim_model.h
struct SegmentInput;  // sim/relief.h

// What presses during one tick.
struct ToolInput {
  tool::HeadPose pose;
  const tool::AttachmentSpec* attachment = nullptr;
  base::Newtons force;           // 0 lifts the head
  glm::vec3 velocity_m_s{0.0f};  // of the head over the skin
  bool braced = false;           // the person holds on with their muscles instead of leaning in
};

// Reads assets/anatomy/tissue.json (layer moduli, parameters) and
// assets/conditions/<condition>.json. `like` is another model of the same body, if there is one:
// the layers found under its skin are shared.
base::Result<std::shared_ptr<const SimModel>> load_sim_model(
    std::shared_ptr<const anatomy::BodyIndex> body, const std::filesystem::path& assets_dir,
    const ConditionChoice& condition, const SimModel* like = nullptr);

// Looks under the whole skin, beside the frame (any thread): afterwards a head costs the same
// everywhere. Not needed for anything but speed; results are the same without it.
void prepare_columns(const SimModel& model, base::Progress& progress);

// The person at the start: as after two untreated hours with the condition.
SimState make_start_state(const SimModel& model);

// Contact of the head alone, at this moment: with the tissue's memory of what has pressed there, so
// that it agrees with step(). On a state that nothing has pressed yet: the elastic law.
ContactPatch find_contact(const SimModel& model, const SimState& state, const ToolInput& input);

// Shows a head at its place before time passes: patch and loads of the state become those of
// `input`; nothing else changes.
void place_head(const SimModel& model, SimState& state, const ToolInput& input);

// Advances by dt: contact, stress in depth, relief. input.force <= 0 means no contact. Any dt is
// stable; without contact hours may pass in one call. One call sees one pose: a moving head wants
// calls of at most a tick.
void step(const SimModel& model, SimState& state, const ToolInput& input, base::Seconds dt);
// The same, and tells what pressed on each segment (empty: nothing did), for runs beside this one
// that differ in the person only. `inputs` is scratch: what it held before plays no part.
void step(const SimModel& model, SimState& state, const ToolInput& input, base::Seconds dt,
          std::vector<SegmentInput>& inputs);
// Untreated time: relief alone, in steps of five seconds. State, tick and patch stay as they are
// but for the segments and the person.
void pass_untreated(const SimModel& model, SimState& state, base::Seconds duration);

// One muscle's summary for people.
struct MuscleReadout {
  anatomy::StructureIndex structure = anatomy::kNone;
  float load_pa = 0.0f;       // highest segment mean
  float load_mean_pa = 0.0f;  // mean over segments with at least 1 kPa
  // Means weighted by dose, so that curves go on smoothly after the head has left; over all
  // segments while the muscle has had none.
  float tension = 0.0f;  // T
  float relief = 0.0f;   // 1 - mu / mu_start
};
// All usable muscles, highest load first, then by id.
std::vector<MuscleReadout> read_muscles(const SimModel& model, const SimState& state);
// The same into a list that is used again.
void read_muscles(const SimModel& model, const SimState& state,
                  std::vector<MuscleReadout>& muscles);

// The same of the part of a muscle that lies within `span`; empty where no segment does.
std::optional<MuscleReadout> read_muscle_part(const SimModel& model, const SimState& state,
                                              anatomy::StructureIndex muscle,
                                              const anatomy::GroupSpan& span);

}  // namespace sim

// The one owner of a Document and a simulated person. apply() is the only place a Document changes;
// advance() runs whole ticks of the simulation. Everybody else reads the Snapshot.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "anatomy/body.h"
#include "base/result.h"
#include "guide/approach.h"
#include "guide/safety_watch.h"
#include "guide/tender_spots.h"
#include "session/command.h"
#include "session/placements.h"
#include "session/section.h"
#include "sim/step.h"
#include "tool/attachment.h"

namespace session {

inline constexpr float kTickSeconds = 1.0f / 60.0f;

// One sample of a relief curve.
struct CurvePoint {
  float time_s = 0.0f;  // simulated time since the start
  float relief = 0.0f;
  float tension = 0.0f;
  float untreated = 0.0f;  // relief of the same person whom nobody touches
};
struct MuscleCurve {
  anatomy::StructureIndex structure = anatomy::kNone;
  std::vector<CurvePoint> points;
};

// The person for people; calm and alarm 0 to 1, pain the model's 0-10 signal (the highest of all
// segments).
struct PersonReadout {
  float calm = 0.0f;
  float alarm = 0.0f;
  float pain = 0.0f;
  float pain_at_start = 0.0f;
};

// How hard one may lean in where the head is: the lowest limit of the regions that its contacts
// touch, or of the place under it while it is lifted.
struct LimitReadout {
  sim::RegionIndex region = 0;
  float force_n = 0.0f;  // 0: a no-go zone

  bool no_go() const { return !(force_n > 0.0f); }
};

struct GroupReadout {
  anatomy::GroupIndex group = anatomy::kNone;
  float load_pa = 0.0f;
  float relief = 0.0f;
};

// The settled head as it is to be shown: between the last two ticks, by how much of the next one
// has passed, so that a picture between ticks does not jerk.
struct ShownHead {
  glm::vec3 centre_m{0.0f};
  glm::vec3 bar_axis{1.0f, 0.0f, 0.0f};
  glm::vec3 outward{0.0f, 0.0f, 1.0f};
};

// A read-only view of one frame; valid until the next apply() or advance().
struct Snapshot {
  const anatomy::BodyIndex* index = nullptr;  // body() inside
  const tool::ToolSpec* tool = nullptr;
  const Document* document = nullptr;
  const sim::SimState* sim = nullptr;
  tool::HeadPose head_now;                                   // with rolling
  std::optional<ShownHead> head_shown;                       // nothing while it is lifted
  const std::vector<sim::MuscleReadout>* muscles = nullptr;  // highest load first
  const std::vector<GroupReadout>* groups = nullptr;         // highest load first
  const std::vector<MuscleCurve>* curves = nullptr;
  const std::vector<sim::Condition>* conditions = nullptr;       // in the order of lists
  const std::vector<PlacementReadout>* placements = nullptr;     // in the order of lists
  const PlacementSpots* spots = nullptr;                         // of `placements`
  const std::vector<guide::TenderSpot>* tender_spots = nullptr;  // in the order of lists
  const guide::TenderMap* tender = nullptr;  // of the document's spot on this body; null: none
  std::optional<PlacementTarget> placement;  // of the document's; nothing: none is chosen
  const std::vector<guide::SafetyFinding>* safety = nullptr;  // what is wrong at this moment
  const sim::SimModel* model = nullptr;
  const std::optional<Section>* section = nullptr;  // under the leading contact
  PersonReadout person;
  LimitReadout limit;
  std::optional<guide::Nearing> approach;  // what the head comes near to
  double time_s = 0.0;                     // simulated
  double attachment_s = 0.0;               // simulated, in contact since this attachment was put on
  float time_rate = 1.0f;
  bool can_undo = false;
  bool can_redo = false;
  std::uint64_t version = 0;       // changes whenever anything that is shown changes
  std::uint64_t body_version = 0;  // changes whenever the body or the tool look different
};

struct SessionSetup {
  std::shared_ptr<const anatomy::BodyIndex> body;
  std::shared_ptr<const tool::ToolSpec> tool;
  std::filesystem::path assets_dir;
  sim::ConditionChoice condition;
};

class Session {
 public:
  // Starts with balls_std at the base of the neck, angle 0, 60 N; superficial layer.
  static base::Result<std::unique_ptr<Session>> make(const SessionSetup& setup);
  ~Session();

  // Refuses (in words) what is out of range, not finite or unknown; the document stays as it was.
  // Undo and Redo with nothing left to undo are not refused: they change nothing.
  base::Status apply(const Command& command);
  // Lets frame_seconds of real time pass: whole ticks of kTickSeconds simulated time at the time
  // rate; the rest is kept for the next call.
  void advance(float frame_seconds);
  Snapshot snapshot() const;

 private:
  struct Impl;
  explicit Session(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace session

// Everything that a person can ask of a session: a closed set of small values. Panels, keys,
// scripts and replays all speak it.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "session/document.h"

namespace session {

struct SetLayer {
  anatomy::Layer layer;
};
struct SetXray {
  bool on;
};
// Nerves and vessels.
struct SetNerves {
  bool on;
};
// A field colours muscles, limits are painted on the skin: where the layer shown has none of it,
// the nearest one that has is shown, in the same step.
struct SetField {
  Field field;
};
struct SetLimits {
  bool on;
};
struct Hide {
  std::vector<anatomy::StructureIndex> structures;
};
struct Isolate {
  std::vector<anatomy::StructureIndex> structures;
};  // empty: end isolation
struct UnhideAll {};
struct Select {
  std::vector<anatomy::StructureIndex> structures;
  bool add = false;
};
// Selects these and takes away whatever keeps them from being seen: hiding, isolation, layers.
struct Reveal {
  std::vector<anatomy::StructureIndex> structures;
};
struct Unhide {
  std::vector<anatomy::StructureIndex> structures;
};
// While `preview` is true the change is live but not yet a step of undo (a slider or drag in hand).
struct MoveHead {
  glm::vec3 target_m;
  bool preview = false;
};
struct SetHeadAngle {
  base::Radians angle;
  bool preview = false;
};
struct SetPitch {
  base::Radians pitch;
  bool preview = false;
};
// Everything that a placement asks for, as one step: place, angle, pitch, attachment, force; held.
// -1 ends it: the head stays where it is.
struct Place {
  int placement;
  anatomy::Side side = anatomy::Side::kRight;
  std::optional<base::Newtons> force = {};  // instead of the placement's own, if it is lower
  // Who is simulated from then on: a complaint and its person are one choice.
  std::optional<sim::ConditionChoice> condition = {};
};
// Height, weight, doorway: absurd ones are refused.
struct SetMySize {
  guide::MySize size;
  bool preview = false;
};
// A tender spot with its traditional map; -1: none.
struct ShowTender {
  int spot;
  anatomy::Side side = anatomy::Side::kRight;
};
// The whole document, as one step: a session is reopened.
struct Restore {
  std::shared_ptr<const Document> document;
};
// To the other side of the body, as one step: the place and the angle are mirrored at X = 0.
struct MirrorHead {};
// A force above the new attachment's limit is lowered to it, in the same step.
struct SetAttachment {
  int attachment;
};
struct SetForce {
  base::Newtons force;
  bool preview = false;
};
struct SetMotion {
  Motion motion;
};
struct SetCondition {
  sim::ConditionChoice condition;
};
struct SetTimeRate {
  float rate;
};                    // 1, 10, 60; not undoable
struct StartOver {};  // person and curves; not undoable
struct Undo {};
struct Redo {};

using Command = std::variant<SetLayer, SetXray, SetNerves, SetField, SetLimits, Hide, Isolate,
                             UnhideAll, Select, Reveal, Unhide, MoveHead, SetHeadAngle, SetPitch,
                             Place, SetMySize, ShowTender, MirrorHead, SetAttachment, SetForce,
                             SetMotion, SetCondition, Restore, SetTimeRate, StartOver, Undo, Redo>;
using CommandQueue = std::vector<Command>;

}  // namespace session

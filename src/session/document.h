// What a person has set up and may undo: view filters, tool, condition. A small value; snapshots of
// it are the undo history. The simulated person is not part of it (it is rewound by replay), nor
// the camera.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "anatomy/body.h"
#include "base/quantity.h"
#include "guide/doorway.h"
#include "session/field.h"
#include "sim/condition.h"
#include "tool/head_pose.h"

namespace session {

enum class Motion : std::uint8_t { kHold, kRoll };

struct Document {
  anatomy::Layer layer = anatomy::Layer::kSuperficial;
  bool xray = false;
  bool nerves = true;                  // nerves and vessels are shown, in every layer
  Field field = Field::kNatural;       // what colours the muscles
  bool limits = false;                 // where and how hard one may press, painted on the skin
  std::vector<std::uint8_t> hidden;    // per structure
  std::vector<std::uint8_t> isolated;  // per structure; all 0: nothing is isolated
  std::vector<std::uint8_t> selected;  // per structure

  tool::HeadPose head;  // where the person put it (rolling moves about it)
  int attachment = 0;   // index in ToolSpec::attachments
  base::Newtons force{60.0f};
  Motion motion = Motion::kHold;
  sim::ConditionChoice condition;
  // What the head was put to last, until it is put to another: index in Snapshot::placements or -1.
  int placement = -1;
  anatomy::Side placement_side = anatomy::Side::kRight;
  // The tender spot whose map is drawn: index in Snapshot::tender_spots or -1.
  int tender = -1;
  anatomy::Side tender_side = anatomy::Side::kRight;
  guide::MySize size;  // of whoever stands in the doorway

  // A layer shows itself and everything below it, nerves and vessels show with all of them; hiding
  // and isolation filter that further.
  bool is_visible(const anatomy::Structure& structure, anatomy::StructureIndex index) const {
    return is_visible(structure, index, is_isolating());
  }
  // The same for a caller that asks about many.
  bool is_visible(const anatomy::Structure& structure, anatomy::StructureIndex index,
                  bool isolating) const;
  bool is_isolating() const;
};

bool is_same(const Document& a, const Document& b);
// The part that contact depends on: head, attachment, force, motion.
bool is_same_tool(const Document& a, const Document& b);

}  // namespace session

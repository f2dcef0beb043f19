// Placements on the session's body: which can be had, and how far the head is from the chosen one.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "guide/placement_fit.h"
#include "guide/stroke_reach.h"
#include "session/command.h"
#include "session/document.h"

namespace session {

// Nearer than this is as good as there.
inline constexpr float kReachedM = 0.015f;
inline constexpr float kReachedRad = 0.1745f;  // 10 degrees

struct PlacementReadout {
  guide::PlacementSpec spec;
  std::string obstacle;  // a sentence in English why it cannot be had here; empty: it can
};

// Where a placement wants the head, and what is different now.
struct PlacementTarget {
  tool::HeadPose pose;
  float away_m = 0.0f;    // straight
  base::Radians turned;   // of the bar, 0 to a right angle: a bar points both ways
  base::Radians pitched;  // without sign
  bool other_attachment = false;
  bool reaches = true;         // false: no spot here reaches all that it is for
  base::Newtons beyond_range;  // above the placement's range (> 0) or below it (< 0)

  // Near enough, with the right attachment and a force in its range.
  bool is_reached() const;
};

// Wrong files are named in the log and left out.
std::vector<PlacementReadout> load_placements(const std::filesystem::path& assets_dir,
                                              const tool::ToolSpec& tool,
                                              const anatomy::Body& body);

// The command that goes there. Refuses an unknown id (listing all) and one that cannot be had here.
base::Result<Place> choose_placement(const std::vector<PlacementReadout>& placements,
                                     std::string_view id, anatomy::Side side);

// The placements at their spots on the session's body: each is sought once, when first wanted.
// `person` is the usual one on it, not the one with today's condition: a spot belongs to the body,
// and is the same after a session has been opened again.
class PlacementSpots {
 public:
  // `placements` outlives this.
  PlacementSpots(const std::vector<PlacementReadout>& placements,
                 std::shared_ptr<const sim::SimModel> person,
                 std::shared_ptr<const tool::ToolSpec> tool);

  // An index in `placements` without an obstacle.
  const guide::PlacementFit& at(int placement) const;
  // How far it rolls about where the head is now.
  guide::StrokeReach find_reach(int placement, const tool::HeadPose& head,
                                const tool::AttachmentSpec& attachment) const;

 private:
  const std::vector<PlacementReadout>& placements_;
  std::shared_ptr<const sim::SimModel> person_;
  std::shared_ptr<const tool::ToolSpec> tool_;
  mutable std::map<int, guide::PlacementFit> known_;
};

// Of the document's placement.
std::optional<PlacementTarget> find_target(const guide::PlacementFit& fit, const Document& document,
                                           const anatomy::BodyIndex& body,
                                           const tool::ToolSpec& tool);

}  // namespace session

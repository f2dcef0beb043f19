#include "session/placements.h"

#include <algorithm>
#include <cmath>
#include <glm/geometric.hpp>

#include "base/fmath.h"
#include "base/log.h"

namespace session {
bool PlacementTarget::is_reached() const {
  return away_m <= kReachedM && turned.value <= kReachedRad && pitched.value <= kReachedRad &&
         !other_attachment && beyond_range == base::Newtons{0.0f};
}

std::vector<PlacementReadout> load_placements(const std::filesystem::path& assets_dir,
                                              const tool::ToolSpec& tool,
                                              const anatomy::Body& body) {
  auto files = guide::load_placements(assets_dir, tool);
  for (const std::string& sentence : files.refused) base::log_warning(sentence);
  std::vector<PlacementReadout> placements;
  for (guide::PlacementSpec& spec : files.placements) {
    const auto obstacle = guide::find_obstacle(spec, anatomy::Side::kRight, body);
    placements.push_back({std::move(spec), obstacle.value_or("")});
  }
  return placements;
}

base::Result<Place> choose_placement(const std::vector<PlacementReadout>& placements,
                                     std::string_view id, anatomy::Side side) {
  std::string known;
  for (std::size_t i = 0; i < placements.size(); ++i) {
    const PlacementReadout& placement = placements[i];
    if (placement.spec.id == id) {
      if (!placement.obstacle.empty()) return base::fail(placement.obstacle);
      return Place{static_cast<int>(i), side};
    }
    known += (known.empty() ? "" : ", ") + placement.spec.id;
  }
  return base::fail("There is no placement '" + std::string(id) + "'. Choose one of: " + known +
                    ".");
}

PlacementSpots::PlacementSpots(const std::vector<PlacementReadout>& placements,
                               std::shared_ptr<const sim::SimModel> person,
                               std::shared_ptr<const tool::ToolSpec> tool)
    : placements_(placements), person_(std::move(person)), tool_(std::move(tool)) {}

const guide::PlacementFit& PlacementSpots::at(int placement) const {
  const auto known = known_.find(placement);
  if (known != known_.end()) return known->second;
  const guide::PlacementSpec& named = placements_[static_cast<std::size_t>(placement)].spec;
  return known_.emplace(placement, guide::fit_placement(named, *person_, *tool_)).first->second;
}

guide::StrokeReach PlacementSpots::find_reach(int placement, const tool::HeadPose& head,
                                              const tool::AttachmentSpec& attachment) const {
  return guide::find_stroke_reach(placements_[static_cast<std::size_t>(placement)].spec, head,
                                  attachment, *person_);
}

std::optional<PlacementTarget> find_target(const guide::PlacementFit& fit, const Document& document,
                                           const anatomy::BodyIndex& body,
                                           const tool::ToolSpec& tool) {
  const guide::PlacementSpec& placement = fit.placement;
  const auto placed = guide::place_head(placement, document.placement_side, body, tool);
  if (!placed) return std::nullopt;
  PlacementTarget target;
  target.pose = placed->pose;
  target.away_m = glm::distance(placed->pose.position_m, document.head.position_m);
  const float between = std::abs(placed->pose.angle.value - document.head.angle.value);
  target.turned = base::Radians{std::min(between, base::kPi - between)};
  target.pitched = base::Radians{std::abs(placed->pose.pitch.value - document.head.pitch.value)};
  target.reaches = fit.merit >= 0.0f;
  target.other_attachment = placed->attachment != document.attachment;
  if (document.force > placement.force[1])
    target.beyond_range = document.force - placement.force[1];
  if (document.force < placement.force[0])
    target.beyond_range = document.force - placement.force[0];
  return target;
}

}  // namespace session

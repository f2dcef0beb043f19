#include "guide/placement.h"

#include <algorithm>
#include <cmath>
#include <glm/geometric.hpp>

#include "base/check.h"
#include "guide/anchor_json.h"

namespace guide {
namespace {

// Further out than any part of a body; back to the far side of it.
constexpr float kOutsideM = 1.0f;
constexpr float kWeightRounding = 1e-3f;

bool is_left(anatomy::Side side) { return side == anatomy::Side::kLeft; }

const anatomy::Landmark* find_landmark(const anatomy::Body& body, const std::string& name,
                                       bool left) {
  if (const auto* found = body.find_landmark(name)) return found;
  return body.find_landmark(name + (left ? "_left" : "_right"));
}

Approach approach_of(const std::string& word) {
  if (word == "behind") return Approach::kBehind;
  if (word == "front") return Approach::kFront;
  return word == "above" ? Approach::kAbove : Approach::kOutside;
}

// Where the tool comes from, as a direction away from the body.
glm::vec3 outward(Approach from, bool left) {
  switch (from) {
    case Approach::kBehind:
      return {0.0f, 0.0f, -1.0f};
    case Approach::kFront:
      return {0.0f, 0.0f, 1.0f};
    case Approach::kAbove:
      return {0.0f, 1.0f, 0.0f};
    case Approach::kOutside:
      break;
  }
  return {left ? 1.0f : -1.0f, 0.0f, 0.0f};
}

base::Result<PlacementSpec> read_placement(const std::filesystem::path& file,
                                           const std::filesystem::path& schemas,
                                           const tool::ToolSpec& tool) {
  auto read = data::read_checked_json(file, "backmate-placement", schemas);
  if (!read) return tl::unexpected(read.error());
  const data::Json& json = *read;
  const std::string where = "'" + file.string() + "': field '";
  PlacementSpec spec;
  spec.id = json["id"];
  if (spec.id != file.stem().string()) {
    return base::fail(where + "id' is '" + spec.id +
                      "', but must be the file's name without '.json'. Rename one of the two.");
  }
  spec.order = json["order"];
  spec.centred = json.value("centred", false);
  spec.at = read_anchor(json["at"]);
  float weights = 0.0f;
  for (const auto& [name, weight] : spec.at.landmarks) weights += weight;
  if (std::abs(weights - 1.0f) > kWeightRounding) {
    return base::fail(where + "at.landmarks': the weights must sum to 1.");
  }
  spec.view = json["view"];
  const std::string attachment = json["attachment"];
  spec.attachment = tool.find_attachment(attachment);
  if (spec.attachment < 0) {
    return base::fail(where + "attachment' is '" + attachment + "', which is not known.");
  }
  spec.angle = base::from_degrees(json["angle_deg"]);
  spec.pitch = base::from_degrees(json["pitch_deg"]);
  spec.force = {base::Newtons{json["force_n"][0]}, base::Newtons{json["force_n"][1]}};
  spec.default_force = base::Newtons{json["default_force_n"]};
  if (!(spec.force[0] <= spec.default_force && spec.default_force <= spec.force[1])) {
    return base::fail(where + "default_force_n' must lie within 'force_n'.");
  }
  if (spec.force[1] > tool.attachments[static_cast<std::size_t>(spec.attachment)].force_limit) {
    return base::fail(where + "force_n[1]' is more than '" + attachment + "' takes.");
  }
  spec.seconds = {base::Seconds{json["seconds"][0]}, base::Seconds{json["seconds"][1]}};
  if (spec.seconds[0] > spec.seconds[1]) {
    return base::fail(where + "seconds' must go from the shorter to the longer time.");
  }
  spec.rolls = json["stroke"] == "roll";
  if (json.contains("stroke_m")) spec.stroke = base::Metres{json["stroke_m"].get<float>()};
  spec.primary = json["primary"].get<std::vector<std::vector<std::string>>>();
  spec.secondary = json["secondary"].get<std::vector<std::string>>();
  spec.deep = json.value("deep", std::vector<std::string>{});
  return spec;
}

}  // namespace

PlacementAnchor read_anchor(const data::Json& json) {
  PlacementAnchor anchor;
  for (const data::Json& entry : json["landmarks"]) {
    anchor.landmarks.emplace_back(entry[0].get<std::string>(), entry[1].get<float>());
  }
  if (json.contains("beside_m")) anchor.beside_m = json["beside_m"].get<float>();
  anchor.offset_m = {json.value("out_m", 0.0f), json.value("up_m", 0.0f),
                     json.value("front_m", 0.0f)};
  if (json.contains("area_m")) anchor.area_m = {json["area_m"][0], json["area_m"][1]};
  anchor.from = approach_of(json["from"]);
  return anchor;
}

base::Newtons PlacementSpec::middle_force() const {
  const bool at_most = force[0] == base::Newtons{0.0f};
  return at_most ? force[1] : 0.5f * (force[0] + force[1]);
}

base::Seconds PlacementSpec::longest_rest() const {
  constexpr base::Seconds kStop{30.0f};
  return rolls ? std::min(kStop, seconds[1]) : seconds[1];
}

std::string PlacementSpec::view_for(anatomy::Side side) const {
  if (!is_left(side)) return view;
  if (view == "right") return "left";
  return view == "left" ? "right" : view;
}

PlacementFiles load_placements(const std::filesystem::path& assets_dir,
                               const tool::ToolSpec& tool) {
  std::vector<std::filesystem::path> files;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(assets_dir / "placements", error)) {
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  PlacementFiles result;
  for (const auto& file : files) {
    auto read = read_placement(file, assets_dir / "schema", tool);
    if (read) {
      result.placements.push_back(std::move(*read));
    } else {
      result.refused.push_back(read.error().message);
    }
  }
  std::stable_sort(result.placements.begin(), result.placements.end(),
                   [](const auto& a, const auto& b) { return a.order < b.order; });
  return result;
}

bool is_named(std::string_view structure_id, const std::vector<std::string>& names) {
  return std::any_of(names.begin(), names.end(),
                     [&](const std::string& name) { return structure_id.starts_with(name); });
}

int find_placement(const std::vector<PlacementSpec>& placements, std::string_view id) {
  const auto found = std::find_if(placements.begin(), placements.end(),
                                  [&](const PlacementSpec& spec) { return spec.id == id; });
  return found == placements.end() ? -1 : static_cast<int>(found - placements.begin());
}

std::string list_ids(const std::vector<PlacementSpec>& placements) {
  std::string ids;
  for (const PlacementSpec& placement : placements) {
    ids += (ids.empty() ? "" : ", ") + placement.id;
  }
  return ids;
}

base::Result<glm::vec3> find_on_skin(const PlacementAnchor& anchor, anatomy::Side side,
                                     const anatomy::BodyIndex& body) {
  const bool left = is_left(side);
  const float outside = left ? 1.0f : -1.0f;  // +X is the patient's left
  glm::vec3 target(0.0f);
  for (const auto& [name, weight] : anchor.landmarks) {
    const auto* landmark = find_landmark(body.body(), name, left);
    if (landmark == nullptr) return base::fail("This body has no landmark '" + name + "'.");
    target += weight * landmark->position_m;
  }
  if (anchor.beside_m) target.x = outside * *anchor.beside_m;
  target += anchor.offset_m * glm::vec3(outside, 1.0f, 1.0f);
  const glm::vec3 away = outward(anchor.from, left);
  const auto hit = body.find_surface_hit({target + kOutsideM * away, -away}, 2.0f * kOutsideM);
  if (!hit) return base::fail("The skin of this body cannot be found from that direction.");
  return target + (kOutsideM - hit->distance_m) * away;
}

std::optional<std::string> find_obstacle(const PlacementSpec& placement, anatomy::Side side,
                                         const anatomy::Body& body) {
  for (const auto& [name, weight] : placement.at.landmarks) {
    if (find_landmark(body, name, is_left(side)) == nullptr) {
      return "This body has no landmark '" + name + "', which the placement stands by.";
    }
  }
  for (const std::vector<std::string>& names : placement.primary) {
    const bool there = std::any_of(
        body.structures.begin(), body.structures.end(), [&](const anatomy::Structure& structure) {
          return structure.usable && structure.kind == anatomy::Kind::kMuscle &&
                 is_named(structure.id, names);
        });
    if (!there) {
      std::string muscle = names.front();
      std::replace(muscle.begin(), muscle.end(), '_', ' ');
      return "This body has no " + muscle + ", which the placement is for.";
    }
  }
  return std::nullopt;
}

base::Result<PlacedHead> place_head(const PlacementSpec& placement, anatomy::Side side,
                                    const anatomy::BodyIndex& body, const tool::ToolSpec& tool) {
  if (auto obstacle = find_obstacle(placement, side, body.body())) return base::fail(*obstacle);
  const auto on_skin = find_on_skin(placement.at, side, body);
  if (!on_skin)
    return base::fail("The skin of this body does not lie where the placement '" + placement.id +
                      "' looks for it.");
  PlacedHead placed;
  placed.attachment = placement.attachment;
  placed.force = placement.default_force;
  base::Radians angle = placement.angle;
  if (is_left(side) && angle.value != 0.0f) angle.value = -angle.value;
  placed.pose = tool::pose_on_skin(body, *on_skin, angle, placement.pitch,
                                   tool.attachments[static_cast<std::size_t>(placed.attachment)]);
  return placed;
}

}  // namespace guide

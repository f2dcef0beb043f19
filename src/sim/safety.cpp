#include "sim/safety.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/check.h"
#include "data/json_file.h"
#include "sim/tissue_columns.h"

namespace sim {
namespace {

constexpr std::array<const char*, 6> kBoundNames = {"above",  "below",  "beyond",
                                                    "within", "before", "behind"};
// cos 72 and cos 53 degrees: skin faces several ways at once, but up only where it is a top.
constexpr float kFacingCos = 0.3f;
constexpr float kUprightCos = 0.6f;
// Muscles are looked for this far under the skin, from a little above it.
constexpr float kLookFrom = 0.015f;
constexpr float kLookReach = 0.075f;
constexpr RegionIndex kUnknown = 255;
constexpr float kEndless = std::numeric_limits<float>::max();

bool faces(Facing facing, glm::vec3 normal, bool left) {
  const float outward = left ? normal.x : -normal.x;
  switch (facing) {
    case Facing::kBack:
      return normal.z < -kFacingCos;
    case Facing::kFront:
      return normal.z > kFacingCos;
    case Facing::kUp:
      return normal.y > kUprightCos;
    case Facing::kDown:
      return normal.y < -kUprightCos;
    case Facing::kIn:
      return outward < -kFacingCos;
    case Facing::kOut:
      return outward > kFacingCos;
  }
  return false;
}

Facing facing_of(const std::string& word) {
  if (word == "back") return Facing::kBack;
  if (word == "front") return Facing::kFront;
  if (word == "up") return Facing::kUp;
  if (word == "down") return Facing::kDown;
  return word == "in" ? Facing::kIn : Facing::kOut;
}

SafetyClause read_clause(const data::Json& json) {
  SafetyClause clause;
  for (std::size_t b = 0; b < kBoundNames.size(); ++b) {
    if (const auto it = json.find(kBoundNames[b]); it != json.end()) {
      clause.bounds[b] = {(*it)[0].get<std::string>(), (*it)[1].get<float>()};
    }
  }
  for (const data::Json& word : json.value("facing", data::Json::array())) {
    clause.facing.push_back(facing_of(word));
  }
  clause.over = json.value("over", clause.over);
  clause.not_over = json.value("not_over", clause.not_over);
  return clause;
}

}  // namespace

base::Result<SafetyRules> load_safety_rules(const std::filesystem::path& assets_dir) {
  const std::filesystem::path file = assets_dir / "safety" / "safety.json";
  auto read = data::read_checked_json(file, "backmate-safety", assets_dir / "schema");
  if (!read) return tl::unexpected(read.error());
  const data::Json& json = *read;
  SafetyRules rules;
  const data::Json& comfort = json["comfort"];
  rules.comfort_gentle = comfort["gentle"];
  rules.comfort_warn = comfort["warn"];
  rules.comfort_pain = comfort["pain"];
  rules.comfort_stop = comfort["stop"];
  if (!(rules.comfort_gentle <= rules.comfort_warn && rules.comfort_warn <= rules.comfort_pain &&
        rules.comfort_pain <= rules.comfort_stop)) {
    return base::fail("'" + file.string() +
                      "': field 'comfort' must rise from gentle over warn and pain to stop.");
  }
  rules.bruise_peak_pa = json["bruise_peak_pa"];
  rules.static_spot_s = json["static_spot_s"];
  rules.site_s = json["site_s"];
  rules.session_s = json["session_s"];
  rules.fresh_h = json["fresh_h"];
  for (const data::Json& entry : json["regions"]) {
    SafetyRegion region{entry["id"], entry["name"], entry["force_limit_n"], {}};
    for (const data::Json& clause : entry["where"]) region.where.push_back(read_clause(clause));
    for (const SafetyRegion& other : rules.regions) {
      if (other.id == region.id) {
        return base::fail("'" + file.string() + "': field 'regions[" +
                          std::to_string(rules.regions.size()) + "].id' is '" + region.id +
                          "' for the second time. Give it another.");
      }
    }
    rules.regions.push_back(std::move(region));
  }
  const data::Json& rest = json["elsewhere"];
  rules.regions.push_back({rest["id"], rest["name"], rest["force_limit_n"], {}});
  return rules;
}

SafetyMap::SafetyMap(std::shared_ptr<const anatomy::BodyIndex> body, SafetyRules rules)
    : body_(std::move(body)), rules_(std::move(rules)) {
  BACKMATE_CHECK(body_ != nullptr && !rules_.regions.empty() && rules_.regions.size() < kUnknown);
  for (const anatomy::Structure& structure : body_->body().structures) {
    is_muscle_.push_back(structure.usable && structure.kind == anatomy::Kind::kMuscle ? 1 : 0);
  }
  for (std::size_t r = 0; r + 1 < rules_.regions.size(); ++r) {
    std::vector<Clause> clauses;
    for (const SafetyClause& from : rules_.regions[r].where) {
      Clause clause;
      clause.sides = {box_for(from, true), box_for(from, false)};
      clause.facing = from.facing;
      if (!from.over.empty()) clause.over = flags_of(from.over);
      if (!from.not_over.empty()) clause.not_over = flags_of(from.not_over);
      clauses.push_back(std::move(clause));
    }
    clauses_.push_back(std::move(clauses));
  }
}

SafetyMap::Box SafetyMap::box_for(const SafetyClause& clause, bool left) const {
  Box box;
  box.lowest = box.innermost = box.rearmost = -kEndless;
  box.highest = box.outermost = box.foremost = kEndless;
  for (std::size_t b = 0; b < clause.bounds.size(); ++b) {
    if (!clause.bounds[b]) continue;
    const SafetyBound& bound = *clause.bounds[b];
    glm::vec3 at(0.0f);
    if (bound.landmark != "midline") {
      const anatomy::Landmark* landmark = body_->body().find_landmark(bound.landmark);
      if (landmark == nullptr) {
        landmark = body_->body().find_landmark(bound.landmark + (left ? "_left" : "_right"));
      }
      if (landmark == nullptr) {
        box.possible = false;
        return box;
      }
      at = landmark->position_m;
    }
    const float aside = std::abs(at.x) + bound.offset_m;
    const std::string_view name = kBoundNames[b];
    if (name == "above") box.lowest = at.y + bound.offset_m;
    if (name == "below") box.highest = at.y + bound.offset_m;
    if (name == "beyond") box.innermost = aside;
    if (name == "within") box.outermost = aside;
    if (name == "before") box.rearmost = at.z + bound.offset_m;
    if (name == "behind") box.foremost = at.z + bound.offset_m;
  }
  return box;
}

std::vector<std::uint8_t> SafetyMap::flags_of(const std::vector<std::string>& names) const {
  const anatomy::Body& body = body_->body();
  std::vector<std::uint8_t> flags(body.structures.size(), 0);
  for (std::size_t s = 0; s < flags.size(); ++s) {
    const anatomy::Structure& structure = body.structures[s];
    const bool named = std::any_of(names.begin(), names.end(), [&](const std::string& name) {
      return structure.id.starts_with(name) ||
             std::any_of(structure.groups.begin(), structure.groups.end(),
                         [&](anatomy::GroupIndex g) { return body.groups[g].id == name; });
    });
    flags[s] = named ? 1 : 0;
  }
  return flags;
}

anatomy::StructureIndex SafetyMap::outermost_muscle(glm::vec3 point_m, glm::vec3 normal) const {
  const geom::Ray ray{point_m + kLookFrom * normal, -normal};
  const auto hit = body_->find_structure_hit(ray, kLookReach, is_muscle_);
  return hit ? hit->structure : anatomy::kNone;
}

template <typename Take>
void SafetyMap::visit_regions(glm::vec3 point_m, glm::vec3 normal, const Take& take) const {
  const bool left = point_m.x >= 0.0f;
  const float aside = std::abs(point_m.x);
  std::optional<anatomy::StructureIndex> muscle;  // looked for when a clause asks
  const auto lies_over = [&](const std::vector<std::uint8_t>& flags) {
    if (!muscle) muscle = outermost_muscle(point_m, normal);
    return *muscle != anatomy::kNone && flags[*muscle] != 0;
  };
  const auto fits = [&](const Clause& clause) {
    const Box& box = clause.sides[left ? 0 : 1];
    if (!box.possible || point_m.y < box.lowest || point_m.y > box.highest ||
        aside < box.innermost || aside > box.outermost || point_m.z < box.rearmost ||
        point_m.z > box.foremost) {
      return false;
    }
    if (!clause.facing.empty() &&
        std::none_of(clause.facing.begin(), clause.facing.end(),
                     [&](Facing facing) { return faces(facing, normal, left); })) {
      return false;
    }
    if (!clause.over.empty() && !lies_over(clause.over)) return false;
    return clause.not_over.empty() || !lies_over(clause.not_over);
  };
  bool found = false;
  for (std::size_t r = 0; r < clauses_.size(); ++r) {
    if (!std::any_of(clauses_[r].begin(), clauses_[r].end(), fits)) continue;
    take(static_cast<RegionIndex>(r));
    found = true;
  }
  if (!found) take(static_cast<RegionIndex>(clauses_.size()));
}

std::vector<RegionIndex> SafetyMap::find_all_regions(glm::vec3 point_m, glm::vec3 normal) const {
  std::vector<RegionIndex> found;
  visit_regions(point_m, normal, [&](RegionIndex region) { found.push_back(region); });
  return found;
}

RegionIndex SafetyMap::find_region(glm::vec3 point_m, glm::vec3 normal) const {
  std::optional<RegionIndex> lowest;
  visit_regions(point_m, normal, [&](RegionIndex r) {
    if (!lowest || region(r).force_limit_n < region(*lowest).force_limit_n) lowest = r;
  });
  return *lowest;
}

void SafetyMap::find_site_regions(const TissueColumns& columns,
                                  std::span<const std::uint32_t> sites,
                                  std::vector<RegionIndex>& out) const {
  out.clear();
  std::vector<std::size_t> missing;
  {
    const std::scoped_lock lock(mutex_);
    site_regions_.resize(columns.sites().size(), kUnknown);
    for (std::size_t i = 0; i < sites.size(); ++i) {
      out.push_back(site_regions_[sites[i]]);
      if (out.back() == kUnknown) missing.push_back(i);
    }
  }
  if (missing.empty()) return;
  for (const std::size_t i : missing) {
    out[i] = find_region(columns.sites()[sites[i]].point_m, columns.smooth_normal(sites[i]));
  }
  const std::scoped_lock lock(mutex_);
  for (const std::size_t i : missing) site_regions_[sites[i]] = out[i];
}

std::vector<std::string> SafetyMap::lost_zones() const {
  std::vector<std::string> lost;
  for (std::size_t r = 0; r < clauses_.size(); ++r) {
    const bool found = std::any_of(
        clauses_[r].begin(), clauses_[r].end(),
        [](const Clause& clause) { return clause.sides[0].possible && clause.sides[1].possible; });
    if (rules_.regions[r].no_go() && !found) lost.push_back(rules_.regions[r].name);
  }
  return lost;
}

}  // namespace sim

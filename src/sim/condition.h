// Conditions as data: assets/conditions/<id>.json (format "backmate-condition"). A condition says
// where a person starts: for muscles (by id prefix or group) the initial states and lasting causes.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "anatomy/body.h"
#include "base/result.h"

namespace sim {

// What a condition sets for the muscles that fit; dimensionless unless named.
struct ConditionRule {
  std::vector<std::string> structures;  // id prefixes, without side
  std::vector<std::string> groups;
  std::optional<float> tone_set;  // Tset
  std::optional<float> tone_cause;
  std::optional<float> pain_cause;
  std::optional<float> inflammation;
  std::optional<float> tender;  // S and S0
  std::optional<float> oedema;
  std::optional<float> damage;
  std::optional<float> repair_s;
};

// Which condition, and on which side where it is one-sided (elsewhere the side means nothing);
// kMedian: on both.
struct ConditionChoice {
  std::string id = "desk_shoulders";
  anatomy::Side side = anatomy::Side::kRight;

  bool operator==(const ConditionChoice&) const = default;
  auto operator<=>(const ConditionChoice&) const = default;
};

struct Condition {
  std::string id;
  std::string name_key;
  std::string caution_key;  // empty: none
  int order = 0;            // place in lists
  bool one_sided = false;
  float alarm = 0.0f;                 // A of the person
  std::optional<float> injury_age_h;  // of a strain; nothing where there is none
  std::vector<ConditionRule> muscles;
};

base::Result<Condition> load_condition(const std::filesystem::path& assets_dir,
                                       std::string_view condition_id);

// All conditions in the order of lists. With `refused` a wrong file is left out, its sentence goes
// there and the rest still loads; without, the first wrong one fails. None at all fails.
base::Result<std::vector<Condition>> load_conditions(const std::filesystem::path& assets_dir,
                                                     std::vector<std::string>* refused = nullptr);

// Whether a rule's names fit a segment of a muscle: by the muscle's id, or by a group that holds
// the segment. `spans` are those of the body's groups.
bool fits_segment(const anatomy::Body& body, const std::vector<anatomy::GroupSpan>& spans,
                  const anatomy::Segment& segment,
                  const std::vector<std::string>& structure_prefixes,
                  const std::vector<std::string>& groups);

}  // namespace sim

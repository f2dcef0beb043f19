#include "sim/condition.h"

#include <algorithm>

#include "data/json_file.h"

namespace sim {
namespace {

bool is_plain_id(std::string_view id) {
  return !id.empty() &&
         id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string_view::npos;
}

void read_optional(const data::Json& json, const char* name, std::optional<float>& out) {
  if (const auto it = json.find(name); it != json.end()) out = it->get<float>();
}

// The ids of all conditions, sorted.
std::vector<std::string> list_conditions(const std::filesystem::path& assets_dir) {
  std::vector<std::string> known;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(assets_dir / "conditions", error)) {
    if (entry.path().extension() == ".json") known.push_back(entry.path().stem().string());
  }
  std::sort(known.begin(), known.end());
  return known;
}

}  // namespace

base::Result<Condition> load_condition(const std::filesystem::path& assets_dir,
                                       std::string_view condition_id) {
  const std::filesystem::path dir = assets_dir / "conditions";
  const std::filesystem::path file = dir / (std::string(condition_id) + ".json");
  if (!is_plain_id(condition_id) || !std::filesystem::exists(file)) {
    std::string list;
    for (const std::string& id : list_conditions(assets_dir))
      list += (list.empty() ? "" : ", ") + id;
    return base::fail("There is no condition '" + std::string(condition_id) +
                      "'. Choose one of: " + list + ".");
  }
  auto read = data::read_checked_json(file, "backmate-condition", assets_dir / "schema");
  if (!read) return tl::unexpected(read.error());
  const data::Json& json = *read;
  Condition condition;
  condition.id = json["id"];
  if (condition.id != condition_id) {
    return base::fail("'" + file.string() + "': field 'id' is '" + condition.id +
                      "', but must be the file's name without '.json'. Rename one of the two.");
  }
  condition.name_key = json["name_key"];
  condition.caution_key = json.value("caution_key", "");
  condition.order = json["order"];
  condition.one_sided = json["one_sided"];
  condition.alarm = json["alarm"];
  read_optional(json, "injury_age_h", condition.injury_age_h);
  for (const data::Json& entry : json["muscles"]) {
    ConditionRule rule;
    rule.structures = entry["structures"].get<std::vector<std::string>>();
    rule.groups = entry["groups"].get<std::vector<std::string>>();
    read_optional(entry, "tone_set", rule.tone_set);
    read_optional(entry, "tone_cause", rule.tone_cause);
    read_optional(entry, "pain_cause", rule.pain_cause);
    read_optional(entry, "inflammation", rule.inflammation);
    read_optional(entry, "tender", rule.tender);
    read_optional(entry, "oedema", rule.oedema);
    read_optional(entry, "damage", rule.damage);
    read_optional(entry, "repair_s", rule.repair_s);
    condition.muscles.push_back(std::move(rule));
  }
  return condition;
}

base::Result<std::vector<Condition>> load_conditions(const std::filesystem::path& assets_dir,
                                                     std::vector<std::string>* refused) {
  std::vector<Condition> conditions;
  for (const std::string& id : list_conditions(assets_dir)) {
    auto condition = load_condition(assets_dir, id);
    if (!condition && refused != nullptr) {
      refused->push_back(condition.error().message);
      continue;
    }
    if (!condition) return tl::unexpected(condition.error());
    conditions.push_back(std::move(*condition));
  }
  if (conditions.empty())
    return base::fail("'" + (assets_dir / "conditions").string() +
                      "' has no condition that can be read. Install the program again.");
  std::stable_sort(conditions.begin(), conditions.end(),
                   [](const Condition& a, const Condition& b) { return a.order < b.order; });
  return conditions;
}

bool fits_segment(const anatomy::Body& body, const std::vector<anatomy::GroupSpan>& spans,
                  const anatomy::Segment& segment,
                  const std::vector<std::string>& structure_prefixes,
                  const std::vector<std::string>& groups) {
  const anatomy::Structure& muscle = body.structures[segment.structure];
  for (const std::string& prefix : structure_prefixes) {
    if (muscle.id.starts_with(prefix)) return true;
  }
  return std::any_of(muscle.groups.begin(), muscle.groups.end(), [&](anatomy::GroupIndex g) {
    return spans[g].holds(segment) &&
           std::find(groups.begin(), groups.end(), body.groups[g].id) != groups.end();
  });
}

}  // namespace sim

#include "anatomy/ontology.h"

#include <algorithm>
#include <cctype>

#include "anatomy/name_key.h"
#include "base/check.h"
#include "data/json_file.h"

namespace anatomy {
namespace {

std::string optional_text(const data::Json& object, const char* field) {
  const auto it = object.find(field);
  return it == object.end() ? std::string() : it->get<std::string>();
}

std::string upper_ascii(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return out;
}

MuscleFibres fibres_from(const data::Json& json) {
  const data::Json& course = json.at("course");
  return {json.at("from"), json.at("to"),
          glm::vec3(course[0].get<float>(), course[1].get<float>(), course[2].get<float>()),
          json.value("broad", false), json.value("series", false)};
}

}  // namespace

base::Result<Ontology> Ontology::load(const std::filesystem::path& anatomy_dir) {
  const std::filesystem::path schemas = anatomy_dir.parent_path() / "schema";
  const std::filesystem::path structures_file = anatomy_dir / "structures.json";
  auto groups = data::read_checked_json(anatomy_dir / "groups.json", "backmate-groups", schemas);
  if (!groups) return tl::unexpected(groups.error());
  auto structures = data::read_checked_json(structures_file, "backmate-structures", schemas);
  if (!structures) return tl::unexpected(structures.error());

  Ontology made;
  for (const auto& group : (*groups)["groups"]) {
    made.groups_.push_back(
        {group["id"], group["english"], group.value("above", ""), group.value("below", "")});
  }
  const auto is_group = [&](const std::string& id) {
    return std::any_of(made.groups_.begin(), made.groups_.end(),
                       [&](const OntologyGroup& group) { return group.id == id; });
  };
  for (const auto& item : (*structures)["structures"]) {
    OntologyEntry entry;
    entry.id = item["id"];
    entry.english = item["english"];
    entry.latin = item["latin"];
    entry.ta2 = optional_text(item, "ta2");
    entry.paired = item["paired"];
    entry.fma_left = optional_text(item, "fma_left");
    entry.fma_right = optional_text(item, "fma_right");
    entry.fma_median = optional_text(item, "fma_median");
    from_string(item["kind"].get<std::string>(), entry.kind);
    from_string(item["layer"].get<std::string>(), entry.layer);
    if (item.contains("groups")) entry.groups = item["groups"];
    for (const std::string& group : entry.groups) {
      if (!is_group(group)) {
        return base::fail("'" + structures_file.string() + "': structure '" + entry.id +
                          "' names the group '" + group +
                          "', which groups.json does not have. Add it there or correct the name.");
      }
    }
    if (item.contains("fibres")) entry.fibres = fibres_from(item["fibres"]);
    if ((entry.kind == Kind::kMuscle) != entry.fibres.has_value()) {
      return base::fail("'" + structures_file.string() + "': structure '" + entry.id +
                        (entry.fibres ? "' is no muscle, but has 'fibres'. Remove them."
                                      : "' is a muscle without 'fibres'. Say where they run."));
    }
    const std::size_t index = made.entries_.size();
    const auto add_name = [&](const std::string& name) {
      std::string key = make_name_key(name).key;
      if (!key.empty()) made.by_name_.emplace_back(std::move(key), index);
    };
    add_name(entry.id);
    add_name(entry.english);
    add_name(entry.latin);
    if (item.contains("synonyms")) {
      for (const auto& synonym : item["synonyms"]) {
        add_name(synonym.get<std::string>());
        entry.synonyms.push_back(make_name_key(synonym.get<std::string>()).key);
      }
    }
    made.entries_.push_back(std::move(entry));
  }
  std::sort(made.by_name_.begin(), made.by_name_.end());
  made.by_name_.erase(std::unique(made.by_name_.begin(), made.by_name_.end()), made.by_name_.end());
  for (std::size_t i = 1; i < made.by_name_.size(); ++i) {
    const auto& [name, entry] = made.by_name_[i];
    if (name == made.by_name_[i - 1].first) {
      return base::fail("'" + structures_file.string() + "': the name '" + name +
                        "' belongs to both '" + made.entries_[made.by_name_[i - 1].second].id +
                        "' and '" + made.entries_[entry].id + "'. Make it unique.");
    }
  }
  for (const OntologyEntry& entry : made.entries_) {
    if (!entry.fibres) continue;
    for (const auto* bones : {&entry.fibres->from, &entry.fibres->to}) {
      for (const std::string& bone : *bones) {
        if (made.find_entry(bone) != nullptr) continue;
        return base::fail("'" + structures_file.string() + "': the fibres of '" + entry.id +
                          "' name '" + bone + "', which is not in the table. Correct the name.");
      }
    }
  }
  return made;
}

const OntologyEntry* Ontology::find_entry(std::string_view id) const {
  const auto it = std::find_if(entries_.begin(), entries_.end(),
                               [&](const OntologyEntry& entry) { return entry.id == id; });
  return it == entries_.end() ? nullptr : &*it;
}

OntologyMatch Ontology::match_fma(std::string_view fma) const {
  const std::string wanted = upper_ascii(fma);
  if (wanted.empty()) return {};
  for (const OntologyEntry& entry : entries_) {
    if (entry.fma_median == wanted) return {&entry, Side::kMedian};
    if (entry.fma_left == wanted) return {&entry, Side::kLeft};
    if (entry.fma_right == wanted) return {&entry, Side::kRight};
  }
  return {};
}

OntologyMatch Ontology::match_ta2(std::string_view ta2) const {
  if (ta2.empty()) return {};
  for (const OntologyEntry& entry : entries_) {
    if (entry.ta2 == ta2) return {&entry, Side::kMedian};
  }
  return {};
}

OntologyMatch Ontology::match_name(std::string_view name) const {
  const NameKey wanted = make_name_key(name);
  const auto it =
      std::lower_bound(by_name_.begin(), by_name_.end(), wanted.key,
                       [](const auto& item, const std::string& key) { return item.first < key; });
  if (it != by_name_.end() && it->first == wanted.key) {
    const OntologyEntry& entry = entries_[it->second];
    // The head of the humerus is a part of a bone, the long head of the biceps a muscle of ours.
    if (wanted.of_part && entry.kind != Kind::kMuscle) return {};
    return {&entry, entry.paired ? wanted.side : Side::kMedian};
  }
  // Files are often numbered: "012_Left scapula", "scapula_L_2".
  constexpr std::string_view kNumber = "0123456789";
  const std::size_t first = name.find_first_not_of(kNumber);
  if (first == std::string_view::npos) return {};
  if (first > 0) return match_name(name.substr(first));
  const std::size_t last = name.find_last_not_of(kNumber) + 1;
  constexpr std::string_view kSeparators = "_.- (#";
  if (last < name.size() && kSeparators.find(name[last - 1]) != std::string_view::npos) {
    return match_name(name.substr(0, last));
  }
  return {};
}

std::string structure_id_of(std::string_view entry_id, Side side) {
  std::string id(entry_id);
  if (side != Side::kMedian) id += "_" + std::string(to_string(side));
  return id;
}

std::vector<Group> make_groups(const Ontology& ontology) {
  std::vector<Group> groups;
  for (const OntologyGroup& group : ontology.groups()) {
    groups.push_back({group.id, group.english, group.above, group.below, {}});
  }
  return groups;
}

Structure make_structure(const Ontology& ontology, const OntologyMatch& match) {
  BACKMATE_CHECK(match.entry != nullptr);
  const OntologyEntry& entry = *match.entry;
  Structure made;
  made.id = structure_id_of(entry.id, match.side);
  made.name = entry.english;
  if (match.side != Side::kMedian) made.name += " (" + std::string(to_string(match.side)) + ")";
  made.latin = entry.latin;
  made.ta2 = entry.ta2;
  made.fma = match.side == Side::kLeft    ? entry.fma_left
             : match.side == Side::kRight ? entry.fma_right
                                          : entry.fma_median;
  made.kind = entry.kind;
  made.side = match.side;
  made.layer = entry.layer;
  for (const std::string& group : entry.groups) {
    const auto it = std::find_if(ontology.groups().begin(), ontology.groups().end(),
                                 [&](const OntologyGroup& g) { return g.id == group; });
    made.groups.push_back(static_cast<GroupIndex>(it - ontology.groups().begin()));
  }
  return made;
}

}  // namespace anatomy

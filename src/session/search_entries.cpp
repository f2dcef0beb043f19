#include "session/search_entries.h"

#include <string_view>

namespace session {
namespace {

// "trapezius_descending_left" -> "trapezius_descending".
std::string_view entry_id_of(const anatomy::Structure& structure) {
  std::string_view id = structure.id;
  const std::string end = "_" + std::string(anatomy::to_string(structure.side));
  if (structure.side != anatomy::Side::kMedian && id.ends_with(end)) id.remove_suffix(end.size());
  return id;
}

SearchEntry make_entry(const anatomy::Structure& structure, int index,
                       const anatomy::Ontology& ontology) {
  SearchEntry entry{FindKind::kStructure, index, structure.name, structure.latin, {}, {}};
  entry.texts = {structure.name, structure.latin};
  if (const auto* known = ontology.find_entry(entry_id_of(structure)); known != nullptr) {
    // Names given to one side are words for the whole: "upper trapezius (left)".
    for (const std::string& synonym : known->synonyms)
      entry.texts.push_back(synonym + " " + std::string(anatomy::to_string(structure.side)));
  }
  for (const std::string* id : {&structure.id, &structure.fma, &structure.ta2})
    if (!id->empty()) entry.texts.push_back(*id);
  return entry;
}

}  // namespace

std::vector<SearchEntry> make_search_entries(const Snapshot& snapshot,
                                             const anatomy::Ontology& ontology,
                                             const data::Translator& tr) {
  std::vector<SearchEntry> entries;
  const anatomy::Body& body = snapshot.index->body();
  for (std::size_t i = 0; i < body.groups.size(); ++i) {
    const anatomy::Group& group = body.groups[i];
    if (group.members.empty()) continue;
    const std::string key = "group." + group.id;
    const std::string name = tr.has(key) ? std::string(tr(key)) : group.name;
    entries.push_back(
        {FindKind::kGroup, static_cast<int>(i), name, {}, {name, group.name, group.id}, {}});
  }
  for (std::size_t i = 0; i < body.structures.size(); ++i) {
    if (!body.structures[i].usable) continue;
    entries.push_back(make_entry(body.structures[i], static_cast<int>(i), ontology));
  }
  for (std::size_t i = 0; i < snapshot.placements->size(); ++i) {
    const PlacementReadout& placement = (*snapshot.placements)[i];
    if (!placement.obstacle.empty()) continue;
    const std::string key = "placement." + placement.spec.id;
    const std::string what = tr(key + ".for");
    entries.push_back({FindKind::kPlacement,
                       static_cast<int>(i),
                       tr(key),
                       what,
                       {tr(key), placement.spec.id},
                       what});
  }
  for (std::size_t i = 0; i < snapshot.conditions->size(); ++i) {
    const sim::Condition& condition = (*snapshot.conditions)[i];
    const std::string name = tr(condition.name_key);
    entries.push_back(
        {FindKind::kCondition, static_cast<int>(i), name, {}, {name, condition.id}, {}});
  }
  return entries;
}

}  // namespace session

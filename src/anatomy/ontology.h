// The table of known structures, from assets/anatomy/structures.json and groups.json: names, ids,
// kind, layer and groups, shared by the built-in body and the importer. One entry serves both
// sides.
#pragma once

#include <filesystem>
#include <glm/vec3.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "anatomy/body.h"
#include "base/result.h"

namespace anatomy {

// Which way the fibres of a muscle run. Of long ones with many slips only the outermost bones are
// named.
struct MuscleFibres {
  std::vector<std::string> from;  // entries of the bones at the origin, on the muscle's own side
  std::vector<std::string> to;    // and at the insertion; either may be empty
  glm::vec3 course{0.0f};         // roughly: x away from the midline, y up, z forward
  bool broad = false;             // a fan whose long edge of bones says more than the course
  bool series = false;            // a row of small muscles, one from vertebra to vertebra
};

struct OntologyEntry {
  std::string id;       // without side: "trapezius_descending"
  std::string english;  // "Trapezius, descending part"
  std::string latin;
  std::string ta2;
  bool paired = true;
  std::string fma_left, fma_right, fma_median;  // "FMA33587"; empty when not known
  Kind kind = Kind::kMuscle;
  Layer layer = Layer::kDeep;
  std::vector<std::string> groups;
  std::vector<std::string> synonyms;   // normalised on load
  std::optional<MuscleFibres> fibres;  // of every muscle
};

struct OntologyGroup {
  std::string id;
  std::string english;
  std::string above;  // landmark ids, as in Group
  std::string below;
};

struct OntologyMatch {
  const OntologyEntry* entry = nullptr;
  Side side = Side::kMedian;
};

class Ontology {
 public:
  // Reads structures.json and groups.json from `anatomy_dir`.
  static base::Result<Ontology> load(const std::filesystem::path& anatomy_dir);

  const std::vector<OntologyEntry>& entries() const { return entries_; }
  const std::vector<OntologyGroup>& groups() const { return groups_; }
  const OntologyEntry* find_entry(std::string_view id) const;

  // By FMA id ("FMA33586"); entry is null when not known.
  OntologyMatch match_fma(std::string_view fma) const;
  // By number in the Terminologia Anatomica, second edition ("2227"); it gives no side.
  OntologyMatch match_ta2(std::string_view ta2) const;
  // By English or Latin name or synonym, in any of the usual spellings ("Left_teres_minor",
  // "teres minor.l", "Pars descendens m. trapezii sin."); entry is null when not known.
  OntologyMatch match_name(std::string_view name) const;

 private:
  std::vector<OntologyEntry> entries_;
  std::vector<OntologyGroup> groups_;
  std::vector<std::pair<std::string, std::size_t>> by_name_;  // normalised, sorted
};

// "trapezius_descending" + kRight -> "trapezius_descending_right"; median ids have no suffix.
std::string structure_id_of(std::string_view entry_id, Side side);

// Fills id, names, ids, kind, side, layer of a Structure; group indices refer to body_groups, which
// are made in the order of Ontology::groups() by make_groups.
std::vector<Group> make_groups(const Ontology& ontology);
Structure make_structure(const Ontology& ontology, const OntologyMatch& match);

}  // namespace anatomy

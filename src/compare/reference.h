// The yardstick: a folder of published meshes with a manifest.csv that says what each of them is.
//
// manifest.csv has a head line and at least the columns file, fma_id, name, kind (muscle, bone,
// cartilage, ligament ...), side (left, right, midline) and usable (yes, no: published at a wrong
// scale or otherwise no measure for anything).
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "anatomy/ontology.h"
#include "base/result.h"
#include "geom/mesh.h"

namespace compare {

struct ReferenceFile {
  std::string file;  // inside the folder
  std::string fma;
  std::string name;
  std::string kind;
  anatomy::Side side = anatomy::Side::kMedian;
  bool usable = true;
};

// Rows of comma-separated text; a field in double quotes may hold commas, quotes (doubled) and line
// ends. No row for an empty line.
std::vector<std::vector<std::string>> parse_csv(std::string_view text);

// Fails in words: the folder or its manifest is missing, a column is missing, a row has too few
// fields, a side or a file name that cannot be.
base::Result<std::vector<ReferenceFile>> load_manifest(const std::filesystem::path& folder);

// English names by FMA id from an ids.csv in the folder or beside it (columns english, fma_right,
// fma_left); where there is none, nothing.
struct KnownName {
  std::string fma;
  std::string english;
  anatomy::Side side = anatomy::Side::kMedian;
};
base::Result<std::vector<KnownName>> load_known_names(const std::filesystem::path& folder);

// What a reference file shows, by FMA id, else by the name that ids.csv gives for the id, else by
// the manifest's name. Files that show parts of one structure get the same id.
struct ReferenceLabel {
  std::string id;        // of the Body's structure: "trapezius_descending_right"; else the FMA id
  std::string name;      // for people
  std::string entry_id;  // of the ontology; empty when it does not know the file
};
ReferenceLabel label_of(const ReferenceFile& file, const anatomy::Ontology& ontology,
                        const std::vector<KnownName>& known);

struct ReferenceStructure {
  ReferenceLabel label;
  std::string fma;
  anatomy::Kind kind = anatomy::Kind::kOther;
  anatomy::Side side = anatomy::Side::kMedian;
  geom::Mesh mesh_m;  // body frame; the parts' meshes joined
};

// Adds the mesh of a file (body frame) to the structure that it is a part of.
void add_reference(std::vector<ReferenceStructure>& structures, const ReferenceFile& file,
                   const ReferenceLabel& label, const geom::Mesh& mesh_m);

}  // namespace compare

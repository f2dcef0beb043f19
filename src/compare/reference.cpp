#include "compare/reference.h"

#include <algorithm>
#include <map>
#include <optional>

#include "data/json_file.h"

namespace compare {
namespace {

namespace fs = std::filesystem;
using anatomy::Side;

// Places of the wanted columns in the head line; fails naming the first that is missing.
base::Result<std::map<std::string, std::size_t>> find_columns(
    const std::vector<std::string>& head, std::initializer_list<const char*> wanted,
    const fs::path& file) {
  std::map<std::string, std::size_t> columns;
  for (std::size_t i = 0; i < head.size(); ++i) columns.emplace(head[i], i);
  for (const char* column : wanted) {
    if (!columns.contains(column)) {
      return base::fail("'" + file.string() + "': the column '" + column +
                        "' is missing in the first line.");
    }
  }
  return columns;
}

std::optional<Side> side_of(const std::string& text) {
  if (text == "midline" || text == "median") return Side::kMedian;
  if (text == "left") return Side::kLeft;
  if (text == "right") return Side::kRight;
  return std::nullopt;
}

}  // namespace

std::vector<std::vector<std::string>> parse_csv(std::string_view text) {
  std::vector<std::vector<std::string>> rows;
  std::vector<std::string> row;
  std::string field;
  bool quoted = false;
  bool any = false;  // something on this line
  const auto end_row = [&] {
    if (any) {
      row.push_back(std::move(field));
      rows.push_back(std::move(row));
    }
    row.clear();
    field.clear();
    any = false;
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c != '"') {
        field += c;
      } else if (i + 1 < text.size() && text[i + 1] == '"') {
        field += text[i++];
      } else {
        quoted = false;
      }
    } else if (c == '"') {
      quoted = any = true;
    } else if (c == ',') {
      row.push_back(std::move(field));
      field.clear();
      any = true;
    } else if (c == '\n') {
      end_row();
    } else if (c != '\r') {
      field += c;
      any = true;
    }
  }
  end_row();
  return rows;
}

base::Result<std::vector<ReferenceFile>> load_manifest(const fs::path& folder) {
  std::error_code error;
  if (!fs::is_directory(folder, error)) {
    return base::fail("'" + folder.string() +
                      "' is not a folder. Give the folder with the reference meshes and their "
                      "manifest.csv.");
  }
  const fs::path file = folder / "manifest.csv";
  if (!fs::exists(file, error)) {
    return base::fail("The folder '" + folder.string() +
                      "' has no manifest.csv, so nobody knows what its meshes are. Give a folder "
                      "of reference meshes with one.");
  }
  const auto text = data::read_file(file);
  if (!text) return tl::unexpected(text.error());
  const auto rows = parse_csv(*text);
  if (rows.empty()) return base::fail("'" + file.string() + "' is empty.");
  const auto columns =
      find_columns(rows.front(), {"file", "fma_id", "name", "kind", "side", "usable"}, file);
  if (!columns) return tl::unexpected(columns.error());
  std::vector<ReferenceFile> files;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const auto& row = rows[i];
    const std::string where = "'" + file.string() + "', row " + std::to_string(i + 1);
    if (row.size() != rows.front().size()) {
      return base::fail(where + ": it has " + std::to_string(row.size()) + " fields instead of " +
                        std::to_string(rows.front().size()) + ".");
    }
    const auto field = [&](const char* column) { return row[columns->at(column)]; };
    const auto side = side_of(field("side"));
    if (!side) {
      return base::fail(where + ": the side '" + field("side") +
                        "' is none of left, right and midline.");
    }
    // A manifest names files of its own folder, nothing else on the machine.
    if (fs::path(field("file")).filename() != fs::path(field("file")) || field("file").empty()) {
      return base::fail(where + ": '" + field("file") +
                        "' is not the name of a file in the folder.");
    }
    files.push_back({field("file"), field("fma_id"), field("name"), field("kind"), *side,
                     field("usable") != "no"});
  }
  if (files.empty()) return base::fail("'" + file.string() + "' lists no mesh.");
  return files;
}

base::Result<std::vector<KnownName>> load_known_names(const fs::path& folder) {
  std::vector<KnownName> known;
  for (const fs::path& file : {folder / "ids.csv", folder / ".." / "ids.csv"}) {
    std::error_code error;
    if (!fs::exists(file, error)) continue;
    const auto text = data::read_file(file);
    if (!text) return tl::unexpected(text.error());
    const auto rows = parse_csv(*text);
    if (rows.empty()) continue;
    const auto columns = find_columns(rows.front(), {"english", "fma_right", "fma_left"}, file);
    if (!columns) return tl::unexpected(columns.error());
    for (std::size_t i = 1; i < rows.size(); ++i) {
      if (rows[i].size() != rows.front().size()) continue;
      const std::string& english = rows[i][columns->at("english")];
      const auto add = [&](const std::string& fma, Side side) {
        if (!fma.empty()) known.push_back({fma, english, side});
      };
      add(rows[i][columns->at("fma_right")], Side::kRight);
      add(rows[i][columns->at("fma_left")], Side::kLeft);
    }
    break;
  }
  return known;
}

ReferenceLabel label_of(const ReferenceFile& file, const anatomy::Ontology& ontology,
                        const std::vector<KnownName>& known) {
  anatomy::OntologyMatch match = ontology.match_fma(file.fma);
  if (match.entry == nullptr) {
    const auto it = std::find_if(known.begin(), known.end(),
                                 [&](const KnownName& k) { return k.fma == file.fma; });
    if (it != known.end()) {
      match = ontology.match_name(it->english);
      match.side = it->side;
    }
  }
  if (match.entry == nullptr) {
    match = ontology.match_name(file.name);
    match.side = file.side;
  }
  if (match.entry == nullptr) return {file.fma.empty() ? file.name : file.fma, file.name, ""};
  if (!match.entry->paired) match.side = Side::kMedian;
  const anatomy::Structure made = anatomy::make_structure(ontology, match);
  return {made.id, made.name, match.entry->id};
}

void add_reference(std::vector<ReferenceStructure>& structures, const ReferenceFile& file,
                   const ReferenceLabel& label, const geom::Mesh& mesh_m) {
  auto it = std::find_if(structures.begin(), structures.end(),
                         [&](const ReferenceStructure& s) { return s.label.id == label.id; });
  if (it == structures.end()) {
    ReferenceStructure made;
    made.label = label;
    made.fma = file.fma;
    made.side = file.side;
    if (!anatomy::from_string(file.kind, made.kind)) made.kind = anatomy::Kind::kOther;
    it = structures.insert(structures.end(), std::move(made));
  }
  const auto first = static_cast<std::uint32_t>(it->mesh_m.positions_m.size());
  it->mesh_m.positions_m.insert(it->mesh_m.positions_m.end(), mesh_m.positions_m.begin(),
                                mesh_m.positions_m.end());
  for (const std::uint32_t index : mesh_m.indices) it->mesh_m.indices.push_back(first + index);
}

}  // namespace compare

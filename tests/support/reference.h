// The folder of published reference meshes, where a machine has it: $BACKMATE_REFERENCE, else
// ../shared/reference/bodyparts3d beside the source tree. Tests without it say so and are skipped.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace support {

inline constexpr const char* kNoReference =
    "skipped: the reference meshes (../shared/reference/bodyparts3d or $BACKMATE_REFERENCE) are "
    "not on this machine";

// Empty when absent.
inline std::filesystem::path find_reference() {
  std::error_code error;
  if (const char* named = std::getenv("BACKMATE_REFERENCE"); named != nullptr && *named != '\0') {
    return std::filesystem::is_directory(named, error) ? named : "";
  }
  const auto beside =
      std::filesystem::path(BACKMATE_SOURCE_DIR) / ".." / "shared" / "reference" / "bodyparts3d";
  return std::filesystem::is_directory(beside, error) ? beside : std::filesystem::path();
}

struct ManifestRow {
  std::string file, fma, name, kind, side;
  bool usable = true;
  std::size_t triangles = 0;
};

// Rows of manifest.csv; none when the reference is absent.
inline std::vector<ManifestRow> read_reference_manifest() {
  std::vector<ManifestRow> rows;
  const std::filesystem::path folder = find_reference();
  if (folder.empty()) return rows;
  std::ifstream in(folder / "manifest.csv");
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line)) {
    std::istringstream fields(line);
    ManifestRow row;
    std::string usable, vertices, triangles;
    std::getline(fields, row.file, ',');
    std::getline(fields, row.fma, ',');
    std::getline(fields, row.name, ',');
    std::getline(fields, row.kind, ',');
    std::getline(fields, row.side, ',');
    std::getline(fields, usable, ',');
    std::getline(fields, vertices, ',');
    std::getline(fields, triangles, ',');
    row.usable = usable == "yes";
    row.triangles = std::stoul(triangles);
    rows.push_back(row);
  }
  return rows;
}

}  // namespace support

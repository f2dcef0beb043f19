// What a folder holds that the program can open, for a person to choose from.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace data {

enum class FileKind : std::uint8_t { kFolder, kPack, kSession, kMesh };

// What sessions are saved as: "neck.session.json".
inline constexpr std::string_view kSessionSuffix = ".session.json";

struct FolderEntry {
  std::string name;
  FileKind kind = FileKind::kFolder;
  std::uintmax_t bytes = 0;  // of a file
};

struct FolderListing {
  std::filesystem::path folder;      // absolute; the nearest one that is there
  std::vector<FolderEntry> entries;  // folders first, each kind by name
  std::size_t meshes = 0;            // a folder with meshes can be opened as an atlas
  bool complete = true;              // false: more than kMostEntries, the rest is left out
  std::string problem;               // a sentence where it cannot be read
};

inline constexpr std::size_t kMostEntries = 4000;

// By its ending alone, in any case; nothing (false) where we cannot open it.
bool find_kind(const std::filesystem::path& file, FileKind& kind);

// Hidden files are left out. A folder that is gone is answered with its nearest parent.
FolderListing list_folder(const std::filesystem::path& folder);

// The person's own folder, or the root where there is none.
std::filesystem::path find_home();

}  // namespace data

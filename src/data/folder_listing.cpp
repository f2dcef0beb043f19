#include "data/folder_listing.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>
#include <system_error>

namespace data {
namespace {

namespace fs = std::filesystem;

std::string lower(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

// "part 2" before "part 10", whatever the case.
bool comes_before(const std::string& a, const std::string& b) {
  std::size_t i = 0;
  std::size_t j = 0;
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  while (i < a.size() && j < b.size()) {
    if (digit(a[i]) && digit(b[j])) {
      std::size_t i_end = i;
      std::size_t j_end = j;
      while (i_end < a.size() && digit(a[i_end])) ++i_end;
      while (j_end < b.size() && digit(b[j_end])) ++j_end;
      while (i + 1 < i_end && a[i] == '0') ++i;
      while (j + 1 < j_end && b[j] == '0') ++j;
      if (i_end - i != j_end - j) return i_end - i < j_end - j;
      if (const int order = a.compare(i, i_end - i, b, j, j_end - j); order != 0) return order < 0;
      i = i_end;
      j = j_end;
      continue;
    }
    const int x = std::tolower(static_cast<unsigned char>(a[i]));
    const int y = std::tolower(static_cast<unsigned char>(b[j]));
    if (x != y) return x < y;
    ++i;
    ++j;
  }
  if (i < a.size() || j < b.size()) return j < b.size();
  return a < b;
}

fs::path find_nearest_folder(const fs::path& wanted) {
  std::error_code error;
  fs::path folder = fs::absolute(wanted.empty() ? find_home() : wanted, error).lexically_normal();
  if (error) return "/";
  while (!fs::is_directory(folder, error) && folder.has_relative_path())
    folder = folder.parent_path();
  if (!folder.has_filename() && folder.has_relative_path()) folder = folder.parent_path();
  return folder;
}

}  // namespace

bool find_kind(const fs::path& file, FileKind& kind) {
  constexpr std::array<std::string_view, 6> kMeshes = {".glb", ".gltf", ".obj", ".stl",
                                                       ".ply", ".fbx"};
  const std::string name = lower(file.filename().string());
  if (name.ends_with(kSessionSuffix)) {
    kind = FileKind::kSession;
    return true;
  }
  const std::string ending = fs::path(name).extension().string();
  if (ending == ".pack") {
    kind = FileKind::kPack;
    return true;
  }
  kind = FileKind::kMesh;
  return std::find(kMeshes.begin(), kMeshes.end(), ending) != kMeshes.end();
}

FolderListing list_folder(const fs::path& folder) {
  FolderListing listing;
  listing.folder = find_nearest_folder(folder);
  std::error_code error;
  fs::directory_iterator it(listing.folder, error);
  if (error) {
    listing.problem = "The folder cannot be read: " + error.message() + ".";
    return listing;
  }
  for (; it != fs::directory_iterator(); it.increment(error)) {
    if (error) break;
    const std::string name = it->path().filename().string();
    if (name.empty() || name.front() == '.') continue;
    std::error_code ignored;
    FolderEntry entry{name, FileKind::kFolder, 0};
    if (!it->is_directory(ignored)) {
      if (!it->is_regular_file(ignored) || !find_kind(it->path(), entry.kind)) continue;
      entry.bytes = it->file_size(ignored);
      if (ignored) entry.bytes = 0;
    }
    listing.meshes += entry.kind == FileKind::kMesh;
    if (listing.entries.size() == kMostEntries) {
      listing.complete = false;
      break;
    }
    listing.entries.push_back(std::move(entry));
  }
  std::sort(listing.entries.begin(), listing.entries.end(),
            [](const FolderEntry& a, const FolderEntry& b) {
              if (a.kind != b.kind) return a.kind < b.kind;
              return comes_before(a.name, b.name);
            });
  return listing;
}

fs::path find_home() {
  const char* home = std::getenv("HOME");
  return home != nullptr && *home == '/' ? fs::path(home) : fs::path("/");
}

}  // namespace data

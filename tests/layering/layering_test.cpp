// Holds the #includes under src/ against the table of rooms in src/README.md: dependencies are
// one-way, the GUI never sees GL, the renderer never sees anatomy, only one room knows Assimp.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>

namespace {

namespace fs = std::filesystem;
using Rooms = std::map<std::string, std::set<std::string>>;

// Direct dependencies; what a room may include is their transitive closure and itself.
const Rooms kDirect = {
    {"base", {}},
    {"geom", {"base"}},
    {"data", {"geom"}},
    {"anatomy", {"data"}},
    {"forge", {"anatomy"}},
    {"import", {"forge"}},
    {"compare", {"anatomy"}},
    {"tool", {"anatomy"}},
    {"sim", {"anatomy", "tool"}},
    {"guide", {"sim"}},
    {"session", {"guide"}},
    {"report", {"session"}},
    {"draw", {"geom"}},
    {"scene", {"session", "draw"}},
    {"render", {"draw"}},
    {"ui", {"session"}},
    {"app", {"compare", "forge", "import", "report", "scene", "render", "ui"}},
};

void close_over(const std::string& room, std::set<std::string>& closure) {
  if (!closure.insert(room).second) return;
  for (const std::string& next : kDirect.at(room)) close_over(next, closure);
}

struct Include {
  std::string file;
  std::string room;    // of the including file; empty for src/main.cpp
  std::string header;  // as written
};

std::vector<Include> find_includes() {
  std::vector<Include> found;
  const fs::path root = fs::path(BACKMATE_SOURCE_DIR) / "src";
  const std::regex pattern(R"re(^\s*#\s*include\s*[<"]([^>"]+)[>"])re");
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    const std::string extension = entry.path().extension().string();
    if (extension != ".h" && extension != ".cpp") continue;
    const fs::path relative = fs::relative(entry.path(), root);
    const std::string room =
        relative.has_parent_path() ? relative.begin()->string() : std::string();
    std::ifstream in(entry.path());
    std::smatch match;
    for (std::string line; std::getline(in, line);) {
      if (std::regex_search(line, match, pattern))
        found.push_back({relative.string(), room, match[1]});
    }
  }
  return found;
}

TEST(Layering, EveryIncludeFollowsTheTable) {
  const auto includes = find_includes();
  ASSERT_GT(includes.size(), 50u);
  for (const Include& include : includes) {
    if (include.room.empty()) continue;
    ASSERT_TRUE(kDirect.contains(include.room)) << include.file << " is in a room without a row";
    const std::string target = include.header.substr(0, include.header.find('/'));
    if (!kDirect.contains(target) || target == include.header) continue;
    std::set<std::string> allowed;
    close_over(include.room, allowed);
    EXPECT_TRUE(allowed.contains(target))
        << "src/" << include.file << " includes \"" << include.header << "\", but room '"
        << include.room << "' must not know '" << target << "'";
  }
}

TEST(Layering, ThirdPartyLibrariesStayInTheirRooms) {
  const std::map<std::string, std::set<std::string>> owners = {
      {"assimp", {"import"}},
      {"GLFW", {"app"}},
      {"glad", {"render", "app"}},
      {"cairo", {"report"}},
      {"imgui", {"ui", "app"}},
      {"meshoptimizer", {"anatomy", "forge", "import"}},
      {"EGL", {"render"}},

      {"spdlog", {"base"}},
      {"CLI", {"", "app"}},
  };
  for (const Include& include : find_includes()) {
    std::string library = include.header.substr(0, include.header.find_first_of("/._"));
    const auto owner = owners.find(library);
    if (owner == owners.end()) continue;
    EXPECT_TRUE(owner->second.contains(include.room))
        << "src/" << include.file << " includes <" << include.header << ">";
  }
}

}  // namespace

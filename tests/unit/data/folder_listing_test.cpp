// What the file browser lists: only what can be opened, in an order that people expect, and always
// a folder that is there.
#include "data/folder_listing.h"

#include <gtest/gtest.h>

#include <fstream>

#include "support/scratch_dir.h"

namespace {

namespace fs = std::filesystem;

class FolderListing : public testing::Test {
 protected:
  void put(const std::string& name, std::size_t bytes = 3) {
    std::ofstream(dir_.path() / name, std::ios::binary) << std::string(bytes, 'x');
  }
  std::vector<std::string> names() const {
    std::vector<std::string> names;
    for (const auto& entry : data::list_folder(dir_.path()).entries) names.push_back(entry.name);
    return names;
  }
  support::ScratchDir dir_{"listing"};
};

TEST_F(FolderListing, ShowsWhatCanBeOpenedFoldersFirstNumbersInOrder) {
  for (const char* name : {"part 10.obj", "part 2.obj", "Part 1.OBJ", "notes.txt", ".hidden.glb",
                           "neck.session.json", "other.json", "body.PACK"})
    put(name);
  fs::create_directory(dir_.path() / "zebra");
  fs::create_directory(dir_.path() / "Atlas");
  EXPECT_EQ(names(), (std::vector<std::string>{"Atlas", "zebra", "body.PACK", "neck.session.json",
                                               "Part 1.OBJ", "part 2.obj", "part 10.obj"}));
  EXPECT_EQ(data::list_folder(dir_.path()).meshes, 3u);
}

TEST_F(FolderListing, AFolderThatIsGoneIsAnsweredWithItsNearestParent) {
  const auto listing = data::list_folder(dir_.path() / "gone" / "too");
  EXPECT_TRUE(fs::equivalent(listing.folder, dir_.path()));
  EXPECT_TRUE(listing.problem.empty());
  EXPECT_FALSE(listing.folder.filename().empty());
  EXPECT_EQ(data::list_folder("/no such folder anywhere").folder, "/");
}

TEST_F(FolderListing, BrokenLinksAndOddNamesDoNoHarm) {
  fs::create_symlink(dir_.path() / "nowhere.obj", dir_.path() / "link.obj");
  put("\xff\xfe.obj");
  EXPECT_EQ(names().size(), 1u);
}

TEST_F(FolderListing, AHugeFolderIsCutAndSaysSo) {
  for (std::size_t i = 0; i <= data::kMostEntries; ++i) put(std::to_string(i) + ".stl", 1);
  const auto listing = data::list_folder(dir_.path());
  EXPECT_EQ(listing.entries.size(), data::kMostEntries);
  EXPECT_FALSE(listing.complete);
}

}  // namespace

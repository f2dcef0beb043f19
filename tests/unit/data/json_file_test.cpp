#include "data/json_file.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

namespace data {
namespace {

namespace fs = std::filesystem;

const fs::path kSchemas = fs::path(BACKMATE_SOURCE_DIR) / "assets" / "schema";

class JsonFile : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / ("backmate_json_" + std::to_string(::getpid()));
    fs::create_directories(folder_);
  }
  void TearDown() override {
    fs::permissions(folder_, fs::perms::owner_all);
    fs::remove_all(folder_);
  }
  fs::path write(const std::string& name, const std::string& text) {
    EXPECT_TRUE(write_file_atomic(folder_ / name, text));
    return folder_ / name;
  }
  fs::path folder_;
};

bool mentions(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST_F(JsonFile, GoodFileIsRead) {
  const auto file = write("en.json", R"({"format":"backmate-i18n","version":1,"language":"en",
                                         "words":{"a":"A"}})");
  const auto json = read_checked_json(file, "backmate-i18n", kSchemas);
  ASSERT_TRUE(json) << json.error().message;
  EXPECT_EQ((*json)["words"]["a"], "A");
}

TEST_F(JsonFile, ErrorsNameFileAndField) {
  const auto wrong_type = write("t.json", R"({"format":"backmate-i18n","version":1,"language":"en",
                                              "words":{"a":3}})");
  const auto result = read_checked_json(wrong_type, "backmate-i18n", kSchemas);
  ASSERT_FALSE(result);
  EXPECT_TRUE(mentions(result.error().message, "t.json")) << result.error().message;
  EXPECT_TRUE(mentions(result.error().message, "words.a")) << result.error().message;
}

TEST_F(JsonFile, UnknownVersionIsRefusedByNumber) {
  const auto file = write("v.json", R"({"format":"backmate-i18n","version":99,"language":"en",
                                        "words":{}})");
  const auto result = read_checked_json(file, "backmate-i18n", kSchemas);
  ASSERT_FALSE(result);
  EXPECT_TRUE(mentions(result.error().message, "99")) << result.error().message;
}

TEST_F(JsonFile, DamagedFilesAreSentencesNotCrashes) {
  for (const char* text : {"", "{", "[1,2", "\"x\"", "3", "null", "{\"format\":7}", "\xff\xfe",
                           "{\"format\":\"../../etc\",\"version\":1}",
                           "{\"format\":\"backmate-i18n\",\"version\":1e999}"}) {
    const auto result = read_checked_json(write("d.json", text), "backmate-i18n", kSchemas);
    ASSERT_FALSE(result) << text;
    EXPECT_TRUE(mentions(result.error().message, "d.json")) << result.error().message;
  }
}

TEST_F(JsonFile, MissingFileAndFolderAreNamed) {
  EXPECT_TRUE(mentions(read_json(folder_ / "none.json").error().message, "none.json"));
  EXPECT_TRUE(mentions(read_json(folder_).error().message, "folder"));
}

TEST_F(JsonFile, FailedWriteLeavesTheOldFile) {
  const auto file = write("keep.txt", "old");
  // A folder of that name cannot be replaced by a file.
  fs::create_directories(folder_ / "busy" / "inner");
  EXPECT_FALSE(write_file_atomic(folder_ / "busy", "new"));
  EXPECT_FALSE(write_file_atomic(folder_ / "no_such_folder" / "x", "new"));
  EXPECT_EQ(*read_file(file), "old");
  // Nothing half-written stays behind.
  for (const auto& entry : fs::recursive_directory_iterator(folder_)) {
    EXPECT_FALSE(mentions(entry.path().string(), ".part")) << entry.path();
  }
}

TEST(Assets, EveryJsonFileFitsItsSchema) {
  const fs::path assets = fs::path(BACKMATE_SOURCE_DIR) / "assets";
  int checked = 0;
  for (const auto& entry : fs::recursive_directory_iterator(assets)) {
    if (entry.path().extension() != ".json" || entry.path().parent_path() == kSchemas) continue;
    const auto json = read_json(entry.path());
    ASSERT_TRUE(json) << json.error().message;
    const auto status = check_json(*json, entry.path().string(), kSchemas);
    EXPECT_TRUE(status) << status.error().message;
    ++checked;
  }
  EXPECT_GE(checked, 1);
}

}  // namespace
}  // namespace data

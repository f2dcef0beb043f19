#include "tool/attachment.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace tool {
namespace {

namespace fs = std::filesystem;

fs::path assets() { return fs::path(BACKMATE_SOURCE_DIR) / "assets"; }

// A private copy of the assets that a test may spoil.
class SpoiledAssets {
 public:
  SpoiledAssets() {
    root_ = fs::temp_directory_path() / ("backmate_tool_test_" + std::to_string(::getpid()));
    fs::remove_all(root_);
    fs::create_directories(root_);
    fs::copy(assets() / "schema", root_ / "schema", fs::copy_options::recursive);
    fs::copy(assets() / "attachments", root_ / "attachments", fs::copy_options::recursive);
  }
  ~SpoiledAssets() { fs::remove_all(root_); }
  fs::path dir() const { return root_ / "attachments"; }
  void write(const std::string& name, const std::string& text) const {
    std::ofstream(dir() / name) << text;
  }

 private:
  fs::path root_;
};

TEST(Attachments, TheThreeHeadsHaveTheDimensionsOfTheProductTable) {
  const auto tool = load_tool(assets() / "attachments");
  ASSERT_TRUE(tool) << tool.error().message;
  ASSERT_GE(tool->attachments.size(), 3u);
  EXPECT_EQ(tool->attachments[0].id, "balls_std");
  const AttachmentSpec& standard = tool->attachments[0];
  ASSERT_EQ(standard.balls.size(), 2u);
  EXPECT_FLOAT_EQ(standard.balls[0].radius.value, 0.0315f);
  EXPECT_FLOAT_EQ(standard.balls[1].centre_m.x - standard.balls[0].centre_m.x, 0.090f);
  EXPECT_FLOAT_EQ(standard.force_limit.value, 150.0f);
  const AttachmentSpec& soft = tool->attachments[tool->find_attachment("balls_soft")];
  EXPECT_FLOAT_EQ(soft.balls[0].radius.value, 0.025f);
  EXPECT_FLOAT_EQ(soft.balls[1].centre_m.x - soft.balls[0].centre_m.x, 0.070f);
  EXPECT_FLOAT_EQ(soft.force_limit.value, 80.0f);
  const AttachmentSpec& point = tool->attachments[tool->find_attachment("point_single")];
  ASSERT_EQ(point.balls.size(), 1u);
  EXPECT_FLOAT_EQ(point.balls[0].radius.value, 0.020f);
  EXPECT_FLOAT_EQ(point.force_limit.value, 60.0f);
  EXPECT_EQ(tool->find_attachment("no_such"), -1);
}

TEST(Attachments, AShopAddsOneByAddingAFile) {
  const SpoiledAssets copy;
  copy.write("shop_ball.json", R"({"format":"backmate-attachment","version":1,"id":"shop_ball",
      "name_key":"attachment.shop_ball","balls":[{"centre_m":[0,0,0],"radius_m":0.03}],
      "force_limit_n":90,"dimensions_assumed":false,"example":true,"colour":[0,0,0]})");
  const auto tool = load_tool(copy.dir());
  ASSERT_TRUE(tool) << tool.error().message;
  EXPECT_EQ(tool->attachments.back().id, "shop_ball");
}

TEST(Attachments, BadFilesAreRefusedWithFileAndField) {
  struct Case {
    const char* text;
    const char* named;
  };
  const Case cases[] = {
      {R"({"format":"backmate-attachment","version":1,"id":"bad","name_key":"a","balls":
        [{"centre_m":[0,0,0],"radius_m":-1}],"force_limit_n":9,"dimensions_assumed":true,
        "example":true,"colour":[0,0,0]})",
       "balls[0].radius_m"},
      {R"({"format":"backmate-attachment","version":1,"id":"other","name_key":"a","balls":
        [{"centre_m":[0,0,0],"radius_m":0.02}],"force_limit_n":9,"dimensions_assumed":true,
        "example":true,"colour":[0,0,0]})",
       "'id'"},
      {R"({"format":"backmate-attachment","version":2,"id":"bad","name_key":"a","balls":
        [{"centre_m":[0,0,0],"radius_m":0.02}],"force_limit_n":9,"dimensions_assumed":true,
        "example":true,"colour":[0,0,0]})",
       "version"},
      {R"({"format":"backmate-attachment","version":1,"id":"bad","name_key":"a","balls":[],
        "force_limit_n":9,"dimensions_assumed":true,"example":true,"colour":[0,0,0]})",
       "balls"},
      {"{", "JSON"},
      {"", "JSON"},
  };
  const SpoiledAssets copy;
  for (const Case& c : cases) {
    copy.write("bad.json", c.text);
    const auto loaded = load_attachment(copy.dir() / "bad.json");
    ASSERT_FALSE(loaded) << c.text;
    EXPECT_NE(loaded.error().message.find("bad.json"), std::string::npos) << loaded.error().message;
    EXPECT_NE(loaded.error().message.find(c.named), std::string::npos) << loaded.error().message;
  }
}

}  // namespace
}  // namespace tool

#include "tool/attachment.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
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

// product.md: five of our own in front, seven hands and other tools to compare; only the standard
// balls are a known product.
TEST(Attachments, AllOfTheProductTableAreThere) {
  const auto tool = load_tool(assets() / "attachments");
  ASSERT_TRUE(tool) << tool.error().message;
  const char* ours[] = {"balls_std", "balls_soft", "point_single", "roller_wide", "thermal"};
  for (std::size_t i = 0; i < 5; ++i) {
    EXPECT_EQ(tool->attachments[i].id, ours[i]);
    EXPECT_EQ(tool->attachments[i].family, Family::kBackmate);
    EXPECT_EQ(tool->attachments[i].example, i > 0);
    // A goes round our own.
    const int from = static_cast<int>(i);
    EXPECT_EQ(tool->next_backmate(from), (from + 1) % 5);
  }
  for (const char* id :
       {"thumb", "knuckle", "forearm", "elbow", "s_cane", "lacrosse_ball", "foam_roller"}) {
    const int index = tool->find_attachment(id);
    ASSERT_GE(index, 5) << id;
    const AttachmentSpec& spec = tool->attachments[static_cast<std::size_t>(index)];
    EXPECT_EQ(spec.family, Family::kCompare) << id;
    EXPECT_TRUE(spec.example && spec.dimensions_assumed) << id;
    EXPECT_FALSE(spec.balls.empty()) << id;
    EXPECT_EQ(tool->next_backmate(index), 0) << id;
  }
  const AttachmentSpec& roller = tool->attachments[3];
  ASSERT_TRUE(roller.roller);
  EXPECT_FLOAT_EQ(roller.roller->length.value, 0.18f);
  EXPECT_FLOAT_EQ(roller.roller->radius.value, 0.03f);
  EXPECT_FLOAT_EQ(roller.roller->groove.value, 0.03f);
  EXPECT_FLOAT_EQ(roller.force_limit.value, 150.0f);
  const AttachmentSpec& thermal = tool->attachments[4];
  EXPECT_FLOAT_EQ(thermal.balls[0].radius.value, 0.035f);
  EXPECT_FLOAT_EQ(thermal.force_limit.value, 80.0f);
  ASSERT_TRUE(thermal.time_limit);
  EXPECT_FLOAT_EQ(thermal.time_limit->value, 600.0f);
  EXPECT_FALSE(thermal.caution_key.empty());
}

// science.md section 1: a row of balls at most 1.5 contact radii apart; none over the groove, all
// within the cylinder, left and right alike bit for bit.
TEST(Rollers, AreRowsOfBalls) {
  for (const float length : {0.02f, 0.18f, 0.30f}) {
    for (const float groove : {0.0f, 0.012f}) {
      for (const float radius : {0.015f, 0.03f, 0.075f}) {
        const auto row =
            make_row({base::Metres{length}, base::Metres{radius}, base::Metres{groove}, 5});
        ASSERT_FALSE(row.empty());
        // Hertz: a^2 = R d for a dent of 4 mm.
        const float spacing = 1.5f * std::sqrt(radius * 0.004f);
        for (std::size_t i = 0; i < row.size(); ++i) {
          const float x = row[i].centre_m.x;
          EXPECT_EQ(x, -row[row.size() - 1 - i].centre_m.x);
          EXPECT_LE(std::abs(x), 0.5f * length);
          EXPECT_GE(std::abs(x), 0.5f * groove);
          EXPECT_EQ(row[i].radius.value, radius);
          if (i > 0 && (x < 0.0f) == (row[i - 1].centre_m.x < 0.0f)) {
            EXPECT_LE(x - row[i - 1].centre_m.x, spacing + 1e-6f);
          }
        }
      }
    }
  }
}

TEST(HeadMeshes, TheForearmHasTheUndersideOfItsMesh) {
  const auto mesh = load_head_mesh(assets() / "attachments" / "forearm.obj");
  ASSERT_TRUE(mesh) << mesh.error().message;
  const HeadMesh& forearm = **mesh;
  EXPECT_TRUE(geom::find_topology(forearm.mesh()).watertight());
  EXPECT_GT(geom::signed_volume_m3(forearm.mesh()), 5e-4f);
  EXPECT_NEAR(forearm.underside_m(-0.05f, 0.0f), -0.041f, 1e-3f);
  EXPECT_GT(forearm.underside_m(-0.05f, 0.03f), -0.041f);
  EXPECT_EQ(forearm.underside_m(-0.05f, 0.08f), HeadMesh::kNothing);
  EXPECT_EQ(forearm.underside_m(0.2f, 0.0f), HeadMesh::kNothing);
}

TEST(HeadMeshes, BadFilesAreRefusedInWords) {
  struct Case {
    const char* text;
    const char* named;
  };
  const Case cases[] = {
      {"v 0 0 0\nv 0.1 0 nan\n", "line 2"},
      {"v 0 0 0\nv 0.1 0\n", "line 2"},
      {"v 0 0 0\nv 0.1 0 0\nv 0 0.1 0\nf 1 2 9\n", "vertex '9'"},
      {"v 0 0 0\nv 0.1 0 0\nv 0 0.1 0\nf 1 2\n", "at least three"},
      {"v 0 0 0\nv 0.1 0 0\nv 0 0.1 0\nf 1 2 x\n", "line 4"},
      {"v 0 0 0\nv 100 0 0\nv 0 60 0\nf 1 2 3\n", "millimetres"},
      {"v 0 0 0\nv 0.1 0 0\nv 0 0 0.1\nf 1 2 3\n", "underside"},
      {"v 9 9 9\nv 9.1 9 9\nv 9 9.1 9\nf 1 2 3\n", "origin"},
      {"hello\n", "no faces"},
      {"", "no faces"},
  };
  const SpoiledAssets copy;
  for (const Case& c : cases) {
    copy.write("bad.obj", c.text);
    const auto loaded = load_head_mesh(copy.dir() / "bad.obj");
    ASSERT_FALSE(loaded) << c.text;
    EXPECT_NE(loaded.error().message.find("bad.obj"), std::string::npos) << loaded.error().message;
    EXPECT_NE(loaded.error().message.find(c.named), std::string::npos) << loaded.error().message;
  }
  EXPECT_FALSE(load_head_mesh(copy.dir() / "missing.obj"));
  // A stray vertex far away is no part of the head.
  copy.write("stray.obj", "v 0 0 0\nv 0.1 0 0\nv 0 0.1 0\nv 1e30 0 0\nf -4/1/1 -3//2 -2\n");
  EXPECT_TRUE(load_head_mesh(copy.dir() / "stray.obj"));
}

TEST(Attachments, AShopAddsOneByAddingAFile) {
  const SpoiledAssets copy;
  copy.write("shop_ball.json", R"({"format":"backmate-attachment","version":1,"id":"shop_ball",
      "name_key":"attachment.shop_ball","balls":[{"centre_m":[0,0,0],"radius_m":0.03}],
      "force_limit_n":90,"dimensions_assumed":false,"example":true,"colour":[0,0,0]})");
  const auto tool = load_tool(copy.dir());
  ASSERT_TRUE(tool) << tool.error().message;
  // After our own, before what is only there to compare with.
  const int added = tool->find_attachment("shop_ball");
  EXPECT_GT(added, tool->find_attachment("thermal"));
  EXPECT_LT(added, tool->find_attachment("thumb"));
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
      {R"({"format":"backmate-attachment","version":1,"id":"bad","name_key":"a",
        "force_limit_n":9,"dimensions_assumed":true,"example":true,"colour":[0,0,0]})",
       "exactly one"},
      {R"({"format":"backmate-attachment","version":1,"id":"bad","name_key":"a",
        "roller":{"length_m":0.1,"diameter_m":0.05,"groove_m":0.09},"force_limit_n":9,
        "dimensions_assumed":true,"example":true,"colour":[0,0,0]})",
       "roller.groove_m"},
      {R"({"format":"backmate-attachment","version":1,"id":"bad","name_key":"a",
        "mesh":"../../etc/passwd","force_limit_n":9,
        "dimensions_assumed":true,"example":true,"colour":[0,0,0]})",
       "mesh"},
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

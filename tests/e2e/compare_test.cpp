// `backmate compare` as people and scripts meet it, and, where the published reference meshes are
// at hand, the built-in body against what is asked of it.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "data/json_file.h"
#include "support/reference.h"
#include "support/run_program.h"
#include "support/scratch_dir.h"

namespace {

using nlohmann::json;
using support::run_backmate;

constexpr const char* kHead = "file,fma_id,name,kind,side,usable\n";

// A closed box in millimetres and BodyParts3D's frame, where a rhomboid might lie.
constexpr const char* kBox =
    "o box\nv 20 70 1300\nv 60 70 1300\nv 20 80 1300\nv 60 80 1300\nv 20 70 1400\nv 60 70 1400\n"
    "v 20 80 1400\nv 60 80 1400\nf 1 3 2\nf 2 3 4\nf 5 6 7\nf 6 8 7\nf 1 2 5\nf 2 6 5\nf 3 7 4\n"
    "f 4 7 8\nf 1 5 3\nf 3 5 7\nf 2 4 6\nf 4 8 6\n";

class CompareCommand : public testing::Test {
 protected:
  static void expect_failure(const std::vector<std::string>& arguments,
                             const std::string& mentions) {
    const auto result = run_backmate(arguments);
    EXPECT_EQ(result.exit_code, 1) << result.err;
    EXPECT_TRUE(result.out.empty()) << result.out;
    EXPECT_NE(result.err.find(mentions), std::string::npos) << result.err;
    EXPECT_EQ(std::count(result.err.begin(), result.err.end(), '\n'), 1) << result.err;
  }
  std::string folder() const { return dir_.path().string(); }

  support::ScratchDir dir_{"compare_command"};
};

TEST_F(CompareCommand, BadReferencesAndBodiesAreNamed) {
  expect_failure({"compare", "builtin", folder() + "/none"}, "none");
  expect_failure({"compare", "builtin", folder()}, "manifest.csv");
  dir_.write("manifest.csv", std::string(kHead) + "a.glb,FMA13382,A,muscle,left,yes\n");
  expect_failure({"compare", "builtin", folder()}, "a.glb");  // no such mesh
  dir_.write("a.glb", "no mesh at all");
  expect_failure({"compare", "builtin", folder()}, "a.glb");
  dir_.write("manifest.csv", std::string(kHead) + "a.glb,FMA13382,A,muscle,left,no\n");
  expect_failure({"compare", "builtin", folder()}, "usable");
  expect_failure({"compare", "nobody", folder()}, "nobody");
  expect_failure({"compare", dir_.write("junk.pack", "junk").string(), folder()}, "junk.pack");
  EXPECT_EQ(run_backmate({"compare", "builtin"}).exit_code, 2);
}

TEST_F(CompareCommand, OneBadMeshDoesNotSpoilTheOthers) {
  dir_.write("box.obj", kBox);
  dir_.write("bad.obj", "");
  dir_.write("manifest.csv", std::string(kHead) +
                                 "box.obj,FMA13382,Left rhomboid major,muscle,left,yes\n"
                                 "bad.obj,FMA13381,Right rhomboid major,muscle,right,yes\n"
                                 "box.obj,FMA7204,Left spleen,other,left,yes\n");
  const std::string csv = folder() + "/out.csv";
  const auto result = run_backmate({"compare", "builtin", folder(), "--json", "--csv", csv});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const json report = json::parse(result.out);
  ASSERT_EQ(report["unread"].size(), 1u);
  EXPECT_NE(report["unread"][0].get<std::string>().find("bad.obj"), std::string::npos);
  EXPECT_EQ(report["structures"][0]["id"], "rhomboid_major_left");
  EXPECT_GT(report["structures"][0]["mean_mm"], 0.0);
  EXPECT_NEAR(report["structures"][0]["reference_volume_ml"], 40.0, 0.01);  // 4 x 1 x 10 cm
  EXPECT_EQ(report["structures"][1]["presence"], "missing");
  EXPECT_TRUE(std::filesystem::exists(csv));
  expect_failure({"compare", "builtin", folder(), "--csv", folder() + "/no/out.csv"}, "out.csv");
}

TEST_F(CompareCommand, TheBuiltInBodyIsAsNearToTheReferenceAsAsked) {
  const auto reference = support::find_reference();
  if (reference.empty()) GTEST_SKIP() << support::kNoReference;
  const auto result = run_backmate({"compare", "builtin", reference.string(), "--json"});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const json report = json::parse(result.out);
  EXPECT_TRUE(report["unread"].empty()) << report["unread"];
  std::map<std::string, json> measures;
  for (const json& m : report["measures"]) measures[m["id"]] = m;
  for (const char* id :
       {"muscle_median_mm", "muscle_worst_mm", "volume_must_percent", "bone_median_mm",
        "order_worst_percent", "mirror_worst_mm", "bad_meshes", "missing"}) {
    ASSERT_TRUE(measures.contains(id));
    EXPECT_EQ(measures[id]["must"], "pass") << measures[id].dump(1);
  }
  // So that no measure passes for want of anything to measure.
  EXPECT_GE(measures["muscle_median_mm"]["count"], 110);
  EXPECT_GE(measures["volume_must_percent"]["count"], 80);
  EXPECT_GE(measures["bone_median_mm"]["count"], 50);
  EXPECT_GE(measures["order_worst_percent"]["count"], 90);
}

}  // namespace

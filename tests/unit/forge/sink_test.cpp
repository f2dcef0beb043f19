// Meshes that come through a muscle they belong under, seen from the skin.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "forge/muscles.h"

namespace {

namespace fs = std::filesystem;
const fs::path kAssets = fs::path(BACKMATE_SOURCE_DIR) / "assets";

constexpr float kThrough_m = 0.002f;

// A flat skin behind the back.
geom::Mesh skin() {
  geom::Mesh mesh;
  mesh.positions_m = {{-1, 0, -0.2f}, {1, 0, -0.2f}, {1, 2, -0.2f}, {-1, 2, -0.2f}};
  mesh.indices = {0, 2, 1, 0, 3, 2};
  return mesh;
}

// A sheet of the back, and the same 2 mm further in, which should lie over it; both sides.
std::vector<forge::Part> crossed_sheets() {
  const auto spec =
      forge::load_muscle(kAssets / "anatomy/muscles/trapezius_ascending.json", kAssets / "schema");
  if (!spec) return {};
  forge::Part deep = forge::build_muscle(*spec);
  forge::Part cover = deep;
  deep.entry_id = "deep";
  deep.under = {"cover"};
  cover.entry_id = "cover";
  cover.under.clear();
  for (forge::PartMesh& level : cover.lods) {
    for (glm::vec3& p : level.mesh.positions_m) p.z += kThrough_m;
  }
  return {deep, forge::mirror_part(deep), cover, forge::mirror_part(cover)};
}

float greatest_move(const forge::Part& a, const forge::Part& b, std::size_t lod) {
  float most = 0.0f;
  for (std::size_t v = 0; v < a.lods[lod].mesh.positions_m.size(); ++v) {
    most = std::max(most,
                    glm::length(b.lods[lod].mesh.positions_m[v] - a.lods[lod].mesh.positions_m[v]));
  }
  return most;
}

TEST(SinkMuscles, WhatIsMetTooEarlySinksUnderItsCoverAndTheOtherSideMirrorsIt) {
  const auto before = crossed_sheets();
  ASSERT_EQ(before.size(), 4u);
  auto after = before;
  forge::sink_muscles(after, {}, skin());
  for (std::size_t lod = 0; lod < anatomy::kLodCount; ++lod) {
    const auto& was = before[0].lods[lod].mesh;
    const auto& is = after[0].lods[lod].mesh;
    float mean = 0.0f;
    for (std::size_t v = 0; v < was.positions_m.size(); ++v) {
      mean += is.positions_m[v].z - was.positions_m[v].z;
      EXPECT_EQ(after[1].lods[lod].mesh.positions_m[v].x, -is.positions_m[v].x);
      EXPECT_EQ(after[1].lods[lod].mesh.positions_m[v].z, is.positions_m[v].z);
    }
    EXPECT_GT(mean / static_cast<float>(was.positions_m.size()), kThrough_m) << lod;
    EXPECT_LT(greatest_move(before[0], after[0], lod), 0.0061f) << lod;
    EXPECT_TRUE(geom::find_topology(is).watertight()) << lod;
    EXPECT_EQ(greatest_move(before[2], after[2], lod), 0.0f) << lod;
  }
}

TEST(SinkMuscles, WhereTheyLieSideBySideNothingMoves) {
  const auto before = crossed_sheets();
  ASSERT_EQ(before.size(), 4u);
  auto after = before;
  for (forge::Part& part : after) {
    if (part.entry_id != "deep") continue;
    part.beside = {{"cover", {0, 0, -1}, {-0.05f, 1.2f, 0.0f}, 1.0f}};
  }
  forge::sink_muscles(after, {}, skin());
  EXPECT_EQ(greatest_move(before[0], after[0], 0), 0.0f);
  // From the front nobody looks, and far from the place the rule holds.
  for (const anatomy::SideBySide& elsewhere :
       {anatomy::SideBySide{"cover", {0, 0, 1}, {-0.05f, 1.2f, 0.0f}, 1.0f},
        anatomy::SideBySide{"cover", {0, 0, -1}, {-0.05f, 0.0f, 0.0f}, 0.1f},
        anatomy::SideBySide{"other", {0, 0, -1}, {-0.05f, 1.2f, 0.0f}, 1.0f}}) {
    after = before;
    after[0].beside = {elsewhere};
    forge::sink_muscles(after, {}, skin());
    EXPECT_GT(greatest_move(before[0], after[0], 0), kThrough_m);
  }
}

TEST(SideBySide, HoldsOnBothSidesFromItsDirectionAroundItsPlace) {
  const anatomy::SideBySide place{"cover", {-1, 0, 0}, {-0.2f, 1.2f, 0.0f}, 0.03f};
  EXPECT_TRUE(place.holds({-0.21f, 1.2f, 0.0f}, {1, 0, 0}));
  EXPECT_TRUE(place.holds({0.21f, 1.2f, 0.0f}, {-1, 0, 0}));
  EXPECT_FALSE(place.holds({0.21f, 1.2f, 0.0f}, {1, 0, 0}));
  EXPECT_FALSE(place.holds({-0.21f, 1.2f, 0.0f}, {0, 0, -1}));
  EXPECT_FALSE(place.holds({-0.24f, 1.2f, 0.0f}, {1, 0, 0}));
}

TEST(MuscleSpec, SideBySideSurvivesTheTextAndNamesACover) {
  const auto spec =
      forge::load_muscle(kAssets / "anatomy/muscles/teres_major.json", kAssets / "schema");
  ASSERT_TRUE(spec) << spec.error().message;
  ASSERT_EQ(spec->beside.size(), 1u);
  EXPECT_NE(forge::to_text(*spec).find("\"beside\""), std::string::npos);
}

}  // namespace

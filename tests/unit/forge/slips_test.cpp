// Muscles of several slips: what a wrong description is told, what they are made of, and the ruler
// that measures them.
#include "forge/slips.h"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <span>

#include "forge/fit_slips.h"
#include "forge/muscles.h"

namespace {

namespace fs = std::filesystem;
const fs::path kAssets = fs::path(BACKMATE_SOURCE_DIR) / "assets";

// Three muscles of 3 cm, one above the other beside the midline.
std::vector<geom::Net> row_of_slips() {
  std::vector<geom::Net> slips;
  for (int k = 0; k < 3; ++k) {
    geom::Net slip{3, 2, {}};
    for (int i = 0; i < 3; ++i) {
      const glm::vec3 at(-0.03f + 0.01f * static_cast<float>(i),
                         1.0f + 0.03f * static_cast<float>(k) + 0.012f * static_cast<float>(i),
                         0.03f);
      slip.points.push_back({at, 0.004f});
      slip.points.push_back({at + glm::vec3(0.005f, -0.004f, 0.0f), 0.004f});
    }
    slips.push_back(slip);
  }
  return slips;
}

forge::MuscleSpec spec_of_slips() {
  forge::MuscleSpec spec;
  spec.id = "rotatores_lumborum";
  spec.source = "made up for a test";
  for (forge::MuscleEnd* end : {&spec.origin, &spec.insertion})
    *end = {{"vertebra_l1"}, {0.1f}, ""};
  spec.nets = row_of_slips();
  return spec;
}

// What the reader says about the text with one replacement; "" where it is content.
std::string message_after(const std::string& from, const std::string& to) {
  const forge::MuscleSpec spec = spec_of_slips();
  std::string text = forge::to_text(spec);
  const std::size_t at = text.find(from);
  if (at == std::string::npos) return "nothing to replace";
  text.replace(at, from.size(), to);
  const fs::path file = fs::path(::testing::TempDir()) / (spec.id + ".json");
  std::ofstream(file) << text;
  const auto loaded = forge::load_muscle(file, kAssets / "schema");
  return loaded ? "" : loaded.error().message;
}

::testing::AssertionResult says(const std::string& message, std::vector<std::string> words) {
  words.push_back("rotatores_lumborum.json");
  for (const std::string& word : words) {
    if (message.find(word) != std::string::npos) continue;
    return ::testing::AssertionFailure() << "'" << word << "' is not in: " << message;
  }
  return ::testing::AssertionSuccess();
}

TEST(Slips, AWrongDescriptionIsRefusedWithFileAndField) {
  EXPECT_EQ(message_after("\"slips\"", "\"slips\""), "");
  const std::string point = "[-0.02, 1.042, 0.03, 0.004]";  // of the second slip's middle row
  EXPECT_TRUE(says(message_after(point, "[-0.02, 1.042, 0.03, -0.004]"),
                   {"slips[1]", "thickness", "[1][0]"}));
  EXPECT_TRUE(says(message_after(point + ", ", ""), {"slips", "1"}));
  EXPECT_TRUE(says(message_after(point, point + ", " + point), {"slips[1][1]", "3 points"}));
  EXPECT_TRUE(says(message_after(point, "[-0.02, 1.042, 0.03]"), {"slips"}));
  const std::string net =
      "\"net\": [[[0, 1, 0, 0.01], [0, 1.1, 0, 0.01]], [[0.1, 1, 0, 0.01], "
      "[0.1, 1.1, 0, 0.01]]], ";
  EXPECT_TRUE(says(message_after("\"slips\"", net + "\"slips\""), {"'net'", "'slips'"}));
  EXPECT_TRUE(says(message_after("\"slips\": [", "\"slips\": [[[" + point + ", " + point + "]], "),
                   {"slips"}));
  EXPECT_TRUE(says(message_after("\"tendon\": 0.1", "\"tendon\": [0.1, 0.2]"), {"origin.tendon"}));
}

TEST(Slips, OneSlipAloneIsANet) {
  forge::MuscleSpec spec = spec_of_slips();
  std::string text = forge::to_text(spec);
  const std::size_t from = text.find("\"slips\": [") + 10;
  const std::size_t second = text.find("]]],", from) + 3;
  text.erase(second, text.rfind("  ]\n}") - second);
  const fs::path file = fs::path(::testing::TempDir()) / (spec.id + ".json");
  std::ofstream(file) << text;
  const auto loaded = forge::load_muscle(file, kAssets / "schema");
  ASSERT_FALSE(loaded);
  EXPECT_TRUE(says(loaded.error().message, {"slips"}));
}

TEST(Slips, MeshesAreClosedAndLightAndHoldTheirVolume) {
  const forge::Part part = forge::build_muscle(spec_of_slips());
  const std::size_t most[] = {130, 50, 25};  // a slip
  float finest = 0.0f;
  for (std::size_t lod = 0; lod < anatomy::kLodCount; ++lod) {
    const geom::Mesh& mesh = part.lods[lod].mesh;
    const auto topology = geom::find_topology(mesh);
    EXPECT_TRUE(topology.watertight()) << lod;
    EXPECT_EQ(topology.degenerate_triangles, 0u) << lod;
    EXPECT_LE(mesh.triangle_count(), 3 * most[lod]) << lod;
    const float volume = geom::signed_volume_m3(mesh);
    if (lod == 0) finest = volume;
    EXPECT_GT(volume, 0.35f * finest) << lod;
  }
  // An elliptic rod of 25.9 mm with rounded ends: pi / 4 of its box, a little less at the ends.
  const float width = 0.0064f;
  const float box = 3.0f * 0.0312f * width * 0.004f;
  EXPECT_LT(finest, 0.79f * box);
  EXPECT_GT(finest, 0.3f * box);
}

TEST(Slips, OfARowStretchesOfHeightAreSegmentsAndBothSidesMakeOneMuscle) {
  forge::Part right = forge::build_muscle(spec_of_slips());
  const float fibre = right.length_m;
  forge::lay_along_row(right);
  EXPECT_GT(right.length_m, 2.0f * fibre);
  const forge::PartMesh& finest = right.lods[0];
  const geom::Aabb box = geom::bounds_of(finest.mesh.positions_m);
  for (std::size_t v = 0; v < finest.along.size(); ++v) {
    const float share = (finest.mesh.positions_m[v].y - box.min.y) / box.size().y;
    ASSERT_NEAR(finest.along[v], share, 1e-5f);
  }
  const forge::Part both = forge::join_sides(right, forge::mirror_part(right));
  EXPECT_EQ(both.side, anatomy::Side::kMedian);
  for (std::size_t lod = 0; lod < anatomy::kLodCount; ++lod) {
    const auto& half = right.lods[lod].mesh;
    EXPECT_EQ(both.lods[lod].mesh.triangle_count(), 2 * half.triangle_count());
    EXPECT_TRUE(geom::find_topology(both.lods[lod].mesh).watertight());
    EXPECT_NEAR(geom::signed_volume_m3(both.lods[lod].mesh), 2.0f * geom::signed_volume_m3(half),
                1e-9f);
    EXPECT_EQ(both.lods[lod].fibre.size(), both.lods[lod].mesh.positions_m.size());
  }
}

geom::Mesh mesh_of(std::span<const geom::Net> nets) {
  forge::PartMesh all;
  for (const geom::Net& net : nets) {
    forge::PartMesh one;
    one.mesh = geom::mesh_of_grid(geom::sample_net(net, 0.001f)).mesh;
    forge::append_mesh(all, one);
  }
  return all.mesh;
}

// Seeds beside their slips find them again, from one side and from the mean of both.
TEST(FitSlips, MovesEachSlipToItsOwnPartOfTheReference) {
  const std::vector<geom::Net> truth = row_of_slips();
  std::vector<geom::Net> seeds = truth;
  for (std::size_t s = 0; s < seeds.size(); ++s) {
    for (geom::NetPoint& p : seeds[s].points) {
      p.position_m += glm::vec3(0.002f, s == 1 ? 0.003f : -0.002f, 0.002f);
      p.thickness_m = 0.002f;
    }
  }
  for (const bool both_sides : {false, true}) {
    const auto reference = mesh_of(both_sides ? forge::with_mirror(truth) : truth);
    const auto fit = forge::fit_slips(reference, seeds, both_sides, {});
    ASSERT_TRUE(fit) << fit.error().message;
    ASSERT_EQ(fit->nets.size(), truth.size());
    EXPECT_LT(fit->mean_distance_m, 0.0005f);
    for (const geom::Net& net : fit->nets) {
      for (const geom::NetPoint& p : net.points) {
        EXPECT_LT(p.position_m.x, 0.0f);
        EXPECT_NEAR(p.thickness_m * 2000.0f, std::round(p.thickness_m * 2000.0f), 2e-3f);
      }
    }
  }
}

TEST(FitSlips, ASlipWithoutAPartOfTheReferenceIsNamed) {
  std::vector<geom::Net> seeds = row_of_slips();
  const auto reference = mesh_of(seeds);
  seeds.push_back(seeds.front());
  for (geom::NetPoint& p : seeds.back().points) p.position_m.y += 0.5f;
  const auto fit = forge::fit_slips(reference, seeds, false, {});
  ASSERT_FALSE(fit);
  EXPECT_NE(fit.error().message.find("slips[3]"), std::string::npos) << fit.error().message;
  EXPECT_FALSE(forge::fit_slips({}, seeds, false, {}));
}

}  // namespace

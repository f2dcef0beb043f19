#include "forge/bones.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>

#include "forge/bone_shape.h"
#include "forge/simplify.h"
#include "geom/level_set.h"

namespace forge {
namespace {

namespace fs = std::filesystem;
const fs::path kAssets = fs::path(BACKMATE_SOURCE_DIR) / "assets";

// Built once: every check below is one law, all of them are one test, because making all bones
// takes seconds.
const std::vector<Part>& parts() {
  static const base::Result<std::vector<Part>> built = build_bones(kAssets);
  static const std::vector<Part> none;
  EXPECT_TRUE(built.has_value()) << built.error().message;
  return built ? *built : none;
}

const Part* find(const std::string& entry, anatomy::Side side) {
  for (const Part& part : parts()) {
    if (part.entry_id == entry && part.side == side) return &part;
  }
  return nullptr;
}

void check_every_level_of_detail_is_closed_and_wound_outward() {
  for (const Part& part : parts()) {
    for (const PartMesh& lod : part.lods) {
      const geom::Topology topology = geom::find_topology(lod.mesh);
      EXPECT_TRUE(topology.watertight()) << part.entry_id;
      EXPECT_EQ(topology.degenerate_triangles, 0u) << part.entry_id;
      EXPECT_GT(geom::signed_volume_m3(lod.mesh), 0.0f) << part.entry_id;
    }
  }
}

void check_spine_is_complete_and_in_order() {
  std::vector<std::string> spine;
  for (int i = 5; i >= 1; --i) spine.push_back("vertebra_l" + std::to_string(i));
  for (int i = 12; i >= 1; --i) spine.push_back("vertebra_t" + std::to_string(i));
  for (int i = 7; i >= 1; --i) spine.push_back("vertebra_c" + std::to_string(i));
  float below = 0.0f;
  for (const std::string& id : spine) {
    const Part* part = find(id, anatomy::Side::kMedian);
    ASSERT_NE(part, nullptr) << id;
    const geom::Aabb box = geom::bounds_of(part->lods[0].mesh.positions_m);
    EXPECT_GT(box.centre().y, below) << id;
    EXPECT_NEAR(box.centre().x, 0.0f, 0.001f) << id;
    below = box.centre().y;
  }
}

void check_paired_bones_mirror_each_other() {
  for (int i = 1; i <= 12; ++i) {
    const std::string id = "rib_" + std::to_string(i);
    const Part* left = find(id, anatomy::Side::kLeft);
    const Part* right = find(id, anatomy::Side::kRight);
    ASSERT_NE(left, nullptr) << id;
    ASSERT_NE(right, nullptr) << id;
    const geom::Aabb l = geom::bounds_of(left->lods[0].mesh.positions_m);
    const geom::Aabb r = geom::bounds_of(right->lods[0].mesh.positions_m);
    EXPECT_GT(l.max.x, 0.0f);
    EXPECT_FLOAT_EQ(l.max.x, -r.min.x);
    EXPECT_FLOAT_EQ(l.min.x, -r.max.x);
  }
}

// Human lumbar vertebrae: the body is 41-55 mm wide and 30-37 mm deep (Zhou et al. 2000, CT, L3-L5
// of adults); the whole with its transverse processes stays under 110 mm.
void check_lumbar_vertebrae_have_human_size() {
  for (int i = 1; i <= 5; ++i) {
    const Part* part = find("vertebra_l" + std::to_string(i), anatomy::Side::kMedian);
    ASSERT_NE(part, nullptr);
    const glm::vec3 size = geom::bounds_of(part->lods[0].mesh.positions_m).size();
    EXPECT_GT(size.x, 0.060f);
    EXPECT_LT(size.x, 0.110f);
    EXPECT_GT(size.z, 0.065f);
    EXPECT_LT(size.z, 0.100f);
  }
}

void check_triangles_stay_in_budget() {
  std::array<std::size_t, anatomy::kLodCount> total{};
  for (const Part& part : parts()) {
    for (std::size_t lod = 0; lod < total.size(); ++lod) {
      total[lod] += part.lods[lod].mesh.triangle_count();
    }
  }
  EXPECT_LE(total[0], 100000u);
  EXPECT_LE(total[1], 42000u);
  EXPECT_LE(total[2], 18000u);
}

// Median ligaments: the nuchal one from the occiput to C7, the supraspinous one over every tip from
// C7 to L5, behind the bone and in front of nothing.
void check_ligaments_close_the_midline_of_the_back() {
  const Part* nuchal = find("nuchal_ligament", anatomy::Side::kMedian);
  const Part* supraspinous = find("supraspinous_ligament", anatomy::Side::kMedian);
  ASSERT_TRUE(nuchal != nullptr && supraspinous != nullptr);
  const auto rearmost = [](const Part& part, float low, float high) {
    glm::vec3 rear(0.0f, 0.0f, 1.0f);
    for (const glm::vec3 p : part.lods[0].mesh.positions_m) {
      if (std::abs(p.x) < 0.004f && p.y >= low && p.y <= high && p.z < rear.z) rear = p;
    }
    return rear;
  };
  std::vector<std::string> tips{"c7"};
  for (int i = 1; i <= 12; ++i) tips.push_back("t" + std::to_string(i));
  for (int i = 1; i <= 5; ++i) tips.push_back("l" + std::to_string(i));
  for (const std::string& level : tips) {
    const glm::vec3 tip = rearmost(*find("vertebra_" + level, anatomy::Side::kMedian), 0.0f, 2.0f);
    const glm::vec3 band = rearmost(*supraspinous, tip.y - 0.006f, tip.y + 0.006f);
    EXPECT_LT(band.z, tip.z) << level;
    EXPECT_GT(band.z, tip.z - 0.025f) << level;
  }
  const geom::Aabb neck = geom::bounds_of(nuchal->lods[0].mesh.positions_m);
  const geom::Aabb skull =
      geom::bounds_of(find("skull", anatomy::Side::kMedian)->lods[0].mesh.positions_m);
  EXPECT_GT(neck.max.y, skull.min.y);
  EXPECT_LT(neck.min.y,
            rearmost(*find("vertebra_c7", anatomy::Side::kMedian), 0.0f, 2.0f).y + 0.005f);
  for (const Part* part : {nuchal, supraspinous}) {
    const geom::Aabb box = geom::bounds_of(part->lods[0].mesh.positions_m);
    EXPECT_NEAR(box.min.x, -box.max.x, 0.0006f) << part->entry_id;
    EXPECT_LT(box.size().x, 0.010f) << part->entry_id;
  }
}

// Men's femoral heads are 44-52 mm across (Asala 2001, radiographs), the shaft stands 32-55 mm
// lateral of the head's middle (Noble et al. 1988: offset 43 mm, SD 7).
void check_femur_has_human_size() {
  const Part* femur = find("femur", anatomy::Side::kLeft);
  ASSERT_NE(femur, nullptr);
  const auto& points = femur->lods[0].mesh.positions_m;
  const geom::Aabb box = geom::bounds_of(points);
  geom::Aabb head;
  geom::Aabb shaft;
  for (const glm::vec3 p : points) {
    if (p.x < box.min.x + 0.030f && p.y > 0.79f) head.add(p);
    if (p.y < box.min.y + 0.020f) shaft.add(p);
  }
  EXPECT_GT(head.size().z, 0.044f);
  EXPECT_LT(head.size().z, 0.052f);
  EXPECT_GT(shaft.size().x, 0.022f);
  EXPECT_LT(shaft.size().x, 0.034f);
  EXPECT_GT(box.max.x - head.centre().x, 0.040f);
}

TEST(Bones, ObeyTheLawsOfASkeleton) {
  ASSERT_GE(parts().size(), 100u);
  check_every_level_of_detail_is_closed_and_wound_outward();
  check_spine_is_complete_and_in_order();
  check_paired_bones_mirror_each_other();
  check_lumbar_vertebrae_have_human_size();
  check_ligaments_close_the_midline_of_the_back();
  check_femur_has_human_size();
  check_triangles_stay_in_budget();
}

// A part that floats is named; a hollow inside a bone is none of its own.
TEST(Bones, APartThatTouchesNothingIsRefusedByName) {
  const fs::path assets = fs::path(::testing::TempDir()) / "loose_bone";
  fs::remove_all(assets);
  fs::create_directories(assets / "anatomy" / "bones");
  fs::copy(kAssets / "schema", assets / "schema", fs::copy_options::recursive);
  const auto message_with_tip_at = [&](int y_mm) {
    std::ofstream(assets / "anatomy" / "bones" / "one.json")
        << R"({"format": "backmate-bone", "version": 1, "source": "made up", "bones": [
  {"entry": "hyoid_bone", "paired": false, "triangles": 300, "blend_mm": 1, "parts": [
    {"part": "block", "shape": "round", "at_mm": [0, 0, 0], "half_mm": [20, 20, 20]},
    {"part": "tip", "shape": "round", "at_mm": [0, )"
        << y_mm << R"(, 0], "half_mm": [5, 5, 5]}]}]})";
    const auto built = build_bones(assets);
    return built ? std::string() : built.error().message;
  };
  EXPECT_EQ(message_with_tip_at(22), "");
  const std::string fault = message_with_tip_at(40);
  EXPECT_NE(fault.find("'hyoid_bone', part 'tip'"), std::string::npos) << fault;
  fs::remove_all(assets);
}

TEST(BoneField, DrumIsFlatAtItsEndsAndRoundAcross) {
  BoneSpec spec;
  spec.blend_m = 0.0005f;
  BonePart body;
  body.form = PartForm::kDrum;
  body.half_m = {0.02f, 0.01f, 0.015f};
  spec.parts.push_back(body);
  const BoneField field(spec);
  EXPECT_NEAR(field({0.02f, 0, 0}), 0.0f, 1e-5f);
  EXPECT_NEAR(field({0, 0.01f, 0}), 0.0f, 1e-5f);
  EXPECT_NEAR(field({0, 0, -0.015f}), 0.0f, 1e-5f);
  EXPECT_NEAR(field({0.010f, 0.01f, 0}), 0.0f, 2e-4f);
  EXPECT_LT(field({0, 0, 0}), -0.005f);
}

TEST(BoneField, MirroredPartStandsOnBothSides) {
  BoneSpec spec;
  spec.blend_m = 0.0005f;
  BonePart part;
  part.mirrored = true;
  part.at_m = {0.03f, 0.01f, 0.0f};
  part.half_m = {0.02f, 0.004f, 0.006f};
  part.turn = glm::mat3(0.8f, 0.6f, 0, -0.6f, 0.8f, 0, 0, 0, 1);
  spec.parts.push_back(part);
  const BoneField field(spec);
  for (const glm::vec3 p : {glm::vec3(0.03f, 0.02f, 0.001f), glm::vec3(0.045f, 0.022f, -0.002f)}) {
    EXPECT_NEAR(field(p), field(p * glm::vec3(-1, 1, 1)), 1e-6f);
  }
}

TEST(Simplify, ClosedStaysClosedAndCloseToTheShape) {
  geom::Aabb box;
  box.add(glm::vec3(-0.05f));
  box.add(glm::vec3(0.05f));
  const geom::Mesh fine = geom::polygonise(
      geom::sample_distance([](glm::vec3 p) { return glm::length(p) - 0.05f; }, box, 0.002f));
  const geom::Mesh coarse = simplify_to(fine, 600);
  EXPECT_LE(coarse.triangle_count(), 600u);
  EXPECT_TRUE(geom::find_topology(coarse).watertight());
  EXPECT_NEAR(geom::signed_volume_m3(coarse) / geom::signed_volume_m3(fine), 1.0f, 0.01f);
}

// Corners that lie closer together than a pack can tell apart are gone, the surface stays closed.
TEST(Simplify, SpecksAreSwept) {
  geom::Aabb box;
  box.add(glm::vec3(-0.05f));
  box.add(glm::vec3(0.05f));
  geom::Mesh fine = geom::polygonise(
      geom::sample_distance([](glm::vec3 p) { return glm::length(p) - 0.05f; }, box, 0.002f));
  const glm::vec3 pole(0.0f, 0.05f, 0.0f);
  int moved = 0;
  for (glm::vec3& p : fine.positions_m) {
    if (glm::length(p - pole) > 0.004f) continue;
    p = pole + 1e-3f * (p - pole);
    ++moved;
  }
  ASSERT_GT(moved, 8);
  const geom::Mesh coarse = simplify_to(fine, 600);
  EXPECT_TRUE(geom::find_topology(coarse).watertight());
  float shortest = 1.0f;
  for (std::size_t i = 0; i < coarse.indices.size(); ++i) {
    const std::size_t next = i % 3 == 2 ? i - 2 : i + 1;
    shortest = std::min(shortest, glm::distance(coarse.positions_m[coarse.indices[i]],
                                                coarse.positions_m[coarse.indices[next]]));
  }
  EXPECT_GT(shortest, 20e-6f);
}

class BrokenBones : public ::testing::Test {
 protected:
  std::string message_of(const std::string& text) {
    const fs::path dir = fs::path(::testing::TempDir()) / "backmate_bones";
    fs::create_directories(dir);
    std::ofstream(dir / "one.json") << text;
    const auto loaded = load_bones(dir, kAssets / "schema");
    fs::remove_all(dir);
    return loaded ? std::string() : loaded.error().message;
  }
};

TEST_F(BrokenBones, AreRefusedWithFileBoneAndField) {
  const std::string head =
      R"({"format":"backmate-bone","version":1,"source":"test","bones":[{"entry":"rib_1","paired":true,"triangles":400,"blend_mm":1,"parts":[)";
  const std::string good = R"({"part":"a","shape":"round","at_mm":[1,2,3],"half_mm":[1,2,3]})";
  EXPECT_EQ(message_of(head + good + "]}]}"), "");
  const std::string negative = message_of(
      head + R"({"part":"a","shape":"round","at_mm":[1,2,3],"half_mm":[1,-2,3]})" + "]}]}");
  EXPECT_NE(negative.find("one.json"), std::string::npos);
  EXPECT_NE(negative.find("bones[0].parts[0]"), std::string::npos) << negative;
  const std::string both = message_of(
      head + R"({"part":"a","shape":"round","both_sides":true,"at_mm":[1,2,3],"half_mm":[1,2,3]})" +
      "]}]}");
  EXPECT_NE(both.find("rib_1"), std::string::npos) << both;
  const std::string standing = message_of(
      head +
      R"({"part":"s","shape":"sweep","stations":[{"at_mm":[1,2,3],"half_mm":[1,2],"wide":[0,1,0]},{"at_mm":[1,2,3],"half_mm":[1,2],"wide":[0,1,0]}]})" +
      "]}]}");
  EXPECT_NE(standing.find("stations[1]"), std::string::npos) << standing;
}

TEST_F(BrokenBones, EmptyFolderIsRefused) {
  EXPECT_FALSE(load_bones("/nonexistent", kAssets / "schema").has_value());
}

}  // namespace
}  // namespace forge

#include <gtest/gtest.h>

#include <filesystem>

#include "anatomy/finish.h"
#include "forge/bones.h"
#include "forge/forge.h"

namespace forge {
namespace {

const std::filesystem::path kAssets = std::filesystem::path(BACKMATE_SOURCE_DIR) / "assets";

// The skeleton alone, with an envelope around it as the touched surface; made once for all checks.
anatomy::Body make_body() {
  anatomy::Body none;
  const auto ontology = anatomy::Ontology::load(kAssets / "anatomy");
  const auto bones = build_bones(kAssets);
  EXPECT_TRUE(ontology.has_value() && bones.has_value());
  if (!ontology || !bones) return none;
  auto body = assemble_body(*ontology, *bones);
  EXPECT_TRUE(body.has_value());
  if (!body) return none;
  anatomy::finish_structures(*body);
  anatomy::find_landmarks(*body);
  return std::move(*body);
}

const anatomy::Body& skeleton() {
  static const anatomy::Body body = make_body();
  return body;
}

glm::vec3 at(const std::string& id) {
  const anatomy::Landmark* landmark = skeleton().find_landmark(id);
  EXPECT_NE(landmark, nullptr) << id;
  return landmark != nullptr ? landmark->position_m : glm::vec3(0.0f);
}

void check_spine_is_in_order_from_lumbar_to_neck() {
  float below = 0.0f;
  const auto check = [&](char region, int last, int first) {
    for (int level = last; level >= first; --level) {
      const glm::vec3 p = at(region + std::to_string(level));
      EXPECT_GT(p.y, below) << region << level;
      EXPECT_LT(std::abs(p.x), 0.004f) << region << level;
      EXPECT_LT(p.z, 0.08f) << region << level;
      below = p.y;
    }
  };
  check('L', 5, 1);
  check('T', 12, 1);
  check('C', 7, 2);
}

void check_lie_on_the_touched_surface() {
  const geom::Bvh surface(skeleton().contact_surface.positions_m,
                          skeleton().contact_surface.indices);
  ASSERT_GT(skeleton().landmarks.size(), 40u);
  for (const anatomy::Landmark& landmark : skeleton().landmarks) {
    const auto nearest = surface.find_closest(landmark.position_m, 1.0f);
    ASSERT_TRUE(nearest.has_value());
    EXPECT_LT(nearest->distance_m, 1e-4f) << landmark.id;
  }
}

void check_sides_mirror_each_other() {
  int pairs = 0;
  for (const anatomy::Landmark& landmark : skeleton().landmarks) {
    const std::size_t suffix = landmark.id.rfind("_left");
    if (suffix == std::string::npos) continue;
    const glm::vec3 right = at(landmark.id.substr(0, suffix) + "_right");
    EXPECT_LT(glm::length(landmark.position_m - right * glm::vec3(-1, 1, 1)), 0.003f)
        << landmark.id;
    EXPECT_GT(landmark.position_m.x, 0.0f) << landmark.id;
    ++pairs;
  }
  EXPECT_GE(pairs, 12);
}

// Surface anatomy that every textbook gives: the root of the scapular spine lies at T3, the
// inferior angle at T7-T9, the iliac crests at L4, the sternal notch at T2-T3, each within about
// one level.
void check_stand_at_their_levels() {
  const auto between = [&](const std::string& id, const std::string& low, const std::string& high) {
    EXPECT_GT(at(id).y, at(low).y) << id;
    EXPECT_LT(at(id).y, at(high).y) << id;
  };
  between("scapula_spine_root_left", "T5", "T1");
  between("scapula_inferior_angle_left", "T9", "T6");
  between("iliac_crest_left", "L5", "L2");
  between("psis_left", "S2", "L4");
  between("sternal_notch", "T4", "T1");
  EXPECT_GT(at("acromion_left").y, at("coracoid_left").y);
  EXPECT_GT(at("acromion_left").x, at("scapula_superior_angle_left").x);
  EXPECT_GT(at("asis_left").z, at("psis_left").z);
}

void check_missing_bone_gives_none() {
  anatomy::Body body = skeleton();
  for (anatomy::Structure& structure : body.structures) {
    if (structure.id == "vertebra_t7" || structure.id == "scapula_left") structure.usable = false;
  }
  anatomy::find_landmarks(body);
  EXPECT_EQ(body.find_landmark("T7"), nullptr);
  EXPECT_EQ(body.find_landmark("acromion_left"), nullptr);
  EXPECT_NE(body.find_landmark("T8"), nullptr);
  EXPECT_NE(body.find_landmark("acromion_right"), nullptr);
}

TEST(Landmarks, ObeySurfaceAnatomy) {
  check_spine_is_in_order_from_lumbar_to_neck();
  check_lie_on_the_touched_surface();
  check_sides_mirror_each_other();
  check_stand_at_their_levels();
  check_missing_bone_gives_none();
}

}  // namespace
}  // namespace forge

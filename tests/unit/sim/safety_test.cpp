// Safety as data on the built-in body: every skin point has one limit, landmarks lie where they
// should, the lowest limit wins, left mirrors right; pressing in a no-go zone does no good.
#include "sim/safety.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "anatomy/figure.h"
#include "anatomy/pack.h"
#include "anatomy/stature.h"
#include "sim/relief.h"
#include "support/sim_fixture.h"

namespace sim {
namespace {

struct BuiltIn {
  explicit BuiltIn(const anatomy::Figure& figure) {
    const auto pack =
        anatomy::load_pack(std::string(BACKMATE_BINARY_DIR) + "/share/backmate/bodies/" +
                           anatomy::figure_id(figure.sex, figure.build) + ".pack");
    auto own = std::make_shared<anatomy::Body>(*pack.value());
    if (figure.stature_m > 0.0f) anatomy::scale_to_stature(*own, figure.stature_m);
    body = std::make_shared<const anatomy::BodyIndex>(std::move(own));
    map = std::make_unique<SafetyMap>(body, load_safety_rules(test_support::assets_dir()).value());
  }
  glm::vec3 landmark(const std::string& id) const {
    return body->body().find_landmark(id)->position_m;
  }
  // The deciding region at the skin nearest to a point.
  std::string region_at(glm::vec3 near_m) const {
    const auto at = body->find_surface_point(near_m);
    return map->region(map->find_region(at.point_m, body->surface_normal(at))).id;
  }
  // At a height of the back, so far to the side.
  std::string back_at(const std::string& level, float aside_m) const {
    const glm::vec3 spine = landmark(level);
    const geom::Ray ray{{aside_m, spine.y, spine.z - 0.15f}, {0.0f, 0.0f, 1.0f}};
    const auto hit = body->find_surface_hit(ray, 0.4f);
    return hit ? region_at(ray.origin_m + hit->distance_m * ray.direction) : "no skin";
  }
  std::string front_at(float aside_m, float y_m) const {
    const geom::Ray ray{{aside_m, y_m, 0.6f}, {0.0f, 0.0f, -1.0f}};
    const auto hit = body->find_surface_hit(ray, 0.9f);
    return hit ? region_at(ray.origin_m + hit->distance_m * ray.direction) : "no skin";
  }
  std::shared_ptr<const anatomy::BodyIndex> body;
  std::unique_ptr<SafetyMap> map;
};

// Every sex and build, and the shortest and tallest that can be asked for.
class SafetyOnFigures : public ::testing::TestWithParam<anatomy::Figure> {};

std::vector<anatomy::Figure> all_figures() {
  std::vector<anatomy::Figure> figures;
  for (const anatomy::Sex sex : anatomy::kSexes) {
    for (const anatomy::Build build : anatomy::kBuilds) figures.push_back({sex, build, 0.0f});
    figures.push_back({sex, anatomy::Build::kMedium, 1.40f});
    figures.push_back({sex, anatomy::Build::kMedium, 2.10f});
  }
  return figures;
}

INSTANTIATE_TEST_SUITE_P(All, SafetyOnFigures, ::testing::ValuesIn(all_figures()),
                         [](const auto& each) { return anatomy::body_name(each.param); });

TEST_P(SafetyOnFigures, TheSpineIsAStripOfThreeCentimetres) {
  const BuiltIn b(GetParam());
  for (const char* level : {"C3", "C5", "C7", "T2", "T5", "T9", "T12", "L2", "L4", "S1"}) {
    for (const float aside : {-0.014f, -0.007f, 0.0f, 0.007f, 0.014f}) {
      EXPECT_EQ(b.back_at(level, aside), "spine") << level << " " << aside;
    }
    for (const float aside : {-0.018f, 0.018f}) {
      EXPECT_NE(b.back_at(level, aside), "spine") << level << " " << aside;
    }
  }
}

TEST_P(SafetyOnFigures, PlacesThatPeoplePressAreWhatTheyAre) {
  const BuiltIn b(GetParam());
  for (const float side : {1.0f, -1.0f}) {
    EXPECT_EQ(b.back_at("C2", 0.03f * side), "suboccipital");
    EXPECT_EQ(b.back_at("C5", 0.03f * side), "neck_back");
    EXPECT_EQ(b.back_at("T2", 0.05f * side), "thoracic");
    EXPECT_EQ(b.back_at("T5", 0.05f * side), "thoracic");
    EXPECT_EQ(b.back_at("T8", 0.04f * side), "thoracic");
    EXPECT_EQ(b.back_at("L3", 0.04f * side), "lumbar");
    EXPECT_EQ(b.back_at("L2", 0.08f * side), "floating_ribs");
    const std::string suffix = side > 0.0f ? "_left" : "_right";
    const glm::vec3 acromion = b.landmark("acromion" + suffix);
    const geom::Ray down{{0.6f * acromion.x, acromion.y + 0.2f, acromion.z}, {0.0f, -1.0f, 0.0f}};
    const auto ridge = b.body->find_surface_hit(down, 0.4f);
    ASSERT_TRUE(ridge);
    EXPECT_EQ(b.region_at(down.origin_m + ridge->distance_m * down.direction), "shoulder_top");
    const glm::vec3 blade = 0.5f * (b.landmark("scapula_inferior_angle" + suffix) + acromion);
    EXPECT_EQ(b.region_at(blade + glm::vec3(0.0f, 0.0f, -0.05f)), "shoulder_blade");
    EXPECT_EQ(b.region_at(b.landmark("deltoid_tuberosity" + suffix) + glm::vec3(0.0f, 0.05f, 0.0f)),
              "shoulder_blade");
    const glm::vec3 clavicle = b.landmark("clavicle_mid" + suffix);
    EXPECT_EQ(b.front_at(clavicle.x, clavicle.y - 0.03f), "pectoral");
    const glm::vec3 coracoid = b.landmark("coracoid" + suffix);
    EXPECT_EQ(b.front_at(coracoid.x - 0.02f * side, coracoid.y - 0.05f), "pectoral_outer");
    EXPECT_EQ(b.region_at(b.landmark("S2") + glm::vec3(0.09f * side, -0.04f, -0.05f)), "buttock");
  }
}

TEST_P(SafetyOnFigures, NoGoZonesAreWhereTheyMustBe) {
  const BuiltIn b(GetParam());
  const glm::vec3 notch = b.landmark("sternal_notch"), xiphoid = b.landmark("xiphoid");
  EXPECT_EQ(b.front_at(0.0f, notch.y + 0.05f), "throat");
  EXPECT_EQ(b.front_at(0.0f, notch.y - 0.05f), "sternum");
  EXPECT_EQ(b.region_at(xiphoid), "sternum");
  EXPECT_EQ(b.front_at(0.0f, xiphoid.y - 0.10f), "abdomen");
  for (const float side : {1.0f, -1.0f}) {
    const std::string suffix = side > 0.0f ? "_left" : "_right";
    const glm::vec3 mastoid = b.landmark("mastoid" + suffix);
    // The side of the neck, and the front beside the windpipe.
    const glm::vec3 neck{side * 0.08f, b.landmark("C4").y, mastoid.z};
    EXPECT_EQ(b.region_at(neck), "neck_front_side");
    const auto no_go = [&](glm::vec3 near_m) {
      const auto at = b.body->find_surface_point(near_m);
      return b.map->region(b.map->find_region(at.point_m, b.body->surface_normal(at))).no_go();
    };
    EXPECT_TRUE(no_go({side * 0.03f, b.landmark("C6").y, 0.3f}));
    const glm::vec3 clavicle = b.landmark("clavicle_mid" + suffix);
    EXPECT_EQ(b.region_at(clavicle + glm::vec3(0.0f, 0.025f, -0.02f)), "collarbone_hollow");
    EXPECT_EQ(b.front_at(side * 0.10f, notch.y - 0.14f), "breast");
    EXPECT_TRUE(no_go({side * 0.05f, mastoid.y + 0.03f, mastoid.z + 0.2f}));
  }
  EXPECT_EQ(b.region_at(b.landmark("S2") + glm::vec3(0.0f, -0.06f, -0.03f)), "tail_bone");
}

// Every skin point has exactly one limit, the lowest of its regions; left and right agree.
TEST_P(SafetyOnFigures, EveryVertexHasTheLowestOfItsLimits) {
  const BuiltIn b(GetParam());
  const geom::Mesh& skin = b.body->body().contact_surface;
  ASSERT_FALSE(skin.normals.empty());
  std::vector<RegionIndex> painted;
  for (std::size_t v = 0; v < skin.positions_m.size(); ++v) {
    painted.push_back(b.map->find_region(skin.positions_m[v], skin.normals[v]));
  }
  std::map<std::string, int> counts;
  int differ = 0, compared = 0;
  for (std::size_t v = 0; v < painted.size(); ++v) {
    ++counts[b.map->region(painted[v]).id];
    if (v % 7 != 0) continue;
    const auto at = b.body->find_surface_point(skin.positions_m[v]);
    const glm::vec3 normal = b.body->surface_normal(at);
    const RegionIndex own = b.map->find_region(at.point_m, normal);
    for (const RegionIndex r : b.map->find_all_regions(at.point_m, normal)) {
      EXPECT_LE(b.map->region(own).force_limit_n, b.map->region(r).force_limit_n);
    }
    const RegionIndex other = b.map->find_region({-at.point_m.x, at.point_m.y, at.point_m.z},
                                                 {-normal.x, normal.y, normal.z});
    ++compared;
    if (other != own) ++differ;
  }
  EXPECT_LT(differ, compared / 50) << "of " << compared;
  for (std::size_t r = 0; r < b.map->rules().regions.size(); ++r) {
    EXPECT_GT(counts[b.map->region(static_cast<RegionIndex>(r)).id], 0)
        << b.map->region(static_cast<RegionIndex>(r)).id;
  }
}

// One segment pressed alike, once from where one may press and once from where nobody should.
TEST(Safety, ANoGoZoneYieldsNoRelief) {
  const auto tissue = load_tissue_file(test_support::assets_dir() / "anatomy" / "tissue.json",
                                       test_support::assets_dir() / "schema");
  ASSERT_TRUE(tissue);
  const auto live = [&](bool pressed, bool no_go, float speed) {
    SimModel model;
    model.parameters = tissue->parameters;
    SegmentParameters segment;
    segment.mu_rest_pa = 11e3f;
    segment.ppt_pa = 300e3f;
    segment.tone_cause = 0.08f;
    segment.tender_rest = 0.5f;
    segment.repair_s = 6e5f;
    model.segments = {segment};
    SimState state;
    SegmentState start;
    start.tone = 0.08f;
    start.tone_set = 0.08;
    start.tender = 0.5;
    start.oedema = 0.3;
    start.inflammation = 0.3;
    start.stiffness_pa = 14e3f;
    state.segments = {start};
    const SegmentInput input{10e3f, 40e3f, 60e3f, 9e-4f, speed, 0.5f, no_go};
    for (int i = 0; i < 180 * 60; ++i) {
      advance_relief(model, pressed ? std::span(&input, 1) : std::span<const SegmentInput>(),
                     1.0f / 60.0f, state);
    }
    return state;
  };
  for (const float speed : {0.0f, 0.04f}) {
    const SimState untreated = live(false, false, 0.0f);
    const SimState good = live(true, false, speed);
    const SimState bad = live(true, true, speed);
    EXPECT_LT(good.segments[0].stiffness_pa, untreated.segments[0].stiffness_pa);
    EXPECT_GE(bad.segments[0].stiffness_pa, untreated.segments[0].stiffness_pa);
    EXPECT_GE(bad.segments[0].tone, untreated.segments[0].tone - 1e-6f);
    EXPECT_GE(bad.segments[0].tender, untreated.segments[0].tender - 1e-9);
    EXPECT_GE(bad.segments[0].oedema, untreated.segments[0].oedema - 1e-9);
    EXPECT_EQ(bad.segments[0].gate, 0.0f);
    EXPECT_EQ(bad.person.calm, 0.0);
    EXPECT_GT(bad.segments[0].dose_pa_s, 1e6);  // the load is there all the same
    EXPECT_LT(bad.segments[0].flow, 0.5f);
  }
}

}  // namespace
}  // namespace sim

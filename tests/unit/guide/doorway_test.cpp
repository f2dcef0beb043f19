// My size, my door: the statics against the figures that the design names, bar heights on bodies
// of several heights, and what is refused in words.
#include "guide/doorway.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "anatomy/pack.h"
#include "anatomy/stature.h"
#include "guide/doorway_sketch.h"
#include "support/sim_fixture.h"

namespace guide {
namespace {

using anatomy::Side;

anatomy::Body load_builtin() {
  return *anatomy::load_pack(std::filesystem::path(BACKMATE_BINARY_DIR) /
                             "share/backmate/bodies/builtin.pack")
              .value();
}

const anatomy::BodyIndex& builtin_body() {
  static const anatomy::BodyIndex index(std::make_shared<const anatomy::Body>(load_builtin()));
  return index;
}

const std::vector<PlacementSpec>& all_placements() {
  static const auto files =
      load_placements(test_support::assets_dir(), test_support::shared_tool());
  return files.placements;
}

const PlacementSpec& placement(const char* id) {
  return all_placements()[static_cast<std::size_t>(find_placement(all_placements(), id))];
}

base::Result<Stand> stand_on(const anatomy::BodyIndex& body, const PlacementSpec& spec,
                             const MySize& size, base::Newtons force, Side side = Side::kRight) {
  const auto& tool = test_support::shared_tool();
  const auto placed = place_head(spec, side, body, tool);
  if (!placed) return tl::unexpected(placed.error());
  return find_stand(spec, *placed, tool.attachments[static_cast<std::size_t>(placed->attachment)],
                    body.body(), tool, size, force);
}

base::Result<Stand> stand(const char* id, const MySize& size, float force_n) {
  return stand_on(builtin_body(), placement(id), size, base::Newtons{force_n});
}

// 75 kg at 5, 10, 15 and 20 degrees against a contact at the height of the shoulders.
TEST(Doorway, LeanGivesTheForcesOfTheDesign) {
  const MySize size{1.75f, 75.0f, 0.8f};
  const float shoulders = 0.8f * size.height_m;
  const std::pair<float, float> figures[] = {{5, 45}, {10, 90}, {15, 133}, {20, 176}};
  for (const auto& [degrees, newtons] : figures) {
    EXPECT_NEAR(force_of(base::from_degrees(degrees), shoulders, size).value, newtons, 0.9f);
    EXPECT_NEAR(base::to_degrees(lean_for(base::Newtons{newtons}, shoulders, size)), degrees,
                0.15f);
  }
}

TEST(Doorway, MomentsAboutTheSolesBalance) {
  for (const float height : {1.5f, 1.75f, 2.0f}) {
    for (const float weight : {50.0f, 75.0f, 120.0f}) {
      for (const float contact : {0.9f, 1.2f, 1.5f}) {
        const MySize size{height, weight, 0.8f};
        const base::Radians lean = lean_for(base::Newtons{60.0f}, contact, size);
        // Force times its arm against weight times that of the centre of mass, both upright
        // figures.
        const float held = 60.0f * contact * std::cos(lean.value);
        const float falls = weight * 9.80665f * 0.56f * height * std::sin(lean.value);
        EXPECT_NEAR(held / std::cos(lean.value), falls, 1e-2f);
      }
    }
  }
}

TEST(Doorway, HeavierOrGentlerPeopleLeanLessAndHigherContactsMore) {
  const MySize size{1.75f, 75.0f, 0.8f};
  MySize heavy = size;
  heavy.weight_kg = 110.0f;
  const auto lean = [](float n, float at, const MySize& s) {
    return lean_for(base::Newtons{n}, at, s).value;
  };
  EXPECT_LT(lean(60, 1.4f, heavy), lean(60, 1.4f, size));
  EXPECT_LT(lean(30, 1.4f, size), lean(60, 1.4f, size));
  EXPECT_LT(lean(60, 1.0f, size), lean(60, 1.5f, size));
}

TEST(Doorway, EveryPlacementHasItsPlaceForPeopleOfAnyHeight) {
  const auto& tool = test_support::shared_tool();
  for (const float height : {1.40f, 1.60f, 1.75f, 1.90f, 2.10f}) {
    for (const PlacementSpec& spec : all_placements()) {
      for (const Side side : {Side::kRight, Side::kLeft}) {
        const MySize size{height, 75.0f, 0.8f};
        const auto got = stand_on(builtin_body(), spec, size, spec.default_force, side);
        ASSERT_TRUE(got) << spec.id << " " << got.error().message;
        SCOPED_TRACE(spec.id + " " + std::to_string(height));
        EXPECT_GE(got->bar_height_m, tool.head_height_min.value);
        EXPECT_LE(got->bar_height_m, tool.head_height_max.value);
        // Where the tool ends, what is missing is told: together they are where the contact is.
        EXPECT_NEAR(got->bar_height_m + got->beyond_m, got->contact_m, 0.06f);
        EXPECT_GT(got->contact_m, 0.4f * height);
        EXPECT_LT(got->contact_m, height);
        EXPECT_GE(got->feet_m, 0.0f);
        EXPECT_LT(got->feet_m, 0.6f);
        EXPECT_LT(base::to_degrees(got->lean), 25.0f);
        EXPECT_NEAR(got->force_kg(), spec.default_force.value / 9.80665f, 1e-3f);
      }
    }
  }
}

// The neck is higher than the back, the back than the hip; tall people set the bar higher.
TEST(Doorway, BarsGoUpTheBodyInTheOrderOfThePlaces) {
  const MySize size{1.75f, 75.0f, 0.8f};
  const char* downwards[] = {"suboccipital",  "neck_posterior",    "neck_base",
                             "interscapular", "thoracic_erectors", "lumbar_erectors",
                             "gluteus_medius"};
  float above = 3.0f;
  for (const char* id : downwards) {
    const float here = stand(id, size, 40.0f)->contact_m;
    EXPECT_LT(here, above) << id;
    above = here;
    MySize tall = size;
    tall.height_m = 1.95f;
    EXPECT_GT(stand(id, tall, 40.0f)->contact_m, here + 0.05f) << id;
  }
}

// A figure carried to a height says the same as the body that is made that tall.
TEST(Doorway, HeightsAgreeWithABodyOfThatHeight) {
  for (const float height : {1.45f, 1.62f, 1.88f, 2.05f}) {
    anatomy::Body body = load_builtin();
    anatomy::scale_to_stature(body, height);
    const anatomy::BodyIndex scaled(std::make_shared<const anatomy::Body>(std::move(body)));
    for (const char* id : {"suboccipital", "neck_base", "interscapular", "lumbar_erectors"}) {
      const MySize size{height, 75.0f, 0.8f};
      const auto carried = stand(id, size, 40.0f);
      const auto made = stand_on(scaled, placement(id), size, base::Newtons{40.0f});
      ASSERT_TRUE(carried && made);
      EXPECT_NEAR(carried->bar_height_m, made->bar_height_m, 0.01f) << id << " " << height;
      EXPECT_NEAR(carried->feet_m, made->feet_m, 0.02f) << id << " " << height;
    }
  }
}

TEST(Doorway, StancesFollowFromWhereTheToolComesFrom) {
  const MySize size{1.75f, 75.0f, 0.8f};
  EXPECT_EQ(stand("neck_base", size, 40)->stance, Stance::kBackToTool);
  EXPECT_EQ(stand("pectoral_major", size, 30)->stance, Stance::kFaceTool);
  EXPECT_EQ(stand("deltoid", size, 40)->stance, Stance::kSideToTool);
  const auto under = stand("shoulder_top_down", size, 45);
  EXPECT_EQ(under->stance, Stance::kUnderTool);
  // Nobody leans into what presses from above.
  EXPECT_EQ(under->lean.value, 0.0f);
  EXPECT_EQ(under->feet_m, 0.0f);
  EXPECT_GT(under->bar_height_m, under->contact_m);
}

TEST(Doorway, ABarThatIsOutOfReachIsToldWithWhatIsMissing) {
  const auto tall = stand("suboccipital", {2.10f, 90.0f, 0.8f}, 20.0f);
  EXPECT_FLOAT_EQ(tall->bar_height_m, 1.75f);
  EXPECT_GT(tall->beyond_m, 0.1f);
  const auto small = stand("gluteus_medius", {1.40f, 45.0f, 0.8f}, 60.0f);
  EXPECT_FLOAT_EQ(small->bar_height_m, 0.80f);
  EXPECT_LT(small->beyond_m, 0.0f);
}

TEST(Doorway, TheDoorwayHasTheMakersRange) {
  const auto& tool = test_support::shared_tool();
  const auto fit = [&](float width) { return fit_doorway({1.75f, 75.0f, width}, tool); };
  EXPECT_EQ(fit(0.609f), DoorwayFit::kTooNarrow);
  EXPECT_EQ(fit(0.610f), DoorwayFit::kFits);
  EXPECT_EQ(fit(0.914f), DoorwayFit::kFits);
  EXPECT_EQ(fit(0.915f), DoorwayFit::kTooWide);
}

TEST(Doorway, AbsurdFiguresAreRefusedInWords) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const float inf = std::numeric_limits<float>::infinity();
  const std::pair<MySize, const char*> absurd[] = {
      {{17.8f, 75, 0.8f}, "height"}, {{0, 75, 0.8f}, "height"},      {{nan, 75, 0.8f}, "height"},
      {{-1.8f, 75, 0.8f}, "height"}, {{1.8f, 7500, 0.8f}, "weight"}, {{1.8f, 0, 0.8f}, "weight"},
      {{1.8f, inf, 0.8f}, "weight"}, {{1.8f, 75, 80.0f}, "doorway"}, {{1.8f, 75, 0}, "doorway"},
      {{1.8f, 75, nan}, "doorway"}};
  for (const auto& [size, what] : absurd) {
    const auto status = check_size(size);
    ASSERT_FALSE(status) << what;
    EXPECT_NE(status.error().message.find(what), std::string::npos) << status.error().message;
    EXPECT_NE(status.error().message.find("Give"), std::string::npos);
    EXPECT_FALSE(stand("neck_base", size, 40));
  }
  const MySize size{1.75f, 75.0f, 0.8f};
  EXPECT_FALSE(stand("neck_base", size, 0.0f));
  EXPECT_FALSE(stand("neck_base", size, -5.0f));
  EXPECT_FALSE(stand("neck_base", size, nan));
  // More than somebody this light can lean in with.
  const auto light = stand("neck_base", {1.75f, 30.0f, 0.8f}, 140.0f);
  ASSERT_FALSE(light);
  EXPECT_NE(light.error().message.find("Lean in less"), std::string::npos);
}

// What is drawn is what is said.
TEST(DoorwaySketch, TheHeadHangsAtItsHeightAndThePersonStandsOnTheFloor) {
  for (const char* id : {"neck_base", "lumbar_erectors", "pectoral_major", "deltoid"}) {
    const MySize size{1.80f, 80.0f, 0.8f};
    const auto s = stand(id, size, 50.0f);
    ASSERT_TRUE(s);
    const Sketch sketch = make_side_sketch(*s, size);
    float top = 0.0f, sole = 1.0f, ball = 0.0f;
    for (const SketchShape& shape : sketch.shapes) {
      for (const glm::vec2 p : shape.points) {
        EXPECT_TRUE(std::isfinite(p.x) && std::isfinite(p.y));
        EXPECT_GE(p.x, sketch.low.x - 1e-3f);
        EXPECT_LE(p.x, sketch.high.x + 1e-3f);
        EXPECT_GE(p.y, sketch.low.y - 1e-3f);
        EXPECT_LE(p.y, sketch.high.y + 1e-3f);
        if (shape.ink == Ink::kPerson) {
          top = std::max(top, p.y);
          sole = std::min(sole, p.y);
        }
      }
      if (shape.ink == Ink::kBall) {
        for (const glm::vec2 p : shape.points)
          ball += p.y / static_cast<float>(shape.points.size());
      }
    }
    EXPECT_NEAR(top, size.height_m * std::cos(s->lean.value), 0.03f) << id;
    EXPECT_NEAR(sole, 0.0f, 0.01f) << id;
    EXPECT_NEAR(ball, s->bar_height_m, 0.04f) << id;
    EXPECT_GE(sketch.labels.size(), 3u);
  }
  const Sketch door = make_door_sketch(*stand("neck_base", {1.8f, 80, 0.8f}, 40), {1.8f, 80, 0.8f});
  EXPECT_EQ(door.labels.size(), 1u);
  EXPECT_GT(door.high.x - door.low.x, 0.8f);
}

// Two balls stand in the drawing as the head's bar stands at the body.
TEST(Doorway, TheHeadIsDrawnAsItStands) {
  const MySize size{1.8f, 80, 0.8f};
  const auto apart = [&](const char* id) {
    std::vector<glm::vec2> middles;
    for (const SketchShape& shape : make_door_sketch(*stand(id, size, 30), size).shapes) {
      if (shape.ink != Ink::kBall) continue;
      glm::vec2 middle(0.0f);
      for (const glm::vec2 p : shape.points) middle += p / static_cast<float>(shape.points.size());
      middles.push_back(middle);
    }
    EXPECT_EQ(middles.size(), 2u) << id;
    return middles[1] - middles[0];
  };
  const glm::vec2 level = apart("neck_base"), upright = apart("quadratus_lumborum");
  EXPECT_NEAR(std::abs(level.x), 0.09f, 0.005f);
  EXPECT_LT(std::abs(level.y), 0.01f);
  EXPECT_LT(std::abs(upright.x), 0.01f);
  EXPECT_GT(std::abs(upright.y), 0.07f);
  // Up and outward on the right, for a bar of 45 degrees across the chest.
  const glm::vec2 slanted = apart("pectoral_major");
  EXPECT_GT(std::abs(slanted.x), 0.03f);
  EXPECT_GT(std::abs(slanted.y), 0.03f);
}

}  // namespace
}  // namespace guide

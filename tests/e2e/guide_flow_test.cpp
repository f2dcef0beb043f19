// From a sore place to a placed head and to the bar in one's own doorway, as a person would do it.
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

#include "data/json_file.h"
#include "e2e/app_fixture.h"
#include "support/run_program.h"

namespace {

namespace fs = std::filesystem;

class GuideFlow : public e2e::AppFixture {
 protected:
  bool has(const std::string& control) const {
    const nlohmann::json now = state();
    for (const auto& entry : now["ui"]) {
      if (entry["id"] == control) return true;
    }
    return false;
  }
  nlohmann::json size() const { return state()["my_size"]; }
  void drag(const std::string& control, float share) {
    const nlohmann::json now = state();
    for (const auto& entry : now["ui"]) {
      if (entry["id"] != control) continue;
      const auto& r = entry["rect_px"];
      const float y = r[1].get<float>() + 0.5f * r[3].get<float>();
      const float x = r[0].get<float>(), width = r[2].get<float>();
      press({x + 0.5f * width, y});
      move({x + share * width, y});
      run(2);
      release({x + share * width, y});
      run(3);
    }
  }
};

TEST_F(GuideFlow, MySizeIsOneStepOfUndoEachAndTheBarFollowsIt) {
  start(1280, 720);
  click(centre_of("menu"));
  click(centre_of("menu.door"));
  ASSERT_TRUE(has("door.height"));
  const auto before = size();
  drag("door.height", 0.9f);
  const float tall = size()["height_m"];
  EXPECT_GT(tall, before["height_m"].get<float>() + 0.1f);
  drag("door.weight", 0.1f);
  EXPECT_LT(size()["weight_kg"].get<float>(), 60.0f);
  drag("door.width", 0.95f);
  EXPECT_GT(size()["doorway_m"].get<float>(), 0.914f);
  click(centre_of("door.close"));
  EXPECT_FALSE(has("door.height"));
  app::Mods ctrl;
  ctrl.ctrl = true;
  tap("z", ctrl);
  run(2);
  EXPECT_EQ(size()["doorway_m"], before["doorway_m"]);
  EXPECT_EQ(size()["height_m"].get<float>(), tall);
  tap("z", ctrl);
  tap("z", ctrl);
  run(2);
  EXPECT_EQ(size(), before);
}

// Every place is a press away, at any size of the window, and nothing lies on anything else.
TEST_F(GuideFlow, EveryPlaceHasItsDoorwayAndControlsLieApart) {
  for (const auto& [width, height] : {std::pair(1280, 720), std::pair(1024, 600)}) {
    start(width, height);
    click(centre_of("menu"));
    click(centre_of("menu.door"));
    for (int i = 0; i < 17; ++i) click(centre_of("door.next"));
    const auto controls = state()["ui"];
    for (std::size_t a = 0; a < controls.size(); ++a) {
      const auto& r = controls[a]["rect_px"];
      EXPECT_GE(r[0].get<float>(), 0.0f);
      EXPECT_LE(r[0].get<float>() + r[2].get<float>(), static_cast<float>(width));
      EXPECT_LE(r[1].get<float>() + r[3].get<float>(), static_cast<float>(height));
      for (std::size_t b = a + 1; b < controls.size(); ++b) {
        const auto& s = controls[b]["rect_px"];
        const bool apart = r[0].get<float>() + r[2].get<float>() <= s[0].get<float>() + 0.5f ||
                           s[0].get<float>() + s[2].get<float>() <= r[0].get<float>() + 0.5f ||
                           r[1].get<float>() + r[3].get<float>() <= s[1].get<float>() + 0.5f ||
                           s[1].get<float>() + s[3].get<float>() <= r[1].get<float>() + 0.5f;
        EXPECT_TRUE(apart) << controls[a]["id"] << " lies on " << controls[b]["id"];
      }
    }
  }
}

// Where it hurts, the same place on either side, and what a person should be told first.
struct Sore {
  const char* landmark;
  float out_m;
  float up_m;
  const char* placement;
};
constexpr Sore kSore[] = {{"scapula_superior_angle", 0.0f, 0.02f, "levator"},
                          {"C7", 0.055f, -0.005f, "neck_base"},
                          {"T3", 0.05f, 0.0f, "interscapular"},
                          {"L3", 0.08f, 0.0f, "quadratus_lumborum"},
                          {"scapula_inferior_angle", 0.03f, 0.07f, "infraspinatus"}};

TEST_F(GuideFlow, ATouchIsAPlacementInFiveClicks) {
  for (const Sore& sore : kSore) {
    for (const float left : {-1.0f, 1.0f}) {
      start(1280, 720);
      const std::string name = sore.landmark;
      const auto* landmark = body_->find_landmark(name);
      if (landmark == nullptr)
        landmark = body_->find_landmark(name + (left > 0.0f ? "_left" : "_right"));
      ASSERT_NE(landmark, nullptr) << name;
      const glm::vec3 at = landmark->position_m + glm::vec3(left * sore.out_m, sore.up_m, 0.0f);
      int clicks = 0;
      const auto count = [&](glm::vec2 px) {
        click(px);
        ++clicks;
      };
      count(centre_of("places"));
      count(centre_of("finder.here"));
      count(centre_of("finder.go"));
      count(pixel_of(at));
      ASSERT_TRUE(has(std::string("place.") + sore.placement)) << name;
      count(centre_of(std::string("place.") + sore.placement));
      run(20);
      EXPECT_LE(clicks, 5);
      const nlohmann::json now = state();
      EXPECT_EQ(now["placement"]["id"], sore.placement);
      EXPECT_EQ(now["placement"]["side"], left > 0.0f ? "left" : "right");
      EXPECT_EQ(now["placement"]["reached"], true);
      EXPECT_EQ(now["selected"], nlohmann::json::array());
    }
  }
}

// The same as a script, in the time of a person who reads: one thing every four seconds.
TEST_F(GuideFlow, APlayedTouchIsAPlacementWithinAMinute) {
  const fs::path folder =
      fs::temp_directory_path() / ("backmate_touch_" + std::to_string(::getpid()));
  fs::create_directories(folder);
  start(1280, 720);
  std::vector<glm::vec2> clicks;
  const auto note = [&](glm::vec2 px) {
    clicks.push_back(px);
    click(px);
  };
  note(centre_of("places"));
  note(centre_of("finder.here"));
  note(centre_of("finder.go"));
  note(pixel_of(body_->find_landmark("scapula_superior_angle_left")->position_m +
                glm::vec3(0.005f, 0.015f, 0.0f)));
  note(centre_of("place.levator"));
  nlohmann::json script = {{"format", "backmate-play"}, {"version", 1}, {"size", {1280, 720}}};
  float t = 4.0f;
  for (const glm::vec2 px : clicks) {
    for (const auto& [type, later] :
         {std::pair("move", 0.0f), std::pair("press", 0.1f), std::pair("release", 0.2f)})
      script["events"].push_back({{"t", t + later}, {"type", type}, {"x", px.x}, {"y", px.y}});
    t += 4.0f;
  }
  script["end"] = t;
  EXPECT_LT(t, 60.0f);
  EXPECT_LE(clicks.size(), 5u);
  std::ofstream(folder / "touch.json") << script.dump();
  const auto result = support::run_backmate(
      {"play", (folder / "touch.json").string(), "--out", (folder / "out").string()});
  ASSERT_EQ(result.exit_code, 0) << result.err;
  const auto end = data::read_json(folder / "out" / "state.json");
  ASSERT_TRUE(end) << end.error().message;
  EXPECT_EQ((*end)["placement"]["id"], "levator");
  EXPECT_EQ((*end)["placement"]["side"], "left");
  fs::remove_all(folder);
}

TEST_F(GuideFlow, ARedFlagBeforeATouchEndsInNotToday) {
  start(1024, 600);
  click(centre_of("places"));
  click(centre_of("finder.here"));
  click(centre_of("finder.question.trauma"));
  click(centre_of("finder.go"));
  EXPECT_FALSE(has("place.levator"));
  EXPECT_TRUE(has("finder.back"));
  click(pixel_of(body_->find_landmark("T3")->position_m));
  EXPECT_FALSE(has("place.interscapular"));
  for (const char* way : {"finder.all", "finder.here"}) {
    click(centre_of(way));
    EXPECT_FALSE(has("place.levator")) << way;
  }
  click(centre_of("finder.back"));
  click(centre_of("finder.question.trauma"));
  click(centre_of("finder.question.blood"));
  click(centre_of("finder.go"));
  click(pixel_of(body_->find_landmark("scapula_superior_angle_right")->position_m +
                 glm::vec3(0.0f, 0.02f, 0.0f)));
  // Asked first, and then gently: the lighter end of 30 to 60 N.
  click(centre_of("place.levator"));
  run(20);
  EXPECT_EQ(state()["force_n"], 30.0f);
}

TEST_F(GuideFlow, BothSidesOfAComplaintAreOneChoice) {
  start(1280, 720);
  click(centre_of("places"));
  click(centre_of("finder.complaint"));
  click(centre_of("finder.condition.stiff_neck"));
  click(centre_of("finder.go"));
  click(centre_of("finder.both"));
  click(centre_of("place.levator"));
  run(20);
  EXPECT_EQ(state()["condition"], "stiff_neck");
  EXPECT_EQ(state()["condition_side"], "median");
  EXPECT_EQ(state()["placement"]["side"], "right");
  click(centre_of("place.left"));
  run(20);
  EXPECT_EQ(state()["placement"]["side"], "left");
  EXPECT_EQ(state()["condition_side"], "median");
}

// A placed head rolls as far as its placement says; 8 cm where nothing is placed.
TEST_F(GuideFlow, AStrokeIsAsLongAsItsPlacementSays) {
  const auto stroke_of = [&] {
    float low = 10.0f, high = -10.0f;
    tap("Space");
    for (int i = 0; i < 500; ++i) {
      run(1);
      const float y = state()["tool"]["position_m"][1];
      low = std::min(low, y);
      high = std::max(high, y);
    }
    return high - low;
  };
  start(640, 480);
  EXPECT_NEAR(stroke_of(), 0.08f, 0.006f);
  start(1024, 600);
  click(centre_of("places"));
  click(centre_of("place.lumbar_erectors"));
  run(20);
  EXPECT_NEAR(stroke_of(), 0.05f, 0.004f);
}

TEST_F(GuideFlow, TheNeckHoldsMoreTheFurtherTheHeadIsBentAndNothingElseChanges) {
  start(1024, 600);
  const nlohmann::json before = state()["condition"];
  click(centre_of("places"));
  click(centre_of("finder.complaint"));
  click(centre_of("finder.condition.tech_neck"));
  click(centre_of("finder.go"));
  ASSERT_TRUE(has("finder.tilt"));
  drag("finder.tilt", 0.9f);
  EXPECT_TRUE(has("place.neck_posterior"));
  EXPECT_EQ(state()["condition"], before);
}

TEST_F(GuideFlow, TheMapOfATenderSpotIsDrawnAndUndone) {
  start(1280, 720);
  click(centre_of("places"));
  click(centre_of("finder.here"));
  click(centre_of("finder.go"));
  click(pixel_of(body_->find_landmark("scapula_superior_angle_left")->position_m +
                 glm::vec3(0.0f, 0.015f, 0.0f)));
  ASSERT_TRUE(has("tender.levator_lower"));
  click(centre_of("tender.levator_lower"));
  EXPECT_EQ(state()["tender"]["id"], "levator_lower");
  EXPECT_EQ(state()["tender"]["side"], "left");
  app::Mods ctrl;
  ctrl.ctrl = true;
  tap("z", ctrl);
  run(2);
  EXPECT_TRUE(state()["tender"].is_null());
}

TEST_F(GuideFlow, APlanIsPrintedBesideTheRunningWindow) {
  const fs::path home = fs::temp_directory_path() / ("backmate_home_" + std::to_string(::getpid()));
  fs::create_directories(home);
  ::setenv("HOME", home.c_str(), 1);
  ::setenv("BACKMATE_PROGRAM", BACKMATE_BINARY_DIR "/backmate", 1);
  start(1280, 720);
  click(centre_of("menu"));
  click(centre_of("menu.door"));
  click(centre_of("door.plan.place"));
  const fs::path pdf = home / "backmate-neck_base.pdf";
  for (int i = 0; i < 600 && !fs::exists(pdf); ++i) {
    run(1);
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  ASSERT_TRUE(fs::exists(pdf));
  EXPECT_GT(fs::file_size(pdf), 20000u);
  run(10);
  EXPECT_EQ(state()["dialog"], "");
  fs::remove_all(home);
}

}  // namespace

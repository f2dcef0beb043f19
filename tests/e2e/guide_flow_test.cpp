// From a sore place to a placed head and to the bar in one's own doorway, as a person would do it.
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <thread>

#include "e2e/app_fixture.h"

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

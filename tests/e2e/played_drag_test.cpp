// The heart of the program, played: the head is dragged from the neck to the lumbar region, and
// what it works on changes on the way as anatomy says.
#include <cmath>
#include <map>

#include "app_fixture.h"

namespace {

using nlohmann::json;

constexpr float kWorkedOnPa = 5000.0f;  // product.md: a placement works on a muscle from 5 kPa

class PlayedDrag : public e2e::AppFixture {
 protected:
  void SetUp() override { start(1280, 720); }
  static void expect_forces_add_up(const json& state) {
    float sum = 0.0f;
    for (const auto& contact : state["contacts"]) sum += contact["force_n"].get<float>();
    EXPECT_NEAR(sum, state["force_n"].get<float>(), 0.6f);
  }
};

TEST_F(PlayedDrag, StartsAtTheBaseOfTheNeckUnderNoPanel) {
  const json s = state();
  EXPECT_EQ(s["tool"]["attachment"], "balls_std");
  EXPECT_EQ(s["force_n"], 60.0f);
  EXPECT_EQ(s["tool"]["head_angle_rad"], 0.0f);
  EXPECT_EQ(s["tool"]["gap_m"], 0.0f);
  expect_forces_add_up(s);
  EXPECT_GE(group_load(s, "trapezius"), kWorkedOnPa);
  const glm::vec2 at = tool_px();
  for (const auto& control : s["ui"]) {
    const auto& r = control["rect_px"];
    const bool inside = at.x >= r[0].get<float>() && at.y >= r[1].get<float>() &&
                        at.x < r[0].get<float>() + r[2].get<float>() &&
                        at.y < r[1].get<float>() + r[3].get<float>();
    EXPECT_FALSE(inside) << control["id"];
  }
  // Taken there, it moves: nothing covers it.
  press(at);
  move(at + glm::vec2(0.0f, 30.0f));
  release(at + glm::vec2(0.0f, 30.0f));
  EXPECT_GT(glm::length(vec3(state()["tool"]["position_m"]) - vec3(s["tool"]["position_m"])),
            0.01f);
}

TEST_F(PlayedDrag, FromNeckToLumbarTheTargetsFollow) {
  const auto* lumbar = body_->find_landmark("L4");
  const auto* mid = body_->find_landmark("T7");
  ASSERT_TRUE(lumbar != nullptr && mid != nullptr);
  const json first = state();
  const glm::vec2 from = tool_px();
  const glm::vec2 grab = from - pixel_of(vec3(first["tool"]["position_m"]));
  const glm::vec2 to = pixel_of(lumbar->position_m) + grab;
  const float mid_y = mid->position_m.y;

  move(from);
  press(from);
  constexpr int kSteps = 48;
  json at_mid;
  float last_y = vec3(first["tool"]["position_m"]).y;
  for (int i = 1; i <= kSteps; ++i) {
    move(from + (to - from) * (static_cast<float>(i) / kSteps));
    const json s = state();
    expect_forces_add_up(s);
    EXPECT_EQ(s["tool"]["gap_m"], 0.0f);
    const float y = vec3(s["tool"]["position_m"]).y;
    EXPECT_LT(y, last_y + 2e-3f) << "down the back, never up, at step " << i;
    if (last_y >= mid_y && y < mid_y) at_mid = s;
    last_y = y;
  }
  release(to);
  run(6);
  const json end = state();
  EXPECT_LT(glm::length(vec3(end["tool"]["position_m"]) - lumbar->position_m), 0.015f);

  EXPECT_GE(group_load(first, "trapezius"), kWorkedOnPa);
  // Not the whole lumbar group: multifidus, one of it, runs up to the neck.
  EXPECT_LT(group_load(first, "erector_spinae_lumbar"), 500.0f);
  ASSERT_FALSE(at_mid.is_null());
  EXPECT_GE(group_load(at_mid, "trapezius"), kWorkedOnPa) << "lower trapezius over T7";
  EXPECT_GE(group_load(end, "lumbar"), kWorkedOnPa);
  EXPECT_LT(group_load(end, "trapezius"), 500.0f);
  EXPECT_GT(group_load(end, "erector_spinae_lumbar"), group_load(first, "erector_spinae_lumbar"));
  expect_forces_add_up(end);

  // Both sides alike: the head is on the midline of a symmetric body.
  std::map<std::string, float> loads;
  for (const auto& muscle : end["muscles"]) loads[muscle["id"]] = muscle["load_pa"];
  const float left = loads["iliocostalis_lumborum_left"];
  EXPECT_NEAR(left, loads["iliocostalis_lumborum_right"], 0.35f * left + 200.0f);

  tap("Z", {.ctrl = true});
  EXPECT_LT(glm::length(vec3(state()["tool"]["position_m"]) - vec3(first["tool"]["position_m"])),
            1e-5f)
      << "one drag is one step of undo";
}

TEST_F(PlayedDrag, OffTheBodyAndBackItIsNeverLost) {
  const glm::vec2 from = tool_px();
  press(from);
  for (const glm::vec2 at : {glm::vec2(700, 300), glm::vec2(930, 300), glm::vec2(930, 560),
                             glm::vec2(200, 560), glm::vec2(200, 120), glm::vec2(640, 300)}) {
    move(at);
    const json s = state();
    expect_forces_add_up(s);
    EXPECT_EQ(s["tool"]["gap_m"], 0.0f);
    EXPECT_TRUE(std::isfinite(s["tool"]["position_m"][0].get<float>()));
  }
  release({640, 300});
}

TEST_F(PlayedDrag, SpaceRollsAndHolds) {
  const glm::vec3 start = vec3(state()["tool"]["position_m"]);
  tap("Space");
  run(59);
  const glm::vec3 rolled = vec3(state()["tool"]["position_m"]);
  EXPECT_NEAR(glm::length(rolled - start), 0.04f, 0.004f) << "4 cm in the first second";
  tap("Space");
  run(30);
  EXPECT_LT(glm::length(vec3(state()["tool"]["position_m"]) - rolled), 0.002f);
}

}  // namespace

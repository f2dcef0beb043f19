// The real atlas, dropped onto the window, plays the whole product: a wrapped skin, drag, targets,
// relief, section, regions, placements and search. Skipped where the reference is not present.
#include "app_fixture.h"
#include "support/reference.h"

namespace {

using nlohmann::json;

constexpr float kWorkedOnPa = 5000.0f;  // product.md: a placement works on a muscle from 5 kPa

class AtlasPlay : public e2e::AppFixture {
 protected:
  // The highest figure of the muscles whose ids begin so.
  static float most(const json& state, const std::string& beginning, const char* figure) {
    float found = 0.0f;
    for (const auto& muscle : state["muscles"]) {
      if (muscle["id"].get<std::string>().starts_with(beginning))
        found = std::max(found, muscle[figure].get<float>());
    }
    return found;
  }
};

TEST_F(AtlasPlay, TheReferenceDroppedOntoTheWindowPlaysTheWholeProduct) {
  const auto folder = support::find_reference();
  if (folder.empty()) GTEST_SKIP() << support::kNoReference;
  start(1280, 720);
  const json before = state();
  drop(folder.string());
  wait_for_opening();
  const json opened = state();
  ASSERT_NE(opened["body"], before["body"]) << "the atlas is the body now";

  click(centre_of("dialog.ok"));  // what the import found out, in sentences

  // A skin, marked as estimated, that the head rests on.
  EXPECT_EQ(opened["tool"]["gap_m"], 0.0f);
  EXPECT_GE(group_load(opened, "trapezius"), kWorkedOnPa);
  EXPECT_FALSE(opened["force_limit_region"].get<std::string>().empty());

  // The section: skin on top, a muscle of the atlas under it, whole.
  tap("D");
  run(2);
  const json section = state()["section"];
  ASSERT_FALSE(section["layers"].empty());
  EXPECT_EQ(section["layers"][0]["material"], "skin") << section.dump();
  float sum = 0.0f;
  bool muscle = false;
  for (const auto& layer : section["layers"]) {
    sum += layer["thickness_m"].get<float>();
    muscle = muscle || layer["material"] == "muscle";
  }
  EXPECT_NEAR(sum, section["total_m"].get<float>(), 1e-5f);
  EXPECT_TRUE(muscle) << section.dump();
  tap("D");

  // Relief: after two minutes of rolling, in time-lapse, what was worked on has eased.
  click(centre_of("time.x60"));
  tap("Space");
  run(120);
  EXPECT_GT(most(state(), "trapezius", "relief"), 0.0f);
  tap("Space");
  click(centre_of("time.x1"));

  // Regions, painted on the wrapped skin.
  click(centre_of("limits"));
  EXPECT_EQ(state()["limits"], true);
  EXPECT_EQ(state()["layer"], "skin");
  click(centre_of("limits"));

  // Dragged down to the low back: other targets, another region.
  const json top = state();
  const glm::vec2 from = tool_px();
  move(from);
  press(from);
  const glm::vec2 to(from.x, from.y + 0.19f * height_);
  for (int i = 1; i <= 40; ++i) {
    move(from + (to - from) * (static_cast<float>(i) / 40.0f));
    EXPECT_EQ(state()["tool"]["gap_m"], 0.0f) << "step " << i;
  }
  release(to);
  run(4);
  const json low = state();
  EXPECT_LT(vec3(low["tool"]["position_m"]).y, vec3(top["tool"]["position_m"]).y - 0.15f);
  EXPECT_NE(low["force_limit_region"], top["force_limit_region"]);
  EXPECT_LT(group_load(low, "trapezius"), group_load(top, "trapezius"));
  EXPECT_GT(std::max(most(low, "longissimus", "load_pa"), most(low, "iliocostalis", "load_pa")),
            1000.0f);
  tap("Z", {.ctrl = true});
  EXPECT_LT(glm::length(vec3(state()["tool"]["position_m"]) - vec3(top["tool"]["position_m"])),
            1e-4f);
}

}  // namespace

// Opening, cancelling, saving and reopening, as a person does it in the window.
#include <fstream>

#include "app_fixture.h"
#include "support/scratch_dir.h"

namespace {

using nlohmann::json;

// A closed box of triangles, large enough to be a body.
std::string box_obj(float shift) {
  std::string text;
  for (int i = 0; i < 8; ++i) {
    const auto at = [&](int bit, float from, float to) {
      return std::to_string((i >> bit & 1) != 0 ? to : from) + " ";
    };
    text +=
        "v " + at(0, -0.2f + shift, 0.2f + shift) + at(1, 0.8f, 1.5f) + at(2, -0.1f, 0.1f) + "\n";
  }
  for (const char* face : {"1 3 4 2", "5 6 8 7", "1 2 6 5", "3 7 8 4", "1 5 7 3", "2 4 8 6"})
    text += std::string("f ") + face + "\n";
  return text;
}

class Opening : public e2e::AppFixture {
 protected:
  void type(const std::string& text) {
    app::InputEvent event;
    event.type = app::EventType::kText;
    event.x = event.y = -1.0f;
    event.text = text;
    send(event);
    run(3);
  }
  bool has(const std::string& id) const {
    const json now = state();
    return std::any_of(now["ui"].begin(), now["ui"].end(),
                       [&](const json& entry) { return entry["id"] == id; });
  }
  support::ScratchDir dir_{"opening"};
};

TEST_F(Opening, ADroppedMeshBecomesTheBodyAndTheWindowGoesOnMeanwhile) {
  start(1280, 720);
  EXPECT_EQ(state()["body"], "builtin");
  drop(dir_.write("trapezius.obj", box_obj(0.0f)).string());
  EXPECT_LT(wait_for_opening(), 1.0);
  EXPECT_NE(state()["body"], "builtin");
}

TEST_F(Opening, WhatCannotBeOpenedIsASentenceAndTheOldBodyStays) {
  start(1024, 600);
  tap("X");
  const std::string pack(5000, 'p');
  for (const std::string& path :
       {(dir_.path() / "gone.pack").string(), dir_.write("not_a.pack", pack).string(),
        dir_.write("empty.obj", "").string(), dir_.write("notes.txt", "hello").string(),
        dir_.write("a.session.json", "{\"format\": \"backmate-session\", \"version\": 9}").string(),
        std::string("/dev/null")}) {
    drop(path);
    wait_for_opening();
    const std::string said = state()["dialog"];
    EXPECT_GT(said.size(), 20u) << path;
    EXPECT_EQ(state()["body"], "builtin");
    EXPECT_EQ(state()["xray"], true);
    tap("Escape");
    run(2);
    EXPECT_EQ(state()["dialog"], "") << path;
  }
  drop("/tmp/a\n/tmp/b");
  run(2);
  EXPECT_NE(state()["dialog"], "");
}

TEST_F(Opening, CancelEndsItAtOnceAndChangesNothing) {
  start(1280, 720);
  for (int i = 0; i < 40; ++i)
    dir_.write("part" + std::to_string(i) + ".obj", box_obj(0.01f * static_cast<float>(i)));
  drop(dir_.path().string());
  run(4);
  if (has("opening.cancel")) click(centre_of("opening.cancel"));
  tap("Escape");
  wait_for_opening();
  EXPECT_EQ(state()["opening"], "");
  EXPECT_EQ(state()["dialog"], "");
  EXPECT_EQ(state()["body"], "builtin");
}

TEST_F(Opening, ASessionIsSavedAndReopenedWithTheKeyboardAlone) {
  start(1280, 720);
  tap("X");
  tap("Q");
  tap("]");
  tap("+");
  run(3);
  const json before = state();
  tap("S", {.ctrl = true});
  run(4);
  ASSERT_TRUE(has("browser.name"));
  tap("A", {.ctrl = true});
  run(2);
  type((dir_.path() / "mine").string());
  tap("Enter");
  run(4);
  const auto file = dir_.path() / "mine.session.json";
  ASSERT_TRUE(std::filesystem::exists(file));
  EXPECT_FALSE(has("browser.name"));

  start(1280, 720);
  EXPECT_EQ(state()["xray"], false);
  tap("O", {.ctrl = true});
  run(4);
  click(centre_of("browser.path"));
  tap("A", {.ctrl = true});
  run(2);
  type(file.string());
  tap("Enter");
  run(2);
  wait_for_opening();
  const json after = state();
  for (const char* key : {"body", "xray", "layer", "force_n", "condition", "hidden", "camera"})
    EXPECT_EQ(after[key], before[key]) << key;
  for (const char* key : {"position_m", "normal", "head_angle_rad", "pitch_rad", "attachment"})
    EXPECT_EQ(after["tool"][key], before["tool"][key]) << key;
  EXPECT_EQ(after["dialog"], "");
}

}  // namespace

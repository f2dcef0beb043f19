// A play script is read as it is written, or refused with file and field.
#include "app/play_script.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace {

namespace fs = std::filesystem;

class PlayScriptTest : public testing::Test {
 protected:
  base::Result<app::PlayScript> load(const std::string& text) {
    const fs::path file =
        fs::path(testing::TempDir()) /
        (std::string(testing::UnitTest::GetInstance()->current_test_info()->name()) + ".json");
    std::ofstream(file) << text;
    return app::load_play_script(file, fs::path(BACKMATE_SOURCE_DIR) / "assets" / "schema");
  }
  static std::string script(const std::string& events) {
    return R"({"format":"backmate-play","version":1,"size":[640,480],"end":2.5,"events":[)" +
           events + "]}";
  }
  void expect_refused(const std::string& text, const std::string& named) {
    const auto loaded = load(text);
    ASSERT_FALSE(loaded) << text;
    EXPECT_NE(loaded.error().message.find(named), std::string::npos) << loaded.error().message;
  }
};

TEST_F(PlayScriptTest, ReadsEveryKindOfEvent) {
  const auto loaded = load(script(
      R"({"t":0.1,"type":"move","x":3,"y":4.5},
         {"t":0.2,"type":"press","x":3,"y":4,"button":"right","mods":["ctrl","shift"]},
         {"t":0.3,"type":"release"},
         {"t":0.4,"type":"wheel","dy":-2,"x":1,"y":1,"unknown":"kept out of the way"},
         {"t":0.5,"type":"key","key":"q"},
         {"t":0.6,"type":"text","text":"neck"},
         {"t":0.7,"type":"frame","name":"a"})"));
  ASSERT_TRUE(loaded) << loaded.error().message;
  EXPECT_EQ(loaded->width_px, 640);
  EXPECT_EQ(loaded->end_s, 2.5);
  ASSERT_EQ(loaded->events.size(), 7u);
  EXPECT_EQ(loaded->events[0].event.y, 4.5f);
  EXPECT_EQ(loaded->events[1].event.button, app::MouseButton::kRight);
  EXPECT_TRUE(loaded->events[1].event.mods.ctrl && loaded->events[1].event.mods.shift);
  EXPECT_EQ(loaded->events[3].event.dy, -2.0f);
  EXPECT_EQ(static_cast<int>(loaded->events[4].event.key), 'Q');
  EXPECT_EQ(loaded->events[5].event.text, "neck");
  EXPECT_EQ(loaded->events[6].frame_name, "a");
}

TEST_F(PlayScriptTest, EventsAreInOrderOfTime) {
  const auto loaded = load(script(R"({"t":1,"type":"key","key":"A"},{"t":0,"type":"key","key":"M"},
                                     {"t":1,"type":"key","key":"X"})"));
  ASSERT_TRUE(loaded);
  EXPECT_EQ(static_cast<int>(loaded->events[0].event.key), 'M');
  EXPECT_EQ(static_cast<int>(loaded->events[1].event.key), 'A');
  EXPECT_EQ(static_cast<int>(loaded->events[2].event.key), 'X');
}

TEST_F(PlayScriptTest, RefusesWhatItCannotPlay) {
  expect_refused(R"({"format":"backmate-play","version":2,"size":[640,480],"end":1,"events":[]})",
                 "version");
  expect_refused(R"({"format":"backmate-play","version":1,"size":[640],"end":1,"events":[]})",
                 "size");
  expect_refused(R"({"format":"backmate-play","version":1,"size":[640,480],"events":[]})", "end");
  expect_refused(script(R"({"t":0,"type":"fly"})"), "events[0].type");
  expect_refused(script(R"({"t":-1,"type":"release"})"), "events[0].t");
  expect_refused(script(R"({"t":0,"type":"key","key":"Hyper"})"), "Hyper");
  expect_refused(script(R"({"t":0,"type":"frame","name":"../../etc"})"), "name");
  expect_refused(script(R"({"t":0,"type":"press","button":"thumb"})"), "button");
  expect_refused(script(R"({"t":0,"type":"move","x":1})"), "\"y\"");
  expect_refused(script(R"({"t":0,"type":"wheel"})"), "\"dy\"");
  expect_refused(script(R"({"t":0,"type":"key"})"), "events[0]");
  expect_refused("{", "RefusesWhatItCannotPlay.json");
}

TEST_F(PlayScriptTest, KeysHaveTheirProductNames) {
  for (const char* name : {"F", "r", "1", "7", "[", "]", "+", "-", "Space", "F1", "F12", "/",
                           "Left", "Escape", "Tab", "Backspace"})
    EXPECT_TRUE(app::parse_key(name)) << name;
  for (const char* name : {"", "F0", "F13", "Fx", "QQ", "\x01"})
    EXPECT_FALSE(app::parse_key(name)) << name;
  EXPECT_EQ(app::parse_key("F12"), app::Key::kF12);
  EXPECT_EQ(app::parse_key("Plus"), app::parse_key("+"));
}

}  // namespace

// What is remembered from one start to the next; what is damaged is told and not believed.
#include "app/files/settings.h"

#include <gtest/gtest.h>

#include <fstream>

#include "support/scratch_dir.h"

namespace {

const std::filesystem::path kSchemas =
    std::filesystem::path(BACKMATE_SOURCE_DIR) / "assets" / "schema";

TEST(Settings, ComeBackAsTheyWereKept) {
  const support::ScratchDir dir("settings");
  const app::UserDirs dirs{dir.path() / "config" / "backmate", dir.path() / "data"};
  auto first = app::load_settings(dirs, kSchemas);
  ASSERT_TRUE(first) << first.error().message;
  EXPECT_FALSE(first->notice_read);
  EXPECT_TRUE(first->recent.empty());
  first->notice_read = true;
  first->folder = "/tmp/a folder";
  first->remember("/tmp/b.pack");
  first->remember("/tmp/c.session.json");
  ASSERT_TRUE(app::save_settings(*first, dirs));
  const auto again = app::load_settings(dirs, kSchemas);
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_TRUE(again->notice_read);
  EXPECT_EQ(again->folder, "/tmp/a folder");
  EXPECT_EQ(again->recent, (std::vector<std::string>{"/tmp/c.session.json", "/tmp/b.pack"}));
}

TEST(Settings, TheLatestIsFirstEachIsThereOnceAndOldOnesGo) {
  app::Settings settings;
  for (int i = 0; i < 40; ++i) settings.remember("/tmp/" + std::to_string(i % 20));
  EXPECT_EQ(settings.recent.size(), app::Settings::kMostRecent);
  EXPECT_EQ(settings.recent.front(), "/tmp/19");
  settings.remember("/tmp/x/../15");
  EXPECT_EQ(settings.recent.front(), "/tmp/15");
  EXPECT_EQ(std::count(settings.recent.begin(), settings.recent.end(), "/tmp/15"), 1);
}

TEST(Settings, DamagedOnesAreRefusedByName) {
  const support::ScratchDir dir("settings");
  const app::UserDirs dirs{dir.path(), dir.path()};
  std::ofstream(dirs.settings()) << "{\"format\": \"backmate-settings\", \"version\": 1, "
                                    "\"recent\": 5}";
  const auto loaded = app::load_settings(dirs, kSchemas);
  ASSERT_FALSE(loaded);
  EXPECT_NE(loaded.error().message.find("recent"), std::string::npos);
}

TEST(Settings, WithoutAFolderNothingIsWritten) {
  EXPECT_TRUE(app::save_settings({}, {}));
  EXPECT_TRUE(app::load_settings({}, kSchemas));
}

}  // namespace

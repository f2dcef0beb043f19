#include "data/translator.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <string_view>

namespace data {
namespace {

const std::filesystem::path kI18n = std::filesystem::path(BACKMATE_SOURCE_DIR) / "assets" / "i18n";

TEST(Translator, GivesWordsAndFallsBackToTheKey) {
  const auto tr = Translator::load(kI18n, "en");
  ASSERT_TRUE(tr) << tr.error().message;
  EXPECT_EQ(std::string_view((*tr)("app.title")), "Backmate Anatomy");
  EXPECT_EQ(std::string_view((*tr)("no.such.key")), "no.such.key");
  EXPECT_FALSE(tr->has("no.such.key"));
}

TEST(Translator, UnknownLanguageIsASentence) {
  const auto tr = Translator::load(kI18n, "xx");
  ASSERT_FALSE(tr);
  EXPECT_NE(tr.error().message.find("xx.json"), std::string::npos);
}

}  // namespace
}  // namespace data

// Search finds by English, Latin, synonym and id, whatever the case and accents, from the first
// letter on, what begins with the words before what only contains them.
#include "session/search.h"

#include <gtest/gtest.h>

#include "anatomy/pack.h"
#include "session/search_entries.h"

namespace {

using session::FindKind;
using session::SearchEntry;
using session::SearchIndex;

SearchIndex make_small() {
  return SearchIndex({{FindKind::kGroup, 0, "Trapezius", "", {"Trapezius", "trapezius"}},
                      {FindKind::kStructure,
                       0,
                       "Trapezius, descending part (left)",
                       "",
                       {"Trapezius, descending part (left)", "Pars descendens musculi trapezii",
                        "upper trapezius left", "trapezius_descending_left", "FMA33587", "2227"}},
                      {FindKind::kStructure,
                       1,
                       "Supraspinatus (left)",
                       "",
                       {"Supraspinatus (left)", "Musculus supraspinatus", "FMA32548"}},
                      {FindKind::kCondition, 0, "Müde Schultern", "", {"Müde Schultern"}},
                      {FindKind::kCommand, 0, "X-ray", "", {"X-ray"}}});
}

std::vector<std::string> titles(const SearchIndex& index, std::string_view words) {
  std::vector<std::string> titles;
  for (const std::size_t i : index.find(words)) titles.push_back(index.entries()[i].title);
  return titles;
}
std::string first(const SearchIndex& index, std::string_view words) {
  const auto all = titles(index, words);
  return all.empty() ? std::string() : all.front();
}

TEST(Fold, TakesAwayCaseAccentsAndSigns) {
  EXPECT_EQ(session::fold("  Trapezius, (LEFT) "), "trapezius left");
  EXPECT_EQ(session::fold("Ébène Çà Größe Œuf Łódź"), "ebene ca grosse oeuf lodz");
  EXPECT_EQ(session::fold("e\xCC\x81"), "e");
  EXPECT_EQ(session::fold("C5\xE2\x80\x93"
                          "C8"),
            "c5 c8");
  EXPECT_EQ(session::fold("--- !"), "");
  EXPECT_EQ(session::fold("\xff\xfe\xc3"), "\xff\xfe\xc3");  // no letters of ours, no harm
}

TEST(Search, WhatIsTypedExactlyComesFirstThenWhatBeginsWithIt) {
  const SearchIndex index = make_small();
  EXPECT_EQ(titles(index, "trapezius"),
            (std::vector<std::string>{"Trapezius", "Trapezius, descending part (left)"}));
  EXPECT_EQ(first(index, "t"), "Trapezius");
  EXPECT_EQ(first(index, "S"), "Supraspinatus (left)");
  EXPECT_EQ(first(index, "x"), "X-ray");
}

TEST(Search, FindsByLatinSynonymAndIds) {
  const SearchIndex index = make_small();
  for (const char* words :
       {"pars descendens", "musculi trapezii", "upper trap", "upper left", "descending trapezius",
        "FMA33587", "fma 33587", "2227", "trapezius_descending_left", "TRAPEZIUS DESC"})
    EXPECT_EQ(first(index, words), "Trapezius, descending part (left)") << words;
  EXPECT_EQ(first(index, "mude"), "Müde Schultern");
  EXPECT_EQ(first(index, "MÜDE"), "Müde Schultern");
  EXPECT_EQ(first(index, "spinatus"), "Supraspinatus (left)");
}

TEST(Search, OneSlipOfTheFingerIsForgivenInALongWordOnly) {
  const SearchIndex index = make_small();
  for (const char* words : {"trapesius", "tarpezius", "trapezzius", "trapzius", "suprespinatus"})
    EXPECT_FALSE(titles(index, words).empty()) << words;
  EXPECT_TRUE(titles(index, "trxpexius").empty());
  EXPECT_TRUE(titles(index, "xrax").empty());
}

TEST(Search, NothingAndNonsenseFindNothing) {
  const SearchIndex index = make_small();
  for (const char* words : {"", " ", "---", "qqqq", "trapezius qqq"})
    EXPECT_TRUE(titles(index, words).empty()) << words;
  EXPECT_TRUE(SearchIndex().find("trapezius").empty());
  EXPECT_TRUE(titles(index, std::string(100000, 'a')).empty());
}

TEST(Search, GivesNoMoreThanAsked) {
  std::vector<SearchEntry> entries(50, {FindKind::kStructure, 0, "rib", "", {"rib"}, {}});
  EXPECT_EQ(SearchIndex(entries).find("r").size(), 10u);
  EXPECT_EQ(SearchIndex(entries).find("r", 3).size(), 3u);
}

// On the built-in body with the words of the window.
class BuiltinSearch : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    const std::filesystem::path assets = std::filesystem::path(BACKMATE_SOURCE_DIR) / "assets";
    const auto body = std::make_shared<const anatomy::BodyIndex>(
        anatomy::load_pack(std::string(BACKMATE_BINARY_DIR) + "/share/backmate/bodies/builtin.pack")
            .value());
    const auto tool =
        std::make_shared<const tool::ToolSpec>(tool::load_tool(assets / "attachments").value());
    const auto made = session::Session::make({body, tool, assets, {}}).value().release();
    session_.reset(made);
    const auto tr = data::Translator::load(assets / "i18n", "en").value();
    const auto ontology = anatomy::Ontology::load(assets / "anatomy").value();
    index_ = SearchIndex(session::make_search_entries(session_->snapshot(), ontology, tr));
  }
  static void TearDownTestSuite() { session_.reset(); }
  static inline std::unique_ptr<session::Session> session_;
  static inline SearchIndex index_;
};

TEST_F(BuiltinSearch, EveryStructureIsFoundFirstByItsOwnNameAndItsId) {
  for (const SearchEntry& entry : index_.entries()) {
    if (entry.kind != FindKind::kStructure) continue;
    EXPECT_EQ(first(index_, entry.title), entry.title);
    const auto& id =
        session_->snapshot().index->body().structures[static_cast<std::size_t>(entry.index)].id;
    EXPECT_EQ(first(index_, id), entry.title) << id;
  }
}

TEST_F(BuiltinSearch, FindsWhatPeopleLookFor) {
  const auto kind_of = [&](std::string_view words) {
    const auto found = index_.find(words);
    return found.empty() ? FindKind::kCommand : index_.entries()[found.front()].kind;
  };
  EXPECT_EQ(kind_of("stiff neck"), FindKind::kCondition);
  EXPECT_EQ(kind_of("trapezius"), FindKind::kGroup);
  EXPECT_EQ(kind_of("suboccipital"), FindKind::kGroup);
  EXPECT_EQ(kind_of("FMA33587"), FindKind::kStructure);
  EXPECT_EQ(kind_of("upper trapezius"), FindKind::kStructure);
  EXPECT_EQ(kind_of("neck_base"), FindKind::kPlacement);
  EXPECT_EQ(index_.find("m").size(), 10u);
}

}  // namespace

// The words about structures: complete for every muscle that is authored, and about nothing else.
#include "anatomy/facts.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "anatomy/ontology.h"
#include "support/scratch_dir.h"

namespace {

const std::filesystem::path kAnatomyDir =
    std::filesystem::path(BACKMATE_SOURCE_DIR) / "assets" / "anatomy";

TEST(Facts, EveryAuthoredMuscleHasThem) {
  const auto facts = anatomy::Facts::load(kAnatomyDir, "en");
  ASSERT_TRUE(facts) << facts.error().message;
  int muscles = 0;
  for (const auto& file : std::filesystem::directory_iterator(kAnatomyDir / "muscles")) {
    ++muscles;
    EXPECT_TRUE(facts->entries().contains(file.path().stem().string())) << file.path();
  }
  EXPECT_GT(muscles, 60);
}

TEST(Facts, EveryAuthoredNerveAndVesselHasThemWithWhatItMeansForMassage) {
  const auto facts = anatomy::Facts::load(kAnatomyDir, "en");
  ASSERT_TRUE(facts) << facts.error().message;
  int strands = 0;
  for (const char* folder : {"nerves", "vessels"}) {
    for (const auto& file : std::filesystem::directory_iterator(kAnatomyDir / folder)) {
      ++strands;
      const auto found = facts->entries().find(file.path().stem().string());
      ASSERT_NE(found, facts->entries().end()) << file.path();
      EXPECT_FALSE(found->second.course.empty() || found->second.supplies.empty() ||
                   found->second.massage.empty())
          << file.path();
      EXPECT_TRUE(found->second.origin.empty()) << file.path();
    }
  }
  EXPECT_GT(strands, 15);
}

TEST(Facts, NameKnownStructures) {
  const auto facts = anatomy::Facts::load(kAnatomyDir, "en");
  const auto ontology = anatomy::Ontology::load(kAnatomyDir);
  ASSERT_TRUE(facts && ontology);
  for (const auto& [id, entry] : facts->entries())
    EXPECT_NE(ontology->find_entry(id), nullptr) << id;
}

TEST(Facts, ServeBothSides) {
  const auto facts = anatomy::Facts::load(kAnatomyDir, "en");
  ASSERT_TRUE(facts);
  anatomy::Structure left, right, unknown;
  left.id = "levator_scapulae_left";
  right.id = "levator_scapulae_right";
  unknown.id = "right_left";
  ASSERT_NE(facts->find(left), nullptr);
  EXPECT_EQ(facts->find(left), facts->find(right));
  EXPECT_NE(facts->find(left)->insertion.find("scapula"), std::string::npos);
  EXPECT_EQ(facts->find(unknown), nullptr);
}

TEST(Facts, AnEntryTwiceIsRefusedInWords) {
  const support::ScratchDir scratch("facts");
  const auto dir = scratch.path() / "anatomy";
  std::filesystem::create_directories(dir / "facts");
  std::filesystem::copy(kAnatomyDir.parent_path() / "schema", scratch.path() / "schema");
  const std::string one =
      R"({"id":"x","origin":"a","insertion":"b","innervation":"c","action":"d","blood_supply":"e"})";
  std::ofstream(dir / "facts" / "en.json")
      << R"({"format":"backmate-facts","version":1,"language":"en","source":"from memory",)"
      << R"("facts":[)" << one << "," << one << "]}";
  const auto facts = anatomy::Facts::load(dir, "en");
  ASSERT_FALSE(facts);
  EXPECT_NE(facts.error().message.find("'x' twice"), std::string::npos);
}

}  // namespace

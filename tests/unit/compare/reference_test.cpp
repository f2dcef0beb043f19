#include "compare/reference.h"

#include <gtest/gtest.h>

#include "support/scratch_dir.h"

namespace compare {
namespace {

constexpr const char* kHead = "file,fma_id,name,kind,side,usable\n";

TEST(Csv, FieldsMayBeQuoted) {
  const auto rows = parse_csv("a,\"b, c\",\"say \"\"aah\"\"\"\r\n\r\n,,x\n\"two\nlines\",");
  ASSERT_EQ(rows.size(), 3u);
  EXPECT_EQ(rows[0], (std::vector<std::string>{"a", "b, c", "say \"aah\""}));
  EXPECT_EQ(rows[1], (std::vector<std::string>{"", "", "x"}));
  EXPECT_EQ(rows[2], (std::vector<std::string>{"two\nlines", ""}));
  EXPECT_TRUE(parse_csv("").empty());
}

class Manifest : public testing::Test {
 protected:
  std::string error_of(const std::string& text) {
    dir_.write("manifest.csv", text);
    const auto loaded = load_manifest(dir_.path());
    return loaded ? "" : loaded.error().message;
  }
  support::ScratchDir dir_{"compare_manifest"};
};

TEST_F(Manifest, IsRead) {
  dir_.write("manifest.csv",
             std::string(kHead) +
                 "a.glb,FMA33587,Descending part of left trapezius,muscle,left,yes\n"
                 "b.glb,FMA12519,Atlas,bone,midline,no\n");
  const auto loaded = load_manifest(dir_.path());
  ASSERT_TRUE(loaded);
  ASSERT_EQ(loaded->size(), 2u);
  EXPECT_EQ((*loaded)[0].fma, "FMA33587");
  EXPECT_EQ((*loaded)[0].side, anatomy::Side::kLeft);
  EXPECT_TRUE((*loaded)[0].usable);
  EXPECT_FALSE((*loaded)[1].usable);
}

TEST_F(Manifest, FaultsAreNamed) {
  EXPECT_NE(load_manifest(dir_.path() / "none").error().message.find("none"), std::string::npos);
  EXPECT_NE(load_manifest(dir_.path()).error().message.find("manifest.csv"), std::string::npos);
  EXPECT_NE(error_of("").find("empty"), std::string::npos);
  EXPECT_NE(error_of("file,name\n").find("'fma_id'"), std::string::npos);
  EXPECT_NE(error_of(kHead).find("no mesh"), std::string::npos);
  EXPECT_NE(error_of(std::string(kHead) + "a.glb,FMA1,A,bone\n").find("row 2"), std::string::npos);
  EXPECT_NE(error_of(std::string(kHead) + "a.glb,FMA1,A,bone,up,yes\n").find("'up'"),
            std::string::npos);
  // Nothing outside the folder is opened.
  EXPECT_NE(error_of(std::string(kHead) + "../a.glb,FMA1,A,bone,left,yes\n").find("../a.glb"),
            std::string::npos);
  EXPECT_NE(error_of(std::string(kHead) + "/etc/a.glb,FMA1,A,bone,left,yes\n").find("/etc"),
            std::string::npos);
}

class Labels : public testing::Test {
 protected:
  static anatomy::Ontology load() {
    auto loaded =
        anatomy::Ontology::load(std::filesystem::path(BACKMATE_SOURCE_DIR) / "assets" / "anatomy");
    EXPECT_TRUE(loaded);
    return *loaded;
  }
  const anatomy::Ontology ontology_ = load();
};

TEST_F(Labels, ComeByIdThenByKnownNameThenByName) {
  ReferenceFile file;
  file.fma = "FMA33587";
  file.name = "whatever it says";
  EXPECT_EQ(label_of(file, ontology_, {}).id, "trapezius_descending_left");
  EXPECT_EQ(label_of(file, ontology_, {}).entry_id, "trapezius_descending");

  file.fma = "FMA1";
  const std::vector<KnownName> known = {{"FMA1", "rhomboid major", anatomy::Side::kRight}};
  EXPECT_EQ(label_of(file, ontology_, known).id, "rhomboid_major_right");

  file.name = "Left levator scapulae";
  file.side = anatomy::Side::kLeft;
  EXPECT_EQ(label_of(file, ontology_, {}).id, "levator_scapulae_left");

  file.name = "Left spleen";
  EXPECT_EQ(label_of(file, ontology_, {}).id, "FMA1");
  EXPECT_TRUE(label_of(file, ontology_, {}).entry_id.empty());
}

TEST_F(Labels, KnownNamesComeFromIdsBesideTheFolder) {
  const support::ScratchDir dir("compare_ids");
  std::filesystem::create_directories(dir.path() / "meshes");
  EXPECT_TRUE(load_known_names(dir.path() / "meshes")->empty());
  dir.write("ids.csv",
            "english,latin,fma_right,fma_left\n\"trapezius, descending part\",x,FMA2,FMA3\n");
  const auto known = load_known_names(dir.path() / "meshes");
  ASSERT_TRUE(known);
  ASSERT_EQ(known->size(), 2u);
  EXPECT_EQ((*known)[0].fma, "FMA2");
  EXPECT_EQ((*known)[0].english, "trapezius, descending part");
  EXPECT_EQ((*known)[1].side, anatomy::Side::kLeft);
}

}  // namespace
}  // namespace compare

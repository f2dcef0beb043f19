#include "anatomy/ontology.h"

#include <gtest/gtest.h>

#include <set>

#include "support/reference.h"

namespace anatomy {
namespace {

const Ontology& table() {
  static const Ontology loaded = [] {
    auto result = Ontology::load(std::filesystem::path(BACKMATE_SOURCE_DIR) / "assets" / "anatomy");
    if (!result) throw std::runtime_error(result.error().message);
    return *result;
  }();
  return loaded;
}

struct Spelling {
  const char* name;
  const char* id;
  Side side;
};

class Spellings : public testing::TestWithParam<Spelling> {};

TEST_P(Spellings, IsRecognised) {
  const OntologyMatch match = table().match_name(GetParam().name);
  ASSERT_NE(match.entry, nullptr) << GetParam().name;
  EXPECT_EQ(match.entry->id, GetParam().id);
  EXPECT_EQ(match.side, GetParam().side);
}

INSTANTIATE_TEST_SUITE_P(
    Names, Spellings,
    testing::Values(
        Spelling{"Left_teres_minor", "teres_minor", Side::kLeft},
        Spelling{"teres minor.l", "teres_minor", Side::kLeft},
        Spelling{"Teres minor muscle.r", "teres_minor", Side::kRight},
        Spelling{"TERES MINOR (RIGHT)", "teres_minor", Side::kRight},
        Spelling{"Pars descendens m. trapezii sin.", "trapezius_descending", Side::kLeft},
        Spelling{"Descending part of right trapezius", "trapezius_descending", Side::kRight},
        Spelling{"trapezius_descending_right", "trapezius_descending", Side::kRight},
        Spelling{"Descending part of trapezius muscle.l.001", "trapezius_descending", Side::kLeft},
        Spelling{"M. latissimus dorsi dext.", "latissimus_dorsi", Side::kRight},
        Spelling{"LatissimusDorsiL", "latissimus_dorsi", Side::kLeft},
        Spelling{"L_rhomboid-major", "rhomboid_major", Side::kLeft},
        Spelling{"Musculus semispinalis cervicis dexter", "semispinalis_cervicis", Side::kRight},
        Spelling{"Rectus capitis posterior minor", "rectus_capitis_posterior_minor", Side::kMedian},
        Spelling{"Fourth lumbar vertebra", "vertebra_l4", Side::kMedian},
        Spelling{"Vertebra L4", "vertebra_l4", Side::kMedian},
        Spelling{"Th7", "vertebra_t7", Side::kMedian},
        Spelling{"Atlas (C1)", "vertebra_c1", Side::kMedian},
        Spelling{"Seventh rib.r", "rib_7", Side::kRight},
        Spelling{"Costa VII dextra", "rib_7", Side::kRight},
        Spelling{"3rd rib left", "rib_3", Side::kLeft}, Spelling{"Rib12_L", "rib_12", Side::kLeft},
        Spelling{"Intervertebral disc L4-L5", "disc_l4_l5", Side::kMedian},
        Spelling{"Intervertebral disk of axis", "disc_c2_c3", Side::kMedian},
        Spelling{"Skin", "skin", Side::kMedian},
        Spelling{"012_Left scapula", "scapula", Side::kLeft},
        Spelling{"3 rib 7 right", "rib_7", Side::kRight},
        Spelling{"Left frontal bone", "frontal_bone", Side::kMedian}));

TEST(Ontology, StrangersAreNotRecognised) {
  for (const char* name :
       {"", "left", "Sole of foot", "trapezius", "mesh_0", "muscle", "L", "..."}) {
    EXPECT_EQ(table().match_name(name).entry, nullptr) << name;
  }
  EXPECT_EQ(table().match_fma("FMA1").entry, nullptr);
  EXPECT_EQ(table().match_fma("").entry, nullptr);
}

TEST(Ontology, EveryNameOfEveryEntryLeadsBackToIt) {
  for (const OntologyEntry& entry : table().entries()) {
    for (const std::string& name : {entry.id, entry.english, entry.latin}) {
      EXPECT_EQ(table().match_name(name).entry, &entry) << name;
    }
    if (!entry.paired) continue;
    for (const Side side : {Side::kLeft, Side::kRight}) {
      const Structure made = make_structure(table(), {&entry, side});
      EXPECT_EQ(table().match_name(made.id).side, side);
      EXPECT_EQ(table().match_name(made.name).side, side);
      if (!made.fma.empty()) {
        EXPECT_EQ(table().match_fma(made.fma).entry, &entry);
        EXPECT_EQ(table().match_fma(made.fma).side, side);
      }
    }
  }
}

TEST(Ontology, SidesAreGivenOnlyToPairedStructures) {
  for (const OntologyEntry& entry : table().entries()) {
    if (entry.paired) {
      EXPECT_TRUE(entry.fma_median.empty()) << entry.id;
      EXPECT_EQ(entry.fma_left.empty(), entry.fma_right.empty()) << entry.id;
    } else {
      EXPECT_TRUE(entry.fma_left.empty() && entry.fma_right.empty()) << entry.id;
    }
  }
}

TEST(Ontology, HoldsWhatMustBeThere) {
  for (const char* id : {"trapezius_descending",
                         "trapezius_transverse",
                         "trapezius_ascending",
                         "latissimus_dorsi",
                         "deltoid_clavicular",
                         "deltoid_acromial",
                         "deltoid_spinal",
                         "thoracolumbar_fascia",
                         "rhomboid_major",
                         "rhomboid_minor",
                         "levator_scapulae",
                         "serratus_posterior_superior",
                         "serratus_posterior_inferior",
                         "splenius_capitis",
                         "splenius_cervicis",
                         "semispinalis_capitis",
                         "semispinalis_cervicis",
                         "semispinalis_thoracis",
                         "longissimus_capitis",
                         "longissimus_cervicis",
                         "longissimus_thoracis",
                         "iliocostalis_cervicis",
                         "iliocostalis_thoracis",
                         "iliocostalis_lumborum",
                         "spinalis_thoracis",
                         "multifidus",
                         "quadratus_lumborum",
                         "rectus_capitis_posterior_major",
                         "rectus_capitis_posterior_minor",
                         "obliquus_capitis_superior",
                         "obliquus_capitis_inferior",
                         "sternocleidomastoid",
                         "scalenus_anterior",
                         "scalenus_medius",
                         "scalenus_posterior",
                         "supraspinatus",
                         "infraspinatus",
                         "teres_minor",
                         "teres_major",
                         "subscapularis",
                         "pectoralis_major_clavicular",
                         "pectoralis_major_sternocostal",
                         "pectoralis_major_abdominal",
                         "pectoralis_minor",
                         "subclavius",
                         "serratus_anterior",
                         "coracobrachialis",
                         "brachialis",
                         "external_oblique",
                         "rectus_abdominis",
                         "gluteus_maximus",
                         "gluteus_medius",
                         "psoas_major",
                         "skull",
                         "mandible",
                         "hyoid_bone",
                         "sacrum",
                         "coccyx",
                         "hip_bone",
                         "manubrium",
                         "sternum_body",
                         "xiphoid_process",
                         "clavicle",
                         "scapula",
                         "humerus",
                         "skin"}) {
    EXPECT_NE(table().find_entry(id), nullptr) << id;
  }
  for (int i = 1; i <= 12; ++i) {
    EXPECT_NE(table().find_entry("rib_" + std::to_string(i)), nullptr);
    EXPECT_NE(table().find_entry("vertebra_t" + std::to_string(i)), nullptr);
  }
}

TEST(Ontology, GroupsAreWhatAPersonNames) {
  const auto groups = make_groups(table());
  const auto groups_of = [&](const char* id) {
    std::set<std::string> names;
    for (const std::string& group : table().find_entry(id)->groups) names.insert(group);
    return names;
  };
  EXPECT_EQ(groups.size(), table().groups().size());
  EXPECT_TRUE(groups_of("trapezius_ascending").contains("trapezius"));
  EXPECT_TRUE(groups_of("pectoralis_minor").contains("pectorals"));
  EXPECT_TRUE(groups_of("quadratus_lumborum").contains("lumbar"));
  EXPECT_TRUE(groups_of("obliquus_capitis_inferior").contains("suboccipitals"));
  for (const char* id : {"supraspinatus", "infraspinatus", "teres_minor", "subscapularis"}) {
    EXPECT_TRUE(groups_of(id).contains("rotator_cuff")) << id;
  }
  EXPECT_FALSE(groups_of("teres_major").contains("rotator_cuff"));
}

// The reference's own list: every id and every name leads to one entry with the right side.
TEST(Ontology, KnowsEveryStructureOfTheReference) {
  const auto rows = support::read_reference_manifest();
  if (rows.empty()) GTEST_SKIP() << support::kNoReference;
  for (const auto& row : rows) {
    const OntologyMatch by_id = table().match_fma(row.fma);
    const OntologyMatch by_name = table().match_name(row.name);
    ASSERT_NE(by_id.entry, nullptr) << row.name;
    EXPECT_EQ(by_id.entry, by_name.entry) << row.name;
    EXPECT_EQ(by_id.side, by_name.side) << row.name;
    const std::string side = row.side == "midline" ? "median" : row.side;
    EXPECT_EQ(to_string(by_id.side), side) << row.name;
    if (by_id.entry->kind != Kind::kDisc) {
      EXPECT_EQ(to_string(by_id.entry->kind), row.kind) << row.name;
    }
  }
}

TEST(Ontology, EveryMuscleSaysWhereItsFibresRun) {
  int with_bones = 0;
  for (const OntologyEntry& entry : table().entries()) {
    ASSERT_EQ(entry.fibres.has_value(), entry.kind == Kind::kMuscle) << entry.id;
    if (!entry.fibres) continue;
    EXPECT_NEAR(glm::length(entry.fibres->course), 1.0f, 0.15f) << entry.id;
    with_bones += entry.fibres->from.empty() ? 0 : 1;
    for (const std::string& bone : entry.fibres->from) {
      EXPECT_NE(table().find_entry(bone), nullptr) << entry.id << ' ' << bone;
    }
    if (!entry.paired) {
      EXPECT_TRUE(entry.fibres->series || entry.fibres->course.x == 0.0f) << entry.id;
    }
  }
  EXPECT_GT(with_bones, 60);
}

}  // namespace
}  // namespace anatomy

// Names as they stand in files of published atlases, of people who model, scan and rename: what
// they mean, and which of them must mean nothing to us. (Ids: recognise_test.cpp of src/import.)
#include <gtest/gtest.h>

#include "anatomy/ontology.h"

namespace anatomy {
namespace {

struct Name {
  const char* text;
  const char* id;
  Side side = Side::kMedian;
};

constexpr Side kL = Side::kLeft;
constexpr Side kR = Side::kRight;

// Grouped by who writes like that.
const Name kNames[] = {
    // Latin, with its abbreviations and cases
    {"M. trapezius pars descendens dext.", "trapezius_descending", kR},
    {"M. trapezius, pars transversa sin.", "trapezius_transverse", kL},
    {"Pars ascendens musculi trapezii sinistri", "trapezius_ascending", kL},
    {"Musculus deltoideus pars clavicularis dexter", "deltoid_clavicular", kR},
    {"M. deltoideus pars acromialis sin", "deltoid_acromial", kL},
    {"Pars spinalis m. deltoidei dextri", "deltoid_spinal", kR},
    {"Caput longum m. bicipitis brachii dextri", "biceps_brachii_long_head", kR},
    {"M. biceps brachii caput breve sin.", "biceps_brachii_short_head", kL},
    {"m_triceps_brachii_caput_laterale_dx", "triceps_brachii_lateral_head", kR},
    {"M. pectoralis major pars sternocostalis sx", "pectoralis_major_sternocostal", kL},
    {"Musculus rhomboideus major sinister", "rhomboid_major", kL},
    {"Mm. multifidi", "multifidus"},
    {"M. sternocleidomastoideus dexter", "sternocleidomastoid", kR},
    {"Musculus semispinalis colli sinister", "semispinalis_cervicis", kL},
    {"Os coxae sinistrum", "hip_bone", kL},
    {"Clavicula dextra", "clavicle", kR},
    {"Costa III sinistra", "rib_3", kL},
    {"Vertebra lumbalis IV", "vertebra_l4"},
    {"Vertebra thoracica XII", "vertebra_t12"},
    {"Discus intervertebralis L4-L5", "disc_l4_l5"},
    {"Cartilago costalis V dextra", "costal_cartilage_5", kR},
    // underscores, hyphens, camel case, game engines
    {"trapezius_upper_R", "trapezius_descending", kR},
    {"trapezius_middle_L", "trapezius_transverse", kL},
    {"lower-trapezius-left", "trapezius_ascending", kL},
    {"TrapeziusUpperR", "trapezius_descending", kR},
    {"upperTrapezius_Left", "trapezius_descending", kL},
    {"LevatorScapulaeL", "levator_scapulae", kL},
    {"rightInfraspinatus", "infraspinatus", kR},
    {"GluteusMedius_r_mesh", "gluteus_medius", kR},
    {"SK_L_Supraspinatus", nullptr},
    {"L_Supraspinatus_geo", "supraspinatus", kL},
    {"quadratus_lumborum_lt", "quadratus_lumborum", kL},
    {"rt_teres_major", "teres_major", kR},
    {"Rgt_Brachialis", "brachialis", kR},
    {"LatissimusDorsi_Left_obj", "latissimus_dorsi", kL},
    {"latissimus_R", "latissimus_dorsi", kR},
    {"pec_major_clavicular_head_L", "pectoralis_major_clavicular", kL},
    {"pec_minor_R", "pectoralis_minor", kR},
    {"tricep_long_head_brachii.R", "triceps_brachii_long_head", kR},
    {"scm_L", "sternocleidomastoid", kL},
    {"posterior_delt_R", "deltoid_spinal", kR},
    {"upper_trap_L", "trapezius_descending", kL},
    {"glute_max", nullptr},
    {"scalene_anterior_R", "scalenus_anterior", kR},
    // Blender: sides and running numbers behind
    {"Scapula.L", "scapula", kL},
    {"scapula.r.001", "scapula", kR},
    {"Clavicle.l.012", "clavicle", kL},
    {"Rib_7.R.003", "rib_7", kR},
    {"Humerus_L.004", "humerus", kL},
    {"scapula_L_2", "scapula", kL},
    {"Left_scapula_1", "scapula", kL},
    // Z-Anatomy
    {"Descending part of trapezius muscle.l", "trapezius_descending", kL},
    {"Ascending part of trapezius muscle.r", "trapezius_ascending", kR},
    {"Scapular spinal part of deltoid muscle.l", "deltoid_spinal", kL},
    {"Sternocostal head of pectoralis major muscle.r", "pectoralis_major_sternocostal", kR},
    {"Clavicular head of pectoralis major muscle.l", "pectoralis_major_clavicular", kL},
    {"Long head of biceps brachii.l", "biceps_brachii_long_head", kL},
    {"Medial head of triceps brachii.r", "triceps_brachii_medial_head", kR},
    {"Iliocostalis colli muscle.l", "iliocostalis_cervicis", kL},
    {"External abdominal oblique muscle.r", "external_oblique", kR},
    {"Atlas (C1)", "vertebra_c1"},
    {"Axis (C2)", "vertebra_c2"},
    {"Vertebra T5", "vertebra_t5"},
    {"First rib.l", "rib_1", kL},
    {"Hip bone.r", "hip_bone", kR},
    {"Manubrium of sternum", "manubrium"},
    {"Intervertebral disc L5-S1", "disc_l5_s1"},
    // BodyParts3D
    {"FJ383_BP63742_Descending_part_of_left_trapezius", "trapezius_descending", kL},
    {"Acromial_part_of_right_deltoid", "deltoid_acromial", kR},
    {"Abdominal_part_of_left_pectoralis_major", "pectoralis_major_abdominal", kL},
    {"Intervertebral_disk_of_third_cervical_vertebra", "disc_c3_c4"},
    {"Eleventh_thoracic_vertebra", "vertebra_t11"},
    {"Set_of_left_levatores_costarum_longi", "levatores_costarum_longi", kL},
    {"Body_of_sternum", "sternum_body"},
    // brackets, capitals, counted from the front
    {"TERES MINOR (L)", "teres_minor", kL},
    {"Infraspinatus [right]", "infraspinatus", kR},
    {"(R) Serratus anterior", "serratus_anterior", kR},
    {"012 - Right Clavicle", "clavicle", kR},
    {"07_psoas_major_left", "psoas_major", kL},
    // vertebrae as radiology writes them
    {"L04", "vertebra_l4"},
    {"C-7", "vertebra_c7"},
    {"L 4 vertebra", "vertebra_l4"},
    {"vert_T09", "vertebra_t9"},
    {"Th 12", "vertebra_t12"},
    {"disc L3/L4", "disc_l3_l4"},
    {"7th rib (right)", "rib_7", kR},
    // vessels and nerves of their own
    {"Vertebral artery.l", "vertebral_artery", kL},
    {"Accessory nerve.r", "accessory_nerve", kR},
    // strangers: of a muscle or bone, or named after one
    {"Nerve to subclavius", nullptr},
    {"Artery to trapezius.l", nullptr},
    {"Subclavian artery", "subclavian_artery"},
    {"Subscapular artery.r", nullptr},
    {"Dorsal scapular nerve", nullptr},
    {"Suprascapular vein.l", nullptr},
    {"N. thoracodorsalis", nullptr},
    {"V. brachialis", nullptr},
    {"A. brachialis", nullptr},
    {"Ramus descendens", nullptr},
    {"Pectoral branches of thoracoacromial artery", nullptr},
    {"Deltoid branch", nullptr},
    {"Tendon of latissimus dorsi", nullptr},
    {"Long tendon of biceps brachii", nullptr},
    {"Bursa of piriformis", nullptr},
    {"Fascia of infraspinatus", nullptr},
    {"Head of humerus.l", nullptr},
    {"Head of seventh rib", nullptr},
    {"Lateral part of clavicle", nullptr},
    {"Biceps femoris long head", nullptr},
    {"Rectus femoris", nullptr},
    {"Teres minor muscle.ol", nullptr},
    {"Piriformis muscle.el", nullptr},
    {"Skin of hand", nullptr},
    {"Rib cage", nullptr},
    {"Trapezium.l", nullptr},
    {"Trapezoid", nullptr},
    {"Line of axis", nullptr},
    {"Third metacarpal bone", nullptr},
    {"Rib 13", nullptr},
    {"L6", nullptr},
    {"T13", nullptr},
    {"Cube.001", nullptr},
    {"mesh_0", nullptr},
    {"R", nullptr},
};

TEST(AtlasNames, MeanWhatTheirWritersMeant) {
  const auto table =
      Ontology::load(std::filesystem::path(BACKMATE_SOURCE_DIR) / "assets" / "anatomy");
  ASSERT_TRUE(table) << table.error().message;
  static_assert(std::size(kNames) >= 80);
  for (const Name& name : kNames) {
    const OntologyMatch match = table->match_name(name.text);
    const std::string found = match.entry != nullptr ? match.entry->id : "nothing";
    EXPECT_EQ(found, name.id != nullptr ? name.id : "nothing") << name.text;
    if (match.entry != nullptr) {
      EXPECT_EQ(to_string(match.side), to_string(name.side)) << name.text;
    }
  }
}

}  // namespace
}  // namespace anatomy

// Nerves and vessels: what anatomy says of their courses, held to the finished body, and what a
// wrong description is told.
#include "forge/strands.h"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <glm/vec2.hpp>
#include <memory>
#include <set>

#include "anatomy/pack.h"
#include "forge/tube.h"
#include "geom/bvh.h"
#include "support/scratch_dir.h"

namespace {

namespace fs = std::filesystem;
using anatomy::Kind;
const fs::path kAssets = fs::path(BACKMATE_SOURCE_DIR) / "assets";

// One structure's finest mesh with its tree.
struct Solid {
  geom::Mesh mesh;
  geom::Bvh bvh;

  glm::vec3 middle() const { return bvh.bounds().centre(); }
  // By parity along a direction in no plane of symmetry.
  bool holds(glm::vec3 p) const {
    std::vector<geom::RayHit> hits;
    bvh.find_all_hits({p, glm::normalize(glm::vec3(0.531f, 0.307f, 0.789f))}, 1.0f, hits);
    std::sort(hits.begin(), hits.end(),
              [](const auto& a, const auto& b) { return a.distance_m < b.distance_m; });
    // A crossing through an edge is reported for both triangles.
    int count = 0;
    float last = -1.0f;
    for (const geom::RayHit& hit : hits) {
      if (hit.distance_m - last > 1e-6f) ++count;
      last = hit.distance_m;
    }
    return count % 2 == 1;
  }
  float depth_of(glm::vec3 p) const {
    if (!holds(p)) return 0.0f;
    return bvh.find_closest(p, 0.1f)->distance_m;
  }
  // Mean of the vertices within 1.5 mm of this height: where a strand crosses a level.
  glm::vec3 at_height(float y) const {
    glm::vec3 sum(0.0f);
    float count = 0.0f;
    for (float reach = 0.0015f; count == 0.0f; reach *= 1.5f) {
      for (const glm::vec3 p : mesh.positions_m) {
        if (std::abs(p.y - y) > reach) continue;
        sum += p;
        count += 1.0f;
      }
    }
    return sum / count;
  }
};

class Strands : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    auto loaded = anatomy::load_pack(fs::path(BACKMATE_BINARY_DIR) / "share" / "backmate" /
                                     "bodies" / "builtin.pack");
    ASSERT_TRUE(loaded) << loaded.error().message;
    body_ = new std::shared_ptr<const anatomy::Body>(*loaded);
  }
  static void TearDownTestSuite() {
    delete body_;
    body_ = nullptr;
  }
  static const anatomy::Body& body() { return **body_; }

  static std::unique_ptr<Solid> solid(const std::string& id, int lod = 0) {
    const auto index = body().find_structure(id);
    EXPECT_NE(index, anatomy::kNone) << id;
    if (index == anatomy::kNone) return std::make_unique<Solid>();
    return solid_of(body().structures[index], lod);
  }
  static std::unique_ptr<Solid> solid_of(const anatomy::Structure& s, int lod = 0) {
    auto made = std::make_unique<Solid>();
    const auto& range = s.lods[static_cast<std::size_t>(lod)];
    const auto& from = body().lods[static_cast<std::size_t>(lod)];
    for (std::uint32_t v = 0; v < range.vertex_count; ++v)
      made->mesh.positions_m.push_back(from.positions_m[range.first_vertex + v]);
    for (std::uint32_t i = 0; i < range.index_count; ++i)
      made->mesh.indices.push_back(from.indices[range.first_index + i] - range.first_vertex);
    made->bvh = geom::Bvh(made->mesh.positions_m, made->mesh.indices);
    return made;
  }
  static std::vector<const anatomy::Structure*> all_strands() {
    std::vector<const anatomy::Structure*> found;
    for (const auto& s : body().structures)
      if (anatomy::is_strand(s.kind)) found.push_back(&s);
    return found;
  }

 private:
  static inline std::shared_ptr<const anatomy::Body>* body_ = nullptr;
};

TEST_F(Strands, AreThereOnBothSidesAsKinds) {
  std::set<std::string> ids;
  for (const auto* s : all_strands()) ids.insert(s->id);
  for (const char* id : {"accessory_nerve", "nerve_root_c5", "nerve_root_c6", "nerve_root_c7",
                         "nerve_root_c8", "nerve_root_t1", "brachial_plexus", "nerve_root_l4",
                         "nerve_root_l5", "nerve_root_s1", "sciatic_nerve", "common_carotid_artery",
                         "internal_carotid_artery", "external_carotid_artery", "vertebral_artery",
                         "subclavian_artery", "internal_jugular_vein", "subclavian_vein"}) {
    EXPECT_TRUE(ids.contains(std::string(id) + "_left")) << id;
    EXPECT_TRUE(ids.contains(std::string(id) + "_right")) << id;
  }
  EXPECT_TRUE(ids.contains("dural_sac"));
}

TEST_F(Strands, AreClosedAndMirroredAtEveryLevelOfDetail) {
  for (const auto* s : all_strands()) {
    for (int lod = 0; lod < anatomy::kLodCount; ++lod) {
      const auto mesh = solid_of(*s, lod)->mesh;
      const auto topology = geom::find_topology(mesh);
      EXPECT_TRUE(topology.watertight()) << s->id << " level " << lod;
      EXPECT_EQ(topology.degenerate_triangles, 0u) << s->id << " level " << lod;
      // Outward on either side: mirroring must turn the triangles.
      EXPECT_GT(geom::signed_volume_m3(mesh), 0.0f) << s->id << " level " << lod;
    }
    if (s->side != anatomy::Side::kLeft) continue;
    std::string other = s->id;
    other.replace(other.rfind("_left"), 5, "_right");
    const auto left = s->bounds_m;
    const auto right = body().structures[body().find_structure(other)].bounds_m;
    EXPECT_NEAR(left.min.x, -right.max.x, 2e-5f) << s->id;
    EXPECT_NEAR(left.max.x, -right.min.x, 2e-5f) << s->id;
    EXPECT_NEAR(left.min.y, right.min.y, 2e-5f) << s->id;
  }
}

// Half a millimetre: what the pack's rounding and the chords of tubes and bones may add to the 0.3
// that the forge allows.
TEST_F(Strands, PierceNeitherBoneNorDiscAndStayInsideTheSkin) {
  constexpr float kTolerance_m = 0.0005f;
  const auto skin = solid("skin");
  std::vector<std::pair<std::string, std::unique_ptr<Solid>>> hard;
  for (const auto& s : body().structures)
    if (s.kind == Kind::kBone || s.kind == Kind::kDisc) hard.emplace_back(s.id, solid_of(s));
  for (const auto* s : all_strands()) {
    const auto strand = solid_of(*s);
    for (const glm::vec3 p : strand->mesh.positions_m) {
      EXPECT_TRUE(skin->holds(p)) << s->id << " at " << p.x << " " << p.y << " " << p.z;
      for (const auto& [id, bone] : hard) {
        const auto& box = bone->bvh.bounds();
        bool near = true;
        for (int k = 0; k < 3; ++k) near = near && p[k] > box.min[k] && p[k] < box.max[k];
        const float depth = near ? bone->depth_of(p) : 0.0f;
        EXPECT_LE(depth, kTolerance_m) << s->id << " in " << id;
      }
    }
  }
}

struct RootCase {
  const char* root;
  const char* disc;
  const char* above;
  const char* below;
};

// Beside the disc the root is lateral to the canal, below the upper vertebra's pedicle and above
// the lower one's: the middle of the root at the disc's edge lies between the middles of the
// vertebrae.
TEST_F(Strands, EveryRootLeavesBetweenItsTwoVertebrae) {
  for (const RootCase& c : {RootCase{"nerve_root_c5", "disc_c4_c5", "vertebra_c4", "vertebra_c5"},
                            {"nerve_root_c6", "disc_c5_c6", "vertebra_c5", "vertebra_c6"},
                            {"nerve_root_c7", "disc_c6_c7", "vertebra_c6", "vertebra_c7"},
                            {"nerve_root_c8", "disc_c7_t1", "vertebra_c7", "vertebra_t1"},
                            {"nerve_root_t1", "disc_t1_t2", "vertebra_t1", "vertebra_t2"},
                            {"nerve_root_l4", "disc_l4_l5", "vertebra_l4", "vertebra_l5"},
                            {"nerve_root_l5", "disc_l5_s1", "vertebra_l5", "sacrum"}}) {
    const auto root = solid(std::string(c.root) + "_left");
    const auto disc = solid(c.disc);
    const auto above = solid(c.above);
    const auto below = solid(c.below);
    const float edge = 0.75f * disc->bvh.bounds().max.x;
    glm::vec3 sum(0.0f);
    float count = 0.0f;
    for (const glm::vec3 p : root->mesh.positions_m) {
      if (std::abs(p.x - edge) > 0.004f) continue;
      sum += p;
      count += 1.0f;
    }
    ASSERT_GT(count, 0.0f) << c.root;
    const glm::vec3 leaves = sum / count;
    EXPECT_LT(leaves.z, disc->middle().z) << c.root << ": behind the disc's middle";
    EXPECT_LT(leaves.y, above->middle().y) << c.root;
    EXPECT_GT(leaves.y, below->middle().y) << c.root;
    // Within a nerve's width the upper vertebra is its roof and the lower one its floor.
    bool roof = false;
    bool floor = false;
    for (int k = 0; k < 12; ++k) {
      const float angle = static_cast<float>(k) * 0.5236f;
      const glm::vec3 at = leaves + 0.004f * glm::vec3(std::cos(angle), 0.0f, std::sin(angle));
      roof = roof || above->bvh.find_hit({at, {0, 1, 0}}, 0.02f);
      floor = floor || below->bvh.find_hit({at, {0, -1, 0}}, 0.02f);
    }
    EXPECT_TRUE(roof && floor) << c.root;
  }
}

TEST_F(Strands, S1LeavesThroughTheSacrum) {
  const auto root = solid("nerve_root_s1_left");
  const auto sacrum = solid("sacrum");
  // In its channel bone is in front of it and behind it, to the left and to the right.
  const glm::vec3 inside = root->at_height(0.889f);
  for (const glm::vec3 way :
       {glm::vec3(0, 0, 1), glm::vec3(0, 0, -1), glm::vec3(1, 0, 0), glm::vec3(-1, 0, 0)})
    EXPECT_TRUE(sacrum->bvh.find_hit({inside, way}, 0.05f)) << way.x << " " << way.z;
  EXPECT_FALSE(sacrum->holds(inside));
}

TEST_F(Strands, ThePlexusPassesBetweenTheScalenesUnderTheClavicleAndUnderPectoralisMinor) {
  for (const std::string side : {"_left", "_right"}) {
    const auto anterior = solid("scalenus_anterior" + side);
    const auto medius = solid("scalenus_medius" + side);
    for (const char* id : {"nerve_root_c6", "nerve_root_c7"}) {
      const auto root = solid(id + side);
      int between = 0;
      for (const glm::vec3 p : root->mesh.positions_m) {
        EXPECT_LE(anterior->depth_of(p), 0.0005f) << id;
        EXPECT_LE(medius->depth_of(p), 0.0005f) << id;
        const bool in_front = anterior->bvh.find_hit({p, {0, 0, 1}}, 0.03f).has_value();
        const bool behind = medius->bvh.find_hit({p, {0, 0, -1}}, 0.03f).has_value();
        between += in_front && behind ? 1 : 0;
      }
      EXPECT_GT(between, 8) << id << side;
    }
    const auto plexus = solid("brachial_plexus" + side);
    const auto clavicle = solid("clavicle" + side);
    const auto minor = solid("pectoralis_minor" + side);
    const auto rib = solid("rib_1" + side);
    int under_clavicle = 0;
    int under_minor = 0;
    for (const glm::vec3 p : plexus->mesh.positions_m) {
      EXPECT_FALSE(clavicle->bvh.find_hit({p, {0, -1, 0}}, 0.3f)) << "over the clavicle";
      under_clavicle += clavicle->bvh.find_hit({p, {0, 1, 0}}, 0.03f) ? 1 : 0;
      under_minor += minor->bvh.find_hit({p, {0, 0, 1}}, 0.04f) ? 1 : 0;
      EXPECT_FALSE(rib->bvh.find_hit({p, {0, 1, 0}}, 0.3f)) << "under the first rib";
    }
    EXPECT_GT(under_clavicle, 8);
    EXPECT_GT(under_minor, 8);
  }
}

TEST_F(Strands, TheAccessoryNerveCrossesThePosteriorTriangleAndEndsUnderTheTrapezius) {
  const auto nerve = solid("accessory_nerve_left");
  const auto sterno = solid("sternocleidomastoid_left");
  const auto skin = solid("skin");
  // High up sternocleidomastoid covers it, from the side.
  const glm::vec3 high = nerve->at_height(1.462f);
  EXPECT_TRUE(sterno->bvh.find_hit({high, {1, 0, 0}}, 0.05f));
  // In the triangle nothing but skin does.
  const glm::vec3 bare = nerve->at_height(1.424f);
  for (const auto& s : body().structures) {
    if (s.kind != Kind::kMuscle || s.side != anatomy::Side::kLeft) continue;
    EXPECT_FALSE(solid_of(s)->bvh.find_hit({bare, {1, 0, 0}}, 0.1f)) << s.id;
  }
  EXPECT_TRUE(skin->bvh.find_hit({bare, {1, 0, 0}}, 0.02f));
  // At its end a part of trapezius lies between it and the skin of the back.
  const auto& box = nerve->bvh.bounds();
  const glm::vec3 end = nerve->at_height(box.min.y + 0.002f);
  bool covered = false;
  for (const char* part :
       {"trapezius_transverse_left", "trapezius_ascending_left", "trapezius_descending_left"})
    covered = covered || solid(part)->bvh.find_hit({end, {0, 0, -1}}, 0.03f).has_value();
  EXPECT_TRUE(covered);
}

TEST_F(Strands, TheVertebralArteryClimbsThroughTheTransverseForamina) {
  const auto artery = solid("vertebral_artery_left");
  for (int level = 6; level >= 3; --level) {
    const std::string id = "vertebra_c" + std::to_string(level);
    const auto bone = solid(id);
    // Somewhere in the height of the vertebra bone surrounds it, in four directions of the level
    // plane within a centimetre: the body, the pedicle or facet and the tubercles.
    int most = 0;
    for (const glm::vec3 p : artery->mesh.positions_m) {
      const auto& box = bone->bvh.bounds();
      if (p.y < box.min.y || p.y > box.max.y) continue;
      const glm::vec3 centre = artery->at_height(p.y);
      if (centre.x < 0.012f) continue;
      int sides = 0;
      for (const glm::vec3 way :
           {glm::vec3(1, 0, 0), glm::vec3(-1, 0, 0), glm::vec3(0, 0, 1), glm::vec3(0, 0, -1)})
        sides += bone->bvh.find_hit({centre, way}, 0.012f) ? 1 : 0;
      most = std::max(most, sides);
      // Lateral to the body throughout.
      EXPECT_GT(centre.x, 0.013f) << id;
      EXPECT_LT(centre.x, 0.026f) << id;
    }
    EXPECT_GE(most, 3) << id;
  }
  // In front of C7's transverse process, not through it, and over the arch of the atlas at the end.
  const auto c7 = solid("vertebra_c7");
  EXPECT_GT(artery->at_height(c7->middle().y).z, 0.080f);
  const auto c1 = solid("vertebra_c1");
  int over = 0;
  for (const glm::vec3 p : artery->mesh.positions_m)
    over += p.z < 0.073f && c1->bvh.find_hit({p, {0, -1, 0}}, 0.02f) ? 1 : 0;
  EXPECT_GT(over, 8);
}

TEST_F(Strands, TheCarotidLiesMedialToSternocleidomastoidAndForksAtC4) {
  const auto common = solid("common_carotid_artery_left");
  const auto sterno = solid("sternocleidomastoid_left");
  const auto jugular = solid("internal_jugular_vein_left");
  for (const float y : {1.37f, 1.39f, 1.41f, 1.43f}) {
    const glm::vec3 at = common->at_height(y);
    EXPECT_LT(at.x, sterno->at_height(y).x) << y;
    EXPECT_LT(at.x, jugular->at_height(y).x) << y;
    EXPECT_GT(at.x, 0.012f) << "beside windpipe and gullet at " << y;
  }
  const float fork = common->bvh.bounds().max.y;
  EXPECT_NEAR(fork, solid("vertebra_c4")->middle().y, 0.008f);
  const auto internal = solid("internal_carotid_artery_left");
  const auto external = solid("external_carotid_artery_left");
  // Above the fork the external one lies further to the front.
  EXPECT_GT(external->at_height(1.455f).z, internal->at_height(1.455f).z);
}

TEST_F(Strands, TheSciaticNerveLeavesBelowPiriformisAndPassesBetweenTuberosityAndTrochanter) {
  const auto nerve = solid("sciatic_nerve_left");
  const auto piriformis = solid("piriformis_left");
  const auto hip = solid("hip_bone_left");
  const auto femur = solid("femur_left");
  const auto gluteus = solid("gluteus_maximus_left");
  for (const glm::vec3 p : nerve->mesh.positions_m) EXPECT_LE(piriformis->depth_of(p), 0.0005f);
  const float tuberosity = 0.790f;
  const glm::vec3 at = nerve->at_height(tuberosity);
  EXPECT_TRUE(hip->bvh.find_hit({at, {-1, 0, 0}}, 0.05f));
  EXPECT_TRUE(gluteus->bvh.find_hit({at, {0, 0, -1}}, 0.05f));
  EXPECT_LT(at.x, femur->at_height(tuberosity).x);
  // As far as the body goes.
  EXPECT_LT(nerve->bvh.bounds().min.y, femur->bvh.bounds().min.y + 0.01f);
}

TEST_F(Strands, AreNoMuscles) {
  for (const auto* s : all_strands()) {
    EXPECT_EQ(s->segment_count, 0) << s->id;
    EXPECT_TRUE(s->groups.empty()) << s->id;
  }
}

// A file with one thing wrong.
std::string message_after(const std::string& from, const std::string& to) {
  const support::ScratchDir scratch("strand");
  std::string text = R"({"format": "backmate-strand", "version": 1, "entry": "sciatic_nerve", )"
                     R"("source": "made up for a test", "diameter_source": "made up for a test", )"
                     R"("strands": [{"name": "one", "clear_of": [], "points": [)"
                     R"({"from": "femur", "offset_mm": [0, 40, 0], "diameter_mm": 4}, )"
                     R"({"from": "femur", "offset_mm": [0, 80, 0], "diameter_mm": 4}]}]})";
  const std::size_t at = text.find(from);
  if (at == std::string::npos) return "nothing to replace";
  text.replace(at, from.size(), to);
  const fs::path file = scratch.path() / "sciatic_nerve.json";
  std::ofstream(file) << text;
  const auto spec = forge::load_strand(file, kAssets / "schema");
  if (!spec) return spec.error().message;
  const auto ontology = anatomy::Ontology::load(kAssets / "anatomy");
  // One bone: a capsule of 2 cm where the femur would be.
  forge::Part bone;
  bone.entry_id = "femur";
  bone.side = anatomy::Side::kLeft;
  const std::vector<forge::TubeStation> way = {{{0, -0.01f, 0}, 0.01f}, {{0, 0.01f, 0}, 0.01f}};
  bone.lods[0].mesh = forge::sweep_tube(way, 16);
  const auto built = forge::build_strands(std::vector{*spec}, *ontology, std::vector{bone});
  return built ? "" : built.error().message;
}

TEST(StrandFile, IsBuiltWhenAllIsWell) { EXPECT_EQ(message_after("", ""), ""); }

TEST(StrandFile, IsRefusedInWords) {
  const auto says = [](const std::string& message, const std::string& words) {
    EXPECT_NE(message.find(words), std::string::npos) << message;
  };
  says(message_after("sciatic_nerve", "humbug_nerve"), "does not know it");
  says(message_after("sciatic_nerve", "femur"), "is a bone");
  says(message_after("\"femur\"", "\"disc_c9\""), "points[0].from names 'disc_c9'");
  says(message_after("\"diameter_mm\": 4", "\"diameter_mm\": 0"), "diameter_mm");
  says(message_after("\"clear_of\": []", "\"clear_of\": [\"humbug\"]"), "clear_of names 'humbug'");
  says(message_after("\"version\": 1", "\"version\": 2"), "version");
  says(message_after("\"name\": \"one\", ", ""), "name");
}

TEST(StrandFile, TwoPointsOnEachOtherAndAWayThroughBoneAreRefused) {
  const auto ontology = anatomy::Ontology::load(kAssets / "anatomy");
  ASSERT_TRUE(ontology);
  forge::Part bone;
  bone.entry_id = "femur";
  bone.side = anatomy::Side::kLeft;
  const std::vector<forge::TubeStation> way = {{{0, -0.01f, 0}, 0.03f}, {{0, 0.01f, 0}, 0.03f}};
  bone.lods[0].mesh = forge::sweep_tube(way, 24);
  forge::StrandSpec spec{
      "sciatic_nerve",
      {{"one", {}, {{"femur", {0, 0.05f, 0}, 0.004f}, {"femur", {0, 0.05f, 0}, 0.004f}}}}};
  const auto twice = forge::build_strands(std::vector{spec}, *ontology, std::vector{bone});
  ASSERT_FALSE(twice);
  EXPECT_NE(twice.error().message.find("lies on the one before it"), std::string::npos);
  // Beside the bone it is content.
  spec.strands[0].points = {{"femur", {0.1f, 0.0f, 0}, 0.004f}, {"femur", {0.1f, 0.1f, 0}, 0.004f}};
  const auto beside = forge::build_strands(std::vector{spec}, *ontology, std::vector{bone});
  ASSERT_TRUE(beside) << beside.error().message;
  EXPECT_EQ(beside->size(), 2u);
}

TEST(StrandFile, OneStructureTwiceIsRefused) {
  const support::ScratchDir scratch("strands");
  const fs::path anatomy = scratch.path() / "anatomy";
  fs::create_directories(anatomy / "nerves");
  fs::create_directories(anatomy / "vessels");
  fs::copy(kAssets / "schema", scratch.path() / "schema");
  const fs::path nerve = kAssets / "anatomy" / "nerves" / "nerve_root_c6.json";
  fs::copy(nerve, anatomy / "nerves" / "a.json");
  const auto none = forge::load_strands(scratch.path());
  ASSERT_FALSE(none);
  EXPECT_NE(none.error().message.find("holds no vessels"), std::string::npos);
  fs::copy(nerve, anatomy / "vessels" / "b.json");
  const auto twice = forge::load_strands(scratch.path());
  ASSERT_FALSE(twice);
  EXPECT_NE(twice.error().message.find("'nerve_root_c6' is described twice"), std::string::npos);
}

TEST(Tube, IsClosedRoundAndKeepsItsRadius) {
  std::vector<forge::TubeStation> points;
  for (int i = 0; i < 6; ++i) {
    const float t = static_cast<float>(i);
    points.push_back({{0.01f * std::cos(t), 0.006f * t, 0.01f * std::sin(t)}, 0.002f});
  }
  const auto way = forge::smooth_way(points, 0.0005f);
  const geom::Mesh mesh = forge::sweep_tube(way, 24);
  EXPECT_TRUE(geom::find_topology(mesh).watertight());
  float length = 0.0f;
  for (std::size_t i = 1; i < way.size(); ++i) length += glm::length(way[i].at_m - way[i - 1].at_m);
  // A 24-gon has 0.9886 of the circle's area; the round ends add 2/3 of their height or less.
  const float volume = 3.14159265f * 0.002f * 0.002f * length;
  EXPECT_NEAR(geom::signed_volume_m3(mesh) / volume, 0.99f, 0.03f);
  // Thinned out it still runs through every point, within the tolerance.
  const auto thin = forge::thin_out(way, 0.0001f, 0.02f);
  EXPECT_LT(thin.size(), way.size() / 2);
  const geom::Mesh coarse = forge::sweep_tube(thin, 24);
  EXPECT_NEAR(geom::signed_volume_m3(coarse) / geom::signed_volume_m3(mesh), 1.0f, 0.05f);
}

}  // namespace

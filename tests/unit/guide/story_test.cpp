// Stories: what a wrong file is told, and what must hold of the cutaways on the built-in body.
#include "guide/story.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "anatomy/pack.h"
#include "data/translator.h"
#include "geom/bvh.h"
#include "support/scratch_dir.h"

namespace {

namespace fs = std::filesystem;
using anatomy::Side;
const fs::path kAssets = fs::path(BACKMATE_SOURCE_DIR) / "assets";

class Stories : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    auto loaded = anatomy::load_pack(fs::path(BACKMATE_BINARY_DIR) / "share" / "backmate" /
                                     "bodies" / "builtin.pack");
    ASSERT_TRUE(loaded) << loaded.error().message;
    body_ = new std::shared_ptr<const anatomy::Body>(*loaded);
    files_ = new guide::StoryFiles(guide::load_stories(kAssets));
  }
  static void TearDownTestSuite() {
    delete body_;
    delete files_;
  }
  static const anatomy::Body& body() { return **body_; }
  static const guide::StoryFiles& files() { return *files_; }
  static const guide::StorySpec& story(const std::string& id) {
    return *std::find_if(files().stories.begin(), files().stories.end(),
                         [&](const guide::StorySpec& s) { return s.id == id; });
  }
  static guide::StoryMoment moment(const guide::StorySpec& s, float amount,
                                   Side side = Side::kLeft) {
    auto made = guide::build_moment(s, body(), side, amount);
    EXPECT_TRUE(made) << made.error().message;
    return std::move(*made);
  }
  static geom::Mesh mesh_of(const anatomy::Body& from, const std::string& id) {
    geom::Mesh mesh;
    const auto& range = from.structures[from.find_structure(id)].lods[0];
    for (std::uint32_t v = 0; v < range.vertex_count; ++v)
      mesh.positions_m.push_back(from.lods[0].positions_m[range.first_vertex + v]);
    for (std::uint32_t i = 0; i < range.index_count; ++i)
      mesh.indices.push_back(from.lods[0].indices[range.first_index + i] - range.first_vertex);
    return mesh;
  }
  static float distance(const geom::Mesh& a, const geom::Mesh& b) {
    const geom::Bvh tree(b.positions_m, b.indices);
    float least = 1.0f;
    for (const glm::vec3 p : a.positions_m) {
      if (const auto near = tree.find_closest(p, least)) least = near->distance_m;
    }
    return least;
  }
  // How deep the deepest vertex of a lies in b.
  static float overlap(const geom::Mesh& a, const geom::Mesh& b) {
    const geom::Bvh tree(b.positions_m, b.indices);
    const auto normals = geom::smooth_normals(b.positions_m, b.indices);
    float deepest = 0.0f;
    for (const glm::vec3 p : a.positions_m) {
      const auto near = tree.find_closest(p, 0.01f);
      if (!near) continue;
      glm::vec3 normal(0.0f);
      for (std::size_t k = 0; k < 3; ++k) normal += normals[b.indices[3 * near->triangle + k]];
      if (glm::dot(p - near->point_m, normal) < 0.0f) deepest = std::max(deepest, near->distance_m);
    }
    return deepest;
  }

 private:
  static inline std::shared_ptr<const anatomy::Body>* body_ = nullptr;
  static inline guide::StoryFiles* files_ = nullptr;
};

TEST_F(Stories, LoadWithWordsForEach) {
  EXPECT_TRUE(files().refused.empty()) << files().refused.front();
  ASSERT_GE(files().stories.size(), 3u);
  auto tr = data::Translator::load(kAssets / "i18n", "en");
  ASSERT_TRUE(tr);
  for (const auto& s : files().stories) {
    EXPECT_TRUE(tr->has("story." + s.id)) << s.id;
    EXPECT_TRUE(tr->has("story." + s.id + ".words")) << s.id;
    EXPECT_FALSE(s.conditions.empty()) << s.id;
    for (const std::string& condition : s.conditions)
      EXPECT_TRUE(fs::exists(kAssets / "conditions" / (condition + ".json"))) << condition;
    for (const auto& show : s.shows) {
      const bool known = body().find_structure(show.entry) != anatomy::kNone ||
                         body().find_structure(show.entry + "_left") != anatomy::kNone;
      EXPECT_TRUE(known) << s.id << " shows " << show.entry;
    }
  }
}

TEST_F(Stories, AtNothingTheDiscIsThePlainOne) {
  for (const auto& s : files().stories) {
    if (!s.bulge) continue;
    const auto start = moment(s, 0.0f);
    for (const std::string& id : {s.bulge->disc, s.bulge->root + "_left"}) {
      const geom::Mesh plain = mesh_of(body(), id);
      const geom::Mesh shown = mesh_of(*start.body, id);
      const geom::Bvh tree(plain.positions_m, plain.indices);
      for (const glm::vec3 p : shown.positions_m)
        ASSERT_LE(tree.find_closest(p, 0.01f)->distance_m, 1e-6f) << id;
      EXPECT_NEAR(geom::signed_volume_m3(shown) / geom::signed_volume_m3(plain), 1.0f, 1e-4f);
    }
  }
}

TEST_F(Stories, ABulgeStaysClosedGrowsSteadilyAndReachesTheRootWhereItIsSaid) {
  for (const auto& s : files().stories) {
    if (!s.bulge) continue;
    const std::string root_id = s.bulge->root + "_left";
    float last_volume = 0.0f;
    float last_distance = 1.0f;
    for (int step = 0; step <= 10; ++step) {
      const float amount = 0.1f * static_cast<float>(step);
      const auto now = moment(s, std::min(1.0f, amount));
      const geom::Mesh disc = mesh_of(*now.body, s.bulge->disc);
      const geom::Mesh root = mesh_of(*now.body, root_id);
      EXPECT_TRUE(geom::find_topology(disc).watertight()) << s.id << " " << amount;
      EXPECT_TRUE(geom::find_topology(root).watertight()) << s.id << " " << amount;
      EXPECT_NEAR(now.bulge_m, amount * s.bulge->largest_m, 1e-6f);
      const float volume = geom::signed_volume_m3(disc);
      EXPECT_GT(volume, last_volume) << s.id << " " << amount;
      last_volume = volume;
      const float away = distance(root, disc);
      EXPECT_LE(away, last_distance + 1e-4f) << s.id << " " << amount;
      last_distance = away;
      EXPECT_LE(overlap(root, disc), 0.0004f) << s.id << " " << amount;
    }
    const auto before = moment(s, 0.0f);
    EXPECT_GT(distance(mesh_of(*before.body, root_id), mesh_of(*before.body, s.bulge->disc)),
              0.0005f)
        << s.id << ": free at rest";
    const auto touching = moment(s, s.bulge->touches_m / s.bulge->largest_m);
    EXPECT_LE(distance(mesh_of(*touching.body, root_id), mesh_of(*touching.body, s.bulge->disc)),
              0.0005f)
        << s.id << ": gap " << touching.gap_m;
    EXPECT_NEAR(touching.gap_m, s.bulge->touches_m, 0.0005f) << s.id;
    // Pressed only from there on.
    const auto pressed_of = [&](const guide::StoryMoment& m) {
      return m.pressed[m.body->find_structure(root_id)];
    };
    EXPECT_EQ(pressed_of(before), 0.0f);
    EXPECT_FLOAT_EQ(pressed_of(moment(s, 1.0f)), 1.0f);
  }
}

// Behind the disc's middle, beside the sac, on the story's side.
TEST_F(Stories, TheDiscMeetsTheRootBehindAndToTheSide) {
  for (const auto& s : files().stories) {
    if (!s.bulge) continue;
    const auto index = body().find_structure(s.bulge->disc);
    const auto& box = body().structures[index].bounds_m;
    for (const Side side : {Side::kLeft, Side::kRight}) {
      const auto now = moment(s, 1.0f, side);
      const float sign = side == Side::kLeft ? 1.0f : -1.0f;
      EXPECT_LT(now.look_at_m.z, box.centre().z) << s.id;
      EXPECT_GT(sign * now.look_at_m.x, 0.003f) << s.id;
      EXPECT_LT(sign * now.look_at_m.x, box.max.x) << s.id;
      EXPECT_NEAR(now.look_at_m.y, box.centre().y, 0.5f * box.size().y + 0.001f) << s.id;
    }
  }
}

TEST_F(Stories, TheRightSideMirrorsTheLeft) {
  for (const auto& s : files().stories) {
    const auto left = moment(s, 0.7f, Side::kLeft);
    const auto right = moment(s, 0.7f, Side::kRight);
    EXPECT_NEAR(left.look_at_m.x, -right.look_at_m.x, 3e-4f) << s.id;
    EXPECT_NEAR(left.look_at_m.y, right.look_at_m.y, 3e-4f) << s.id;
    EXPECT_NEAR(left.gap_m, right.gap_m, 2e-4f) << s.id;
    EXPECT_FLOAT_EQ(left.from.x, -right.from.x);
  }
}

TEST_F(Stories, TightScalenesCloseTheGapAndFlattenTheNervesWithoutPiercingThem) {
  const auto& s = story("scalenes");
  ASSERT_TRUE(s.squeeze);
  const std::string nerve = "nerve_root_c6_left";
  const geom::Mesh plain = mesh_of(body(), nerve);
  float last_gap = 1.0f;
  float last_volume = 1.0f;
  const auto start = moment(s, 0.0f);
  EXPECT_NEAR(geom::signed_volume_m3(mesh_of(*start.body, nerve)) / geom::signed_volume_m3(plain),
              1.0f, 1e-4f);
  const float rest =
      overlap(mesh_of(*start.body, nerve), mesh_of(*start.body, "scalenus_anterior_left"));
  for (const float amount : {0.0f, 0.25f, 0.5f, 0.75f, 1.0f}) {
    const auto now = moment(s, amount);
    const geom::Mesh front = mesh_of(*now.body, "scalenus_anterior_left");
    const geom::Mesh behind = mesh_of(*now.body, "scalenus_medius_left");
    const geom::Mesh root = mesh_of(*now.body, nerve);
    for (const geom::Mesh* mesh : {&front, &behind, &root})
      EXPECT_TRUE(geom::find_topology(*mesh).watertight()) << amount;
    // The gap where the nerve is: from the one muscle over the nerve's middle to the other.
    const geom::Bvh a(front.positions_m, front.indices);
    const geom::Bvh b(behind.positions_m, behind.indices);
    float gap = 1.0f;
    for (const glm::vec3 p : root.positions_m) {
      const auto to_front = a.find_closest(p, 0.02f);
      const auto to_behind = b.find_closest(p, 0.02f);
      if (to_front && to_behind)
        gap = std::min(gap, glm::length(to_front->point_m - to_behind->point_m));
    }
    EXPECT_LT(gap, last_gap) << amount;
    last_gap = gap;
    const float volume = geom::signed_volume_m3(root);
    EXPECT_LT(volume, last_volume) << amount;
    last_volume = volume;
    EXPECT_LE(overlap(root, front), rest + 0.0003f) << amount;
  }
}

TEST_F(Stories, ABodyWithoutTheNervesIsToldWhatIsMissing) {
  const anatomy::Body empty;
  const auto made = guide::build_moment(files().stories.front(), empty, Side::kLeft, 0.5f);
  ASSERT_FALSE(made);
  EXPECT_NE(made.error().message.find("this body does not have"), std::string::npos);
}

TEST(StoryFile, WhatIsWrongIsNamedAndLeftOut) {
  const support::ScratchDir scratch("stories");
  fs::create_directories(scratch.path() / "stories");
  fs::copy(kAssets / "schema", scratch.path() / "schema");
  std::ifstream from(kAssets / "stories" / "disc_c5_c6.json");
  std::stringstream buffer;
  buffer << from.rdbuf();
  const auto refusal = [&](const std::string& find, const std::string& with) -> std::string {
    std::string text = buffer.str();
    const std::size_t at = text.find(find);
    if (at == std::string::npos) return "nothing to replace";
    text.replace(at, find.size(), with);
    std::ofstream(scratch.path() / "stories" / "disc_c5_c6.json") << text;
    const auto files = guide::load_stories(scratch.path());
    return files.refused.empty() ? "" : files.refused.front();
  };
  EXPECT_EQ(refusal("\"order\": 1", "\"order\": 2"), "");
  const auto says = [](const std::string& message, const std::string& words) {
    EXPECT_NE(message.find(words), std::string::npos) << message;
  };
  says(refusal("\"id\": \"disc_c5_c6\"", "\"id\": \"humbug\""), "must be the file's name");
  says(refusal("\"largest_mm\": ", "\"largest_mm\": 1"), "largest_mm");
  says(refusal("\"touches_mm\": 2.6", "\"touches_mm\": 5"), "never gets there");
  says(refusal("\"root\": \"nerve_root_c6\"", "\"root\": \"nerve_root_c5\""), "'shows' lacks");
  says(refusal("\"bulge\"", "\"bulges\""), "bulges");
}

}  // namespace

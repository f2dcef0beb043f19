#include "forge/muscles.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <span>

#include "anatomy/ontology.h"
#include "forge/bones.h"
#include "geom/bvh.h"

namespace {

namespace fs = std::filesystem;
const fs::path kAssets = fs::path(BACKMATE_SOURCE_DIR) / "assets";

const std::vector<forge::Part>& bones() {
  static const auto built = forge::build_bones(kAssets);
  static const std::vector<forge::Part> none;
  if (!built) {
    ADD_FAILURE() << built.error().message;
    return none;
  }
  return *built;
}

const std::vector<forge::Part>& parts() {
  static const auto built = forge::build_muscles(kAssets, bones());
  static const std::vector<forge::Part> none;
  if (!built) {
    ADD_FAILURE() << built.error().message;
    return none;
  }
  return *built;
}

void check_every_mesh_is_closed_wound_outward_and_without_slivers() {
  ASSERT_FALSE(parts().empty());
  for (const forge::Part& part : parts()) {
    for (std::size_t lod = 0; lod < part.lods.size(); ++lod) {
      const geom::Mesh& mesh = part.lods[lod].mesh;
      const auto topology = geom::find_topology(mesh);
      const std::string what =
          part.entry_id + " " + std::string(to_string(part.side)) + " lod " + std::to_string(lod);
      EXPECT_TRUE(topology.watertight()) << what;
      EXPECT_EQ(topology.degenerate_triangles, 0u) << what;
      EXPECT_GT(geom::signed_volume_m3(mesh), 0.0f) << what;
      EXPECT_EQ(part.lods[lod].fibre.size(), mesh.positions_m.size()) << what;
      EXPECT_EQ(part.lods[lod].tendon.size(), mesh.positions_m.size()) << what;
      EXPECT_EQ(part.lods[lod].along.size(), mesh.positions_m.size()) << what;
    }
  }
}

void check_the_left_side_is_the_exact_mirror_of_the_right() {
  const auto check = [](std::span<const glm::vec3> right, std::span<const glm::vec3> left,
                        const std::string& what) {
    ASSERT_EQ(right.size(), left.size()) << what;
    for (std::size_t v = 0; v < right.size(); ++v) {
      ASSERT_EQ(right[v], glm::vec3(-left[v].x, left[v].y, left[v].z)) << what;
    }
  };
  for (std::size_t k = 0; k < parts().size(); ++k) {
    const forge::Part& right = parts()[k];
    const std::span<const glm::vec3> points = right.lods[0].mesh.positions_m;
    if (right.side == anatomy::Side::kMedian) {
      ASSERT_EQ(points.size() % 2, 0u) << right.entry_id;
      check(points.first(points.size() / 2), points.last(points.size() / 2), right.entry_id);
      continue;
    }
    ASSERT_LT(++k, parts().size()) << right.entry_id;
    const forge::Part& left = parts()[k];
    ASSERT_EQ(right.entry_id, left.entry_id);
    ASSERT_EQ(right.side, anatomy::Side::kRight);
    ASSERT_EQ(left.side, anatomy::Side::kLeft);
    check(points, left.lods[0].mesh.positions_m, right.entry_id);
  }
}

void check_nobody_crosses_the_midline() {
  for (const forge::Part& part : parts()) {
    const geom::Mesh& mesh = part.lods[0].mesh;
    for (std::size_t k = 0; k < mesh.indices.size(); ++k) {
      const float x = mesh.positions_m[mesh.indices[k]].x;
      if (part.side == anatomy::Side::kRight) {
        ASSERT_LT(x, 0.0f) << part.entry_id;
      } else if (part.side == anatomy::Side::kLeft) {
        ASSERT_GT(x, 0.0f) << part.entry_id;
      } else {
        ASSERT_GT(x * mesh.positions_m[mesh.indices[k - k % 3]].x, 0.0f) << part.entry_id;
      }
    }
  }
}

void check_fibres_are_unit_and_tendon_is_a_share() {
  for (const forge::Part& part : parts()) {
    const forge::PartMesh& mesh = part.lods[0];
    for (std::size_t v = 0; v < mesh.fibre.size(); ++v) {
      ASSERT_NEAR(glm::length(mesh.fibre[v]), 1.0f, 1e-3f) << part.entry_id;
      ASSERT_GE(mesh.tendon[v], 0.0f);
      ASSERT_LE(mesh.tendon[v], 1.0f);
    }
  }
}

TEST(Muscles, NamesAndAttachmentsAreInTheOntology) {
  const auto ontology = anatomy::Ontology::load(kAssets / "anatomy");
  ASSERT_TRUE(ontology) << ontology.error().message;
  const auto specs = forge::load_muscles(kAssets / "anatomy" / "muscles", kAssets / "schema");
  ASSERT_TRUE(specs) << specs.error().message;
  for (const forge::MuscleSpec& spec : *specs) {
    EXPECT_NE(ontology->find_entry(spec.id), nullptr) << spec.id;
    for (const auto* end : {&spec.origin, &spec.insertion}) {
      for (const std::string& bone : end->bones) {
        const auto* entry = ontology->find_entry(bone);
        ASSERT_NE(entry, nullptr) << spec.id << ": " << bone;
        EXPECT_NE(entry->kind, anatomy::Kind::kMuscle) << spec.id << ": " << bone;
      }
    }
    // Each slip of a row is a muscle of its own, and a small one.
    for (const geom::Net& net : spec.nets) {
      EXPECT_LE(4 * net.points.size(), spec.has_slips() ? 60u : 250u)
          << spec.id << " has too many figures";
    }
  }
}

// The table's `course` guides the fibres of imported muscles; the built-in ones hold it true.
TEST(Muscles, RunTheCourseThatTheTableNames) {
  const auto ontology = anatomy::Ontology::load(kAssets / "anatomy");
  ASSERT_TRUE(ontology);
  for (const forge::Part& part : parts()) {
    const anatomy::OntologyEntry* entry = ontology->find_entry(part.entry_id);
    ASSERT_NE(entry, nullptr) << part.entry_id;
    if (entry->kind != anatomy::Kind::kMuscle) continue;
    ASSERT_TRUE(entry->fibres) << part.entry_id;
    const glm::vec3 course = glm::normalize(entry->fibres->course);
    // As seen on the left side; half of a median muscle lies there, half on the right.
    const forge::PartMesh& finest = part.lods[0];
    glm::vec3 mean(0.0f);
    for (std::size_t v = 0; v < finest.fibre.size(); ++v) {
      const bool right = finest.mesh.positions_m[v].x < 0.0f;
      mean += glm::vec3(right ? -finest.fibre[v].x : finest.fibre[v].x, finest.fibre[v].y,
                        finest.fibre[v].z);
    }
    EXPECT_GT(glm::dot(glm::normalize(mean), course), 0.85f) << part.entry_id;
  }
}

TEST(Muscles, FiguresAreRoundedToHalfAMillimetre) {
  const auto specs = forge::load_muscles(kAssets / "anatomy" / "muscles", kAssets / "schema");
  ASSERT_TRUE(specs);
  for (const forge::MuscleSpec& spec : *specs) {
    for (const geom::Net& net : spec.nets) {
      for (const geom::NetPoint& p : net.points) {
        for (const float x : {p.position_m.x, p.position_m.y, p.position_m.z, p.thickness_m}) {
          ASSERT_NEAR(x * 2000.0f, std::round(x * 2000.0f), 2e-3f) << spec.id;
        }
      }
    }
  }
}

TEST(Muscles, WritingAndReadingAgree) {
  const auto folder = kAssets / "anatomy" / "muscles";
  const auto specs = forge::load_muscles(folder, kAssets / "schema");
  ASSERT_TRUE(specs);
  bool sheets = false;
  bool slips = false;
  for (const forge::MuscleSpec& spec : *specs) {
    (spec.has_slips() ? slips : sheets) = true;
    const fs::path file = fs::path(::testing::TempDir()) / (spec.id + ".json");
    std::ofstream(file) << forge::to_text(spec);
    const auto again = forge::load_muscle(file, kAssets / "schema");
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_EQ(forge::to_text(*again), forge::to_text(spec));
    EXPECT_EQ(again->nets.size(), spec.nets.size());
  }
  EXPECT_TRUE(sheets && slips);
}

// Distances of an end row's points from the nearest of its bones.
std::vector<float> end_distances(const geom::Net& net, int row,
                                 const std::vector<const geom::Bvh*>& surfaces) {
  std::vector<float> result;
  constexpr int kSamples = 12;
  for (int k = 0; k <= kSamples; ++k) {
    const auto w = geom::spline_weights(net.across, static_cast<float>(k) / kSamples);
    glm::vec3 p(0.0f);
    for (int b = 0; b < w.size; ++b) {
      p += w.weight[b] * net.at(row, w.first + b).position_m;
    }
    float least = 1.0f;
    for (const geom::Bvh* surface : surfaces) {
      if (const auto found = surface->find_closest(p, least)) least = found->distance_m;
    }
    result.push_back(least);
  }
  return result;
}

// 3 mm: periosteum and the tendon's own thickness. Half of the row, not all of it: an end that runs
// from rib to rib or from one spinous process to the next hangs free between them. Ends that mean
// to stay away from bone say why.
void check_ends_lie_on_their_bones() {
  std::map<std::string, std::pair<geom::Mesh, geom::Bvh>> surfaces;
  for (const forge::Part& part : bones()) {
    if (part.side == anatomy::Side::kLeft) continue;
    auto& [mesh, bvh] = surfaces[part.entry_id];
    mesh = part.lods[0].mesh;
    geom::order_triangles(mesh);
    bvh = geom::Bvh(mesh.positions_m, mesh.indices);
  }
  auto specs = forge::load_muscles(kAssets / "anatomy" / "muscles", kAssets / "schema");
  ASSERT_TRUE(specs);
  ASSERT_TRUE(forge::order_muscles(*specs));
  ASSERT_TRUE(forge::attach_muscles(*specs, bones()));
  int explained = 0;
  for (const forge::MuscleSpec& spec : *specs) {
    for (const auto& [end, insertion] :
         {std::pair(&spec.origin, false), std::pair(&spec.insertion, true)}) {
      if (!end->gap.empty()) {
        ++explained;
        continue;
      }
      std::vector<const geom::Bvh*> own;
      for (const std::string& bone : end->bones) {
        ASSERT_TRUE(surfaces.contains(bone)) << spec.id << ": " << bone;
        own.push_back(&surfaces.at(bone).second);
      }
      for (std::size_t k = 0; k < spec.nets.size(); ++k) {
        const geom::Net& net = spec.nets[k];
        std::vector<float> away = end_distances(net, insertion ? net.along - 1 : 0, own);
        std::sort(away.begin(), away.end());
        const std::string what =
            spec.id + (insertion ? " insertion " : " origin ") + std::to_string(k);
        EXPECT_LE(away.front(), 0.001f) << what;
        EXPECT_LE(away[away.size() / 2], 0.003f) << what;
      }
    }
  }
  EXPECT_LE(explained, 30);
}

void check_a_bone_that_is_not_there_is_named() {
  auto specs = *forge::load_muscles(kAssets / "anatomy" / "muscles", kAssets / "schema");
  specs[0].insertion.bones = {"tibia"};
  const auto status = forge::attach_muscles(specs, bones());
  ASSERT_FALSE(status);
  EXPECT_NE(status.error().message.find("'tibia'"), std::string::npos) << status.error().message;
  EXPECT_NE(status.error().message.find(specs[0].id), std::string::npos);
  EXPECT_NE(status.error().message.find("insertion.bones"), std::string::npos);
}

// Three tendinous intersections, at and above the navel (every textbook): going up the middle of
// the belly one passes from red to white and back three times.
void check_the_rectus_has_three_tendinous_intersections() {
  const auto rectus = std::find_if(parts().begin(), parts().end(), [](const forge::Part& part) {
    return part.entry_id == "rectus_abdominis" && part.side == anatomy::Side::kRight;
  });
  ASSERT_NE(rectus, parts().end());
  for (const int lod : {0, 1}) {
    const forge::PartMesh& mesh = rectus->lods[static_cast<std::size_t>(lod)];
    std::vector<std::pair<float, float>> belly;  // share of the fibre, whiteness
    for (std::size_t v = 0; v < mesh.along.size(); ++v) {
      if (mesh.along[v] > 0.2f && mesh.along[v] < 0.93f) {
        belly.emplace_back(mesh.along[v], mesh.tendon[v]);
      }
    }
    std::sort(belly.begin(), belly.end());
    int bands = 0;
    float last_white = 0.0f;
    for (const auto& [along, white] : belly) {
      if (white < 0.8f) continue;
      if (along - last_white > 0.1f) ++bands;
      EXPECT_GT(along, 0.4f);
      last_white = along;
    }
    EXPECT_EQ(bands, 3) << "lod " << lod;
  }
}

// One test for all that needs the made muscles: making the bones that they lie on takes seconds.
TEST(Muscles, ObeyTheLawsOfMuscles) {
  check_every_mesh_is_closed_wound_outward_and_without_slivers();
  check_the_left_side_is_the_exact_mirror_of_the_right();
  check_nobody_crosses_the_midline();
  check_fibres_are_unit_and_tendon_is_a_share();
  check_ends_lie_on_their_bones();
  check_a_bone_that_is_not_there_is_named();
  check_the_rectus_has_three_tendinous_intersections();
}

class BadMuscle : public ::testing::Test {
 protected:
  // The first muscle's text with one replacement; returns the message of the failure.
  std::string message_after(const std::string& from, const std::string& to) {
    const auto specs = forge::load_muscles(kAssets / "anatomy" / "muscles", kAssets / "schema");
    if (!specs) return "the good file does not load";
    std::string text = forge::to_text(specs->front());
    const std::size_t at = text.find(from);
    if (at == std::string::npos) return "nothing to replace";
    text.replace(at, from.size(), to);
    const fs::path file = fs::path(::testing::TempDir()) / (specs->front().id + ".json");
    std::ofstream(file) << text;
    const auto loaded = forge::load_muscle(file, kAssets / "schema");
    return loaded ? "" : loaded.error().message;
  }
};

TEST_F(BadMuscle, IsRefusedWithFileAndField) {
  EXPECT_NE(message_after("\"version\": 1", "\"version\": 7").find("version"), std::string::npos);
  EXPECT_NE(message_after("\"origin\"", "\"orgin\"").find("origin"), std::string::npos);
  EXPECT_NE(message_after("\"under\": [", "\"under\": [7, ").find("under"), std::string::npos);
  const auto specs = forge::load_muscles(kAssets / "anatomy" / "muscles", kAssets / "schema");
  ASSERT_TRUE(specs);
  const std::string id = specs->front().id;
  const std::string other = message_after("\"id\": \"" + id, "\"id\": \"other");
  EXPECT_NE(other.find(id + ".json"), std::string::npos);
  EXPECT_NE(other.find("'id'"), std::string::npos);
  const std::string band = message_after(
      "\"under\"", "\"intersections\": [{\"at\": [0.5, 0.6], \"width\": 0.01}], \"under\"");
  EXPECT_NE(band.find("intersections[0].at"), std::string::npos) << band;
}

TEST_F(BadMuscle, NegativeThicknessNamesThePoint) {
  auto spec = forge::load_muscles(kAssets / "anatomy" / "muscles", kAssets / "schema")->front();
  spec.nets[0].at(1, 2).thickness_m = -0.002f;
  const fs::path file = fs::path(::testing::TempDir()) / (spec.id + ".json");
  std::ofstream(file) << forge::to_text(spec);
  const auto loaded = forge::load_muscle(file, kAssets / "schema");
  ASSERT_FALSE(loaded);
  EXPECT_NE(loaded.error().message.find("[1][2]"), std::string::npos) << loaded.error().message;
  EXPECT_NE(loaded.error().message.find(spec.id), std::string::npos);
}

TEST(OrderMuscles, ADeepSheetGivesWayAndACircleIsRefused) {
  auto specs = *forge::load_muscles(kAssets / "anatomy" / "muscles", kAssets / "schema");
  std::vector<forge::MuscleSpec> two;
  for (const auto& spec : specs) {
    if (spec.id == "trapezius_transverse") two.push_back(spec);
  }
  ASSERT_EQ(two.size(), 1u);
  two.push_back(two[0]);
  two[0].under = {"copy"};
  two[1].id = "copy";
  two[1].under.clear();
  const auto before = two[0].nets[0];
  ASSERT_TRUE(forge::order_muscles(two));
  float moved = 0.0f;
  for (std::size_t k = 0; k < before.points.size(); ++k) {
    // In the middle of the back, inward is forward.
    moved += two[0].nets[0].points[k].position_m.z - before.points[k].position_m.z;
  }
  EXPECT_GT(moved / static_cast<float>(before.points.size()), 0.001f);
  two[1].under = {"trapezius_transverse"};
  EXPECT_FALSE(forge::order_muscles(two));
  two[1].under = {"nobody"};
  const auto unknown = forge::order_muscles(two);
  ASSERT_FALSE(unknown);
  EXPECT_NE(unknown.error().message.find("nobody"), std::string::npos);
}

}  // namespace

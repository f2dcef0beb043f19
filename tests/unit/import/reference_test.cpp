// The published reference meshes through the whole import.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <glm/trigonometric.hpp>
#include <map>
#include <set>

#include "anatomy/pack.h"
#include "import/import_atlas.h"
#include "support/reference.h"

namespace atlas {
namespace {

class ReferenceImport : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    const auto folder = support::find_reference();
    if (folder.empty()) return;
    const auto ontology =
        anatomy::Ontology::load(std::filesystem::path(BACKMATE_SOURCE_DIR) / "assets" / "anatomy");
    ASSERT_TRUE(ontology) << ontology.error().message;
    base::Progress progress;
    auto imported = import_atlas(folder, *ontology, nullptr, {}, progress);
    ASSERT_TRUE(imported) << imported.error().message;
    import_ = new Import(std::move(*imported));
  }
  static void TearDownTestSuite() {
    delete import_;
    import_ = nullptr;
  }
  void SetUp() override {
    if (import_ == nullptr) GTEST_SKIP() << support::kNoReference;
  }
  static inline Import* import_ = nullptr;
};

TEST_F(ReferenceImport, EveryFileBecomesItsStructure) {
  const auto rows = support::read_reference_manifest();
  const anatomy::Body& body = *import_->body;
  ASSERT_EQ(body.structures.size(), rows.size());
  EXPECT_TRUE(import_->warnings.empty());
  EXPECT_TRUE(body.unrecognised.empty());
  std::map<std::string, const anatomy::Structure*> by_fma;
  for (const auto& s : body.structures) by_fma[s.fma] = &s;
  for (const auto& row : rows) {
    ASSERT_TRUE(by_fma.contains(row.fma)) << row.name;
    const anatomy::Structure& s = *by_fma[row.fma];
    EXPECT_EQ(to_string(s.side), row.side == "midline" ? "median" : row.side) << row.name;
    // Exact welding may only remove triangles that had no area.
    EXPECT_LE(s.lods[0].index_count / 3, row.triangles) << row.name;
    EXPECT_GE(s.lods[0].index_count / 3, row.triangles * 97 / 100) << row.name;
  }
}

TEST_F(ReferenceImport, ExactlyTheFilesOutOfScaleAreLeftOut) {
  std::set<std::string> expected, found;
  for (const auto& row : support::read_reference_manifest()) {
    if (!row.usable) expected.insert(row.fma);
  }
  for (const auto& s : import_->body->structures) {
    if (!s.usable) found.insert(s.fma);
  }
  EXPECT_EQ(found, expected);
  EXPECT_EQ(import_->body->suspicious.size(), expected.size());
}

TEST_F(ReferenceImport, StandsUprightInMetresOnTheFloor) {
  const anatomy::Body& body = *import_->body;
  geom::Aabb box;
  for (const auto& s : body.structures) {
    if (!s.usable) continue;
    box.add(s.bounds_m);
    if (s.side == anatomy::Side::kLeft) {
      EXPECT_GT(s.bounds_m.centre().x, 0.0f) << s.id;
    }
    if (s.side == anatomy::Side::kRight) {
      EXPECT_LT(s.bounds_m.centre().x, 0.0f) << s.id;
    }
  }
  // manifest.csv: the highest usable point is the parietal bones at 1.67 m, the floor is z = 0.
  EXPECT_NEAR(box.max.y, 1.67f, 0.06f);
  EXPECT_GT(box.min.y, 0.6f);
  const auto c7 = body.structures[body.find_structure("vertebra_c7")].bounds_m.centre();
  const auto sternum = body.structures[body.find_structure("sternum_body")].bounds_m.centre();
  EXPECT_GT(sternum.z, c7.z);
  EXPECT_NEAR(c7.x, 0.0f, 0.005f);
}

TEST_F(ReferenceImport, LevelsOfDetailKeepTheirBudget) {
  const anatomy::Body& body = *import_->body;
  const auto triangles = [&](int lod) {
    return body.lods[static_cast<std::size_t>(lod)].indices.size() / 3;
  };
  EXPECT_GT(triangles(0), 1'600'000u);
  EXPECT_GE(triangles(1), 150'000u);
  EXPECT_LE(triangles(1), 200'000u);
  EXPECT_LE(triangles(2), 75'000u);
  for (const auto& s : body.structures) {
    EXPECT_GT(s.lods[1].index_count, 0u) << s.id;
    EXPECT_GT(s.lods[2].index_count, 0u) << s.id;
  }
}

TEST_F(ReferenceImport, TheTouchedSurfaceLiesOnTheOutermostStructures) {
  const anatomy::BodyIndex index(import_->body);
  EXPECT_TRUE(geom::find_topology(import_->body->contact_surface).watertight());
  // Rays from behind over the back and neck: the surface is where the first structure is.
  int met = 0;
  int close = 0;
  for (float y = 1.0f; y < 1.5f; y += 0.02f) {
    for (float x = -0.12f; x <= 0.12f; x += 0.02f) {
      const geom::Ray ray{{x, y, -0.5f}, {0.0f, 0.0f, 1.0f}};
      const auto structure = index.find_structure_hit(ray, 1.0f);
      const auto surface = index.find_surface_hit(ray, 1.0f);
      if (!structure) continue;
      ++met;
      EXPECT_TRUE(surface.has_value());
      if (surface && structure->ray.distance_m - surface->distance_m < 0.012f &&
          surface->distance_m - structure->ray.distance_m < 0.004f) {
        ++close;
      }
    }
  }
  EXPECT_GT(met, 200);
  EXPECT_GT(close, met * 85 / 100);
}

// Angles between an imported muscle's fibres and those of the authored one, where both lie within
// 8 mm of each other. Degrees.
std::vector<float> compare_fibres(const anatomy::Body& imported, const anatomy::Structure& muscle,
                                  const anatomy::Body& authored, const anatomy::Structure& same) {
  const anatomy::LodMesh& from = imported.lods[1];
  const anatomy::LodMesh& to = authored.lods[0];
  const auto indices =
      std::span(to.indices).subspan(same.lods[0].first_index, same.lods[0].index_count);
  const geom::Bvh surface(to.positions_m, indices);
  std::vector<float> angles;
  for (std::uint32_t k = 0; k < muscle.lods[1].vertex_count; ++k) {
    const std::uint32_t v = muscle.lods[1].first_vertex + k;
    const auto near = surface.find_closest(from.positions_m[v], 0.008f);
    if (!near) continue;
    const glm::vec3 expected = to.fibre[indices[3 * near->triangle]];
    angles.push_back(
        glm::degrees(std::acos(std::clamp(glm::dot(expected, from.fibre[v]), -1.0f, 1.0f))));
  }
  std::sort(angles.begin(), angles.end());
  return angles;
}

// What nobody told the importer: its fibres run as a person has described them for the built-in
// body, in every muscle that both have, and from origin to insertion.
TEST_F(ReferenceImport, FibresRunAsInTheBuiltInBody) {
  const auto builtin = anatomy::load_pack(std::filesystem::path(BACKMATE_BINARY_DIR) /
                                          "share/backmate/bodies/builtin.pack");
  ASSERT_TRUE(builtin) << builtin.error().message;
  const anatomy::Body& body = *import_->body;
  std::vector<float> medians;
  for (const anatomy::Structure& muscle : body.structures) {
    const auto index = (*builtin)->find_structure(muscle.id);
    if (muscle.kind != anatomy::Kind::kMuscle || !muscle.usable || index == anatomy::kNone)
      continue;
    const auto angles = compare_fibres(body, muscle, **builtin, (*builtin)->structures[index]);
    ASSERT_GT(angles.size(), 20u) << muscle.id;
    const float median = angles[angles.size() / 2];
    std::printf("%-40s median %4.1f degrees, nine tenths within %4.1f\n", muscle.id.c_str(),
                static_cast<double>(median), static_cast<double>(angles[angles.size() * 9 / 10]));
    EXPECT_LT(median, 25.0f) << muscle.id;
    EXPECT_LT(angles[angles.size() * 9 / 10], 90.0f) << muscle.id << " runs the other way round";
    medians.push_back(median);
  }
  ASSERT_GT(medians.size(), 100u);
  std::sort(medians.begin(), medians.end());
  std::printf("median over %zu muscles: %.1f degrees\n", medians.size(),
              static_cast<double>(medians[medians.size() / 2]));
  EXPECT_LT(medians[medians.size() / 2], 15.0f);
}

TEST_F(ReferenceImport, MusclesAreCutIntoStretchesOfTwoToThreeCentimetresAlongTheirFibres) {
  const anatomy::Body& body = *import_->body;
  for (const anatomy::Structure& muscle : body.structures) {
    if (muscle.kind != anatomy::Kind::kMuscle || !muscle.usable) continue;
    ASSERT_GT(muscle.segment_count, 0u) << muscle.id;
    float length_m = 0.0f;
    for (int k = 0; k < muscle.segment_count; ++k) {
      const auto& segment = body.segments[muscle.first_segment + static_cast<std::size_t>(k)];
      EXPECT_NEAR(glm::length(segment.fibre), 1.0f, 1e-4f) << muscle.id;
      length_m += segment.length_m;
    }
    const float mean_m = length_m / static_cast<float>(muscle.segment_count);
    EXPECT_LE(mean_m, 0.0375f) << muscle.id;
    if (muscle.segment_count > 1) {
      EXPECT_GE(mean_m, 0.0187f) << muscle.id;
    }
    for (std::size_t lod = 0; lod < anatomy::kLodCount; ++lod) {
      for (std::uint32_t k = 0; k < muscle.lods[lod].vertex_count; ++k) {
        const std::uint32_t v = muscle.lods[lod].first_vertex + k;
        ASSERT_NEAR(glm::length(body.lods[lod].fibre[v]), 1.0f, 1e-3f) << muscle.id;
        ASSERT_NE(body.lods[lod].vertex_segment[v], anatomy::kNone) << muscle.id;
      }
    }
  }
}

}  // namespace
}  // namespace atlas

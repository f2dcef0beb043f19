#include "forge/skin.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "forge/bones.h"
#include "forge/smooth.h"
#include "geom/bvh.h"
#include "geom/level_set.h"

namespace forge {
namespace {

const std::filesystem::path kAssets = std::filesystem::path(BACKMATE_SOURCE_DIR) / "assets";

// Signed distance of a point from a closed mesh, positive outside: crossings on the way out are
// counted, since beside an edge the nearest triangle's own normal may point either way.
float outside_by(const geom::Bvh& bvh, glm::vec3 p) {
  const auto nearest = bvh.find_closest(p, 1.0f);
  if (!nearest) return 1.0f;
  std::vector<geom::RayHit> crossings;
  bvh.find_all_hits({p, glm::normalize(glm::vec3(0.31f, 0.47f, 0.83f))}, 10.0f, crossings);
  return crossings.size() % 2 == 1 ? -nearest->distance_m : nearest->distance_m;
}

TEST(Skin, IsClosedAndHoldsTheSkeleton) {
  const auto bones = build_bones(kAssets);
  ASSERT_TRUE(bones.has_value()) << bones.error().message;
  const auto spec = load_skin(kAssets);
  ASSERT_TRUE(spec.has_value()) << spec.error().message;
  Part skin = build_skin(*spec, FigureMap(), *bones, build_filler(spec->filler));
  for (const PartMesh& lod : skin.lods) {
    const geom::Topology topology = geom::find_topology(lod.mesh);
    EXPECT_TRUE(topology.watertight());
    EXPECT_EQ(topology.degenerate_triangles, 0u);
    EXPECT_GT(geom::signed_volume_m3(lod.mesh), 0.02f);
  }
  EXPECT_GE(skin.lods[0].mesh.triangle_count(), 40000u);
  EXPECT_LE(skin.lods[0].mesh.triangle_count(), 65000u);

  geom::Mesh& mesh = skin.lods[0].mesh;
  geom::order_triangles(mesh);
  const geom::Bvh bvh(mesh.positions_m, mesh.indices);
  for (const Part& bone : *bones) {
    for (const glm::vec3 p : bone.lods[2].mesh.positions_m) {
      EXPECT_LT(outside_by(bvh, p), 0.0005f) << bone.entry_id;
    }
  }
  // Left and right: every vertex's mirror image lies on the surface.
  for (std::size_t v = 0; v < mesh.positions_m.size(); v += 37) {
    const glm::vec3 mirrored = mesh.positions_m[v] * glm::vec3(-1, 1, 1);
    EXPECT_LT(std::abs(outside_by(bvh, mirrored)), 0.0015f);
  }
}

// Two balls that touch: the furrow between them is filled, nothing moves inward, and their far ends
// stay where they are.
TEST(Furrows, AreFilledAndTheRestIsLeftAlone) {
  geom::Aabb box;
  box.add(glm::vec3(-0.09f, -0.05f, -0.05f));
  box.add(glm::vec3(0.09f, 0.05f, 0.05f));
  const auto two_balls = [](glm::vec3 p) {
    return glm::length(glm::vec3(std::abs(p.x) - 0.04f, p.y, p.z)) - 0.045f;
  };
  geom::Mesh mesh = geom::polygonise(geom::sample_distance(two_balls, box, 0.004f));
  const std::vector<glm::vec3> before = mesh.positions_m;
  fill_furrows(mesh, 0.02f, 40);
  float raised = 0.0f;
  for (std::size_t v = 0; v < before.size(); ++v) {
    EXPECT_GT(two_balls(mesh.positions_m[v]), two_balls(before[v]) - 0.0002f);
    raised = std::max(raised, two_balls(mesh.positions_m[v]) - two_balls(before[v]));
    if (std::abs(before[v].x) > 0.05f) {
      EXPECT_LT(glm::length(mesh.positions_m[v] - before[v]), 1e-6f);
    }
  }
  EXPECT_GT(raised, 0.0015f);
  EXPECT_TRUE(geom::find_topology(mesh).watertight());
}

TEST(Skin, ThicknessComesFromTheNearestRegionsAndIsSymmetric) {
  const auto spec = load_skin(kAssets);
  ASSERT_TRUE(spec.has_value()) << spec.error().message;
  float least = 1.0f;
  float most = 0.0f;
  for (const SkinAnchor& anchor : spec->anchors) {
    least = std::min(least, anchor.thickness_m);
    most = std::max(most, anchor.thickness_m);
    // At its own place a region's figure holds within a third: its neighbours have a say.
    const float here = skin_thickness_m(*spec, anchor.at_m);
    EXPECT_NEAR(here / anchor.thickness_m, 1.0f, 0.35f);
    EXPECT_FLOAT_EQ(here, skin_thickness_m(*spec, anchor.at_m * glm::vec3(-1, 1, 1)));
  }
  EXPECT_GE(least, 0.002f);
  EXPECT_LE(most, 0.030f);
  const float far = skin_thickness_m(*spec, {3.0f, 3.0f, 3.0f});
  EXPECT_GE(far, least);
  EXPECT_LE(far, most);
}

}  // namespace
}  // namespace forge

#include "geom/level_set.h"

#include <gtest/gtest.h>

#include <glm/gtc/constants.hpp>
#include <random>

namespace geom {
namespace {

TEST(LevelSet, SphereHasItsVolumeAndIsClosed) {
  Aabb box;
  box.add(glm::vec3(-0.05f));
  box.add(glm::vec3(0.05f));
  const Mesh mesh =
      polygonise(sample_distance([](glm::vec3 p) { return glm::length(p) - 0.05f; }, box, 0.002f));
  EXPECT_TRUE(find_topology(mesh).watertight());
  const float volume = 4.0f / 3.0f * glm::pi<float>() * 0.05f * 0.05f * 0.05f;
  EXPECT_NEAR(signed_volume_m3(mesh) / volume, 1.0f, 0.01f);
}

// Noise has every ambiguous neighbourhood there is; the surface must still be a closed manifold.
TEST(LevelSet, NoiseGivesAClosedManifold) {
  std::mt19937 random(7);
  std::uniform_real_distribution<float> uniform(-1.0f, 1.0f);
  for (int trial = 0; trial < 5; ++trial) {
    Grid grid;
    grid.size = {14, 15, 16};
    grid.values.resize(grid.count());
    for (float& value : grid.values) value = uniform(random) + 0.2f * static_cast<float>(trial);
    const Topology topology = find_topology(polygonise(grid));
    EXPECT_EQ(topology.boundary_edges, 0u);
    EXPECT_EQ(topology.non_manifold_edges, 0u);
    EXPECT_EQ(topology.flipped_edges, 0u);
  }
}

TEST(LevelSet, SymmetricFieldGivesSymmetricMesh) {
  Aabb box;
  box.add(glm::vec3(-0.051f, 0.0f, 0.0f));
  box.add(glm::vec3(0.051f, 0.03f, 0.03f));
  const Mesh mesh = polygonise(sample_distance(
      [](glm::vec3 p) {
        return glm::length(glm::vec3(std::abs(p.x) - 0.03f, p.y - 0.015f, p.z - 0.015f)) - 0.012f;
      },
      box, 0.002f));
  glm::vec3 sum(0.0f);
  for (const glm::vec3 p : mesh.positions_m) sum += p;
  EXPECT_NEAR(sum.x / static_cast<float>(mesh.positions_m.size()), 0.0f, 1e-6f);
}

TEST(LevelSet, LargestPieceIsKept) {
  Aabb box;
  box.add(glm::vec3(-0.05f));
  box.add(glm::vec3(0.05f));
  const Mesh mesh = keep_largest_piece(polygonise(sample_distance(
      [](glm::vec3 p) {
        return std::min(glm::length(p - glm::vec3(0.02f, 0, 0)) - 0.015f,
                        glm::length(p + glm::vec3(0.03f, 0, 0)) - 0.01f);
      },
      box, 0.002f)));
  EXPECT_TRUE(find_topology(mesh).watertight());
  EXPECT_GT(bounds_of(mesh.positions_m).min.x, 0.0f);
}

}  // namespace
}  // namespace geom

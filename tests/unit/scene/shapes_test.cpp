// Laws of the tool's solids: closed, wound outward, of the size asked for.
#include "scene/shapes.h"

#include <gtest/gtest.h>

#include <array>
#include <glm/geometric.hpp>

namespace {

constexpr float kPi = 3.14159265f;

void expect_solid(const geom::Mesh& mesh) {
  const geom::Topology topology = geom::find_topology(mesh);
  EXPECT_TRUE(topology.watertight());
  EXPECT_GT(geom::signed_volume_m3(mesh), 0.0f);
  ASSERT_EQ(mesh.normals.size(), mesh.positions_m.size());
  for (const glm::vec3 n : mesh.normals) EXPECT_NEAR(glm::length(n), 1.0f, 1e-3f);
}

TEST(Shapes, ABallHasTheVolumeOfASphere) {
  const geom::Mesh ball = scene::make_ball(0.0315f, 0);
  expect_solid(ball);
  EXPECT_NEAR(geom::signed_volume_m3(ball) / (4.0f / 3.0f * kPi * 0.0315f * 0.0315f * 0.0315f),
              1.0f, 0.02f);
}

TEST(Shapes, GroovesCutIntoTheBallAndNeverStandOut) {
  const geom::Mesh ball = scene::make_ball(0.0315f, 10);
  expect_solid(ball);
  float deepest = 1.0f;
  for (const glm::vec3 p : ball.positions_m) {
    EXPECT_LE(glm::length(p), 0.0315f * 1.0001f);
    deepest = std::min(deepest, glm::length(p));
  }
  EXPECT_LT(deepest, 0.0315f * 0.97f);
}

TEST(Shapes, ATubeFollowsItsPath) {
  const std::array<glm::vec3, 4> path = {glm::vec3(0, 0, 0), glm::vec3(0.05f, 0, 0),
                                         glm::vec3(0.08f, 0, 0.03f), glm::vec3(0.08f, 0, 0.08f)};
  const geom::Mesh tube = scene::make_tube(path, 0.006f);
  expect_solid(tube);
  const geom::Aabb box = geom::bounds_of(tube.positions_m);
  EXPECT_NEAR(box.min.x, -0.006f, 5e-4f);  // rounded ends reach one radius beyond the path
  EXPECT_NEAR(box.max.z, 0.086f, 5e-4f);
  EXPECT_NEAR(box.max.y, 0.006f, 2e-4f);
}

TEST(Shapes, TorusAndLatheAreSolid) {
  expect_solid(scene::make_torus(0.1f, 0.002f));
  const std::array<glm::vec2, 3> profile = {glm::vec2(-0.01f, 0.004f), glm::vec2(0.0f, 0.01f),
                                            glm::vec2(0.02f, 0.008f)};
  expect_solid(scene::make_lathe(profile));
}

}  // namespace

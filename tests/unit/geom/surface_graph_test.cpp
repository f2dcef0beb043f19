#include "geom/surface_graph.h"

#include <gtest/gtest.h>

#include <cmath>

namespace geom {
namespace {

// A flat strip of 10 x 4 skewed cells, 1 cm each way: many angles are obtuse.
Mesh make_strip(glm::vec3 offset) {
  Mesh mesh;
  for (int i = 0; i <= 10; ++i) {
    for (int j = 0; j <= 4; ++j) {
      const auto x = static_cast<float>(i);
      const auto y = static_cast<float>(j);
      mesh.positions_m.push_back(offset + 0.01f * glm::vec3(x + 0.9f * y, y, 0.0f));
    }
  }
  for (std::uint32_t i = 0; i < 10; ++i) {
    for (std::uint32_t j = 0; j < 4; ++j) {
      const std::uint32_t a = 5 * i + j;
      for (const std::uint32_t v : {a, a + 5, a + 6, a, a + 6, a + 1}) mesh.indices.push_back(v);
    }
  }
  return mesh;
}

// A linear function is harmonic, whatever the triangles are like.
TEST(SurfaceGraph, FindsTheLinearFunctionBetweenFixedEdges) {
  const Mesh mesh = make_strip({});
  const SurfaceGraph graph(mesh);
  const std::size_t count = mesh.positions_m.size();
  std::vector<std::uint8_t> fixed(count, 0);
  std::vector<float> x(count, 0.0f);
  for (std::size_t v = 0; v < count; ++v) {
    const bool rim = v % 5 == 0 || v % 5 == 4 || v < 5 || v + 5 >= count;
    fixed[v] = rim ? 1 : 0;
    if (rim) x[v] = 3.0f * mesh.positions_m[v].x - mesh.positions_m[v].y;
  }
  ASSERT_TRUE(graph.solve(std::vector<float>(count, 0.0f), fixed, x));
  for (std::size_t v = 0; v < count; ++v) {
    EXPECT_NEAR(x[v], 3.0f * mesh.positions_m[v].x - mesh.positions_m[v].y, 1e-3f);
  }
}

TEST(SurfaceGraph, BridgesPiecesWhereTheyAreClosest) {
  Mesh mesh = make_strip({});
  const auto half = static_cast<std::uint32_t>(mesh.positions_m.size());
  const Mesh second = make_strip({0.103f, 0.0f, 0.0f});  // 3 mm behind the first one's end
  mesh.positions_m.insert(mesh.positions_m.end(), second.positions_m.begin(),
                          second.positions_m.end());
  for (const std::uint32_t index : second.indices) mesh.indices.push_back(half + index);
  mesh.positions_m.push_back({0.3f, 0.0f, 0.0f});  // a vertex that no triangle uses
  const SurfaceGraph graph(mesh);
  const auto distance = graph.find_distances(0);
  EXPECT_NEAR(distance[50], 0.10f, 1e-4f);
  EXPECT_NEAR(distance[half], 0.103f, 1e-4f);
  EXPECT_NEAR(distance[half + 50], 0.203f, 1e-4f);
  EXPECT_LT(distance.back(), 0.4f);
  // No bridge away from where the two meet.
  for (std::size_t v = 0; v < 45; ++v) {
    for (const auto& link : graph.links(v)) EXPECT_LT(link.vertex, half);
  }
}

TEST(SurfaceGraph, SliversAndEmptyMeshesAreHarmless) {
  EXPECT_EQ(SurfaceGraph(Mesh{}).vertex_count(), 0u);
  Mesh mesh = make_strip({});
  mesh.indices.insert(mesh.indices.end(), {0, 5, 10, 3, 3, 4, 7, 7, 7});
  const SurfaceGraph graph(mesh);
  for (std::size_t v = 0; v < graph.vertex_count(); ++v) {
    for (const auto& link : graph.links(v)) EXPECT_TRUE(std::isfinite(link.weight));
  }
}

}  // namespace
}  // namespace geom

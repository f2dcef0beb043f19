#include "geom/mesh.h"

#include <gtest/gtest.h>

namespace geom {
namespace {

// A unit cube, wound outward, with eight shared corners.
Mesh make_cube() {
  Mesh cube;
  for (int i = 0; i < 8; ++i) {
    cube.positions_m.emplace_back(static_cast<float>(i & 1), static_cast<float>((i >> 1) & 1),
                                  static_cast<float>(i >> 2));
  }
  cube.indices = {0, 2, 1, 1, 2, 3, 4, 5, 6, 5, 7, 6, 0, 1, 4, 1, 5, 4,
                  2, 6, 3, 3, 6, 7, 0, 4, 2, 2, 4, 6, 1, 3, 5, 3, 7, 5};
  return cube;
}

TEST(Mesh, CubeHasVolumeAndArea) {
  const Mesh cube = make_cube();
  EXPECT_NEAR(signed_volume_m3(cube), 1.0f, 1e-6f);
  EXPECT_NEAR(surface_area_m2(cube), 6.0f, 1e-6f);
  EXPECT_TRUE(find_topology(cube).watertight());
}

TEST(Mesh, MissingTriangleIsSeenAsBoundary) {
  Mesh cube = make_cube();
  cube.indices.resize(cube.indices.size() - 3);
  EXPECT_EQ(find_topology(cube).boundary_edges, 3u);
  EXPECT_FALSE(find_topology(cube).watertight());
}

TEST(Mesh, PiecesAreToldApart) {
  Mesh mesh;
  mesh.positions_m.resize(8);
  mesh.indices = {0, 1, 2, 5, 4, 3, 2, 1, 6};
  const auto piece = find_pieces(mesh);
  ASSERT_EQ(piece.size(), 8u);
  for (const int v : {1, 2, 6}) EXPECT_EQ(piece[v], piece[0]);
  for (const int v : {4, 5}) EXPECT_EQ(piece[v], piece[3]);
  EXPECT_NE(piece[0], piece[3]);
  EXPECT_EQ(piece[7], 7u);
}

TEST(Mesh, FlippedTriangleIsSeen) {
  Mesh cube = make_cube();
  std::swap(cube.indices[0], cube.indices[1]);
  EXPECT_EQ(find_topology(cube).flipped_edges, 3u);
}

TEST(Mesh, WeldJoinsSplitCorners) {
  const Mesh cube = make_cube();
  Mesh split;
  for (const std::uint32_t i : cube.indices) {
    split.indices.push_back(static_cast<std::uint32_t>(split.positions_m.size()));
    // Negative zero is the same place as zero.
    glm::vec3 p = cube.positions_m[i];
    if (split.positions_m.size() % 2 == 1 && p.x == 0.0f) p.x = -0.0f;
    split.positions_m.push_back(p);
  }
  const Mesh welded = weld_exact(split);
  EXPECT_EQ(welded.positions_m.size(), 8u);
  EXPECT_TRUE(find_topology(welded).watertight());
}

TEST(Mesh, SmoothNormalsOfACubeCornerAreDiagonal) {
  const Mesh cube = make_cube();
  const auto normals = smooth_normals(cube.positions_m, cube.indices);
  // Angle weighting makes all three faces count alike, however they are cut into triangles.
  const glm::vec3 expected = glm::normalize(glm::vec3(1.0f));
  EXPECT_LT(glm::length(normals[7] - expected), 1e-5f);
}

}  // namespace
}  // namespace geom

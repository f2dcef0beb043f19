#include "geom/net.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace {

geom::Net flat_net(int along, int across, float length, float width, float thickness) {
  geom::Net net;
  net.along = along;
  net.across = across;
  for (int i = 0; i < along; ++i) {
    for (int j = 0; j < across; ++j) {
      net.points.push_back({{width * static_cast<float>(j) / static_cast<float>(across - 1),
                             length * static_cast<float>(i) / static_cast<float>(along - 1), 0.0f},
                            thickness});
    }
  }
  return net;
}

TEST(SplineWeights, ArePositiveAddUpToOneAndReproduceALine) {
  for (const int count : {2, 3, 4, 5, 8, 15}) {
    for (int k = 0; k <= 40; ++k) {
      const float t = static_cast<float>(k) / 40.0f;
      const auto w = geom::spline_weights(count, t);
      ASSERT_GE(w.first, 0);
      ASSERT_LE(w.first + w.size, count);
      float sum = 0.0f;
      for (int a = 0; a < w.size; ++a) {
        EXPECT_GE(w.weight[a], -1e-6f);
        sum += w.weight[a];
      }
      EXPECT_NEAR(sum, 1.0f, 1e-5f);
    }
    const auto start = geom::spline_weights(count, 0.0f);
    EXPECT_EQ(start.first, 0);
    EXPECT_FLOAT_EQ(start.weight[0], 1.0f);
    const auto end = geom::spline_weights(count, 1.0f);
    EXPECT_EQ(end.first + end.size, count);
    EXPECT_FLOAT_EQ(end.weight[end.size - 1], 1.0f);
  }
}

TEST(NetMesh, IsClosedForAnySizeOfNetAndStep) {
  for (const auto& [along, across] :
       std::vector<std::pair<int, int>>{{2, 2}, {4, 4}, {8, 6}, {15, 4}}) {
    for (const float step : {0.002f, 0.006f, 0.03f}) {
      const auto net = flat_net(along, across, 0.12f, 0.05f, 0.008f);
      const auto made = geom::mesh_of_grid(geom::sample_net(net, step));
      const auto topology = geom::find_topology(made.mesh);
      EXPECT_TRUE(topology.watertight()) << along << " x " << across << ", step " << step;
      EXPECT_EQ(topology.degenerate_triangles, 0u);
      EXPECT_GT(geom::signed_volume_m3(made.mesh), 0.0f);
      EXPECT_EQ(made.fibre.size(), made.mesh.positions_m.size());
    }
  }
}

// A slab with rounded rim loses (1 - pi / 4) r per metre of rim and thickness, in section.
TEST(NetMesh, HasTheVolumeOfARoundedSlab) {
  const float length = 0.2f, width = 0.1f, thickness = 0.006f;
  const auto made =
      geom::mesh_of_grid(geom::sample_net(flat_net(8, 6, length, width, thickness), 0.001f));
  const float loss = (1.0f - std::numbers::pi_v<float> / 4.0f) * thickness * thickness;
  const float expected = length * width * thickness - 2.0f * (length + width) * loss;
  EXPECT_NEAR(geom::signed_volume_m3(made.mesh), expected, 0.02f * expected);
}

TEST(NetMesh, FibresRunFromOriginToInsertion) {
  const auto made =
      geom::mesh_of_grid(geom::sample_net(flat_net(6, 5, 0.1f, 0.04f, 0.005f), 0.004f));
  for (std::size_t k = 0; k < made.fibre.size(); ++k) {
    EXPECT_NEAR(made.fibre[k].y, 1.0f, 1e-4f);
    EXPECT_NEAR(made.along[k], made.mesh.positions_m[k].y / 0.1f, 1e-3f);
  }
}

TEST(NetFault, NamesWhatIsWrong) {
  auto net = flat_net(5, 4, 0.1f, 0.04f, 0.005f);
  EXPECT_FALSE(geom::find_net_fault(net));
  net.at(3, 2).thickness_m = -0.001f;
  ASSERT_TRUE(geom::find_net_fault(net));
  EXPECT_NE(geom::find_net_fault(net)->find("[3][2]"), std::string::npos);

  auto crossed = flat_net(5, 4, 0.1f, 0.04f, 0.005f);
  for (int j = 0; j < 4; ++j) crossed.at(2, j) = flat_net(5, 4, 0.1f, 0.04f, 0.005f).at(2, 3 - j);
  ASSERT_TRUE(geom::find_net_fault(crossed));
  EXPECT_NE(geom::find_net_fault(crossed)->find("crosses"), std::string::npos);

  auto short_net = flat_net(5, 4, 0.1f, 0.04f, 0.005f);
  short_net.points.pop_back();
  EXPECT_TRUE(geom::find_net_fault(short_net));
}

}  // namespace

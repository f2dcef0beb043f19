// Measures on shapes whose answers are known from geometry.
#include "geom/surface.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace geom {
namespace {

// A sphere of latitude and longitude, wound outward, fine enough that its facets lie within a
// thousandth of the radius.
Mesh make_sphere(float radius, glm::vec3 centre = glm::vec3(0.0f), int rows = 64) {
  Mesh mesh;
  const int columns = 2 * rows;
  const auto pi = std::numbers::pi_v<float>;
  for (int i = 0; i <= rows; ++i) {
    for (int j = 0; j < columns; ++j) {
      const float theta = pi * static_cast<float>(i) / static_cast<float>(rows);
      const float phi = 2.0f * pi * static_cast<float>(j) / static_cast<float>(columns);
      mesh.positions_m.push_back(centre + radius * glm::vec3(std::sin(theta) * std::cos(phi),
                                                             std::cos(theta),
                                                             -std::sin(theta) * std::sin(phi)));
    }
  }
  for (int i = 0; i < rows; ++i) {
    for (int j = 0; j < columns; ++j) {
      const auto at = [&](int a, int b) {
        return static_cast<std::uint32_t>(a * columns + b % columns);
      };
      if (i > 0) {
        mesh.indices.insert(mesh.indices.end(), {at(i, j), at(i + 1, j), at(i, j + 1)});
      }
      if (i + 1 < rows) {
        mesh.indices.insert(mesh.indices.end(), {at(i, j + 1), at(i + 1, j), at(i + 1, j + 1)});
      }
    }
  }
  order_triangles(mesh);
  return mesh;
}

Mesh join(const Mesh& a, const Mesh& b) {
  Mesh out = a;
  for (const glm::vec3 p : b.positions_m) out.positions_m.push_back(p);
  for (const std::uint32_t i : b.indices) {
    out.indices.push_back(i + static_cast<std::uint32_t>(a.positions_m.size()));
  }
  return out;
}

// Two triangles, a coarse square in the plane z.
Mesh make_square(float side, float z) {
  Mesh mesh;
  mesh.positions_m = {{0, 0, z}, {side, 0, z}, {side, side, z}, {0, side, z}};
  mesh.indices = {0, 1, 2, 0, 2, 3};
  return mesh;
}

TEST(Surface, ConcentricSpheresAreTheDifferenceOfTheirRadiiApart) {
  const SurfaceDistance d = measure_distance(make_sphere(0.05f), make_sphere(0.06f), 4000);
  EXPECT_NEAR(d.a_to_b_m, 0.01f, 1e-4f);
  EXPECT_NEAR(d.b_to_a_m, 0.01f, 1e-4f);
  EXPECT_NEAR(d.mean_m(), 0.01f, 1e-4f);
}

// Vertex to vertex would say centimetres here.
TEST(Surface, DistanceIsToTrianglesNotToVertices) {
  const SurfaceDistance d =
      measure_distance(make_square(0.1f, 0.0f), make_square(0.1f, 0.003f), 1000);
  EXPECT_NEAR(d.mean_m(), 0.003f, 1e-6f);
}

// A point at x of a side-long square is x - half away from a half as wide one: an eighth of the
// side on the mean.
TEST(Surface, EachDirectionCountsItsOwnSurface) {
  Mesh narrow = make_square(0.1f, 0.0f);
  for (glm::vec3& p : narrow.positions_m) p.x *= 0.5f;
  const SurfaceDistance d = measure_distance(make_square(0.1f, 0.0f), narrow, 20000);
  EXPECT_NEAR(d.a_to_b_m, 0.1f / 8.0f, 1e-4f);
  EXPECT_NEAR(d.b_to_a_m, 0.0f, 1e-6f);
}

TEST(Surface, NothingToMeasureToIsAMetreOff) {
  EXPECT_NEAR(measure_distance(make_square(0.1f, 0.0f), Mesh{}, 100).a_to_b_m, 1.0f, 1e-6f);
}

TEST(Surface, SamplesAreEvenByArea) {
  // One triangle of the square is cut into many: they get no more samples than the other.
  Mesh mesh = make_square(0.1f, 0.0f);
  mesh.indices.resize(3);
  const int cuts = 50;
  for (int k = 0; k < cuts; ++k) {
    const auto on_edge = [&](int i) {
      const float t = 0.1f * static_cast<float>(i) / static_cast<float>(cuts);
      return glm::vec3(t, t, 0.0f);
    };
    const auto first = static_cast<std::uint32_t>(mesh.positions_m.size());
    mesh.positions_m.insert(mesh.positions_m.end(), {on_edge(k), on_edge(k + 1), {0, 0.1f, 0}});
    mesh.indices.insert(mesh.indices.end(), {first, first + 1, first + 2});
  }
  const SurfaceSamples samples = sample_surface(mesh, 10000);
  EXPECT_NEAR(static_cast<double>(samples.points.size()), 10000.0, 1.0);
  int below = 0;
  for (const glm::vec3 p : samples.points) below += p.x > p.y ? 1 : 0;
  EXPECT_NEAR(below, 5000, 20);
  for (const glm::vec3 n : samples.normals) EXPECT_NEAR(n.z, 1.0f, 1e-6f);
}

TEST(Surface, VolumesOfSpheresAreInTheRatioOfTheirCubes) {
  const auto small = find_stable_volume_m3(make_sphere(0.05f, {0.1f, 1.3f, 0.05f}));
  const auto large = find_stable_volume_m3(make_sphere(0.06f, {-0.1f, 1.1f, 0.0f}));
  ASSERT_TRUE(small && large);
  EXPECT_NEAR(*small, 4.0 / 3.0 * std::numbers::pi * 0.05 * 0.05 * 0.05, 1e-6);
  EXPECT_NEAR(*large / *small, std::pow(1.2, 3.0), 1e-3);
}

TEST(Surface, ATurnedMeshHasTheSameVolume) {
  Mesh turned = make_sphere(0.05f);
  for (std::size_t i = 0; i < turned.indices.size(); i += 3) {
    std::swap(turned.indices[i], turned.indices[i + 1]);
  }
  EXPECT_NEAR(*find_stable_volume_m3(turned), *find_stable_volume_m3(make_sphere(0.05f)), 1e-9);
  EXPECT_LT(volume_about_m3(turned, glm::vec3(0.0f)), 0.0);
}

// A bowl's volume depends on where it is taken from: a metre up it says anything.
TEST(Surface, AnOpenMeshHasNoStableVolume) {
  Mesh bowl = make_sphere(0.05f, {0.0f, 1.3f, 0.0f});
  std::vector<std::uint32_t> kept;
  for (std::size_t i = 0; i < bowl.indices.size(); i += 3) {
    if (bowl.positions_m[bowl.indices[i]].y < 1.3f) {
      kept.insert(kept.end(), {bowl.indices[i], bowl.indices[i + 1], bowl.indices[i + 2]});
    }
  }
  bowl.indices = kept;
  EXPECT_FALSE(find_stable_volume_m3(bowl));
  EXPECT_FALSE(find_stable_volume_m3(Mesh{}));
  // What the tetrahedra to another origin add: a third of the open disc times the way.
  const double moved =
      volume_about_m3(bowl, {0.0f, 0.3f, 0.0f}) - volume_about_m3(bowl, {0.0f, 1.3f, 0.0f});
  EXPECT_NEAR(std::abs(moved), std::numbers::pi * 0.05 * 0.05 / 3.0, 2e-4);
}

TEST(Surface, TheOuterSurfaceOfAShellIsItsOuterSphere) {
  const Mesh outer = make_sphere(0.08f, glm::vec3(0.0f), 24);
  const Mesh shell = join(outer, make_sphere(0.07f, glm::vec3(0.0f), 24));
  const Mesh found = find_outer_surface(shell);
  EXPECT_EQ(found.triangle_count(), outer.triangle_count());
  EXPECT_NEAR(surface_area_m2(found), surface_area_m2(outer), 1e-6f);
  // With a hole the size of the foramen magnum (15 of 80 mm) the inside stays inside.
  Mesh holed;
  holed.positions_m = shell.positions_m;
  for (std::size_t i = 0; i < shell.indices.size(); i += 3) {
    const glm::vec3 p = shell.positions_m[shell.indices[i]];
    if (p.y < 0.0f && std::hypot(p.x, p.z) < 0.015f) continue;
    holed.indices.insert(holed.indices.end(),
                         {shell.indices[i], shell.indices[i + 1], shell.indices[i + 2]});
  }
  const Mesh still = find_outer_surface(holed);
  for (const std::uint32_t i : still.indices) {
    if (still.positions_m[i].y > 0.0f) {
      EXPECT_GT(glm::length(still.positions_m[i]), 0.075f);
    }
  }
}

}  // namespace
}  // namespace geom

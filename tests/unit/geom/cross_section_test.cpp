// Laws of a section: the filled area is the true one, in whatever order the triangles come; unions
// are filled once; holes in a mesh do not spill.
#include "geom/cross_section.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "geom/mesh.h"

namespace {

constexpr float kPi = 3.14159265f;

// A closed tube of elliptic rings about the y axis, wound outward.
geom::Mesh make_barrel(glm::vec3 centre, float a, float b, float height, int around = 64) {
  geom::Mesh mesh;
  for (int ring = 0; ring < 4; ++ring) {
    for (int i = 0; i < around; ++i) {
      const float t = 2.0f * kPi * static_cast<float>(i) / static_cast<float>(around);
      mesh.positions_m.push_back(
          centre + glm::vec3(a * std::cos(t), height * (static_cast<float>(ring) / 3.0f - 0.5f),
                             -b * std::sin(t)));
    }
  }
  const auto n = static_cast<std::uint32_t>(around);
  for (std::uint32_t ring = 0; ring < 3; ++ring) {
    for (std::uint32_t i = 0; i < n; ++i) {
      const std::uint32_t p = ring * n + i, q = ring * n + (i + 1) % n;
      for (const std::uint32_t v : {p, q, q + n, p, q + n, p + n}) mesh.indices.push_back(v);
    }
  }
  for (std::uint32_t i = 1; i + 1 < n; ++i) {
    for (const std::uint32_t v : {0u, i + 1, i, 3 * n, 3 * n + i, 3 * n + i + 1})
      mesh.indices.push_back(v);
  }
  return mesh;
}

void add(geom::SectionCutter& cutter, const geom::Mesh& mesh, const geom::PlaneFrame& plane) {
  std::vector<float> heights;
  for (const glm::vec3 p : mesh.positions_m) heights.push_back(plane.height(p));
  cutter.add(mesh.positions_m, heights, mesh.indices, 0, plane);
}

double area_of(const std::vector<glm::vec2>& corners) {
  double area = 0.0;
  for (std::size_t i = 0; i + 2 < corners.size(); i += 3) {
    const glm::vec2 b = corners[i + 1] - corners[i], c = corners[i + 2] - corners[i];
    area += 0.5 * (static_cast<double>(b.x) * c.y - static_cast<double>(b.y) * c.x);
  }
  return area;
}

double filled(geom::SectionCutter& cutter) {
  std::vector<glm::vec2> corners;
  cutter.fill(corners);
  return area_of(corners);
}

const geom::PlaneFrame kAcross = geom::make_plane_frame({0, 0.01f, 0}, {0, 1, 0}, {1, 0, 0});

TEST(CrossSection, FramesAreRightHanded) {
  for (const glm::vec3 along : {glm::vec3(1, 2, 3), glm::vec3(0, 5, 0), glm::vec3(0)}) {
    const geom::PlaneFrame f = geom::make_plane_frame({1, 2, 3}, {0, 3, 0}, along);
    EXPECT_NEAR(glm::distance(glm::cross(f.u, f.v), f.normal), 0.0f, 1e-6f);
    EXPECT_NEAR(glm::distance(f.at(f.within({4, 2, 7})), glm::vec3(4, 2, 7)), 0.0f, 1e-5f);
  }
}

TEST(CrossSection, TheBarrelsMiddleIsItsEllipse) {
  geom::Mesh barrel = make_barrel({0, 0, 0}, 0.2f, 0.1f, 0.4f);
  ASSERT_GT(geom::signed_volume_m3(barrel), 0.0f);
  // Of the polygon with 64 corners.
  const double ellipse = 0.5 * 64.0 * std::sin(2.0 * 3.141592653589793 / 64.0) * 0.2 * 0.1;
  geom::SectionCutter cutter;
  add(cutter, barrel, kAcross);
  EXPECT_NEAR(filled(cutter), ellipse, 2e-5 * ellipse);
  // Along its axis: a rectangle of the full depth, from end to end.
  cutter.clear();
  add(cutter, barrel, geom::make_plane_frame({0, 0, 0}, {1, 0, 0}, {0, 1, 0}));
  EXPECT_NEAR(filled(cutter), 0.2 * 0.4, 1e-5);

  std::reverse(barrel.indices.begin(), barrel.indices.end());
  for (std::size_t i = 0; i < barrel.indices.size(); i += 3)
    std::swap(barrel.indices[i], barrel.indices[i + 2]);
  cutter.clear();
  add(cutter, barrel, kAcross);
  EXPECT_NEAR(filled(cutter), ellipse, 2e-5 * ellipse);
}

TEST(CrossSection, InsideLiesToTheLeft) {
  geom::SectionCutter cutter;
  add(cutter, make_barrel({0, 0, 0}, 0.2f, 0.1f, 0.4f), kAcross);
  ASSERT_GE(cutter.contour().size(), 64u);
  for (const geom::ContourEdge& edge : cutter.contour()) {
    const glm::vec2 way = edge.b - edge.a;
    const glm::vec2 left(-way.y, way.x);
    EXPECT_GE(glm::dot(left, -edge.a), 0.0f);
  }
}

TEST(CrossSection, AnUnionIsFilledOnce) {
  geom::SectionCutter cutter;
  add(cutter, make_barrel({0, 0, 0}, 0.1f, 0.1f, 0.4f), kAcross);
  const double one = filled(cutter);
  add(cutter, make_barrel({0.02f, 0, 0}, 0.1f, 0.1f, 0.4f), kAcross);
  const double both = filled(cutter);
  // Two circles of radius r whose centres are d apart share 2 r^2 acos(d/2r) - d/2 sqrt(4r^2 -
  // d^2).
  const double shared = 2.0 * 0.01 * std::acos(0.1) - 0.01 * std::sqrt(0.04 - 0.0004);
  EXPECT_NEAR(both, 2.0 * one - shared, 0.01 * one);
  // Apart they simply add up.
  cutter.clear();
  add(cutter, make_barrel({0, 0, 0}, 0.1f, 0.1f, 0.4f), kAcross);
  add(cutter, make_barrel({0.5f, 0, 0}, 0.1f, 0.1f, 0.4f), kAcross);
  EXPECT_NEAR(filled(cutter), 2.0 * one, 1e-6);
}

TEST(CrossSection, HolesDoNotSpill) {
  geom::Mesh barrel = make_barrel({0, 0, 0}, 0.2f, 0.1f, 0.4f);
  geom::SectionCutter cutter;
  add(cutter, barrel, kAcross);
  const double whole = filled(cutter);
  // Without some of the triangles that the plane meets: a wall that leaks in three places.
  std::vector<std::uint32_t> kept;
  for (std::size_t i = 0; i < barrel.indices.size(); i += 3) {
    const std::size_t triangle = i / 3;
    if (triangle == 130 || triangle == 131 || triangle == 160 || triangle == 201) continue;
    for (std::size_t c = i; c < i + 3; ++c) kept.push_back(barrel.indices[c]);
  }
  barrel.indices = kept;
  cutter.clear();
  add(cutter, barrel, kAcross);
  EXPECT_NEAR(filled(cutter), whole, 0.01 * whole);
}

TEST(CrossSection, NothingMetIsNothing) {
  geom::SectionCutter cutter;
  add(cutter, make_barrel({0, 5, 0}, 0.2f, 0.1f, 0.4f), kAcross);
  EXPECT_TRUE(cutter.contour().empty());
  EXPECT_EQ(filled(cutter), 0.0);
}

}  // namespace

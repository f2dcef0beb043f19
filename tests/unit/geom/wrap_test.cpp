#include "geom/wrap.h"

#include <gtest/gtest.h>

#include <cmath>
#include <glm/gtc/constants.hpp>

#include "geom/bvh.h"

namespace geom {
namespace {

Mesh make_sphere(glm::vec3 centre, float radius, int rings = 48) {
  Mesh mesh;
  const int columns = 2 * rings;
  for (int r = 0; r <= rings; ++r) {
    const float theta = glm::pi<float>() * static_cast<float>(r) / static_cast<float>(rings);
    for (int c = 0; c < columns; ++c) {
      const float phi = glm::two_pi<float>() * static_cast<float>(c) / static_cast<float>(columns);
      mesh.positions_m.push_back(centre + radius * glm::vec3(std::sin(theta) * std::cos(phi),
                                                             std::cos(theta),
                                                             std::sin(theta) * std::sin(phi)));
    }
  }
  for (int r = 0; r < rings; ++r) {
    for (int c = 0; c < columns; ++c) {
      const auto at = [&](int ring, int column) {
        return static_cast<std::uint32_t>(ring * columns + column % columns);
      };
      mesh.indices.insert(mesh.indices.end(), {at(r, c), at(r, c + 1), at(r + 1, c)});
      mesh.indices.insert(mesh.indices.end(), {at(r, c + 1), at(r + 1, c + 1), at(r + 1, c)});
    }
  }
  return mesh;
}

Mesh make_box(glm::vec3 low, glm::vec3 high) {
  Mesh box;
  for (int i = 0; i < 8; ++i) {
    box.positions_m.emplace_back((i & 1) != 0 ? high.x : low.x, (i & 2) != 0 ? high.y : low.y,
                                 (i & 4) != 0 ? high.z : low.z);
  }
  box.indices = {0, 2, 1, 1, 2, 3, 4, 5, 6, 5, 7, 6, 0, 1, 4, 1, 5, 4,
                 2, 6, 3, 3, 6, 7, 0, 4, 2, 2, 4, 6, 1, 3, 5, 3, 7, 5};
  return box;
}

Mesh wrap(std::span<const Mesh> meshes, const WrapOptions& options) {
  std::vector<Soup> soups;
  for (const Mesh& mesh : meshes) soups.push_back({mesh.positions_m, mesh.indices});
  return wrap_surface(soups, options);
}

void expect_sound(const Mesh& mesh) {
  ASSERT_GT(mesh.triangle_count(), 0u);
  const Topology topology = find_topology(mesh);
  EXPECT_TRUE(topology.watertight());
  EXPECT_EQ(topology.degenerate_triangles, 0u);
  EXPECT_EQ(mesh.normals.size(), mesh.positions_m.size());
  EXPECT_GT(signed_volume_m3(mesh), 0.0f);
}

WrapOptions fine_options() {
  WrapOptions options;
  options.voxel_m = 0.004f;
  options.closing_m = 0.012f;
  options.target_triangles = 20000;
  return options;
}

TEST(Wrap, SphereStaysASphereWithinAMillimetre) {
  const std::vector<Mesh> meshes{make_sphere({0.01f, 1.2f, -0.02f}, 0.08f)};
  const Mesh skin = wrap(meshes, fine_options());
  expect_sound(skin);
  for (const glm::vec3 p : skin.positions_m) {
    EXPECT_NEAR(glm::length(p - glm::vec3(0.01f, 1.2f, -0.02f)), 0.08f, 0.001f);
  }
}

TEST(Wrap, OffsetIsAddedOutside) {
  const std::vector<Mesh> meshes{make_sphere({0, 0, 0}, 0.06f)};
  WrapOptions options = fine_options();
  options.offset_m = 0.010f;
  const Mesh skin = wrap(meshes, options);
  expect_sound(skin);
  for (const glm::vec3 p : skin.positions_m) EXPECT_NEAR(glm::length(p), 0.070f, 0.001f);
}

TEST(Wrap, OffsetMayDependOnThePlace) {
  const std::vector<Mesh> meshes{make_sphere({0, 0, 0}, 0.06f)};
  WrapOptions options = fine_options();
  options.offset_m = 0.010f;  // the largest
  options.offset_at = [](glm::vec3 p) { return p.y > 0.0f ? 0.010f : 0.004f; };
  const Mesh skin = wrap(meshes, options);
  expect_sound(skin);
  for (const glm::vec3 p : skin.positions_m) {
    if (p.y > 0.02f) {
      EXPECT_NEAR(glm::length(p), 0.070f, 0.001f);
    }
    if (p.y < -0.02f) {
      EXPECT_NEAR(glm::length(p), 0.064f, 0.001f);
    }
  }
}

TEST(Wrap, InnerCavitiesVanish) {
  const std::vector<Mesh> meshes{make_sphere({0, 0, 0}, 0.08f), make_sphere({0, 0, 0}, 0.04f)};
  const Mesh skin = wrap(meshes, fine_options());
  expect_sound(skin);
  const float full = 4.0f / 3.0f * glm::pi<float>() * 0.08f * 0.08f * 0.08f;
  EXPECT_NEAR(signed_volume_m3(skin) / full, 1.0f, 0.03f);
}

// Two boxes 5 cm wide, side by side along x with a gap between them.
std::vector<Mesh> two_boxes(float gap) {
  return {make_box({-0.05f - 0.5f * gap, 0, 0}, {-0.5f * gap, 0.06f, 0.06f}),
          make_box({0.5f * gap, 0, 0}, {0.05f + 0.5f * gap, 0.06f, 0.06f})};
}

TEST(Wrap, GapSmallerThanTwiceTheClosingIsBridged) {
  const std::vector<Mesh> meshes = two_boxes(0.018f);
  const Mesh skin = wrap(meshes, fine_options());
  expect_sound(skin);
  // Both boxes and most of the gap.
  EXPECT_NEAR(bounds_of(skin.positions_m).size().x, 0.118f, 0.003f);
  EXPECT_GT(signed_volume_m3(skin), 0.97f * 0.110f * 0.06f * 0.06f);
}

TEST(Wrap, GapLargerThanTwiceTheClosingStaysOpen) {
  const std::vector<Mesh> meshes = two_boxes(0.034f);
  const Mesh skin = wrap(meshes, fine_options());
  expect_sound(skin);
  // One box alone: the largest piece is kept.
  EXPECT_NEAR(bounds_of(skin.positions_m).size().x, 0.05f, 0.003f);
}

TEST(Wrap, OpenAndSplitSoupBecomesWatertight) {
  Mesh sphere = make_sphere({0, 0, 0}, 0.08f);
  Mesh soup;
  for (std::size_t i = 0; i < sphere.indices.size(); i += 3) {
    if (i % 15 == 0) continue;  // every fifth triangle is missing
    const bool flip = i % 2 == 0;
    for (std::size_t k = 0; k < 3; ++k) {
      soup.indices.push_back(static_cast<std::uint32_t>(soup.positions_m.size()));
      soup.positions_m.push_back(sphere.positions_m[sphere.indices[i + (flip ? 2 - k : k)]]);
    }
  }
  const std::vector<Mesh> meshes{soup};
  const Mesh skin = wrap(meshes, fine_options());
  expect_sound(skin);
  for (const glm::vec3 p : skin.positions_m) EXPECT_NEAR(glm::length(p), 0.08f, 0.001f);
}

TEST(Wrap, SpecksAreDropped) {
  const std::vector<Mesh> meshes{make_sphere({0, 0, 0}, 0.08f),
                                 make_sphere({0.2f, 0, 0}, 0.01f, 12)};
  const Mesh skin = wrap(meshes, fine_options());
  expect_sound(skin);
  EXPECT_LT(bounds_of(skin.positions_m).max.x, 0.09f);
}

TEST(Wrap, TargetTriangleCountIsMet) {
  const std::vector<Mesh> meshes{make_sphere({0, 0, 0}, 0.08f)};
  for (const std::size_t target : {4000u, 12000u, 40000u}) {
    WrapOptions options = fine_options();
    options.target_triangles = target;
    const Mesh skin = wrap(meshes, options);
    expect_sound(skin);
    EXPECT_NEAR(static_cast<double>(skin.triangle_count()) / static_cast<double>(target), 1.0,
                0.26);
  }
}

TEST(Wrap, NothingAndNonsenseGiveNothing) {
  EXPECT_EQ(wrap_surface({}, {}).triangle_count(), 0u);
  Mesh nan = make_sphere({0, 0, 0}, 0.05f);
  for (glm::vec3& p : nan.positions_m) p.x = NAN;
  const std::vector<Mesh> meshes{nan};
  EXPECT_EQ(wrap(meshes, {}).triangle_count(), 0u);
}

TEST(Wrap, WildCornersAreIgnored) {
  Mesh sphere = make_sphere({0, 0, 0}, 0.08f);
  sphere.positions_m.emplace_back(INFINITY, 0.0f, 0.0f);
  const auto wild = static_cast<std::uint32_t>(sphere.positions_m.size() - 1);
  sphere.indices.insert(sphere.indices.end(), {0, 1, wild});
  const std::vector<Mesh> meshes{sphere};
  expect_sound(wrap(meshes, fine_options()));
}

}  // namespace
}  // namespace geom

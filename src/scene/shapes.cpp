#include "scene/shapes.h"

#include <cmath>
#include <glm/geometric.hpp>
#include <glm/vec2.hpp>
#include <glm/vec4.hpp>
#include <vector>

#include "base/check.h"

namespace scene {
namespace {

constexpr float kTwoPi = 6.2831853f;
constexpr int kAround = 28;

// Rings of `around` points each; consecutive rings are joined so that the outside is counter-
// clockwise when rings advance along the axis and points turn right-handed about it.
void join_rings(geom::Mesh& mesh, std::uint32_t first, std::uint32_t second, int around) {
  const auto n = static_cast<std::uint32_t>(around);
  for (std::uint32_t i = 0; i < n; ++i) {
    const std::uint32_t next = (i + 1) % n;
    const std::uint32_t quad[6] = {first + i, first + next,  second + next,
                                   first + i, second + next, second + i};
    mesh.indices.insert(mesh.indices.end(), quad, quad + 6);
  }
}

void finish(geom::Mesh& mesh) {
  mesh.normals = geom::smooth_normals(mesh.positions_m, mesh.indices);
}

void close_with_point(geom::Mesh& mesh, std::uint32_t ring, int around, glm::vec3 point,
                      bool at_start) {
  const auto centre = static_cast<std::uint32_t>(mesh.positions_m.size());
  mesh.positions_m.push_back(point);
  const auto n = static_cast<std::uint32_t>(around);
  for (std::uint32_t i = 0; i < n; ++i) {
    const std::uint32_t a = ring + i;
    const std::uint32_t b = ring + (i + 1) % n;
    mesh.indices.insert(mesh.indices.end(), {centre, at_start ? b : a, at_start ? a : b});
  }
}

}  // namespace

geom::Mesh make_ball(float radius_m, int grooves) {
  constexpr int kRings = 30;
  const int around = grooves > 0 ? 12 * grooves : 40;
  geom::Mesh mesh;
  for (int r = 1; r < kRings; ++r) {
    const float polar = 0.5f * kTwoPi * static_cast<float>(r) / kRings;
    const float x = -std::cos(polar);
    const float across = std::sin(polar);
    for (int i = 0; i < around; ++i) {
      const float turn = kTwoPi * static_cast<float>(i) / static_cast<float>(around);
      // Valleys fade out towards the hubs.
      float wave = 0.0f;
      if (grooves > 0) {
        const float c = std::cos(turn * static_cast<float>(grooves));
        wave = std::pow(0.5f + 0.5f * c, 6.0f) * across * across * across;
      }
      const float radius = radius_m * (1.0f - 0.045f * wave);
      mesh.positions_m.emplace_back(radius * x, radius * across * std::cos(turn),
                                    radius * across * std::sin(turn));
    }
  }
  const auto ring = [&](int r) { return static_cast<std::uint32_t>(r * around); };
  for (int r = 0; r + 2 < kRings; ++r) join_rings(mesh, ring(r), ring(r + 1), around);
  close_with_point(mesh, ring(0), around, {-radius_m, 0.0f, 0.0f}, true);
  close_with_point(mesh, ring(kRings - 2), around, {radius_m, 0.0f, 0.0f}, false);
  // The quads above turn inward for this direction of travel along x.
  finish(mesh);
  return mesh;
}

namespace {

geom::Mesh make_round(std::span<const glm::vec3> path_m, std::span<const float> radii_m) {
  BACKMATE_CHECK(path_m.size() >= 2 && radii_m.size() == path_m.size());
  geom::Mesh mesh;
  const std::size_t last = path_m.size() - 1;
  glm::vec3 side(0.0f);
  std::vector<std::uint32_t> rings;
  const auto add_ring = [&](glm::vec3 centre, glm::vec3 along, float radius) {
    // The frame is carried along the path, so that the tube does not twist.
    if (glm::dot(side, side) < 0.5f) {
      side = std::abs(along.y) < 0.9f ? glm::vec3(0.0f, 1.0f, 0.0f) : glm::vec3(1.0f, 0.0f, 0.0f);
    }
    side = glm::normalize(side - along * glm::dot(side, along));
    const glm::vec3 other = glm::cross(along, side);
    rings.push_back(static_cast<std::uint32_t>(mesh.positions_m.size()));
    for (int i = 0; i < kAround; ++i) {
      const float turn = kTwoPi * static_cast<float>(i) / kAround;
      mesh.positions_m.push_back(centre +
                                 radius * (std::cos(turn) * side + std::sin(turn) * other));
    }
  };
  constexpr int kCapRings = 4;
  for (std::size_t i = 0; i <= last; ++i) {
    const glm::vec3 before = i > 0 ? glm::normalize(path_m[i] - path_m[i - 1]) : glm::vec3(0.0f);
    const glm::vec3 after = i < last ? glm::normalize(path_m[i + 1] - path_m[i]) : glm::vec3(0.0f);
    const glm::vec3 along = glm::normalize(before + after);
    if (i == 0) {
      for (int c = 1; c < kCapRings; ++c) {
        const float a = 0.25f * kTwoPi * static_cast<float>(c) / kCapRings;
        add_ring(path_m[i] - along * (radii_m[i] * std::cos(a)), along, radii_m[i] * std::sin(a));
      }
    }
    add_ring(path_m[i], along, radii_m[i]);
    if (i == last) {
      for (int c = kCapRings - 1; c >= 1; --c) {
        const float a = 0.25f * kTwoPi * static_cast<float>(c) / kCapRings;
        add_ring(path_m[i] + along * (radii_m[i] * std::cos(a)), along, radii_m[i] * std::sin(a));
      }
    }
  }
  for (std::size_t r = 0; r + 1 < rings.size(); ++r) {
    join_rings(mesh, rings[r], rings[r + 1], kAround);
  }
  const glm::vec3 first_dir = glm::normalize(path_m[1] - path_m[0]);
  const glm::vec3 last_dir = glm::normalize(path_m[last] - path_m[last - 1]);
  close_with_point(mesh, rings.front(), kAround, path_m[0] - first_dir * radii_m[0], true);
  close_with_point(mesh, rings.back(), kAround, path_m[last] + last_dir * radii_m[last], false);
  finish(mesh);
  return mesh;
}

}  // namespace

geom::Mesh make_tube(std::span<const glm::vec3> path_m, float radius_m) {
  const std::vector<float> radii(path_m.size(), radius_m);
  return make_round(path_m, radii);
}

geom::Mesh make_limb(std::span<const glm::vec3> path_m, std::span<const float> radii_m) {
  BACKMATE_CHECK(path_m.size() >= 2 && radii_m.size() == path_m.size());
  // Catmull and Rom's spline through the points, thickness and all; ends run straight out.
  constexpr int kSteps = 8;
  const auto at = [&](std::size_t i) { return glm::vec4(path_m[i], radii_m[i]); };
  const std::size_t last = path_m.size() - 1;
  std::vector<glm::vec3> path;
  std::vector<float> radii;
  for (std::size_t i = 0; i < last; ++i) {
    const glm::vec4 p1 = at(i), p2 = at(i + 1);
    const glm::vec4 p0 = i > 0 ? at(i - 1) : 2.0f * p1 - p2;
    const glm::vec4 p3 = i + 1 < last ? at(i + 2) : 2.0f * p2 - p1;
    for (int k = 0; k < kSteps + (i + 1 == last ? 1 : 0); ++k) {
      const float t = static_cast<float>(k) / kSteps;
      const glm::vec4 p =
          0.5f * (2.0f * p1 + t * (p2 - p0) + t * t * (2.0f * p0 - 5.0f * p1 + 4.0f * p2 - p3) +
                  t * t * t * (3.0f * p1 - p0 - 3.0f * p2 + p3));
      path.emplace_back(p);
      radii.push_back(p.w);
    }
  }
  return make_round(path, radii);
}

geom::Mesh make_torus(float radius_m, float thickness_m) {
  constexpr int kRings = 72;
  constexpr int kSides = 10;
  geom::Mesh mesh;
  for (int r = 0; r < kRings; ++r) {
    const float turn = kTwoPi * static_cast<float>(r) / kRings;
    const glm::vec3 out(std::cos(turn), std::sin(turn), 0.0f);
    for (int i = 0; i < kSides; ++i) {
      // Right-handed about the direction of travel (-sin, cos, 0).
      const float a = kTwoPi * static_cast<float>(i) / kSides;
      mesh.positions_m.push_back(out * (radius_m - thickness_m * std::cos(a)) +
                                 glm::vec3(0.0f, 0.0f, thickness_m * std::sin(a)));
    }
  }
  for (int r = 0; r < kRings; ++r) {
    join_rings(mesh, static_cast<std::uint32_t>(r * kSides),
               static_cast<std::uint32_t>(((r + 1) % kRings) * kSides), kSides);
  }
  finish(mesh);
  return mesh;
}

geom::Mesh make_lathe(std::span<const glm::vec2> profile_m) {
  BACKMATE_CHECK(profile_m.size() >= 2);
  geom::Mesh mesh;
  for (const glm::vec2 p : profile_m) {
    for (int i = 0; i < kAround; ++i) {
      const float turn = kTwoPi * static_cast<float>(i) / kAround;
      mesh.positions_m.emplace_back(p.x, p.y * std::cos(turn), p.y * std::sin(turn));
    }
  }
  const auto ring = [](std::size_t r) { return static_cast<std::uint32_t>(r * kAround); };
  for (std::size_t r = 0; r + 1 < profile_m.size(); ++r) {
    join_rings(mesh, ring(r), ring(r + 1), kAround);
  }
  close_with_point(mesh, ring(0), kAround, {profile_m.front().x, 0.0f, 0.0f}, true);
  close_with_point(mesh, ring(profile_m.size() - 1), kAround, {profile_m.back().x, 0.0f, 0.0f},
                   false);
  finish(mesh);
  return mesh;
}

geom::Mesh turned_to_z(geom::Mesh mesh) {
  // (x, y, z) -> (-z, y, x): a quarter turn about y, so windings stay.
  for (glm::vec3& p : mesh.positions_m) p = {-p.z, p.y, p.x};
  for (glm::vec3& n : mesh.normals) n = {-n.z, n.y, n.x};
  return mesh;
}

}  // namespace scene

#include "forge/tube.h"

#include <algorithm>
#include <cmath>
#include <glm/common.hpp>
#include <glm/vec4.hpp>
#include <numbers>

#include "base/check.h"

namespace forge {
namespace {

using SplineValue = glm::vec4;  // place and radius

SplineValue spline_value(const TubeStation& s) { return {s.at_m, s.radius_m}; }

// Barry and Goldman's form with knots at the square roots of the distances.
SplineValue follow_spline(const SplineValue (&p)[4], float share) {
  float t[4] = {0.0f};
  for (int i = 1; i < 4; ++i) {
    t[i] = t[i - 1] + std::sqrt(std::max(1e-6f, glm::length(glm::vec3(p[i] - p[i - 1]))));
  }
  const float at = glm::mix(t[1], t[2], share);
  const auto between = [&](const SplineValue& a, const SplineValue& b, float ta, float tb) {
    return a + (b - a) * ((at - ta) / (tb - ta));
  };
  const SplineValue a1 = between(p[0], p[1], t[0], t[1]);
  const SplineValue a2 = between(p[1], p[2], t[1], t[2]);
  const SplineValue a3 = between(p[2], p[3], t[2], t[3]);
  return between(between(a1, a2, t[0], t[2]), between(a2, a3, t[1], t[3]), t[1], t[2]);
}

float piece_distance(const SplineValue& p, const SplineValue& a, const SplineValue& b) {
  const SplineValue run = b - a;
  const float square = glm::dot(run, run);
  const float t = square > 0.0f ? std::clamp(glm::dot(p - a, run) / square, 0.0f, 1.0f) : 0.0f;
  return glm::length(p - (a + t * run));
}

glm::vec3 any_normal(glm::vec3 direction) {
  const glm::vec3 a = glm::abs(direction);
  const glm::vec3 least = a.x <= a.y && a.x <= a.z ? glm::vec3(1, 0, 0)
                          : a.y <= a.z             ? glm::vec3(0, 1, 0)
                                                   : glm::vec3(0, 0, 1);
  return glm::normalize(glm::cross(direction, least));
}

}  // namespace

std::vector<TubeStation> smooth_way(std::span<const TubeStation> points, float step_m) {
  BACKMATE_CHECK(points.size() >= 2);
  std::vector<TubeStation> way;
  const auto at = [&](std::ptrdiff_t i) {
    // Beyond the ends the way goes straight on.
    const auto last = static_cast<std::ptrdiff_t>(points.size()) - 1;
    if (i < 0) return 2.0f * spline_value(points[0]) - spline_value(points[1]);
    const auto end = static_cast<std::size_t>(last);
    if (i > last) return 2.0f * spline_value(points[end]) - spline_value(points[end - 1]);
    return spline_value(points[static_cast<std::size_t>(i)]);
  };
  for (std::ptrdiff_t i = 0; i + 1 < static_cast<std::ptrdiff_t>(points.size()); ++i) {
    const SplineValue p[4] = {at(i - 1), at(i), at(i + 1), at(i + 2)};
    const int steps =
        std::max(1, static_cast<int>(std::ceil(glm::length(glm::vec3(p[2] - p[1])) / step_m)));
    for (int k = 0; k < steps; ++k) {
      const SplineValue v = follow_spline(p, static_cast<float>(k) / static_cast<float>(steps));
      // Between very different diameters the curve may overshoot.
      const float radius = std::clamp(v.w, std::min(p[1].w, p[2].w), std::max(p[1].w, p[2].w));
      way.push_back({glm::vec3(v), radius});
    }
  }
  way.push_back(points.back());
  return way;
}

std::vector<TubeStation> thin_out(std::span<const TubeStation> way, float tolerance_m,
                                  float longest_m) {
  std::vector<TubeStation> kept = {way.front()};
  std::size_t from = 0;
  while (from + 1 < way.size()) {
    // The furthest station that a straight piece reaches without leaving the way.
    std::size_t to = from + 1;
    for (std::size_t next = from + 2; next < way.size(); ++next) {
      if (glm::length(way[next].at_m - way[from].at_m) > longest_m) break;
      bool fits = true;
      for (std::size_t k = from + 1; k < next && fits; ++k) {
        fits = piece_distance(spline_value(way[k]), spline_value(way[from]),
                              spline_value(way[next])) <= tolerance_m;
      }
      if (!fits) break;
      to = next;
    }
    kept.push_back(way[to]);
    from = to;
  }
  return kept;
}

geom::Mesh sweep_tube(std::span<const TubeStation> way, int sides) {
  BACKMATE_CHECK(way.size() >= 2 && sides >= 3);
  geom::Mesh mesh;
  const auto count = way.size();
  const auto n = static_cast<std::uint32_t>(sides);
  const auto direction_at = [&](std::size_t i) {
    const glm::vec3 back = i > 0 ? glm::normalize(way[i].at_m - way[i - 1].at_m) : glm::vec3(0.0f);
    const glm::vec3 on =
        i + 1 < count ? glm::normalize(way[i + 1].at_m - way[i].at_m) : glm::vec3(0.0f);
    const glm::vec3 sum = back + on;
    return glm::length(sum) > 1e-3f ? glm::normalize(sum) : (i > 0 ? back : on);
  };
  // How far a round end reaches beyond its last section.
  constexpr float kEnd = 0.45f;
  const glm::vec3 first = direction_at(0);
  mesh.positions_m.push_back(way[0].at_m - kEnd * way[0].radius_m * first);
  // The frame is carried along without turning about the way.
  glm::vec3 normal = any_normal(first);
  for (std::size_t i = 0; i < count; ++i) {
    const glm::vec3 direction = direction_at(i);
    normal = glm::normalize(normal - direction * glm::dot(normal, direction));
    const glm::vec3 side = glm::cross(direction, normal);
    for (int k = 0; k < sides; ++k) {
      const float angle =
          2.0f * std::numbers::pi_v<float> * static_cast<float>(k) / static_cast<float>(sides);
      mesh.positions_m.push_back(
          way[i].at_m + way[i].radius_m * (std::cos(angle) * normal + std::sin(angle) * side));
    }
  }
  mesh.positions_m.push_back(way[count - 1].at_m +
                             kEnd * way[count - 1].radius_m * direction_at(count - 1));
  const auto last = static_cast<std::uint32_t>(mesh.positions_m.size() - 1);
  const auto corner = [&](std::size_t i, std::uint32_t k) {
    return static_cast<std::uint32_t>(1 + i * n + k % n);
  };
  const auto add = [&](std::uint32_t a, std::uint32_t b, std::uint32_t c) {
    mesh.indices.insert(mesh.indices.end(), {a, b, c});
  };
  for (std::uint32_t k = 0; k < n; ++k) {
    add(0, corner(0, k + 1), corner(0, k));
    for (std::size_t i = 0; i + 1 < count; ++i) {
      add(corner(i, k), corner(i, k + 1), corner(i + 1, k));
      add(corner(i, k + 1), corner(i + 1, k + 1), corner(i + 1, k));
    }
    add(last, corner(count - 1, k), corner(count - 1, k + 1));
  }
  return mesh;
}

}  // namespace forge

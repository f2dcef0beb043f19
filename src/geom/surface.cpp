#include "geom/surface.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <glm/vec3.hpp>

#include "base/parallel.h"

namespace geom {
namespace {

constexpr float kFar_m = 1.0f;
constexpr double kStable = 0.05;

// Directions even over the sphere (Fibonacci's spiral), in an order that looks everywhere early:
// whether a triangle lies outside is mostly known after a handful.
constexpr std::size_t kDirections = 20;
constexpr std::size_t kOpenDirections = 2;
constexpr float kLift_m = 2e-5f;  // off the triangle that is asked about

std::array<glm::vec3, kDirections> make_directions() {
  constexpr double kGoldenAngle = 2.399963229728653;
  constexpr std::size_t kStride = 7;  // no divisor in common with the number of directions
  std::array<glm::vec3, kDirections> out;
  for (std::size_t k = 0; k < kDirections; ++k) {
    const auto place = static_cast<double>(k * kStride % kDirections);
    const double y = 1.0 - (2.0 * place + 1.0) / static_cast<double>(kDirections);
    const double r = std::sqrt(1.0 - y * y);
    out[k] =
        glm::vec3(static_cast<float>(r * std::cos(kGoldenAngle * place)), static_cast<float>(y),
                  static_cast<float>(r * std::sin(kGoldenAngle * place)));
  }
  return out;
}

}  // namespace

SurfaceSamples sample_surface(const Mesh& mesh, std::size_t count) {
  SurfaceSamples result;
  const double area = static_cast<double>(surface_area_m2(mesh));
  if (!(area > 0.0) || count == 0) return result;
  const double step = area / static_cast<double>(count);
  double next = 0.5 * step;
  double covered = 0.0;
  std::uint32_t serial = 0;
  for (std::size_t t = 0; t < mesh.triangle_count(); ++t) {
    const glm::vec3 a = mesh.positions_m[mesh.indices[3 * t]];
    const glm::vec3 b = mesh.positions_m[mesh.indices[3 * t + 1]];
    const glm::vec3 c = mesh.positions_m[mesh.indices[3 * t + 2]];
    const glm::vec3 cross = glm::cross(b - a, c - a);
    const float twice = glm::length(cross);
    if (!(twice > 0.0f)) continue;
    covered += 0.5 * static_cast<double>(twice);
    while (next < covered) {
      // Additive recurrence (golden ratio in two dimensions) spreads points without a dice.
      ++serial;
      float r = static_cast<float>(std::fmod(serial * 0.7548776662466927, 1.0));
      float q = static_cast<float>(std::fmod(serial * 0.5698402909980532, 1.0));
      if (r + q > 1.0f) {
        r = 1.0f - r;
        q = 1.0f - q;
      }
      result.points.push_back(a + r * (b - a) + q * (c - a));
      result.normals.push_back(cross / twice);
      next += step;
    }
  }
  return result;
}

float mean_distance_m(const SurfaceSamples& from, const Bvh& to) {
  double sum = 0.0;
  for (const glm::vec3 p : from.points) {
    const auto found = to.find_closest(p, kFar_m);
    sum += static_cast<double>(found ? found->distance_m : kFar_m);
  }
  return static_cast<float>(sum /
                            static_cast<double>(std::max<std::size_t>(1, from.points.size())));
}

SurfaceDistance measure_distance(const Mesh& a, const Mesh& b, std::size_t samples) {
  const Bvh tree_a(a.positions_m, a.indices);
  const Bvh tree_b(b.positions_m, b.indices);
  return {mean_distance_m(sample_surface(a, samples), tree_b),
          mean_distance_m(sample_surface(b, samples), tree_a)};
}

double volume_about_m3(const Mesh& mesh, glm::vec3 origin_m) {
  using Vec = std::array<double, 3>;
  const auto corner = [&](std::size_t i) {
    const glm::vec3 p = mesh.positions_m[mesh.indices[i]];
    return Vec{static_cast<double>(p.x) - static_cast<double>(origin_m.x),
               static_cast<double>(p.y) - static_cast<double>(origin_m.y),
               static_cast<double>(p.z) - static_cast<double>(origin_m.z)};
  };
  double six_volumes = 0.0;
  for (std::size_t i = 0; i + 2 < mesh.indices.size(); i += 3) {
    const Vec a = corner(i), b = corner(i + 1), c = corner(i + 2);
    six_volumes += a[0] * (b[1] * c[2] - b[2] * c[1]) + a[1] * (b[2] * c[0] - b[0] * c[2]) +
                   a[2] * (b[0] * c[1] - b[1] * c[0]);
  }
  return six_volumes / 6.0;
}

std::optional<double> find_stable_volume_m3(const Mesh& mesh) {
  if (mesh.indices.empty()) return std::nullopt;
  const double near = volume_about_m3(mesh, bounds_of(mesh.positions_m).centre());
  const double far = volume_about_m3(mesh, glm::vec3(0.0f));
  if (!(std::abs(near - far) < kStable * std::abs(near))) return std::nullopt;
  return std::abs(near);
}

Mesh find_outer_surface(const Mesh& mesh) {
  Mesh ordered = mesh;
  ordered.normals.clear();
  order_triangles(ordered);
  const Bvh tree(ordered.positions_m, ordered.indices);
  const auto directions = make_directions();
  std::vector<std::uint8_t> open(mesh.triangle_count(), 0);
  base::parallel_for(mesh.triangle_count(), [&](std::size_t t) {
    const glm::vec3 centre =
        (mesh.positions_m[mesh.indices[3 * t]] + mesh.positions_m[mesh.indices[3 * t + 1]] +
         mesh.positions_m[mesh.indices[3 * t + 2]]) /
        3.0f;
    std::size_t escaped = 0;
    for (std::size_t k = 0; k < kDirections; ++k) {
      // Enough have escaped, or too few are left.
      if (escaped >= kOpenDirections || escaped + (kDirections - k) < kOpenDirections) break;
      const Ray ray{centre + kLift_m * directions[k], directions[k]};
      if (!tree.find_hit(ray, kFar_m)) ++escaped;
    }
    open[t] = escaped >= kOpenDirections ? 1 : 0;
  });
  Mesh out;
  out.positions_m = mesh.positions_m;
  for (std::size_t t = 0; t < open.size(); ++t) {
    if (open[t] == 0) continue;
    out.indices.insert(out.indices.end(), mesh.indices.begin() + static_cast<std::ptrdiff_t>(3 * t),
                       mesh.indices.begin() + static_cast<std::ptrdiff_t>(3 * t + 3));
  }
  return out;
}

}  // namespace geom

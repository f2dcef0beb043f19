#include "geom/lattice.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace geom {
namespace {

using Weights = std::array<float, 4>;

Weights blend(float t) {
  const float s = 1.0f - t;
  return {s * s * s / 6.0f, (4.0f - 6.0f * t * t + 3.0f * t * t * t) / 6.0f,
          (1.0f + 3.0f * t + 3.0f * t * t - 3.0f * t * t * t) / 6.0f, t * t * t / 6.0f};
}

Weights slope(float t) {
  const float s = 1.0f - t;
  return {-0.5f * s * s, 0.5f * t * (3.0f * t - 4.0f), 0.5f * (1.0f + 2.0f * t - 3.0f * t * t),
          0.5f * t * t};
}

}  // namespace

struct Lattice::Span {
  glm::ivec3 first{0};  // of the four points along each axis; may reach beyond the border
  glm::vec3 share{0.0f};
};

Lattice::Lattice(const Aabb& box_m, float spacing_m) : origin_(box_m.min), spacing_(spacing_m) {
  const glm::vec3 cells = box_m.size() / spacing_m;
  for (int axis = 0; axis < 3; ++axis) {
    size_[axis] = static_cast<int>(std::ceil(cells[axis])) + 1;
  }
  values_.resize(static_cast<std::size_t>(size_.x) * static_cast<std::size_t>(size_.y) *
                 static_cast<std::size_t>(size_.z));
}

Lattice::Span Lattice::span_at(glm::vec3 point_m) const {
  Span span;
  for (int axis = 0; axis < 3; ++axis) {
    const float last = static_cast<float>(size_[axis] - 1);
    const float at = std::clamp((point_m[axis] - origin_[axis]) / spacing_, 0.0f, last);
    const float cell = std::floor(at);
    span.first[axis] = static_cast<int>(cell) - 1;
    span.share[axis] = at - cell;
  }
  return span;
}

glm::vec3 Lattice::at(glm::vec3 point_m) const {
  const Span span = span_at(point_m);
  const Weights wx = blend(span.share.x);
  const Weights wy = blend(span.share.y);
  const Weights wz = blend(span.share.z);
  glm::vec3 sum(0.0f);
  for (int k = 0; k < 4; ++k) {
    const int z = std::clamp(span.first.z + k, 0, size_.z - 1);
    for (int j = 0; j < 4; ++j) {
      const int y = std::clamp(span.first.y + j, 0, size_.y - 1);
      for (int i = 0; i < 4; ++i) {
        const int x = std::clamp(span.first.x + i, 0, size_.x - 1);
        sum += wx[static_cast<std::size_t>(i)] * wy[static_cast<std::size_t>(j)] *
               wz[static_cast<std::size_t>(k)] * values_[index(x, y, z)];
      }
    }
  }
  return sum;
}

glm::mat3 Lattice::gradient(glm::vec3 point_m) const {
  const Span span = span_at(point_m);
  const std::array<Weights, 3> value{blend(span.share.x), blend(span.share.y), blend(span.share.z)};
  const std::array<Weights, 3> rise{slope(span.share.x), slope(span.share.y), slope(span.share.z)};
  glm::mat3 sum(0.0f);
  for (std::size_t k = 0; k < 4; ++k) {
    const int z = std::clamp(span.first.z + static_cast<int>(k), 0, size_.z - 1);
    for (std::size_t j = 0; j < 4; ++j) {
      const int y = std::clamp(span.first.y + static_cast<int>(j), 0, size_.y - 1);
      for (std::size_t i = 0; i < 4; ++i) {
        const int x = std::clamp(span.first.x + static_cast<int>(i), 0, size_.x - 1);
        const glm::vec3 v = values_[index(x, y, z)];
        sum[0] += rise[0][i] * value[1][j] * value[2][k] * v;
        sum[1] += value[0][i] * rise[1][j] * value[2][k] * v;
        sum[2] += value[0][i] * value[1][j] * rise[2][k] * v;
      }
    }
  }
  return sum / spacing_;
}

}  // namespace geom

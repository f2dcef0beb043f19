#include "anatomy/fibre_grid.h"

#include <algorithm>
#include <cmath>
#include <glm/common.hpp>

namespace anatomy {

FibreGrid::FibreGrid(const geom::Mesh& mesh, const FibreField& field) {
  constexpr float kLeastCell_m = 0.004f;
  constexpr float kMostNodes = 20'000.0f;
  const geom::Aabb box = geom::bounds_of(mesh.positions_m);
  const glm::vec3 size = box.size();
  // Of a surface, so that large muscles get cells of a centimetre.
  cell_m_ = std::max(kLeastCell_m, 0.04f * glm::length(size));
  while ((size.x / cell_m_ + 4.0f) * (size.y / cell_m_ + 4.0f) * (size.z / cell_m_ + 4.0f) >
         kMostNodes) {
    cell_m_ *= 1.25f;
  }
  min_m_ = box.min - glm::vec3(cell_m_);
  size_ = glm::ivec3(size / cell_m_) + glm::ivec3(4);
  nodes_.resize(static_cast<std::size_t>(size_.x) * static_cast<std::size_t>(size_.y) *
                static_cast<std::size_t>(size_.z));
  for (std::size_t t = 0; t + 2 < mesh.indices.size(); t += 3) {
    const std::uint32_t a = mesh.indices[t];
    const std::uint32_t b = mesh.indices[t + 1];
    const std::uint32_t c = mesh.indices[t + 2];
    const glm::vec3 ab = mesh.positions_m[b] - mesh.positions_m[a];
    const glm::vec3 ac = mesh.positions_m[c] - mesh.positions_m[a];
    const float longest =
        std::sqrt(std::max({glm::dot(ab, ab), glm::dot(ac, ac), glm::dot(ab - ac, ab - ac)}));
    const int steps = std::clamp(static_cast<int>(std::ceil(0.8f * longest / cell_m_)), 1, 24);
    const float share = 1.0f / static_cast<float>(steps * steps);
    const float weight = share * glm::length(glm::cross(ab, ac));
    // Centres of steps * steps equal small triangles.
    for (int i = 0; i < steps; ++i) {
      for (int j = 0; j < 2 * (steps - i) - 1; ++j) {
        const float third = j % 2 == 0 ? 1.0f / 3.0f : 2.0f / 3.0f;
        const float s = (static_cast<float>(i) + third) / static_cast<float>(steps);
        const float r = (static_cast<float>(j / 2) + third) / static_cast<float>(steps);
        const float rest = 1.0f - s - r;
        spread(mesh.positions_m[a] + s * ab + r * ac,
               rest * field.fibre[a] + s * field.fibre[b] + r * field.fibre[c],
               rest * field.along_m[a] + s * field.along_m[b] + r * field.along_m[c], weight);
      }
    }
  }
  settle_nodes();
}

// The cell of a place; the place becomes its share of the cell.
std::size_t FibreGrid::find_cell(glm::vec3& place) const {
  place = (place - min_m_) / cell_m_;
  const glm::ivec3 cell(std::clamp(static_cast<int>(place.x), 0, size_.x - 2),
                        std::clamp(static_cast<int>(place.y), 0, size_.y - 2),
                        std::clamp(static_cast<int>(place.z), 0, size_.z - 2));
  place -= glm::vec3(cell);
  return static_cast<std::size_t>((cell.z * size_.y + cell.y) * size_.x + cell.x);
}

glm::vec3 FibreGrid::corner_of(std::size_t node) const {
  const auto n = static_cast<int>(node);
  return min_m_ + cell_m_ * glm::vec3(n % size_.x, n / size_.x % size_.y, n / size_.x / size_.y);
}

// What the surface says at a place goes to the eight nodes around, carried on along the fibre.
void FibreGrid::spread(glm::vec3 place_m, glm::vec3 fibre, float along_m, float weight) {
  glm::vec3 share = place_m;
  const std::size_t cell = find_cell(share);
  const auto row = static_cast<std::size_t>(size_.x);
  const std::size_t slab = row * static_cast<std::size_t>(size_.y);
  for (std::size_t k = 0; k < 8; ++k) {
    const glm::vec3 offset(static_cast<float>(k & 1), static_cast<float>(k >> 1 & 1),
                           static_cast<float>(k >> 2));
    const glm::vec3 near = glm::vec3(1.0f) - glm::abs(offset - share);
    const float w = weight * near.x * near.y * near.z;
    Node& node = nodes_[cell + (k & 1) + row * (k >> 1 & 1) + slab * (k >> 2)];
    node.fibre += w * fibre;
    node.along_m += w * (along_m + glm::dot(fibre, cell_m_ * (offset - share)));
    node.weight += w;
  }
}

// Means of what came in; nodes that nothing reached continue their neighbours, so that every place
// has an answer.
void FibreGrid::settle_nodes() {
  std::vector<std::uint32_t> front;
  for (std::uint32_t n = 0; n < nodes_.size(); ++n) {
    Node& node = nodes_[n];
    if (!(node.weight > 0.0f)) continue;
    node.fibre /= node.weight;
    node.along_m /= node.weight;
    node.weight = 1.0f;
    front.push_back(n);
  }
  const int steps[3] = {1, size_.x, size_.x * size_.y};
  std::vector<std::uint32_t> next;
  while (!front.empty()) {
    next.clear();
    for (const std::uint32_t n : front) {
      const auto i = static_cast<int>(n);
      const int at[3] = {i % size_.x, i / size_.x % size_.y, i / size_.x / size_.y};
      for (int axis = 0; axis < 3; ++axis) {
        for (const int way : {-1, 1}) {
          if (at[axis] + way < 0 || at[axis] + way >= size_[axis]) continue;
          const auto m = static_cast<std::uint32_t>(i + way * steps[axis]);
          Node& to = nodes_[m];
          if (to.weight == 1.0f) continue;
          if (to.weight == 0.0f) next.push_back(m);
          const Node& from = nodes_[n];
          glm::vec3 step(0.0f);
          step[axis] = cell_m_ * static_cast<float>(way);
          to.fibre += from.fibre;
          to.along_m += from.along_m + glm::dot(from.fibre, step);
          to.weight -= 1.0f;  // counts below zero until all of this round have spoken
        }
      }
    }
    for (const std::uint32_t n : next) {
      Node& node = nodes_[n];
      node.fibre /= -node.weight;
      node.along_m /= -node.weight;
      node.weight = 1.0f;
    }
    front.swap(next);
  }
}

FibreGrid::Sample FibreGrid::at(glm::vec3 point_m) const {
  glm::vec3 share = point_m;
  const std::size_t cell = find_cell(share);
  share = glm::clamp(share, glm::vec3(0.0f), glm::vec3(1.0f));
  const auto row = static_cast<std::size_t>(size_.x);
  const std::size_t slab = row * static_cast<std::size_t>(size_.y);
  Sample sample;
  for (std::size_t k = 0; k < 8; ++k) {
    const float x = (k & 1) != 0 ? share.x : 1.0f - share.x;
    const float y = (k & 2) != 0 ? share.y : 1.0f - share.y;
    const float z = (k & 4) != 0 ? share.z : 1.0f - share.z;
    const Node& node = nodes_[cell + (k & 1) + row * (k >> 1 & 1) + slab * (k >> 2)];
    sample.fibre += x * y * z * node.fibre;
    sample.along_m += x * y * z * node.along_m;
  }
  const float length = glm::length(sample.fibre);
  sample.fibre = length > 1e-6f ? sample.fibre / length : glm::vec3(0.0f);
  return sample;
}

}  // namespace anatomy

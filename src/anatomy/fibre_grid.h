// A muscle's fibres at any place near its surface: how a field that was solved on a coarse level of
// detail reaches the vertices of the others. Metres.
#pragma once

#include <cstddef>
#include <glm/vec3.hpp>
#include <vector>

#include "anatomy/fibre_field.h"
#include "geom/mesh.h"

namespace anatomy {

// Values on a grid of cells of some millimetres, linear between them.
class FibreGrid {
 public:
  FibreGrid(const geom::Mesh& mesh, const FibreField& field);

  struct Sample {
    glm::vec3 fibre{0.0f};  // unit
    float along_m = 0.0f;
  };
  Sample at(glm::vec3 point_m) const;

 private:
  struct Node {
    glm::vec3 fibre{0.0f};
    float along_m = 0.0f;
    float weight = 0.0f;
  };
  void spread(glm::vec3 place_m, glm::vec3 fibre, float along_m, float weight);
  void settle_nodes();
  std::size_t find_cell(glm::vec3& place) const;
  glm::vec3 corner_of(std::size_t node) const;

  glm::vec3 min_m_{0.0f};
  float cell_m_ = 1.0f;
  glm::ivec3 size_{2};  // nodes
  std::vector<Node> nodes_;
};

}  // namespace anatomy

// The shape of a head that is no ball: a mesh in the head frame, from a Wavefront OBJ file in
// metres beside the attachment's JSON (every 3D program writes one). Only vertices and faces are
// read; what touches is the underside, the lowest z over each spot of the x-y plane.
//
// Refused with a sentence that names file and line: no faces, indices that name nothing, figures
// that are not finite, more than 300,000 triangles or 32 MiB, larger than 0.6 m (a file in
// millimetres), smaller than 5 mm, not around the head's origin.
#pragma once

#include <filesystem>
#include <limits>
#include <memory>
#include <vector>

#include "base/result.h"
#include "geom/mesh.h"

namespace tool {

class HeadMesh {
 public:
  // Nothing of the head is over this spot.
  static constexpr float kNothing = std::numeric_limits<float>::infinity();

  // The mesh needs at least one triangle that is not upright.
  explicit HeadMesh(geom::Mesh mesh);

  const geom::Mesh& mesh() const { return mesh_; }
  const geom::Aabb& bounds() const { return bounds_; }
  // Lowest z over (x, y), between the nodes of a grid of at most 1 mm; kNothing beside the head.
  float underside_m(float x_m, float y_m) const;

 private:
  void draw_triangle(glm::vec3 a, glm::vec3 b, glm::vec3 c);
  float node(int x, int y) const { return lowest_[static_cast<std::size_t>(y * width_ + x)]; }

  geom::Mesh mesh_;
  geom::Aabb bounds_;
  float step_m_ = 0.001f;
  int width_ = 0, height_ = 0;
  std::vector<float> lowest_;  // per node, row by row along x
};

base::Result<std::shared_ptr<const HeadMesh>> load_head_mesh(const std::filesystem::path& file);

}  // namespace tool

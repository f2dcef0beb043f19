// Meshes on the GPU, by id and version: uploaded when first drawn, again when the version changes,
// dropped when they have not been drawn for a while (a level of detail that is no longer in use).
#pragma once

#include <cstdint>
#include <glm/vec3.hpp>
#include <unordered_map>
#include <vector>

#include "draw/draw_list.h"
#include "geom/mesh.h"
#include "render/gl/objects.h"

namespace render {

// Attribute locations, shared with the shaders: 0 position, 1 normal, 2 fibre (w: tendon),
// 3 structure and segment.
struct GpuMesh {
  VertexArray vertex_array;
  Buffer vertices;
  Buffer indices;
  std::uint64_t version = 0;
  std::uint64_t last_frame = 0;
  GLsizei index_count = 0;
  std::size_t vertex_count = 0;
  std::vector<glm::vec3> structure_centres_m;  // mean vertex of each structure
  std::vector<geom::Aabb> structure_bounds_m;
  geom::Aabb bounds_m;
};

class GpuCache {
 public:
  // Counts frames; forgets meshes unused for kFramesKept of them.
  void begin_frame();
  const GpuMesh& find_or_upload(const draw::MeshSource& source);
  std::size_t size() const { return meshes_.size(); }
  std::uint64_t uploads() const { return uploads_; }

  static constexpr std::uint64_t kFramesKept = 600;

 private:
  std::unordered_map<std::uint64_t, GpuMesh> meshes_;
  std::uint64_t frame_ = 0;
  std::uint64_t uploads_ = 0;
};

}  // namespace render

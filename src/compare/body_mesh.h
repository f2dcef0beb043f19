// One structure of a Body as a mesh of its own.
#pragma once

#include "anatomy/body.h"

namespace compare {

// Without normals; triangles in Bvh order as in the body. Empty where the level is not loaded.
inline geom::Mesh mesh_of(const anatomy::Body& body, anatomy::StructureIndex structure,
                          std::size_t lod) {
  const anatomy::MeshRange& range = body.structures[structure].lods[lod];
  const anatomy::LodMesh& all = body.lods[lod];
  geom::Mesh mesh;
  if (all.positions_m.size() < range.first_vertex + range.vertex_count) return mesh;
  mesh.positions_m.assign(all.positions_m.begin() + range.first_vertex,
                          all.positions_m.begin() + range.first_vertex + range.vertex_count);
  mesh.indices.reserve(range.index_count);
  for (std::uint32_t i = 0; i < range.index_count; ++i) {
    mesh.indices.push_back(all.indices[range.first_index + i] - range.first_vertex);
  }
  return mesh;
}

}  // namespace compare

#include "anatomy/finish.h"

#include <algorithm>
#include <span>
#include <vector>

#include "base/check.h"

namespace anatomy {

void finish_structures(Body& body) {
  for (Group& group : body.groups) group.members.clear();
  for (std::size_t i = 0; i < body.structures.size(); ++i) {
    Structure& structure = body.structures[i];
    for (std::size_t lod = 0; lod < kLodCount; ++lod) {
      const LodMesh& mesh = body.lods[lod];
      const MeshRange& range = structure.lods[lod];
      const std::size_t end = std::size_t{range.first_vertex} + range.vertex_count;
      BACKMATE_CHECK(end <= mesh.positions_m.size());
      BACKMATE_CHECK(std::size_t{range.first_index} + range.index_count <= mesh.indices.size());
      BACKMATE_CHECK(range.index_count % 3 == 0);
      for (std::uint32_t k = 0; k < range.index_count; ++k) {
        const std::uint32_t index = mesh.indices[range.first_index + k];
        BACKMATE_CHECK(index >= range.first_vertex && index < end);
      }
    }
    structure.bounds_m = geom::bounds_of(
        std::span(body.lods[0].positions_m)
            .subspan(structure.lods[0].first_vertex, structure.lods[0].vertex_count));
    for (const GroupIndex group : structure.groups) {
      BACKMATE_CHECK(group < body.groups.size());
      body.groups[group].members.push_back(static_cast<StructureIndex>(i));
    }
  }
  for (const LodMesh& mesh : body.lods) {
    const std::size_t count = mesh.positions_m.size();
    BACKMATE_CHECK(mesh.normals.size() == count && mesh.vertex_structure.size() == count);
    BACKMATE_CHECK(mesh.vertex_segment.size() == count);
    BACKMATE_CHECK(mesh.fibre.empty() || mesh.fibre.size() == count);
    BACKMATE_CHECK(mesh.tendon.empty() || mesh.tendon.size() == count);
  }
  BACKMATE_CHECK(body.contact_surface.normals.size() == body.contact_surface.positions_m.size());
}

}  // namespace anatomy

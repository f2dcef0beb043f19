// What can be wrong with single meshes of an atlas: the same one twice, no surface, more than two
// triangles at an edge, inside out.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "geom/mesh.h"
#include "import/mesh_reader.h"

namespace atlas {

// For each mesh the first one that is the same (equally many vertices and triangles, box and middle
// within a tenth of a millimetre), if it is not the first itself. Metres.
std::vector<std::optional<std::size_t>> find_duplicates(const std::vector<RawStructure>& meshes);

struct MeshFaults {
  float missing = 0.0f;       // see find_missing_part (suspicion.h)
  float crowded = 0.0f;       // edges of more than two triangles, as a part of all
  float without_area = 0.0f;  // triangles without area, as a part of all
  bool no_surface = false;    // its triangles have no area at all
  bool inside_out = false;    // closed, and wound inward
};
MeshFaults find_faults(const geom::Mesh& mesh);

// Turns every triangle over.
void turn_inside_out(geom::Mesh& mesh);

}  // namespace atlas

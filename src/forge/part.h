// What the makers of this room (muscles, bones, skin) hand over: one structure of the built-in body
// as closed meshes at three levels of detail. Metres, body frame. A part names its entry of the
// ontology and its side; names, ids, layer and groups come from there.
//
// The makers, called by forge.cpp in this order:
//   bones.h    base::Result<std::vector<Part>> build_bones(const fs::path& assets_dir);
//   muscles.h  base::Result<std::vector<Part>> build_muscles(const fs::path& assets_dir,
//                                                            std::span<const Part> bones);
//   skin.h     Part build_skin(SkinSpec spec, const FigureMap& map, std::span<const Part> inside,
//                              const geom::Mesh& padding);
#pragma once

#include <array>
#include <string>
#include <vector>

#include "anatomy/body.h"
#include "anatomy/side_by_side.h"
#include "geom/mesh.h"

namespace forge {

// One level of detail. `mesh.normals` may be empty: they are made when the body is assembled. The
// arrays after it have one entry per vertex or none at all.
struct PartMesh {
  geom::Mesh mesh;
  std::vector<glm::vec3> fibre;  // unit, from origin to insertion
  std::vector<float> tendon;     // 0 belly .. 1 tendon
  std::vector<float> along;      // 0 at the origin .. 1 at the insertion; cuts the segments
};

struct Part {
  std::string entry_id;  // OntologyEntry::id, without side: "trapezius_descending"
  anatomy::Side side = anatomy::Side::kMedian;
  float length_m = 0.0f;  // mean fibre length; 0: not a muscle, or let build_segments decide
  std::vector<std::string> under;  // entries of the muscles that lie directly over this one
  std::vector<anatomy::SideBySide> beside;        // where they do not
  std::array<PartMesh, anatomy::kLodCount> lods;  // 0 finest
};

// The same part on the other side: X negated, triangles turned so that outward stays outward.
// A median part may be mirrored too (it stays median).
Part mirror_part(const Part& part);

}  // namespace forge

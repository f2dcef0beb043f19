#include "forge/part.h"

#include <utility>

namespace forge {

Part mirror_part(const Part& part) {
  Part result = part;
  if (part.side == anatomy::Side::kRight) result.side = anatomy::Side::kLeft;
  if (part.side == anatomy::Side::kLeft) result.side = anatomy::Side::kRight;
  for (PartMesh& lod : result.lods) {
    for (glm::vec3& p : lod.mesh.positions_m) p.x = -p.x;
    for (glm::vec3& n : lod.mesh.normals) n.x = -n.x;
    for (glm::vec3& f : lod.fibre) f.x = -f.x;
    for (std::size_t i = 0; i + 2 < lod.mesh.indices.size(); i += 3) {
      std::swap(lod.mesh.indices[i + 1], lod.mesh.indices[i + 2]);
    }
  }
  return result;
}

}  // namespace forge

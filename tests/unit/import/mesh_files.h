// Writes small, well-understood atlases in the formats that the import reads.
#pragma once

#include <glm/mat4x4.hpp>
#include <string>
#include <vector>

#include "geom/mesh.h"

namespace atlas::testing {

struct Part {
  std::string name;
  geom::Mesh mesh;
};

// A closed ellipsoid, wound outward.
geom::Mesh make_ellipsoid(glm::vec3 centre, glm::vec3 radii, int rings = 12);
// The upper half of one, open below.
geom::Mesh make_bowl(glm::vec3 centre, glm::vec3 radii, int rings = 12);

// A spine from C7 to L5, scapulae, trapezius, pectorals: ellipsoids at plausible places (metres,
// body frame), enough to tell up, left and front.
std::vector<Part> make_torso();

// One mesh through a rotation and a scale, as if drawn in another frame.
geom::Mesh transformed(const geom::Mesh& mesh, const glm::mat3& rotation, float scale);

std::string to_obj(const std::vector<Part>& parts);
std::string to_ascii_stl(const geom::Mesh& mesh);
std::string to_binary_stl(const geom::Mesh& mesh);
std::string to_ascii_ply(const geom::Mesh& mesh);

// A binary glTF with one node; `node_fields` is JSON put into the node (",\"scale\":[..]").
std::string to_glb(const Part& part, const std::string& node_fields = "");

}  // namespace atlas::testing

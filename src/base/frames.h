// The one body frame: metres, right-handed, +Y up, +Z anterior (towards the chest), +X towards the
// subject's left. The floor under the feet is Y = 0; X = 0 is the plane of symmetry.
#pragma once

#include <glm/vec3.hpp>

namespace base {

inline constexpr glm::vec3 kUp{0.0f, 1.0f, 0.0f};
inline constexpr glm::vec3 kAnterior{0.0f, 0.0f, 1.0f};
inline constexpr glm::vec3 kLeft{1.0f, 0.0f, 0.0f};

// BodyParts3D: millimetres, x to the subject's left, y posterior, z up, symmetric about x = -0.8
// mm.
constexpr glm::vec3 from_bodyparts3d_mm(glm::vec3 p) {
  return {(p.x + 0.8f) * 1e-3f, p.z * 1e-3f, -p.y * 1e-3f};
}

}  // namespace base

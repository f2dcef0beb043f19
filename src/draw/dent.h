// Where a pressed spot moves the body: the one definition of the dent, mirrored word for word by
// shaders/common/dent.glsl (a test runs both and compares). For whoever needs the deformed surface
// on the CPU: labels, the handle, tests.
//
// Laws: a point within the ball's cylinder and on the body's side of it ends up at least
// kDentClearance below the ball; displacement is along -normal, continuous, zero at reach_m and
// beyond; tissue moves less the deeper it lies.
#pragma once

#include <glm/vec3.hpp>
#include <span>

#include "draw/draw_list.h"
#include "geom/mesh.h"

namespace draw {

inline constexpr float kDentClearance = 0.0006f;
// Tissue under a ball gives way by less than that.
inline constexpr float kFarthestMovedM = 0.06f;

// Displacement of the undeformed skin at a distance from the dent's axis, by this dent alone and
// whatever its share.
float dent_depth_m(float radius_m, const Dent& dent);
glm::vec3 dented(glm::vec3 point_m, const Dent& dent);
// Dents add up; afterwards the point is kept out of every ball.
glm::vec3 dented(glm::vec3 point_m, std::span<const Dent> dents);

// Whether anything within the box may be moved, or shaded by a ball; what is further away is drawn
// by shaders that know nothing of dents.
bool may_reach(std::span<const Dent> dents, const geom::Aabb& box_m);

// How far what is in the box, dented or not, reaches from its centre along a unit direction.
float reach_along(const geom::Aabb& box_m, glm::vec3 direction);

}  // namespace draw

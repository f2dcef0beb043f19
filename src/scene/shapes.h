// Simple solids as meshes: closed, wound outward, with smooth normals. Metres.
#pragma once

#include <glm/vec2.hpp>
#include <glm/vec3.hpp>
#include <span>

#include "geom/mesh.h"

namespace scene {

// About the origin. `grooves` shallow valleys run from pole to pole along x (0: a plain sphere), so
// that one sees the ball roll.
geom::Mesh make_ball(float radius_m, int grooves);
// A round bar along a line of points with rounded ends; neighbouring points must differ.
geom::Mesh make_tube(std::span<const glm::vec3> path_m, float radius_m);
// The same through smooth bends, as thick at each point as `radii_m` says: fingers, arms. Few
// points are enough.
geom::Mesh make_limb(std::span<const glm::vec3> path_m, std::span<const float> radii_m);
// About the z axis.
geom::Mesh make_torus(float radius_m, float thickness_m);
// A solid of revolution about x: profile points are (x, radius), x rising; closed at both ends.
geom::Mesh make_lathe(std::span<const glm::vec2> profile_m);
// A quarter turn: what pointed along x points along z.
geom::Mesh turned_to_z(geom::Mesh mesh);

}  // namespace scene

// A tube swept along a curve, closed by round ends: nerves and vessels. Metres; triangles face
// outward.
#pragma once

#include <glm/vec3.hpp>
#include <span>
#include <vector>

#include "geom/mesh.h"

namespace forge {

struct TubeStation {
  glm::vec3 at_m{0.0f};
  float radius_m = 0.0f;
};

// A smooth way through the points (centripetal Catmull-Rom, so that it never loops between points
// that lie unevenly), with a station about every `step_m`.
std::vector<TubeStation> smooth_way(std::span<const TubeStation> points, float step_m);

// Leaves stations out as long as the way stays within `tolerance_m` and no piece gets longer than
// `longest_m`. The first and the last stay.
std::vector<TubeStation> thin_out(std::span<const TubeStation> way, float tolerance_m,
                                  float longest_m);

// `sides` corners to a section; two stations at least.
geom::Mesh sweep_tube(std::span<const TubeStation> way, int sides);

}  // namespace forge

// A body made taller or shorter. Trunk and limbs grow with the stature, breadths and girths less
// than it (power 0.6), a head hardly (power 0.3): the slopes on stature, at the same body mass
// index, of breadths, girths and head of ANSUR II (Gordon and others, 2014) come to 0.5 to 0.8 and
// 0 to 0.5. Smooth, and nothing changes places: closed meshes stay closed.
#pragma once

#include "anatomy/body.h"

namespace anatomy {

// From the floor (Y = 0) to the highest point of the touched surface.
float find_stature_m(const Body& body);

// Everything that has a place goes along: meshes, fibres, segments, landmarks, touched surface.
// Meant for a standing body with a head. `stature_m` lies within figure.h's range.
void scale_to_stature(Body& body, float stature_m);

// Where that takes one point of a body which is `from_m` tall.
glm::vec3 at_stature(glm::vec3 point_m, float from_m, float to_m);

}  // namespace anatomy

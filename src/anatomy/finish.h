// What a Body still needs once its structures have meshes, the same for built-in and imported
// bodies.
#pragma once

#include "anatomy/body.h"

namespace anatomy {

// Cuts muscles that have no segments yet into 2-3 cm segments along their longest direction and
// fills vertex_segment of every level of detail. Fibres, where given, decide the direction.
void build_segments(Body& body);

// Finds the named skin points (C2..L5, acromion_*, ...) from the bones present and puts them on the
// contact surface. Bones that are missing give no landmark.
void find_landmarks(Body& body);

// Sets bounds_m of every structure, group members; checks index ranges (bugs are asserts).
void finish_structures(Body& body);

}  // namespace anatomy

// What a Body still needs once its structures have meshes, the same for built-in and imported
// bodies.
#pragma once

#include "anatomy/body.h"
#include "anatomy/ontology.h"
#include "base/progress.h"

namespace anatomy {

// Gives muscles that have no segments yet fibres at every level of detail and 2-3 cm segments along
// them. The ontology says which bones the fibres run from and to; what it does not know, or the
// body does not have, the muscle's shape decides (fibre_field.h). A muscle whose surface is of no
// use to that is left to build_segments. Once `progress` is cancelled it stops, half done.
void build_fibres(Body& body, const Ontology& ontology, const base::Progress* progress = nullptr);

// Cuts muscles that still have no segments by planes across their longest direction, into 2-3 cm
// segments. Fibres, where given, decide the direction; where not, they become that direction.
void build_segments(Body& body);

// Finds the named skin points (C2..L5, acromion_*, ...) from the bones present and puts them on the
// contact surface. Bones that are missing give no landmark.
void find_landmarks(Body& body);

// Sets bounds_m of every structure, group members; checks index ranges (bugs are asserts).
void finish_structures(Body& body);

}  // namespace anatomy

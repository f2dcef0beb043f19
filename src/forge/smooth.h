// Takes bumps off a closed mesh without shrinking it: Taubin's filter ("A signal processing
// approach to fair surface design", 1995). Moves vertices only; normals are left as they were.
#pragma once

#include "geom/mesh.h"

namespace forge {

void fair(geom::Mesh& mesh, int passes);

// Fills furrows that are sharper than `radius_m` from their ground up, a little with each pass
// (half a triangle's width in forty); whatever is convex or gently hollow stays, nothing moves
// inward.
void fill_furrows(geom::Mesh& mesh, float radius_m, int passes);

}  // namespace forge

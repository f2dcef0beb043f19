// Takes bumps off a closed mesh without shrinking it: Taubin's filter ("A signal processing
// approach to fair surface design", 1995). Moves vertices only; normals are left as they were.
#pragma once

#include "geom/mesh.h"

namespace forge {

void fair(geom::Mesh& mesh, int passes);

}  // namespace forge

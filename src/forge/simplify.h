// Fewer triangles for the coarser levels of detail: edges collapse where that changes the shape
// least (Garland and Heckbert, "Surface simplification using quadric error metrics", 1997). A
// closed manifold stays one: a collapse that would pinch the surface or turn a triangle over is
// not made, so the result may have a few triangles more than asked for.
#pragma once

#include <cstddef>

#include "geom/mesh.h"

namespace forge {

geom::Mesh simplify_to(const geom::Mesh& mesh, std::size_t triangles);

}  // namespace forge

// Muscles of several slips: dozens of small meshes that must stay light, rows of small muscles that
// are cut into segments along the row, unpaired ones that hold both sides.
#pragma once

#include "forge/part.h"
#include "geom/net.h"

namespace forge {

// A slip's sheet with as few rows and columns as its rounded shape needs at this level of detail:
// some 100, 40 and 20 triangles for one of 3 cm.
geom::NetGrid sample_slip(const geom::Net& slip, int lod);

// Adds a mesh behind what is there already.
void append_mesh(PartMesh& to, const PartMesh& mesh);

// A row of muscles up the spine: `along` becomes the share of the row's height and length_m that
// height, so that a segment is a stretch of the row and not a bit of every slip.
void lay_along_row(Part& part);

// One median part with the slips of both sides.
Part join_sides(Part right, const Part& left);

}  // namespace forge

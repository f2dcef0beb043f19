// Levels of detail of a whole body out of one mesh per structure, in the order that Bvh and the
// pack like.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "anatomy/body.h"
#include "base/progress.h"

namespace atlas {

// Triangles of the whole body at levels 1 and 2; level 0 is the source, untouched.
inline constexpr std::array<std::size_t, anatomy::kLodCount> kTriangleBudget = {0, 170'000, 60'000};

// meshes[i] becomes body.structures[i].lods and its part of body.lods: welded meshes are
// simplified, ordered, given normals. Consumes the meshes. False when cancelled.
bool build_levels(std::vector<geom::Mesh>& meshes, anatomy::Body& body, base::Progress& progress);

}  // namespace atlas

// Finds structures that cannot be right where they are: out of scale with their kin or twin, or
// specks far away from everything else. No list of names: published atlases have such files, each
// with others.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "anatomy/body.h"

namespace atlas {

// One sentence per structure in trouble (its box is taken from bounds_m, body frame), nothing for
// the others. Same length and order as `structures`.
std::vector<std::optional<std::string>> find_out_of_scale(
    std::span<const anatomy::Structure> structures);

// How much of a mesh is missing: length of its open edges over the square root of its area. A
// closed mesh has 0, a half sphere 2.5, an open tube about as much.
float find_openness(const geom::Mesh& mesh);

}  // namespace atlas

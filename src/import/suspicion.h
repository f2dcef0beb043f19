// Finds structures that cannot be right where they are: out of scale with their kin or twin, or
// specks far away from everything else. No list of names: published atlases have such files, each
// with others.
#pragma once

#include <cstddef>
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

// How much of a mesh's surface is missing: the area that its open rims enclose over its own area.
// A closed mesh has 0, one with cracks (which enclose next to nothing) almost 0, a half sphere 0.5.
// `crowded` counts edges at which more than two triangles meet; it may be null.
float find_missing_part(const geom::Mesh& mesh, std::size_t* crowded = nullptr);

}  // namespace atlas

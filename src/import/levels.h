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

// How many triangles each structure gets at each level.
using LevelPlan = std::array<std::vector<std::size_t>, anatomy::kLodCount>;
LevelPlan plan_levels(std::span<const geom::Mesh> meshes);

// meshes[i] is simplified, ordered and given normals as level 1 of body.structures[i] (its range
// lods[1]) and fills body.lods[1]. The meshes are welded. False when cancelled.
bool build_middle_level(std::span<const geom::Mesh> meshes, const LevelPlan& plan,
                        anatomy::Body& body, base::Progress& progress);

// The finest level out of the meshes themselves, which are consumed, and the coarsest out of level
// 1. Touches nothing of level 1, so that others may read it meanwhile. False when cancelled.
bool build_other_levels(std::vector<geom::Mesh>& meshes, const LevelPlan& plan, anatomy::Body& body,
                        base::Progress& progress);

}  // namespace atlas

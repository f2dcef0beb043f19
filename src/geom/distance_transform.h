// Exact Euclidean distance transform on a grid: for every voxel the nearest of a set of sites.
// Felzenszwalb and Huttenlocher, "Distance transforms of sampled functions" (2012), carrying along
// which site it was, in linear time and in parallel.
#pragma once

#include <cstdint>
#include <glm/vec3.hpp>
#include <vector>

namespace geom {

inline constexpr std::uint32_t kNoSite = 0xFFFFFFFFu;

// sites[i] is kNoSite or any number; on return it holds the number of the nearest site of voxel i
// (x fastest), measured between voxel centres. Without any site everything stays kNoSite.
// `position_of(number)` is found by `site_voxel[number]`, the voxel index of the site.
void spread_nearest_site(glm::ivec3 size, std::vector<std::uint32_t>& sites,
                         const std::vector<std::uint32_t>& site_voxel);

}  // namespace geom

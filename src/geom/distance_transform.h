// Exact Euclidean distance transform on a grid: for every voxel the nearest of a set of sites.
// Felzenszwalb and Huttenlocher, "Distance transforms of sampled functions" (2012), carrying along
// which site it was, in linear time and in parallel.
#pragma once

#include <cstdint>
#include <glm/vec3.hpp>
#include <vector>

namespace geom {

inline constexpr std::uint32_t kNoSite = 0xFFFFFFFFu;

// A voxel's place in one number; 11 + 11 + 10 bits, so grids of up to 2047 x 2047 x 1023 voxels.
constexpr std::uint32_t pack_voxel(int x, int y, int z) {
  return static_cast<std::uint32_t>(x) | static_cast<std::uint32_t>(y) << 11 |
         static_cast<std::uint32_t>(z) << 22;
}
constexpr glm::ivec3 unpack_voxel(std::uint32_t packed) {
  return {static_cast<int>(packed & 0x7FFu), static_cast<int>((packed >> 11) & 0x7FFu),
          static_cast<int>(packed >> 22)};
}

// nearest[i] is kNoSite or, at a site, the voxel's own packed place; on return every voxel holds
// the packed place of its nearest site, measured between voxel centres. Without any site nothing
// changes.
void spread_nearest_site(glm::ivec3 size, std::vector<std::uint32_t>& nearest);

}  // namespace geom

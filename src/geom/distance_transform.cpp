#include "geom/distance_transform.h"

#include <algorithm>
#include <cstddef>

#include "base/parallel.h"

namespace geom {
namespace {

// One line of the transform: cost[i] is the squared distance found so far at i (negative: none),
// site[i] whose it is. Lower envelope of the parabolas cost[i] + (x - i)^2.
struct Line {
  std::vector<std::int32_t> cost;
  std::vector<std::uint32_t> site;
  std::vector<int> apex;
  std::vector<float> start;
  std::vector<std::int32_t> apex_cost;
  std::vector<std::uint32_t> apex_site;

  explicit Line(int n)
      : cost(static_cast<std::size_t>(n)),
        site(cost.size()),
        apex(cost.size()),
        start(cost.size() + 1),
        apex_cost(cost.size()),
        apex_site(cost.size()) {}

  // Returns false when the line has no site at all.
  bool spread() {
    const int n = static_cast<int>(cost.size());
    int top = -1;
    for (int q = 0; q < n; ++q) {
      if (cost[q] < 0) continue;
      float s = -1e30f;
      while (top >= 0) {
        const int p = apex[top];
        s = static_cast<float>((cost[q] + q * q) - (apex_cost[top] + p * p)) /
            static_cast<float>(2 * (q - p));
        if (s > start[top]) break;
        --top;
        s = -1e30f;
      }
      ++top;
      apex[top] = q;
      start[top] = s;
      apex_cost[top] = cost[q];
      apex_site[top] = site[q];
    }
    if (top < 0) return false;
    int k = 0;
    for (int q = 0; q < n; ++q) {
      while (k < top && start[k + 1] < static_cast<float>(q)) ++k;
      const int d = q - apex[k];
      cost[q] = apex_cost[k] + d * d;
      site[q] = apex_site[k];
    }
    return true;
  }
};

}  // namespace

void spread_nearest_site(glm::ivec3 size, std::vector<std::uint32_t>& sites,
                         const std::vector<std::uint32_t>& site_voxel) {
  const auto sx = static_cast<std::size_t>(size.x);
  const auto sy = static_cast<std::size_t>(size.y);
  const auto sz = static_cast<std::size_t>(size.z);
  // Squared distance is not stored: it follows from the site's voxel.
  const auto squared = [&](std::uint32_t site, int x, int y, int z) {
    const std::uint32_t v = site_voxel[site];
    const int dx = static_cast<int>(v % sx) - x;
    const int dy = static_cast<int>((v / sx) % sy) - y;
    const int dz = static_cast<int>(v / (sx * sy)) - z;
    return dx * dx + dy * dy + dz * dz;
  };
  // x and y inside one slice, then z through all slices.
  base::parallel_for(sz, [&](std::size_t z) {
    Line along_x(size.x);
    std::uint32_t* slice = sites.data() + z * sx * sy;
    for (std::size_t y = 0; y < sy; ++y) {
      std::uint32_t* row = slice + y * sx;
      bool any = false;
      for (std::size_t x = 0; x < sx; ++x) {
        along_x.cost[x] = row[x] == kNoSite ? -1 : 0;
        along_x.site[x] = row[x];
        any |= row[x] != kNoSite;
      }
      if (any && along_x.spread()) std::copy_n(along_x.site.begin(), sx, row);
    }
    Line along_y(size.y);
    for (std::size_t x = 0; x < sx; ++x) {
      for (std::size_t y = 0; y < sy; ++y) {
        const std::uint32_t site = slice[y * sx + x];
        along_y.site[y] = site;
        along_y.cost[y] = site == kNoSite ? -1
                                          : squared(site, static_cast<int>(x), static_cast<int>(y),
                                                    static_cast<int>(z));
      }
      if (along_y.spread()) {
        for (std::size_t y = 0; y < sy; ++y) slice[y * sx + x] = along_y.site[y];
      }
    }
  });
  base::parallel_for(sy, [&](std::size_t y) {
    Line along_z(size.z);
    for (std::size_t x = 0; x < sx; ++x) {
      std::uint32_t* column = sites.data() + y * sx + x;
      for (std::size_t z = 0; z < sz; ++z) {
        const std::uint32_t site = column[z * sx * sy];
        along_z.site[z] = site;
        along_z.cost[z] = site == kNoSite ? -1
                                          : squared(site, static_cast<int>(x), static_cast<int>(y),
                                                    static_cast<int>(z));
      }
      if (along_z.spread()) {
        for (std::size_t z = 0; z < sz; ++z) column[z * sx * sy] = along_z.site[z];
      }
    }
  });
}

}  // namespace geom

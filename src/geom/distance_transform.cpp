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

// The first pass needs no envelope: the nearest site of a row is the last one seen from either end.
void spread_along_x(std::uint32_t* row, std::size_t n) {
  std::uint32_t last = kNoSite;
  std::size_t i = 0;
  while (i < n) {
    if (row[i] != kNoSite) {
      last = row[i++];
      continue;
    }
    std::size_t end = i;
    while (end < n && row[end] == kNoSite) ++end;
    if (end == n && last == kNoSite) return;
    const std::uint32_t next = end < n ? row[end] : last;
    const std::size_t middle = last == kNoSite ? i : (end == n ? n : i + (end - i) / 2);
    std::fill(row + i, row + middle, last);
    std::fill(row + middle, row + end, next);
    i = end;
  }
}

}  // namespace

void spread_nearest_site(glm::ivec3 size, std::vector<std::uint32_t>& nearest) {
  const auto sx = static_cast<std::size_t>(size.x);
  const auto sy = static_cast<std::size_t>(size.y);
  const auto sz = static_cast<std::size_t>(size.z);
  // Squared distance is not stored: it follows from the site's place.
  const auto squared = [](std::uint32_t site, int x, int y, int z) {
    const glm::ivec3 d = unpack_voxel(site) - glm::ivec3(x, y, z);
    return d.x * d.x + d.y * d.y + d.z * d.z;
  };
  // x and y inside one slice, then z through all slices.
  base::parallel_for(sz, [&](std::size_t z) {
    std::uint32_t* slice = nearest.data() + z * sx * sy;
    for (std::size_t y = 0; y < sy; ++y) spread_along_x(slice + y * sx, sx);
    Line line(size.y);
    for (std::size_t x = 0; x < sx; ++x) {
      for (std::size_t y = 0; y < sy; ++y) {
        const std::uint32_t site = slice[y * sx + x];
        line.site[y] = site;
        line.cost[y] = site == kNoSite ? -1
                                       : squared(site, static_cast<int>(x), static_cast<int>(y),
                                                 static_cast<int>(z));
      }
      if (line.spread()) {
        for (std::size_t y = 0; y < sy; ++y) slice[y * sx + x] = line.site[y];
      }
    }
  });
  // Columns along z are far apart in memory: a whole plane is copied, row by row, first.
  base::parallel_for(sy, [&](std::size_t y) {
    Line line(size.z);
    std::vector<std::uint32_t> plane(sx * sz);
    for (std::size_t z = 0; z < sz; ++z) {
      std::copy_n(nearest.data() + (z * sy + y) * sx, sx, plane.data() + z * sx);
    }
    for (std::size_t x = 0; x < sx; ++x) {
      for (std::size_t z = 0; z < sz; ++z) {
        const std::uint32_t site = plane[z * sx + x];
        line.site[z] = site;
        line.cost[z] = site == kNoSite ? -1
                                       : squared(site, static_cast<int>(x), static_cast<int>(y),
                                                 static_cast<int>(z));
      }
      if (line.spread()) {
        for (std::size_t z = 0; z < sz; ++z) plane[z * sx + x] = line.site[z];
      }
    }
    for (std::size_t z = 0; z < sz; ++z) {
      std::copy_n(plane.data() + z * sx, sx, nearest.data() + (z * sy + y) * sx);
    }
  });
}

}  // namespace geom

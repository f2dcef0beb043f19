#include "geom/wrap.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"
#include "base/parallel.h"
#include "geom/bvh.h"
#include "geom/distance_transform.h"

namespace geom {
namespace {

constexpr std::size_t kMaxVoxels = 64u << 20;

bool is_finite(glm::vec3 p) {
  return std::isfinite(p.x) && std::isfinite(p.y) && std::isfinite(p.z);
}

Aabb finite_bounds(std::span<const Soup> soups) {
  Aabb box;
  for (const Soup& soup : soups) {
    for (const std::uint32_t i : soup.indices) {
      if (is_finite(soup.positions_m[i])) box.add(soup.positions_m[i]);
    }
  }
  return box;
}

// Calls visit(a, b, c) for every triangle with finite corners.
template <typename Visit>
void for_each_triangle(std::span<const Soup> soups, Visit&& visit) {
  for (const Soup& soup : soups) {
    for (std::size_t i = 0; i + 2 < soup.indices.size(); i += 3) {
      const glm::vec3 a = soup.positions_m[soup.indices[i]];
      const glm::vec3 b = soup.positions_m[soup.indices[i + 1]];
      const glm::vec3 c = soup.positions_m[soup.indices[i + 2]];
      if (is_finite(a) && is_finite(b) && is_finite(c)) visit(a, b, c);
    }
  }
}

// Points where distance is measured to: one a voxel, not the voxel's centre but where the surface
// really is.
struct Sites {
  std::vector<std::uint32_t> of_voxel;  // kNoSite or a number
  std::vector<std::uint32_t> voxel;     // by number
  std::vector<glm::vec3> point_m;
};

std::size_t voxel_of(const Grid& grid, glm::vec3 p) {
  const glm::vec3 q = (p - grid.origin_m) / grid.spacing_m + 0.5f;
  return grid.index(static_cast<int>(q.x), static_cast<int>(q.y), static_cast<int>(q.z));
}

Sites rasterise(std::span<const Soup> soups, const Grid& grid) {
  Sites sites;
  sites.of_voxel.assign(grid.count(), kNoSite);
  std::vector<float> weight;
  const auto mark = [&](glm::vec3 p) {
    const std::size_t v = voxel_of(grid, p);
    std::uint32_t& site = sites.of_voxel[v];
    if (site == kNoSite) {
      site = static_cast<std::uint32_t>(sites.voxel.size());
      sites.voxel.push_back(static_cast<std::uint32_t>(v));
      sites.point_m.push_back(p);
      weight.push_back(1.0f);
    } else {
      sites.point_m[site] += p;
      weight[site] += 1.0f;
    }
  };
  const float step = 0.7f * grid.spacing_m;
  for_each_triangle(soups, [&](glm::vec3 a, glm::vec3 b, glm::vec3 c) {
    const glm::vec3 u = b - a;
    const glm::vec3 v = c - a;
    const float longest2 = std::max({glm::dot(u, u), glm::dot(v, v), glm::dot(v - u, v - u)});
    if (longest2 <= step * step) {
      mark((a + b + c) / 3.0f);
      return;
    }
    const int n = static_cast<int>(std::ceil(std::sqrt(longest2) / step));
    const float inverse = 1.0f / static_cast<float>(n);
    for (int i = 0; i <= n; ++i) {
      for (int j = 0; i + j <= n; ++j) {
        mark(a + u * (inverse * static_cast<float>(i)) + v * (inverse * static_cast<float>(j)));
      }
    }
  });
  for (std::size_t i = 0; i < weight.size(); ++i) sites.point_m[i] /= weight[i];
  return sites;
}

// Distance from every grid point to the nearest site point, into grid.values. The nearest voxel is
// not always the nearest point, so near the surface the neighbours' sites are tried as well.
void measure_distance(Grid& grid, const std::vector<std::uint32_t>& nearest,
                      const std::vector<glm::vec3>& point_m, float exact_until_m) {
  const std::size_t sx = static_cast<std::size_t>(grid.size.x);
  const std::size_t sxy = sx * static_cast<std::size_t>(grid.size.y);
  base::parallel_for(static_cast<std::size_t>(grid.size.z), [&](std::size_t layer) {
    const int z = static_cast<int>(layer);
    for (int y = 0; y < grid.size.y; ++y) {
      std::size_t i = grid.index(0, y, z);
      for (int x = 0; x < grid.size.x; ++x, ++i) {
        const glm::vec3 p = grid.point(x, y, z);
        const std::uint32_t own = nearest[i];
        const auto square = [&](std::uint32_t site) {
          const glm::vec3 d = point_m[site] - p;
          return glm::dot(d, d);
        };
        float best = square(own);
        if (best < exact_until_m * exact_until_m) {
          const auto consider = [&](bool exists, std::size_t neighbour) {
            if (!exists) return;
            const std::uint32_t site = nearest[neighbour];
            if (site != own) best = std::min(best, square(site));
          };
          consider(x > 0, i - 1);
          consider(x + 1 < grid.size.x, i + 1);
          consider(y > 0, i - sx);
          consider(y + 1 < grid.size.y, i + sx);
          consider(z > 0, i - sxy);
          consider(z + 1 < grid.size.z, i + sxy);
        }
        grid.values[i] = std::sqrt(best);
      }
    }
  });
}

// Everything that the corner of the grid reaches without coming within `closing_m` of a surface.
std::vector<std::uint8_t> flood_outside(const Grid& distance, float closing_m) {
  std::vector<std::uint8_t> outside(distance.count(), 0);
  std::vector<std::uint32_t> stack{0};
  outside[0] = 1;
  const glm::ivec3 size = distance.size;
  const std::size_t sx = static_cast<std::size_t>(size.x);
  const std::size_t sxy = sx * static_cast<std::size_t>(size.y);
  const auto try_push = [&](std::size_t i) {
    if (outside[i] == 0 && distance.values[i] > closing_m) {
      outside[i] = 1;
      stack.push_back(static_cast<std::uint32_t>(i));
    }
  };
  while (!stack.empty()) {
    const std::size_t i = stack.back();
    stack.pop_back();
    const int x = static_cast<int>(i % sx);
    const int y = static_cast<int>((i / sx) % static_cast<std::size_t>(size.y));
    const int z = static_cast<int>(i / sxy);
    if (x > 0) try_push(i - 1);
    if (x + 1 < size.x) try_push(i + 1);
    if (y > 0) try_push(i - sx);
    if (y + 1 < size.y) try_push(i + sx);
    if (z > 0) try_push(i - sxy);
    if (z + 1 < size.z) try_push(i + sxy);
  }
  return outside;
}

// Sites on the dilated surface {distance = closing}: outside voxels at its border, slid along the
// gradient onto it.
Sites find_dilated_surface(const Grid& distance, const std::vector<std::uint8_t>& outside,
                           float closing_m) {
  Sites sites;
  sites.of_voxel.assign(distance.count(), kNoSite);
  const std::size_t sx = static_cast<std::size_t>(distance.size.x);
  const std::size_t sxy = sx * static_cast<std::size_t>(distance.size.y);
  for (int z = 1; z + 1 < distance.size.z; ++z) {
    for (int y = 1; y + 1 < distance.size.y; ++y) {
      std::size_t i = distance.index(1, y, z);
      for (int x = 1; x + 1 < distance.size.x; ++x, ++i) {
        if (outside[i] == 0) continue;
        if (outside[i - 1] && outside[i + 1] && outside[i - sx] && outside[i + sx] &&
            outside[i - sxy] && outside[i + sxy]) {
          continue;
        }
        const float* d = distance.values.data() + i;
        const auto at = [&](std::ptrdiff_t offset) { return d[offset]; };
        const auto dy = static_cast<std::ptrdiff_t>(sx);
        const auto dz = static_cast<std::ptrdiff_t>(sxy);
        glm::vec3 g(at(1) - at(-1), at(dy) - at(-dy), at(dz) - at(-dz));
        const float length = glm::length(g);
        glm::vec3 p = distance.point(x, y, z);
        if (length > 0.5f * distance.spacing_m) {
          p -= g / length * std::min(*d - closing_m, distance.spacing_m);
        }
        sites.of_voxel[i] = static_cast<std::uint32_t>(sites.voxel.size());
        sites.voxel.push_back(static_cast<std::uint32_t>(i));
        sites.point_m.push_back(p);
      }
    }
  }
  return sites;
}

// Separable (1 2 1)/4 filter along each axis; the border stays.
void smooth_grid(Grid& grid) {
  const std::size_t sx = static_cast<std::size_t>(grid.size.x);
  const std::size_t sxy = sx * static_cast<std::size_t>(grid.size.y);
  base::parallel_for(static_cast<std::size_t>(grid.size.z), [&](std::size_t z) {
    std::vector<float> previous(sx);
    std::vector<float> current(sx);
    float* slice = grid.values.data() + z * sxy;
    for (int y = 0; y < grid.size.y; ++y) {
      float* row = slice + static_cast<std::size_t>(y) * sx;
      float before = row[0];
      for (std::size_t x = 1; x + 1 < sx; ++x) {
        const float here = row[x];
        row[x] = 0.25f * (before + 2.0f * here + row[x + 1]);
        before = here;
      }
    }
    std::copy_n(slice, sx, previous.begin());
    for (int y = 1; y + 1 < grid.size.y; ++y) {
      float* row = slice + static_cast<std::size_t>(y) * sx;
      std::copy_n(row, sx, current.begin());
      for (std::size_t x = 0; x < sx; ++x) {
        row[x] = 0.25f * (previous[x] + 2.0f * current[x] + row[x + sx]);
      }
      previous.swap(current);
    }
  });
  base::parallel_for(static_cast<std::size_t>(grid.size.y), [&](std::size_t y) {
    std::vector<float> previous(sx);
    std::vector<float> current(sx);
    std::copy_n(grid.values.data() + y * sx, sx, previous.begin());
    for (int z = 1; z + 1 < grid.size.z; ++z) {
      float* row = grid.values.data() + static_cast<std::size_t>(z) * sxy + y * sx;
      std::copy_n(row, sx, current.begin());
      for (std::size_t x = 0; x < sx; ++x) {
        row[x] = 0.25f * (previous[x] + 2.0f * current[x] + row[x + sxy]);
      }
      previous.swap(current);
    }
  });
}

// The triangles near the zero level, by the voxel of their middle.
struct NearTriangles {
  std::vector<std::uint32_t> first;  // of voxel i; one more at the end
  std::vector<glm::vec3> corners_m;  // three each
};

NearTriangles gather_near(std::span<const Soup> soups, const Grid& grid, float within_m) {
  NearTriangles near;
  near.first.assign(grid.count() + 1, 0);
  const auto visit_voxels = [&](glm::vec3 a, glm::vec3 b, glm::vec3 c, auto&& add) {
    const float h = grid.spacing_m;
    const glm::vec3 low = glm::min(a, glm::min(b, c));
    const glm::vec3 high = glm::max(a, glm::max(b, c));
    const glm::vec3 extent = high - low;
    if (std::max({extent.x, extent.y, extent.z}) <= h) {
      const std::size_t v = voxel_of(grid, (a + b + c) / 3.0f);
      if (std::abs(grid.values[v]) < within_m) add(v);
      return;
    }
    const glm::ivec3 first((low - grid.origin_m) / h + 0.5f);
    const glm::ivec3 last((high - grid.origin_m) / h + 0.5f);
    for (int z = first.z; z <= last.z; ++z) {
      for (int y = first.y; y <= last.y; ++y) {
        for (int x = first.x; x <= last.x; ++x) {
          const std::size_t v = grid.index(x, y, z);
          if (std::abs(grid.values[v]) < within_m) add(v);
        }
      }
    }
  };
  for_each_triangle(soups, [&](glm::vec3 a, glm::vec3 b, glm::vec3 c) {
    visit_voxels(a, b, c, [&](std::size_t v) { ++near.first[v + 1]; });
  });
  for (std::size_t i = 1; i < near.first.size(); ++i) near.first[i] += near.first[i - 1];
  near.corners_m.resize(static_cast<std::size_t>(near.first.back()) * 3);
  std::vector<std::uint32_t> next(near.first.begin(), near.first.end() - 1);
  for_each_triangle(soups, [&](glm::vec3 a, glm::vec3 b, glm::vec3 c) {
    visit_voxels(a, b, c, [&](std::size_t v) {
      glm::vec3* corner = near.corners_m.data() + static_cast<std::size_t>(next[v]++) * 3;
      corner[0] = a;
      corner[1] = b;
      corner[2] = c;
    });
  });
  return near;
}

// Parameter along the line where it meets the triangle, either side; false when it does not.
bool meets(glm::vec3 origin, glm::vec3 direction, const glm::vec3* corner, float& t) {
  const glm::vec3 e1 = corner[1] - corner[0];
  const glm::vec3 e2 = corner[2] - corner[0];
  const glm::vec3 p = glm::cross(direction, e2);
  const float det = glm::dot(e1, p);
  if (std::abs(det) < 1e-14f) return false;
  const glm::vec3 s = origin - corner[0];
  const float u = glm::dot(s, p) / det;
  if (u < -1e-4f || u > 1.0001f) return false;
  const glm::vec3 q = glm::cross(s, e1);
  const float v = glm::dot(direction, q) / det;
  if (v < -1e-4f || u + v > 1.0001f) return false;
  t = glm::dot(e2, q) / det;
  return true;
}

// How far each vertex must move along its normal to lie `offset` outside the outermost real
// surface; NaN where none is within reach.
std::vector<float> find_moves(const Mesh& mesh, const Grid& grid, const NearTriangles& near,
                              const std::function<float(glm::vec3)>& offset_at, float reach_m) {
  std::vector<float> move(mesh.positions_m.size(), NAN);
  constexpr std::size_t kChunk = 1024;
  base::parallel_for((move.size() + kChunk - 1) / kChunk, [&](std::size_t chunk) {
    const std::size_t end = std::min(move.size(), (chunk + 1) * kChunk);
    for (std::size_t i = chunk * kChunk; i < end; ++i) {
      const glm::vec3 p = mesh.positions_m[i];
      const glm::vec3 n = mesh.normals[i];
      const float offset = offset_at(p);
      const glm::vec3 foot = p - n * offset;
      Aabb box;
      box.add(foot - n * reach_m);
      box.add(foot + n * reach_m);
      const float h = grid.spacing_m;
      const glm::ivec3 limit = grid.size - 1;
      const glm::ivec3 first =
          glm::clamp(glm::ivec3((box.min - grid.origin_m) / h - 0.5f), glm::ivec3(0), limit);
      const glm::ivec3 last =
          glm::clamp(glm::ivec3((box.max - grid.origin_m) / h + 1.5f), glm::ivec3(0), limit);
      float best = -1.0f;  // outermost crossing, measured from the inner end of the segment
      for (int z = first.z; z <= last.z; ++z) {
        for (int y = first.y; y <= last.y; ++y) {
          const std::size_t row = grid.index(0, y, z);
          const std::uint32_t begin = near.first[row + static_cast<std::size_t>(first.x)];
          const std::uint32_t stop = near.first[row + static_cast<std::size_t>(last.x) + 1];
          for (std::uint32_t k = begin; k < stop; ++k) {
            float t = 0.0f;
            if (meets(foot - n * reach_m, n, near.corners_m.data() + std::size_t{k} * 3, t) &&
                t > best && t <= 2.0f * reach_m) {
              best = t;
            }
          }
        }
      }
      if (best >= 0.0f) move[i] = best - reach_m;
    }
  });
  return move;
}

// Fills unknown moves from their neighbours and takes the edge off the known ones.
void spread_moves(const Mesh& mesh, std::vector<float>& move) {
  std::vector<std::uint8_t> known(move.size());
  for (std::size_t i = 0; i < move.size(); ++i) {
    known[i] = std::isnan(move[i]) ? 0 : 1;
    if (known[i] == 0) move[i] = 0.0f;
  }
  std::vector<float> sum(move.size());
  std::vector<float> count(move.size());
  const auto average = [&] {
    std::fill(sum.begin(), sum.end(), 0.0f);
    std::fill(count.begin(), count.end(), 0.0f);
    for (std::size_t i = 0; i < mesh.indices.size(); i += 3) {
      for (std::size_t k = 0; k < 3; ++k) {
        const std::uint32_t a = mesh.indices[i + k];
        sum[a] += move[mesh.indices[i + (k + 1) % 3]] + move[mesh.indices[i + (k + 2) % 3]];
        count[a] += 2.0f;
      }
    }
  };
  constexpr int kSpreadPasses = 8;
  for (int pass = 0; pass < kSpreadPasses; ++pass) {
    average();
    for (std::size_t i = 0; i < move.size(); ++i) {
      if (known[i] == 0 && count[i] > 0.0f) move[i] = sum[i] / count[i];
    }
  }
  average();
  for (std::size_t i = 0; i < move.size(); ++i) {
    if (count[i] > 0.0f) move[i] = 0.75f * move[i] + 0.25f * sum[i] / count[i];
  }
}

}  // namespace

Grid wrap_distance(std::span<const Soup> soups, const WrapOptions& options) {
  BACKMATE_CHECK(options.voxel_m > 0.0f && options.closing_m >= 0.0f);
  const Aabb box = finite_bounds(soups);
  if (box.empty()) return Grid{};
  const float closing = std::max(options.closing_m, 1.5f * options.voxel_m);
  const float margin = closing + 2.0f * options.voxel_m + std::max(0.0f, options.offset_m);
  float spacing = options.voxel_m;
  const auto voxels_at = [&](float h) {
    const glm::dvec3 size = glm::dvec3(box.size() + 2.0f * margin) / double{h} + 4.0;
    return size.x * size.y * size.z;
  };
  while (voxels_at(spacing) > static_cast<double>(kMaxVoxels)) spacing *= 1.25f;

  Grid grid = make_grid(box, spacing, margin, 0.0f);
  Sites surface = rasterise(soups, grid);
  spread_nearest_site(grid.size, surface.of_voxel, surface.voxel);
  measure_distance(grid, surface.of_voxel, surface.point_m, closing + 2.0f * spacing);

  const std::vector<std::uint8_t> outside = flood_outside(grid, closing);
  Sites dilated = find_dilated_surface(grid, outside, closing);
  if (dilated.voxel.empty()) return Grid{};
  spread_nearest_site(grid.size, dilated.of_voxel, dilated.voxel);
  Grid inner = grid;
  measure_distance(inner, dilated.of_voxel, dilated.point_m, closing + 2.0f * spacing);
  for (std::size_t i = 0; i < grid.values.size(); ++i) {
    // Outside, the distance to the real surface; within the dilation, how far short of the way
    // back one is. Both are `closing` on the dilated surface itself.
    if (outside[i] == 0) grid.values[i] = closing - inner.values[i];
  }
  for (int pass = 0; pass < options.smoothing; ++pass) smooth_grid(grid);
  return grid;
}

Mesh polygonise_to(const Grid& grid, std::size_t target_triangles) {
  if (grid.values.empty()) return {};
  Mesh mesh = keep_largest_piece(polygonise(grid));
  const double count = static_cast<double>(mesh.triangle_count());
  const double ratio =
      std::sqrt(count / static_cast<double>(std::max<std::size_t>(target_triangles, 100)));
  if (ratio > 0.9 && ratio < 1.12) return mesh;
  Aabb box = bounds_of(mesh.positions_m);
  const float spacing = grid.spacing_m * static_cast<float>(ratio);
  Grid again = make_grid(box, spacing, spacing, 0.0f);
  base::parallel_for(static_cast<std::size_t>(again.size.z), [&](std::size_t layer) {
    const int z = static_cast<int>(layer);
    for (int y = 0; y < again.size.y; ++y) {
      for (int x = 0; x < again.size.x; ++x) {
        again.values[again.index(x, y, z)] = grid.at(again.point(x, y, z));
      }
    }
  });
  return keep_largest_piece(polygonise(std::move(again)));
}

Mesh wrap_surface(std::span<const Soup> soups, const WrapOptions& options) {
  Grid grid = wrap_distance(soups, options);
  if (grid.values.empty()) return {};
  const std::function<float(glm::vec3)> offset_at =
      options.offset_at ? options.offset_at : [&](glm::vec3) { return options.offset_m; };
  NearTriangles near;
  const float reach = 1.25f * grid.spacing_m;
  if (options.fit) near = gather_near(soups, grid, 3.0f * grid.spacing_m);
  Grid shifted = grid;
  base::parallel_for(static_cast<std::size_t>(grid.size.z), [&](std::size_t layer) {
    const int z = static_cast<int>(layer);
    for (int y = 0; y < grid.size.y; ++y) {
      for (int x = 0; x < grid.size.x; ++x) {
        shifted.values[grid.index(x, y, z)] -= offset_at(grid.point(x, y, z));
      }
    }
  });
  Mesh mesh = polygonise_to(shifted, options.target_triangles);
  mesh.normals = smooth_normals(mesh.positions_m, mesh.indices);
  if (options.fit) {
    std::vector<float> move = find_moves(mesh, grid, near, offset_at, reach);
    spread_moves(mesh, move);
    for (std::size_t i = 0; i < move.size(); ++i) {
      mesh.positions_m[i] += mesh.normals[i] * move[i];
    }
    mesh.normals = smooth_normals(mesh.positions_m, mesh.indices);
  }
  order_triangles(mesh);
  return mesh;
}

}  // namespace geom

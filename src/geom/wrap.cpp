#include "geom/wrap.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "base/check.h"
#include "base/parallel.h"
#include "geom/box_tree.h"
#include "geom/bvh.h"
#include "geom/distance_transform.h"

namespace geom {
namespace {

constexpr double kMaxVoxels = 64.0 * 1024 * 1024;
// Half the thickness that a single sheet gets in the level set; fitting takes it back.
constexpr float kSheetVoxels = 0.6f;

bool is_cancelled(const WrapOptions& options) {
  return options.progress != nullptr && options.progress->cancelled();
}

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

// Calls visit(a, b, c) for every triangle of the soup with finite corners.
template <typename Visit>
void for_each_triangle(const Soup& soup, Visit&& visit) {
  for (std::size_t i = 0; i + 2 < soup.indices.size(); i += 3) {
    const glm::vec3 a = soup.positions_m[soup.indices[i]];
    const glm::vec3 b = soup.positions_m[soup.indices[i + 1]];
    const glm::vec3 c = soup.positions_m[soup.indices[i + 2]];
    if (is_finite(a + b + c)) visit(a, b, c);
  }
}

// Points where distance is measured to: one a voxel, not the voxel's centre but where the surface
// really is. `number` has an entry per voxel and is meaningful only where there is a site.
struct Sites {
  std::vector<std::uint32_t> nearest;  // as in distance_transform.h
  std::vector<std::uint32_t> number;
  std::vector<glm::vec3> point_m;

  void reset(std::size_t voxels) {
    nearest.assign(voxels, kNoSite);
    number.resize(voxels);
    point_m.clear();
  }
  void add(std::size_t voxel, std::uint32_t packed, glm::vec3 p) {
    nearest[voxel] = packed;
    number[voxel] = static_cast<std::uint32_t>(point_m.size());
    point_m.push_back(p);
  }
};

glm::ivec3 voxel_of(const Grid& grid, glm::vec3 p) {
  return glm::ivec3((p - grid.origin_m) / grid.spacing_m + 0.5f);
}

void rasterise(std::span<const Soup> soups, const Grid& grid, Sites& sites) {
  sites.reset(grid.count());
  std::vector<float> weight;
  const auto mark = [&](glm::vec3 p) {
    const glm::ivec3 v = voxel_of(grid, p);
    const std::size_t i = grid.index(v.x, v.y, v.z);
    if (sites.nearest[i] == kNoSite) {
      sites.add(i, pack_voxel(v.x, v.y, v.z), p);
      weight.push_back(1.0f);
    } else {
      sites.point_m[sites.number[i]] += p;
      weight[sites.number[i]] += 1.0f;
    }
  };
  const float step = grid.spacing_m;
  for (const Soup& soup : soups) {
    for_each_triangle(soup, [&](glm::vec3 a, glm::vec3 b, glm::vec3 c) {
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
  }
  for (std::size_t i = 0; i < weight.size(); ++i) sites.point_m[i] /= weight[i];
}

// Calls visit(i, distance) for every voxel. The nearest voxel is not always the nearest point, so
// around the distance that matters the neighbours' sites are tried as well.
template <typename Visit>
void measure_distance(const Grid& grid, const Sites& sites, float exact_at_m, Visit&& visit) {
  const std::size_t sx = static_cast<std::size_t>(grid.size.x);
  const std::size_t sxy = sx * static_cast<std::size_t>(grid.size.y);
  const float near = std::max(0.0f, exact_at_m - 2.0f * grid.spacing_m);
  const float far = exact_at_m + 2.0f * grid.spacing_m;
  base::parallel_for(static_cast<std::size_t>(grid.size.z), [&](std::size_t layer) {
    const int z = static_cast<int>(layer);
    for (int y = 0; y < grid.size.y; ++y) {
      std::size_t i = grid.index(0, y, z);
      for (int x = 0; x < grid.size.x; ++x, ++i) {
        const glm::vec3 p = grid.point(x, y, z);
        const std::uint32_t own = sites.nearest[i];
        const auto square = [&](std::uint32_t packed) {
          const glm::ivec3 v = unpack_voxel(packed);
          const glm::vec3 d = sites.point_m[sites.number[grid.index(v.x, v.y, v.z)]] - p;
          return glm::dot(d, d);
        };
        float best = square(own);
        if (best > near * near && best < far * far) {
          const auto consider = [&](bool exists, std::size_t neighbour) {
            if (!exists) return;
            const std::uint32_t site = sites.nearest[neighbour];
            if (site != own) best = std::min(best, square(site));
          };
          consider(x > 0, i - 1);
          consider(x + 1 < grid.size.x, i + 1);
          consider(y > 0, i - sx);
          consider(y + 1 < grid.size.y, i + sx);
          consider(z > 0, i - sxy);
          consider(z + 1 < grid.size.z, i + sxy);
        }
        visit(i, std::sqrt(best));
      }
    }
  });
}

// In how many of 26 directions each voxel sees out of the body, past everything nearer to a surface
// than `closing_m`. Deep hollows with a few openings (chest, skull) see out in hardly any.
std::vector<std::uint8_t> count_open_directions(const Grid& distance, float closing_m) {
  const glm::ivec3 size = distance.size;
  const std::size_t n = distance.count();
  std::vector<std::uint8_t> clear(n);
  base::parallel_for(static_cast<std::size_t>(size.z), [&](std::size_t z) {
    const std::size_t first = distance.index(0, 0, static_cast<int>(z));
    const std::size_t last =
        first + static_cast<std::size_t>(size.x) * static_cast<std::size_t>(size.y);
    for (std::size_t i = first; i < last; ++i) clear[i] = distance.values[i] > closing_m ? 1 : 0;
  });
  // Opposite halves of the sphere in parallel; each adds up its own directions.
  std::array<std::vector<std::uint8_t>, 2> open{std::vector<std::uint8_t>(n, 0),
                                                std::vector<std::uint8_t>(n, 0)};
  base::parallel_for(2, [&](std::size_t half) {
    std::vector<std::uint8_t> sees(n);
    for (int d = 14; d < 27; ++d) {
      const int sign = half == 0 ? 1 : -1;
      const glm::ivec3 step = sign * glm::ivec3(d % 3 - 1, (d / 3) % 3 - 1, d / 9 - 1);
      // Light comes from -step: voxel p sees out when p - step does.
      const auto offset = static_cast<std::ptrdiff_t>(step.x) +
                          static_cast<std::ptrdiff_t>(size.x) *
                              (step.y + static_cast<std::ptrdiff_t>(size.y) * step.z);
      for (int k = 0; k < size.z; ++k) {
        const int z = step.z >= 0 ? k : size.z - 1 - k;
        for (int j = 0; j < size.y; ++j) {
          const int y = step.y >= 0 ? j : size.y - 1 - j;
          const std::size_t row = distance.index(0, y, z);
          const bool border =
              z - step.z < 0 || z - step.z >= size.z || y - step.y < 0 || y - step.y >= size.y;
          std::uint8_t* to = sees.data() + row;
          const std::uint8_t* free = clear.data() + row;
          std::uint8_t* sum = open[half].data() + row;
          if (border) {
            std::copy_n(free, size.x, to);
          } else if (offset > 0 ? step.x >= 0 && step.y == 0 && step.z == 0
                                : step.x <= 0 && step.y == 0 && step.z == 0) {
            // Along the row itself, each voxel waits for the one before.
            const int first = step.x > 0 ? 0 : size.x - 1;
            to[first] = free[first];
            for (int i = 1; i < size.x; ++i) {
              const int x = step.x > 0 ? i : size.x - 1 - i;
              to[x] = free[x] & to[x - step.x];
            }
          } else {
            const std::uint8_t* from = to - offset;
            const int low = std::max(0, step.x);
            const int high = size.x + std::min(0, step.x);
            for (int x = low; x < high; ++x) to[x] = free[x] & from[x];
            if (step.x > 0) to[0] = free[0];
            if (step.x < 0) to[size.x - 1] = free[size.x - 1];
          }
          for (int x = 0; x < size.x; ++x) sum[x] = static_cast<std::uint8_t>(sum[x] + to[x]);
        }
      }
    }
  });
  for (std::size_t i = 0; i < n; ++i) {
    open[0][i] = static_cast<std::uint8_t>(open[0][i] + open[1][i]);
  }
  return std::move(open[0]);
}

// Everything that the border of the grid reaches without coming within `closing_m` of a surface
// and without entering a hollow. A slot open along its plane (between arm and chest) sees out in
// about five directions.
std::vector<std::uint8_t> flood_outside(const Grid& distance, float closing_m) {
  constexpr std::uint8_t kFewestOpenDirections = 3;
  const std::vector<std::uint8_t> open = count_open_directions(distance, closing_m);
  std::vector<std::uint8_t> outside(distance.count(), 0);
  const glm::ivec3 size = distance.size;
  const std::size_t sx = static_cast<std::size_t>(size.x);
  const std::size_t sxy = sx * static_cast<std::size_t>(size.y);
  std::vector<std::uint32_t> stack;
  // The border is outside by construction, so that no step below leaves the grid.
  for (int z = 0; z < size.z; ++z) {
    for (int y = 0; y < size.y; ++y) {
      const bool whole_row = z == 0 || y == 0 || z == size.z - 1 || y == size.y - 1;
      const std::size_t row = distance.index(0, y, z);
      for (std::size_t x = 0; x < sx; x += whole_row ? 1 : sx - 1) outside[row + x] = 1;
    }
  }
  const auto try_push = [&](std::size_t i) {
    if (outside[i] == 0 && distance.values[i] > closing_m && open[i] >= kFewestOpenDirections) {
      outside[i] = 1;
      stack.push_back(static_cast<std::uint32_t>(i));
    }
  };
  try_push(distance.index(1, 1, 1));
  while (!stack.empty()) {
    const std::size_t i = stack.back();
    stack.pop_back();
    try_push(i - 1);
    try_push(i + 1);
    try_push(i - sx);
    try_push(i + sx);
    try_push(i - sxy);
    try_push(i + sxy);
  }
  return outside;
}

// Sites on the surface of what is outside. Where that is the dilated surface {distance = closing},
// border voxels slide along the gradient onto it.
void find_dilated_surface(const Grid& distance, const std::vector<std::uint8_t>& outside,
                          float closing_m, Sites& sites) {
  sites.reset(distance.count());
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
        const auto dy = static_cast<std::ptrdiff_t>(sx);
        const auto dz = static_cast<std::ptrdiff_t>(sxy);
        const glm::vec3 g(d[1] - d[-1], d[dy] - d[-dy], d[dz] - d[-dz]);
        const float length = glm::length(g);
        const float beyond = *d - closing_m;
        glm::vec3 p = distance.point(x, y, z);
        if (length > 0.5f * distance.spacing_m && beyond < 2.0f * distance.spacing_m) {
          p -= g / length * std::min(beyond, distance.spacing_m);
        }
        sites.add(i, pack_voxel(x, y, z), p);
      }
    }
  }
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

// All soups for rays: branches of a tree for each, and a tree over the branches.
class SoupTree {
 public:
  explicit SoupTree(std::span<const Soup> soups) : indices_(soups.size()), trees_(soups.size()) {
    base::parallel_for(soups.size(), [&](std::size_t s) {
      const Soup& soup = soups[s];
      std::vector<std::uint32_t>& indices = indices_[s];
      for (std::size_t i = 0; i + 2 < soup.indices.size(); i += 3) {
        const auto corner = soup.indices.subspan(i, 3);
        if (is_finite(soup.positions_m[corner[0]] + soup.positions_m[corner[1]] +
                      soup.positions_m[corner[2]])) {
          indices.insert(indices.end(), corner.begin(), corner.end());
        }
      }
      order_triangles(soup.positions_m, indices);
      trees_[s] = Bvh(soup.positions_m, indices);
    });
    constexpr std::size_t kPartTriangles = 256;
    std::vector<Bvh::Part> found;
    std::vector<Aabb> boxes;
    for (std::uint32_t s = 0; s < trees_.size(); ++s) {
      found.clear();
      trees_[s].find_parts(kPartTriangles, found);
      for (const Bvh::Part& part : found) {
        parts_.push_back({s, part.root});
        boxes.push_back(part.bounds_m);
      }
    }
    part_tree_ = BoxTree(boxes);
  }

  // Distance to the nearest triangle, infinity where there is none within reach.
  float find_distance(const Ray& ray, float reach_m) const {
    float nearest = std::numeric_limits<float>::infinity();
    float limit = reach_m;
    part_tree_.visit_along(ray, limit, [&](std::uint32_t number) {
      const Part& part = parts_[number];
      if (const auto hit = trees_[part.soup].find_hit(ray, limit, part.root)) {
        nearest = limit = hit->distance_m;
      }
    });
    return nearest;
  }

 private:
  struct Part {
    std::uint32_t soup;
    std::uint32_t root;
  };
  std::vector<std::vector<std::uint32_t>> indices_;
  std::vector<Bvh> trees_;
  std::vector<Part> parts_;
  BoxTree part_tree_;
};

// How far each vertex must move along its normal to lie `offset` outside the outermost real
// surface; NaN where none is within reach.
std::vector<float> find_moves(const Mesh& mesh, std::span<const Soup> soups,
                              const std::function<float(glm::vec3)>& offset_at, float reach_m,
                              const WrapOptions& options) {
  const SoupTree tree(soups);
  std::vector<float> move(mesh.positions_m.size(), NAN);
  constexpr std::size_t kChunk = 1024;
  base::parallel_for((move.size() + kChunk - 1) / kChunk, [&](std::size_t chunk) {
    if (is_cancelled(options)) return;
    const std::size_t end = std::min(move.size(), (chunk + 1) * kChunk);
    for (std::size_t i = chunk * kChunk; i < end; ++i) {
      const glm::vec3 p = mesh.positions_m[i];
      const glm::vec3 n = mesh.normals[i];
      const Ray inward{p + n * (reach_m - offset_at(p)), -n};
      const float distance = tree.find_distance(inward, 2.0f * reach_m);
      if (std::isfinite(distance)) move[i] = reach_m - distance;
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
  const auto fits = [&](float h) {
    const glm::dvec3 size = glm::dvec3(box.size() + 2.0f * margin) / double{h} + 4.0;
    return size.x * size.y * size.z <= kMaxVoxels && std::max({size.x, size.y, size.z}) < 1000.0;
  };
  while (!fits(spacing)) spacing *= 1.25f;

  Grid grid = make_grid(box, spacing, margin, 0.0f);
  Sites sites;
  rasterise(soups, grid, sites);
  if (is_cancelled(options)) return Grid{};
  spread_nearest_site(grid.size, sites.nearest);
  measure_distance(grid, sites, closing, [&](std::size_t i, float d) { grid.values[i] = d; });

  if (is_cancelled(options)) return Grid{};
  const std::vector<std::uint8_t> outside = flood_outside(grid, closing);
  find_dilated_surface(grid, outside, closing, sites);
  if (sites.point_m.empty() || is_cancelled(options)) return Grid{};
  spread_nearest_site(grid.size, sites.nearest);
  // A single sheet has no inside: without an offset it is given a skin of its own.
  const float sheet = std::max(0.0f, kSheetVoxels * spacing - options.offset_m);
  measure_distance(grid, sites, closing, [&](std::size_t i, float d) {
    // Outside, the distance to the real surface; within the dilation, how far short of the way
    // back one is. Both are `closing` on the dilated surface itself.
    float& value = grid.values[i];
    if (outside[i] == 0) value = std::min(closing - d, value - sheet);
  });
  for (int pass = 0; pass < options.smoothing; ++pass) smooth_grid(grid);
  return grid;
}

Mesh polygonise_to(const Grid& grid, std::size_t target_triangles) {
  if (grid.values.empty()) return {};
  Mesh mesh = keep_largest_piece(polygonise(grid));
  if (mesh.indices.empty()) return {};  // thinner everywhere than the grid can show
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
  base::parallel_for(static_cast<std::size_t>(grid.size.z), [&](std::size_t layer) {
    if (is_cancelled(options)) return;
    const int z = static_cast<int>(layer);
    for (int y = 0; y < grid.size.y; ++y) {
      for (int x = 0; x < grid.size.x; ++x) {
        grid.values[grid.index(x, y, z)] -= offset_at(grid.point(x, y, z));
      }
    }
  });
  for (int pass = 0; pass < options.offset_smoothing; ++pass) smooth_grid(grid);
  if (is_cancelled(options)) return {};
  Mesh mesh = polygonise_to(grid, options.target_triangles);
  if (mesh.indices.empty() || is_cancelled(options)) return {};
  mesh.normals = smooth_normals(mesh.positions_m, mesh.indices);
  if (options.fit) {
    std::vector<float> move = find_moves(mesh, soups, offset_at, 1.25f * grid.spacing_m, options);
    if (is_cancelled(options)) return {};
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

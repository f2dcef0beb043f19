#include "geom/level_set.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/check.h"
#include "base/parallel.h"

namespace geom {
namespace {

constexpr std::uint32_t kNoVertex = 0xFFFFFFFFu;

// Corner c of a cell lies at ((c & 1), (c >> 1) & 1, c >> 2).
constexpr std::array<std::array<int, 2>, 12> kCellEdges = {{{0, 1},
                                                            {2, 3},
                                                            {4, 5},
                                                            {6, 7},
                                                            {0, 2},
                                                            {1, 3},
                                                            {4, 6},
                                                            {5, 7},
                                                            {0, 4},
                                                            {1, 5},
                                                            {2, 6},
                                                            {3, 7}}};

// Two diagonal corners of a face inside, the other two outside; or a cell that is cut off at two
// opposite corners: there a dual surface would touch itself. `mask` has a bit per inside corner.
bool is_ambiguous(unsigned mask) {
  constexpr std::array<std::array<int, 4>, 6> kFaces = {
      {{0, 1, 3, 2}, {4, 5, 7, 6}, {0, 1, 5, 4}, {2, 3, 7, 6}, {0, 2, 6, 4}, {1, 3, 7, 5}}};
  for (const auto& face : kFaces) {
    const unsigned a = (mask >> face[0]) & 1u;
    const unsigned b = (mask >> face[1]) & 1u;
    const unsigned c = (mask >> face[2]) & 1u;
    const unsigned d = (mask >> face[3]) & 1u;
    if (a == c && b == d && a != b) return true;
  }
  for (int corner = 0; corner < 4; ++corner) {
    const unsigned pair = (1u << corner) | (1u << (7 - corner));
    if (mask == pair || mask == (0xFFu & ~pair)) return true;
  }
  return false;
}

const std::array<bool, 256>& ambiguous_table() {
  static const std::array<bool, 256> table = [] {
    std::array<bool, 256> t{};
    for (unsigned mask = 0; mask < 256; ++mask) t[mask] = is_ambiguous(mask);
    return t;
  }();
  return table;
}

std::array<std::size_t, 8> corner_offsets(const Grid& grid) {
  std::array<std::size_t, 8> offsets{};
  for (int c = 0; c < 8; ++c) offsets[c] = grid.index(c & 1, (c >> 1) & 1, c >> 2);
  return offsets;
}

unsigned cell_mask(const Grid& grid, std::size_t base, const std::array<std::size_t, 8>& offsets) {
  unsigned mask = 0;
  for (unsigned c = 0; c < 8; ++c) mask |= (grid.values[base + offsets[c]] < 0.0f ? 1u : 0u) << c;
  return mask;
}

struct Cell {
  int x, y, z;
};

// Fills outside corners of ambiguous cells until none is left. Only ever fills, so it ends.
void fill_ambiguous(Grid& grid, std::vector<Cell> queue) {
  const auto offsets = corner_offsets(grid);
  const auto& ambiguous = ambiguous_table();
  while (!queue.empty()) {
    const Cell cell = queue.back();
    queue.pop_back();
    const std::size_t base = grid.index(cell.x, cell.y, cell.z);
    if (!ambiguous[cell_mask(grid, base, offsets)]) continue;
    // The corner that is nearest to being inside changes the surface least.
    int best = -1;
    for (int c = 0; c < 8; ++c) {
      const float value = grid.values[base + offsets[c]];
      if (value >= 0.0f && (best < 0 || value < grid.values[base + offsets[best]])) best = c;
    }
    grid.values[base + offsets[best]] = -1e-3f * grid.spacing_m;
    const int px = cell.x + (best & 1);
    const int py = cell.y + ((best >> 1) & 1);
    const int pz = cell.z + (best >> 2);
    for (int z = std::max(0, pz - 1); z <= std::min(grid.size.z - 2, pz); ++z) {
      for (int y = std::max(0, py - 1); y <= std::min(grid.size.y - 2, py); ++y) {
        for (int x = std::max(0, px - 1); x <= std::min(grid.size.x - 2, px); ++x) {
          queue.push_back({x, y, z});
        }
      }
    }
  }
}

void close_border(Grid& grid) {
  // Far outside: filling never picks a border point.
  const float outside = 1e3f * grid.spacing_m;
  const auto close = [&](std::size_t i) { grid.values[i] = std::max(grid.values[i], outside); };
  for (int z = 0; z < grid.size.z; ++z) {
    for (int y = 0; y < grid.size.y; ++y) {
      if (z == 0 || y == 0 || z == grid.size.z - 1 || y == grid.size.y - 1) {
        for (int x = 0; x < grid.size.x; ++x) close(grid.index(x, y, z));
      }
      close(grid.index(0, y, z));
      close(grid.index(grid.size.x - 1, y, z));
    }
  }
}

// Splits a quad along its shorter diagonal.
void add_quad(Mesh& mesh, std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint32_t d) {
  const auto square = [&](std::uint32_t i, std::uint32_t j) {
    const glm::vec3 e = mesh.positions_m[i] - mesh.positions_m[j];
    return glm::dot(e, e);
  };
  if (square(a, c) <= square(b, d)) {
    mesh.indices.insert(mesh.indices.end(), {a, b, c, a, c, d});
  } else {
    mesh.indices.insert(mesh.indices.end(), {a, b, d, b, c, d});
  }
}

}  // namespace

float Grid::at(glm::vec3 point_m) const {
  const glm::vec3 p = (point_m - origin_m) / spacing_m;
  int i[3];
  float f[3];
  for (int k = 0; k < 3; ++k) {
    const float clamped = std::clamp(p[k], 0.0f, static_cast<float>(size[k] - 1) - 1e-3f);
    i[k] = static_cast<int>(clamped);
    f[k] = clamped - static_cast<float>(i[k]);
  }
  const float* v = values.data() + index(i[0], i[1], i[2]);
  const std::size_t sy = static_cast<std::size_t>(size.x);
  const std::size_t sz = sy * static_cast<std::size_t>(size.y);
  const auto mix = [](float a, float b, float t) { return a + (b - a) * t; };
  const float x00 = mix(v[0], v[1], f[0]);
  const float x10 = mix(v[sy], v[sy + 1], f[0]);
  const float x01 = mix(v[sz], v[sz + 1], f[0]);
  const float x11 = mix(v[sz + sy], v[sz + sy + 1], f[0]);
  return mix(mix(x00, x10, f[1]), mix(x01, x11, f[1]), f[2]);
}

glm::vec3 Grid::gradient(glm::vec3 point_m) const {
  const float h = 0.5f * spacing_m;
  glm::vec3 g;
  for (int k = 0; k < 3; ++k) {
    glm::vec3 step(0.0f);
    step[k] = h;
    g[k] = (at(point_m + step) - at(point_m - step)) / (2.0f * h);
  }
  return g;
}

Grid make_grid(const Aabb& box_m, float spacing_m, float margin_m, float value) {
  BACKMATE_CHECK(spacing_m > 0.0f && !box_m.empty());
  Grid grid;
  grid.spacing_m = spacing_m;
  // Grid points are multiples of the spacing, symmetric about zero: a symmetric body then gets a
  // symmetric mesh.
  for (int k = 0; k < 3; ++k) {
    const int low = static_cast<int>(std::floor((box_m.min[k] - margin_m) / spacing_m)) - 1;
    const int high = static_cast<int>(std::ceil((box_m.max[k] + margin_m) / spacing_m)) + 1;
    grid.origin_m[k] = static_cast<float>(low) * spacing_m;
    grid.size[k] = high - low + 1;
  }
  grid.values.assign(grid.count(), value);
  return grid;
}

namespace {

// One block of `side` voxels: as a whole where the surface is far, else in eight parts.
void sample_block(const SignedDistance& distance, Grid& grid, glm::ivec3 first, int side) {
  const glm::ivec3 last = glm::min(first + side, grid.size);
  if (first.x >= last.x || first.y >= last.y || first.z >= last.z) return;
  if (side == 1) {
    grid.values[grid.index(first.x, first.y, first.z)] =
        distance(grid.point(first.x, first.y, first.z));
    return;
  }
  const float half = 0.5f * grid.spacing_m * static_cast<float>(side);
  const float centre = distance(grid.point(first.x, first.y, first.z) + glm::vec3(half));
  if (std::abs(centre) > 2.0f * (half + grid.spacing_m) * 1.7321f) {
    for (int z = first.z; z < last.z; ++z) {
      for (int y = first.y; y < last.y; ++y) {
        std::fill_n(&grid.values[grid.index(first.x, y, z)], last.x - first.x, centre);
      }
    }
    return;
  }
  // Below two voxels asking for the whole costs as much as it saves.
  const int part = side <= 2 ? 1 : side / 2;
  for (int z = 0; z < side; z += part) {
    for (int y = 0; y < side; y += part) {
      for (int x = 0; x < side; x += part) {
        sample_block(distance, grid, first + glm::ivec3(x, y, z), part);
      }
    }
  }
}

}  // namespace

Grid sample_distance(const SignedDistance& distance, const Aabb& box_m, float spacing_m) {
  Grid grid = make_grid(box_m, spacing_m, spacing_m, spacing_m);
  constexpr int kBlock = 16;
  const glm::ivec3 blocks = (grid.size + (kBlock - 1)) / kBlock;
  const std::size_t count = static_cast<std::size_t>(blocks.x) *
                            static_cast<std::size_t>(blocks.y) * static_cast<std::size_t>(blocks.z);
  base::parallel_for(count, [&](std::size_t b) {
    const int bx = static_cast<int>(b) % blocks.x;
    const int by = (static_cast<int>(b) / blocks.x) % blocks.y;
    const int bz = static_cast<int>(b) / (blocks.x * blocks.y);
    sample_block(distance, grid, {bx * kBlock, by * kBlock, bz * kBlock}, kBlock);
  });
  return grid;
}

Mesh polygonise(Grid grid) {
  Mesh mesh;
  if (grid.size.x < 3 || grid.size.y < 3 || grid.size.z < 3) return mesh;
  close_border(grid);
  const auto offsets = corner_offsets(grid);
  const auto& ambiguous = ambiguous_table();
  const auto layers = static_cast<std::size_t>(grid.size.z - 1);

  // Cells that the surface passes through, per layer, found in parallel.
  const auto find_cells = [&](auto&& wanted) {
    std::vector<std::vector<Cell>> found(layers);
    base::parallel_for(layers, [&](std::size_t layer) {
      const int z = static_cast<int>(layer);
      for (int y = 0; y + 1 < grid.size.y; ++y) {
        for (int x = 0; x + 1 < grid.size.x; ++x) {
          const unsigned mask = cell_mask(grid, grid.index(x, y, z), offsets);
          if (mask != 0 && mask != 0xFF && wanted(mask)) found[layer].push_back({x, y, z});
        }
      }
    });
    std::vector<Cell> all;
    for (const auto& layer : found) all.insert(all.end(), layer.begin(), layer.end());
    return all;
  };
  fill_ambiguous(grid, find_cells([&](unsigned mask) { return ambiguous[mask]; }));
  const std::vector<Cell> cells = find_cells([](unsigned) { return true; });

  std::vector<std::uint32_t> vertex_of(grid.count(), kNoVertex);
  mesh.positions_m.resize(cells.size());
  for (std::size_t i = 0; i < cells.size(); ++i) {
    vertex_of[grid.index(cells[i].x, cells[i].y, cells[i].z)] = static_cast<std::uint32_t>(i);
  }
  base::parallel_for((cells.size() + 4095) / 4096, [&](std::size_t chunk) {
    const std::size_t end = std::min(cells.size(), (chunk + 1) * 4096);
    for (std::size_t i = chunk * 4096; i < end; ++i) {
      const Cell& cell = cells[i];
      const std::size_t base = grid.index(cell.x, cell.y, cell.z);
      glm::vec3 sum(0.0f);
      int crossings = 0;
      for (const auto& edge : kCellEdges) {
        const float a = grid.values[base + offsets[edge[0]]];
        const float b = grid.values[base + offsets[edge[1]]];
        if ((a < 0.0f) == (b < 0.0f)) continue;
        const float t = a / (a - b);
        const auto corner = [](int c) {
          return glm::vec3(static_cast<float>(c & 1), static_cast<float>((c >> 1) & 1),
                           static_cast<float>(c >> 2));
        };
        sum += corner(edge[0]) + t * (corner(edge[1]) - corner(edge[0]));
        ++crossings;
      }
      mesh.positions_m[i] =
          grid.point(cell.x, cell.y, cell.z) + grid.spacing_m * sum / static_cast<float>(crossings);
    }
  });

  // One quad for every grid edge that crosses the surface.
  const std::size_t step[3] = {offsets[1], offsets[2], offsets[4]};
  mesh.indices.reserve(cells.size() * 6);
  for (const Cell& cell : cells) {
    const std::size_t base = grid.index(cell.x, cell.y, cell.z);
    const bool inside = grid.values[base] < 0.0f;
    for (int axis = 0; axis < 3; ++axis) {
      if ((grid.values[base + step[axis]] < 0.0f) == inside) continue;
      const int u = (axis + 1) % 3;
      const int v = (axis + 2) % 3;
      const int position[3] = {cell.x, cell.y, cell.z};
      if (position[u] == 0 || position[v] == 0) continue;  // the border is outside: no crossing
      const std::uint32_t a = vertex_of[base];
      const std::uint32_t b = vertex_of[base - step[u]];
      const std::uint32_t c = vertex_of[base - step[u] - step[v]];
      const std::uint32_t d = vertex_of[base - step[v]];
      if (inside) {
        add_quad(mesh, a, b, c, d);
      } else {
        add_quad(mesh, a, d, c, b);
      }
    }
  }
  return mesh;
}

Mesh keep_largest_piece(const Mesh& mesh) {
  const std::vector<std::uint32_t> piece = find_pieces(mesh);
  std::vector<float> area(mesh.positions_m.size(), 0.0f);
  for (std::size_t i = 0; i < mesh.indices.size(); i += 3) {
    const glm::vec3 p = mesh.positions_m[mesh.indices[i]];
    area[piece[mesh.indices[i]]] += glm::length(glm::cross(
        mesh.positions_m[mesh.indices[i + 1]] - p, mesh.positions_m[mesh.indices[i + 2]] - p));
  }
  Mesh kept;
  if (area.empty()) return kept;
  const auto best = static_cast<std::uint32_t>(
      std::distance(area.begin(), std::max_element(area.begin(), area.end())));
  std::vector<std::uint32_t> renumbered(mesh.positions_m.size(), kNoVertex);
  for (std::size_t i = 0; i < mesh.indices.size(); ++i) {
    const std::uint32_t vertex = mesh.indices[i];
    if (piece[vertex] != best) continue;
    if (renumbered[vertex] == kNoVertex) {
      renumbered[vertex] = static_cast<std::uint32_t>(kept.positions_m.size());
      kept.positions_m.push_back(mesh.positions_m[vertex]);
      if (!mesh.normals.empty()) kept.normals.push_back(mesh.normals[vertex]);
    }
    kept.indices.push_back(renumbered[vertex]);
  }
  return kept;
}

}  // namespace geom

#include "import/levels.h"

#include <meshoptimizer.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/check.h"
#include "base/parallel.h"

namespace atlas {
namespace {

constexpr std::size_t kFewestTriangles = 24;
// Simplification stops here rather than spoil a shape: a part of the structure's own size.
constexpr float kMaxError = 0.05f;

// Shares of the budget: between equal ratios (fine meshes stay fine) and equal triangle sizes
// (large surfaces need more), by their geometric mean; nobody gets more than it has.
std::vector<std::size_t> share_budget(std::span<const geom::Mesh> meshes, std::size_t budget) {
  std::vector<double> weight(meshes.size());
  for (std::size_t i = 0; i < meshes.size(); ++i) {
    weight[i] = std::sqrt(static_cast<double>(meshes[i].triangle_count()) *
                          static_cast<double>(geom::surface_area_m2(meshes[i])));
  }
  const auto shares_at = [&](double factor) {
    std::vector<std::size_t> shares(meshes.size());
    for (std::size_t i = 0; i < meshes.size(); ++i) {
      shares[i] =
          std::min(meshes[i].triangle_count(),
                   std::max(kFewestTriangles, static_cast<std::size_t>(factor * weight[i])));
    }
    return shares;
  };
  const auto total = [](const std::vector<std::size_t>& shares) {
    return std::accumulate(shares.begin(), shares.end(), std::size_t{0});
  };
  double low = 0.0;
  double high = 1e12;
  for (int i = 0; i < 100; ++i) {
    const double middle = 0.5 * (low + high);
    (total(shares_at(middle)) <= budget ? low : high) = middle;
  }
  return shares_at(low);
}

geom::Mesh simplify(const geom::Mesh& mesh, std::size_t triangles) {
  geom::Mesh out;
  if (triangles >= mesh.triangle_count()) {
    out.positions_m = mesh.positions_m;
    out.indices = mesh.indices;
    return out;
  }
  out.indices.resize(mesh.indices.size());
  out.indices.resize(meshopt_simplify(out.indices.data(), mesh.indices.data(), mesh.indices.size(),
                                      &mesh.positions_m[0].x, mesh.positions_m.size(),
                                      sizeof(glm::vec3), 3 * triangles, kMaxError, 0, nullptr));
  if (out.indices.empty()) out.indices = mesh.indices;
  out.positions_m = mesh.positions_m;
  return out;
}

// Triangles in Bvh order, vertices in the order in which triangles use them (unused ones go).
void arrange(geom::Mesh& mesh) {
  geom::order_triangles(mesh);
  std::vector<std::uint32_t> remap(mesh.positions_m.size());
  const std::size_t used = meshopt_optimizeVertexFetchRemap(
      remap.data(), mesh.indices.data(), mesh.indices.size(), mesh.positions_m.size());
  std::vector<glm::vec3> positions(used);
  for (std::size_t i = 0; i < remap.size(); ++i) {
    if (remap[i] != ~0u) positions[remap[i]] = mesh.positions_m[i];
  }
  for (std::uint32_t& index : mesh.indices) index = remap[index];
  mesh.positions_m = std::move(positions);
  mesh.normals = geom::smooth_normals(mesh.positions_m, mesh.indices);
}

void join(std::vector<geom::Mesh>& meshes, int lod, anatomy::Body& body) {
  std::size_t vertices = 0;
  std::size_t indices = 0;
  for (const geom::Mesh& mesh : meshes) {
    vertices += mesh.positions_m.size();
    indices += mesh.indices.size();
  }
  anatomy::LodMesh& out = body.lods[static_cast<std::size_t>(lod)];
  out.positions_m.reserve(vertices);
  out.normals.reserve(vertices);
  out.vertex_structure.reserve(vertices);
  out.indices.reserve(indices);
  for (std::size_t i = 0; i < meshes.size(); ++i) {
    geom::Mesh& mesh = meshes[i];
    const auto first = static_cast<std::uint32_t>(out.positions_m.size());
    body.structures[i].lods[static_cast<std::size_t>(lod)] = {
        first, static_cast<std::uint32_t>(mesh.positions_m.size()),
        static_cast<std::uint32_t>(out.indices.size()),
        static_cast<std::uint32_t>(mesh.indices.size())};
    out.positions_m.insert(out.positions_m.end(), mesh.positions_m.begin(), mesh.positions_m.end());
    out.normals.insert(out.normals.end(), mesh.normals.begin(), mesh.normals.end());
    out.vertex_structure.insert(out.vertex_structure.end(), mesh.positions_m.size(),
                                static_cast<anatomy::StructureIndex>(i));
    for (const std::uint32_t index : mesh.indices) out.indices.push_back(first + index);
    mesh = {};
  }
  out.vertex_segment.assign(vertices, anatomy::kNone);
}

}  // namespace

bool build_levels(std::vector<geom::Mesh>& meshes, anatomy::Body& body, base::Progress& progress) {
  BACKMATE_CHECK(meshes.size() == body.structures.size());
  const auto middle = share_budget(meshes, kTriangleBudget[1]);
  const auto coarse = share_budget(meshes, kTriangleBudget[2]);
  std::array<std::vector<geom::Mesh>, anatomy::kLodCount> levels;
  for (auto& level : levels) level.resize(meshes.size());
  // Largest first, so that no thread is left alone with the largest one at the end.
  std::vector<std::size_t> order(meshes.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const std::size_t na = meshes[a].triangle_count();
    const std::size_t nb = meshes[b].triangle_count();
    return na > nb || (na == nb && a < b);
  });
  base::parallel_for(order.size(), [&](std::size_t k) {
    if (progress.cancelled()) return;
    const std::size_t i = order[k];
    levels[1][i] = simplify(meshes[i], middle[i]);
    levels[2][i] = simplify(levels[1][i], coarse[i]);
    levels[0][i] = std::move(meshes[i]);
    for (auto& level : levels) arrange(level[i]);
  });
  if (progress.cancelled()) return false;
  base::parallel_for(levels.size(),
                     [&](std::size_t lod) { join(levels[lod], static_cast<int>(lod), body); });
  return true;
}

}  // namespace atlas

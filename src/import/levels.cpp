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

// Where a mesh lies, whoever owns it.
struct MeshView {
  std::span<const glm::vec3> positions_m;
  std::span<const std::uint32_t> indices;
};

// Shares of the budget: between equal ratios (fine meshes stay fine) and equal triangle sizes
// (large surfaces need more), by their geometric mean; nobody gets more than it has.
std::vector<std::size_t> share_budget(std::span<const std::size_t> triangles,
                                      std::span<const double> weight, std::size_t budget) {
  const auto shares_at = [&](double factor) {
    std::vector<std::size_t> shares(triangles.size());
    for (std::size_t i = 0; i < triangles.size(); ++i) {
      const auto wanted = static_cast<std::size_t>(factor * weight[i]);
      shares[i] = std::min(triangles[i], std::max(kFewestTriangles, wanted));
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

geom::Mesh simplify(const MeshView& mesh, std::size_t triangles) {
  geom::Mesh out;
  out.positions_m.assign(mesh.positions_m.begin(), mesh.positions_m.end());
  out.indices.assign(mesh.indices.begin(), mesh.indices.end());
  if (3 * triangles >= mesh.indices.size()) return out;
  const std::size_t left = meshopt_simplify(
      out.indices.data(), mesh.indices.data(), mesh.indices.size(), &mesh.positions_m[0].x,
      mesh.positions_m.size(), sizeof(glm::vec3), 3 * triangles, kMaxError, 0, nullptr);
  out.indices.resize(left);
  if (left == 0) out.indices.assign(mesh.indices.begin(), mesh.indices.end());
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

// Calls build(i) for every mesh, largest first, so that no thread is left alone with the largest
// one at the end. False when cancelled.
template <typename Build>
bool for_each_mesh(const anatomy::Body& body, std::span<const std::size_t> triangles,
                   base::Progress& progress, Build&& build) {
  BACKMATE_CHECK(triangles.size() == body.structures.size());
  std::vector<std::size_t> order(triangles.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return triangles[a] > triangles[b]; });
  base::parallel_for(order.size(), [&](std::size_t k) {
    if (!progress.cancelled()) build(order[k]);
  });
  return !progress.cancelled();
}

}  // namespace

LevelPlan plan_levels(std::span<const geom::Mesh> meshes) {
  LevelPlan plan;
  plan[0].resize(meshes.size());
  std::vector<double> weight(meshes.size());
  base::parallel_for(meshes.size(), [&](std::size_t i) {
    plan[0][i] = meshes[i].triangle_count();
    weight[i] = std::sqrt(static_cast<double>(plan[0][i]) *
                          static_cast<double>(geom::surface_area_m2(meshes[i])));
  });
  for (const std::size_t level : {1u, 2u}) {
    plan[level] = share_budget(plan[0], weight, kTriangleBudget[level]);
  }
  return plan;
}

bool build_middle_level(std::span<const geom::Mesh> meshes, const LevelPlan& plan,
                        anatomy::Body& body, base::Progress& progress) {
  std::vector<geom::Mesh> level(meshes.size());
  const bool done = for_each_mesh(body, plan[0], progress, [&](std::size_t i) {
    level[i] = simplify({meshes[i].positions_m, meshes[i].indices}, plan[1][i]);
    arrange(level[i]);
  });
  if (done) join(level, 1, body);
  return done;
}

bool build_other_levels(std::vector<geom::Mesh>& meshes, const LevelPlan& plan, anatomy::Body& body,
                        base::Progress& progress) {
  const anatomy::LodMesh& middle = body.lods[1];
  std::vector<geom::Mesh> coarse(meshes.size());
  const bool done = for_each_mesh(body, plan[0], progress, [&](std::size_t i) {
    arrange(meshes[i]);
    const anatomy::MeshRange& range = body.structures[i].lods[1];
    std::vector<std::uint32_t> indices(range.index_count);
    for (std::uint32_t k = 0; k < range.index_count; ++k) {
      indices[k] = middle.indices[range.first_index + k] - range.first_vertex;
    }
    coarse[i] = simplify(
        {std::span(middle.positions_m).subspan(range.first_vertex, range.vertex_count), indices},
        plan[2][i]);
    arrange(coarse[i]);
  });
  if (!done) return false;
  join(meshes, 0, body);
  join(coarse, 2, body);
  return true;
}

}  // namespace atlas

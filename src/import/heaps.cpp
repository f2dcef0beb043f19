#include "import/heaps.h"

#include <algorithm>
#include <limits>
#include <map>
#include <numeric>
#include <span>

namespace atlas {
namespace {

using anatomy::Structure;

// A structure lying further outside than this has not been wrapped.
constexpr float kOutsideM = 0.006f;

bool lies_outside(const geom::Bvh& surface, glm::vec3 point) {
  if (surface.find_closest(point, kOutsideM)) return false;
  std::vector<geom::RayHit> hits;
  surface.find_all_hits({point, {1.0f, 0.0f, 0.0f}}, std::numeric_limits<float>::max(), hits);
  return hits.size() % 2 == 0;
}

}  // namespace

std::span<const std::uint32_t> indices_of(const anatomy::LodMesh& mesh, const Structure& s) {
  return std::span(mesh.indices).subspan(s.lods[1].first_index, s.lods[1].index_count);
}

bool lies_outside(const geom::Bvh& surface, const anatomy::LodMesh& mesh, const Structure& s) {
  // One point alone may be misjudged where a ray grazes an edge.
  constexpr std::uint32_t kSamples = 9;
  std::uint32_t outside = 0;
  for (std::uint32_t k = 0; k < kSamples; ++k) {
    const std::uint32_t v = s.lods[1].first_vertex + s.lods[1].vertex_count * k / kSamples;
    if (lies_outside(surface, mesh.positions_m[v])) ++outside;
  }
  return 2 * outside > kSamples;
}

std::vector<Heap> find_heaps(const Heap& structures, float gap_m) {
  std::vector<std::size_t> heap(structures.size());
  std::iota(heap.begin(), heap.end(), std::size_t{0});
  const auto root = [&](std::size_t i) {
    while (heap[i] != i) i = heap[i] = heap[heap[i]];
    return i;
  };
  for (std::size_t i = 0; i < structures.size(); ++i) {
    const geom::Aabb& a = structures[i]->bounds_m;
    for (std::size_t j = 0; j < i; ++j) {
      const geom::Aabb& b = structures[j]->bounds_m;
      const glm::vec3 apart = glm::max(a.min - b.max, b.min - a.max);
      if (std::max({apart.x, apart.y, apart.z}) < gap_m) heap[root(i)] = root(j);
    }
  }
  std::map<std::size_t, Heap> by_root;
  for (std::size_t i = 0; i < structures.size(); ++i) by_root[root(i)].push_back(structures[i]);
  std::vector<Heap> heaps;
  for (auto& [at, members] : by_root) heaps.push_back(std::move(members));
  const auto triangles = [](const Heap& members) {
    std::size_t sum = 0;
    for (const Structure* s : members) sum += s->lods[1].index_count;
    return sum;
  };
  std::stable_sort(heaps.begin(), heaps.end(),
                   [&](const Heap& a, const Heap& b) { return triangles(a) > triangles(b); });
  return heaps;
}

void append(geom::Mesh& mesh, const geom::Mesh& piece) {
  const auto first = static_cast<std::uint32_t>(mesh.positions_m.size());
  mesh.positions_m.insert(mesh.positions_m.end(), piece.positions_m.begin(),
                          piece.positions_m.end());
  mesh.normals.insert(mesh.normals.end(), piece.normals.begin(), piece.normals.end());
  for (const std::uint32_t index : piece.indices) mesh.indices.push_back(first + index);
}

}  // namespace atlas

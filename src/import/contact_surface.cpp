#include "import/contact_surface.h"

#include <algorithm>
#include <limits>
#include <map>
#include <numeric>
#include <span>
#include <vector>

#include "geom/wrap.h"

namespace atlas {
namespace {

using anatomy::Structure;

// A gap between muscles that a ball of the head must not fall into, and no wider than what keeps
// an arm apart from the chest.
constexpr float kClosingM = 0.016f;
constexpr float kSkinClosingM = 0.008f;
// A structure lying further outside than this has not been wrapped.
constexpr float kOutsideM = 0.006f;
// Wrapping costs time by the piece; what stands alone beyond that is drawn but not touched.
constexpr std::size_t kMaxPieces = 40;
// Triangles of the largest piece and of each of the others.
constexpr std::size_t kTriangles = 50'000;
constexpr std::size_t kSmallTriangles = 6'000;

std::span<const std::uint32_t> indices_of(const anatomy::LodMesh& mesh, const Structure& s) {
  return std::span(mesh.indices).subspan(s.lods[1].first_index, s.lods[1].index_count);
}

bool lies_outside(const geom::Bvh& surface, glm::vec3 point) {
  if (surface.find_closest(point, kOutsideM)) return false;
  std::vector<geom::RayHit> hits;
  surface.find_all_hits({point, {1.0f, 0.0f, 0.0f}}, std::numeric_limits<float>::max(), hits);
  return hits.size() % 2 == 0;
}

// More than half of some sample points; one alone may be misjudged where a ray grazes an edge.
bool lies_outside(const geom::Bvh& surface, const anatomy::LodMesh& mesh, const Structure& s) {
  constexpr std::uint32_t kSamples = 9;
  std::uint32_t outside = 0;
  for (std::uint32_t k = 0; k < kSamples; ++k) {
    const std::uint32_t v = s.lods[1].first_vertex + s.lods[1].vertex_count * k / kSamples;
    if (lies_outside(surface, mesh.positions_m[v])) ++outside;
  }
  return 2 * outside > kSamples;
}

// Structures whose boxes come so close that one wrapping joins them, largest heap first.
using Heap = std::vector<const Structure*>;
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

}  // namespace

ContactSurface make_contact_surface(const anatomy::Body& body, const base::Progress& progress) {
  ContactSurface made;
  const auto touchable = [](const Structure& s) { return s.usable && s.lods[1].index_count > 0; };
  const auto is_skin = [](const Structure& s) { return s.kind == anatomy::Kind::kSkin; };
  Heap touched;
  for (const Structure& s : body.structures) {
    if (touchable(s)) touched.push_back(&s);
  }
  const bool has_skin =
      std::any_of(touched.begin(), touched.end(), [&](const Structure* s) { return is_skin(*s); });
  if (has_skin) std::erase_if(touched, [&](const Structure* s) { return !is_skin(*s); });
  made.estimated = !has_skin;
  geom::WrapOptions options;
  options.progress = &progress;
  options.closing_m = has_skin ? kSkinClosingM : kClosingM;

  const anatomy::LodMesh& mesh = body.lods[1];
  std::vector<Heap> heaps = find_heaps(touched, options.closing_m);
  for (std::size_t piece = 0; piece < std::min(heaps.size(), kMaxPieces); ++piece) {
    Heap members = heaps[piece];
    std::vector<geom::Soup> soups;
    for (const Structure* s : members) soups.push_back({mesh.positions_m, indices_of(mesh, *s)});
    options.target_triangles = piece == 0 ? kTriangles : kSmallTriangles;
    const geom::Mesh wrapped = geom::wrap_surface(soups, options);
    if (progress.cancelled()) return {};
    append(made.mesh, wrapped);
    // Boxes may meet where surfaces do not, and a wrapping is one piece: what it did not take in
    // has its own turn.
    const geom::Bvh surface(wrapped.positions_m, wrapped.indices);
    const std::size_t before = members.size();
    std::erase_if(members, [&](const Structure* s) { return !lies_outside(surface, mesh, *s); });
    if (members.size() == before) continue;
    const std::vector<Heap> apart = find_heaps(members, options.closing_m);
    heaps.insert(heaps.end(), apart.begin(), apart.end());
  }
  geom::order_triangles(made.mesh);
  return made;
}

}  // namespace atlas

#include "import/contact_surface.h"

#include <algorithm>
#include <limits>
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
constexpr float kOutsideM = 0.015f;
// Wrapping costs time by the piece; what stands alone beyond that is drawn but not touched.
constexpr int kMaxPieces = 12;

std::span<const std::uint32_t> indices_of(const anatomy::LodMesh& mesh, const Structure& s) {
  return std::span(mesh.indices).subspan(s.lods[1].first_index, s.lods[1].index_count);
}

bool lies_outside(const geom::Bvh& surface, glm::vec3 point) {
  const auto near = surface.find_closest(point, kOutsideM);
  if (near) return false;
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

void append(geom::Mesh& mesh, const geom::Mesh& piece) {
  const auto first = static_cast<std::uint32_t>(mesh.positions_m.size());
  mesh.positions_m.insert(mesh.positions_m.end(), piece.positions_m.begin(),
                          piece.positions_m.end());
  mesh.normals.insert(mesh.normals.end(), piece.normals.begin(), piece.normals.end());
  for (const std::uint32_t index : piece.indices) mesh.indices.push_back(first + index);
}

}  // namespace

void build_contact_surface(anatomy::Body& body) {
  const auto touchable = [](const Structure& s) { return s.usable && s.lods[1].index_count > 0; };
  const auto is_skin = [](const Structure& s) { return s.kind == anatomy::Kind::kSkin; };
  std::vector<const Structure*> left;
  for (const Structure& s : body.structures) {
    if (touchable(s)) left.push_back(&s);
  }
  const bool has_skin =
      std::any_of(left.begin(), left.end(), [&](const Structure* s) { return is_skin(*s); });
  if (has_skin) std::erase_if(left, [&](const Structure* s) { return !is_skin(*s); });
  body.contact_surface_estimated = !has_skin;
  geom::WrapOptions options;
  options.closing_m = has_skin ? kSkinClosingM : kClosingM;

  const anatomy::LodMesh& mesh = body.lods[1];
  for (int piece = 0; piece < kMaxPieces && !left.empty(); ++piece) {
    std::vector<geom::Soup> soups;
    for (const Structure* s : left) soups.push_back({mesh.positions_m, indices_of(mesh, *s)});
    const geom::Mesh wrapped = geom::wrap_surface(soups, options);
    if (wrapped.indices.empty()) break;
    const std::size_t before = left.size();
    const geom::Bvh surface(wrapped.positions_m, wrapped.indices);
    std::erase_if(left, [&](const Structure* s) { return !lies_outside(surface, mesh, *s); });
    append(body.contact_surface, wrapped);
    if (left.size() == before) break;
    // The first piece is the body; the others need no more detail than their size deserves.
    options.target_triangles = std::min<std::size_t>(options.target_triangles, 8000);
  }
  geom::order_triangles(body.contact_surface);
}

}  // namespace atlas

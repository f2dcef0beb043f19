#include "import/contact_surface.h"

#include <algorithm>
#include <vector>

#include "geom/wrap.h"
#include "import/heaps.h"

namespace atlas {
namespace {

using anatomy::Structure;

// A gap between muscles that a ball of the head must not fall into, and no wider than what keeps
// an arm apart from the chest.
constexpr float kClosingM = 0.016f;
constexpr float kSkinClosingM = 0.008f;
// Wrapping costs time by the piece; what stands alone beyond that is drawn but not touched.
constexpr std::size_t kMaxPieces = 40;
// Triangles of the largest piece and of each of the others.
constexpr std::size_t kTriangles = 50'000;
constexpr std::size_t kSmallTriangles = 6'000;

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

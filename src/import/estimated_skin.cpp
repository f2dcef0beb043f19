#include "import/estimated_skin.h"

#include <algorithm>
#include <glm/mat3x3.hpp>
#include <utility>

#include "anatomy/pack.h"
#include "base/parallel.h"
#include "forge/simplify.h"
#include "geom/level_set.h"
#include "import/body_map.h"
#include "import/heaps.h"

namespace atlas {
namespace {

using anatomy::Body;
using anatomy::Structure;
using forge::BonePart;

constexpr float kHeapGapM = 0.02f;
// Wrapping costs time by the piece; what stands alone beyond that keeps no skin.
constexpr std::size_t kMaxSkinPieces = 40;
constexpr std::size_t kSmallSkinTriangles = 6'000;
// Skin and fat where nothing says which region it is.
constexpr float kPlainThicknessM = 0.006f;

const glm::vec3 kMirror(-1.0f, 1.0f, 1.0f);

BonePart mirrored(BonePart part) {
  const glm::mat3 flip(glm::vec3(-1.0f, 0.0f, 0.0f), glm::vec3(0.0f, 1.0f, 0.0f),
                       glm::vec3(0.0f, 0.0f, 1.0f));
  part.at_m *= kMirror;
  part.turn = flip * part.turn * flip;
  for (forge::SweepStation& station : part.stations) {
    station.at_m *= kMirror;
    station.wide *= kMirror;
  }
  return part;
}

// The parts of the filler around which the atlas has enough; a sweep keeps the stretch that has.
forge::BoneSpec choose_filler(const forge::BoneSpec& filler, const BodyMap& to_atlas) {
  forge::BoneSpec chosen = filler;
  chosen.parts.clear();
  const auto choose = [&](BonePart part) {
    if (part.form == forge::PartForm::kSweep) {
      std::erase_if(part.stations, [&](const auto& s) { return !to_atlas.supports(s.at_m); });
      if (part.stations.size() >= 2) chosen.parts.push_back(std::move(part));
    } else if (to_atlas.supports(part.at_m)) {
      chosen.parts.push_back(std::move(part));
    }
  };
  for (BonePart part : filler.parts) {
    const bool both = std::exchange(part.mirrored, false);
    if (both) choose(mirrored(part));
    choose(std::move(part));
  }
  return chosen;
}

bool is_soft(anatomy::Kind kind) {
  return kind == anatomy::Kind::kMuscle || kind == anatomy::Kind::kTendon ||
         kind == anatomy::Kind::kFascia || kind == anatomy::Kind::kLigament;
}

// A structure of the built-in body where the atlas has it; nothing where the atlas does not reach.
geom::Mesh bring(const Body& builtin, const Structure& structure, const BodyMap& to_atlas) {
  constexpr std::uint32_t kSamples = 24;
  const anatomy::LodMesh& mesh = builtin.lods[anatomy::kLodCount - 1];
  const anatomy::MeshRange& range = structure.lods[anatomy::kLodCount - 1];
  for (std::uint32_t k = 0; k < kSamples && range.vertex_count > 0; ++k) {
    const std::uint32_t v = range.first_vertex + range.vertex_count * k / kSamples;
    if (!to_atlas.supports(mesh.positions_m[v])) return {};
  }
  geom::Mesh brought;
  for (std::uint32_t v = 0; v < range.vertex_count; ++v) {
    brought.positions_m.push_back(to_atlas(mesh.positions_m[range.first_vertex + v]));
  }
  for (std::uint32_t k = 0; k < range.index_count; ++k) {
    brought.indices.push_back(mesh.indices[range.first_index + k] - range.first_vertex);
  }
  return brought;
}

// What fills the atlas up where it has nothing.
std::vector<geom::Mesh> find_soft_parts(const SkinRecipe& recipe, const Body& body,
                                        const BodyMap& to_atlas) {
  std::vector<geom::Mesh> parts;
  if (!to_atlas.known()) return parts;
  parts.push_back(forge::build_filler(choose_filler(recipe.spec.filler, to_atlas)));
  for (glm::vec3& p : parts.back().positions_m) p = to_atlas(p);
  for (const Structure& s : recipe.builtin->structures) {
    if (!is_soft(s.kind) || !s.usable) continue;
    const anatomy::StructureIndex own = body.find_structure(s.id);
    if (own != anatomy::kNone && body.structures[own].usable) continue;
    parts.push_back(bring(*recipe.builtin, s, to_atlas));
  }
  return parts;
}

// The table's thickness over the atlas, sampled once: it is smooth, and wrapping asks often.
geom::Grid sample_thickness(const SkinRecipe& recipe, const BodyMap& from_atlas,
                            const geom::Aabb& box_m) {
  constexpr float kSpacing = 0.016f;
  constexpr float kMargin = 0.05f;
  const float spacing = std::max(kSpacing, glm::length(box_m.size()) / 200.0f);
  geom::Grid grid = geom::make_grid(box_m, spacing, kMargin, kPlainThicknessM);
  if (!from_atlas.known()) return grid;
  base::parallel_for(static_cast<std::size_t>(grid.size.z), [&](std::size_t layer) {
    const int z = static_cast<int>(layer);
    for (int y = 0; y < grid.size.y; ++y) {
      for (int x = 0; x < grid.size.x; ++x) {
        grid.values[grid.index(x, y, z)] =
            forge::skin_thickness_m(recipe.spec, from_atlas(grid.point(x, y, z)));
      }
    }
  });
  return grid;
}

std::span<const glm::vec3> points_of(const Body& body, const Structure& s) {
  return std::span(body.lods[0].positions_m)
      .subspan(s.lods[0].first_vertex, s.lods[0].vertex_count);
}

void add_level(const geom::Mesh& mesh, anatomy::StructureIndex index, std::size_t lod,
               Structure& structure, Body& body) {
  anatomy::LodMesh& out = body.lods[lod];
  const auto first = static_cast<std::uint32_t>(out.positions_m.size());
  structure.lods[lod] = {first, static_cast<std::uint32_t>(mesh.positions_m.size()),
                         static_cast<std::uint32_t>(out.indices.size()),
                         static_cast<std::uint32_t>(mesh.indices.size())};
  out.positions_m.insert(out.positions_m.end(), mesh.positions_m.begin(), mesh.positions_m.end());
  out.normals.insert(out.normals.end(), mesh.normals.begin(), mesh.normals.end());
  const std::size_t count = out.positions_m.size();
  out.vertex_structure.resize(count, index);
  out.vertex_segment.resize(count, anatomy::kNone);
  if (!out.fibre.empty()) out.fibre.resize(count, glm::vec3(0.0f));
  if (!out.tendon.empty()) out.tendon.resize(count, 0.0f);
  for (const std::uint32_t i : mesh.indices) out.indices.push_back(first + i);
}

}  // namespace

base::Result<SkinRecipe> load_skin_recipe(const data::ResourceDirs& resources) {
  auto spec = forge::load_skin(resources.assets());
  if (!spec) return tl::unexpected(spec.error());
  auto builtin = anatomy::load_pack(resources.builtin_body(), anatomy::kLodCount - 1);
  if (!builtin) return tl::unexpected(builtin.error());
  return SkinRecipe{std::move(*spec), std::move(*builtin)};
}

geom::Mesh estimate_skin(const SkinRecipe& recipe, const Body& body, base::Progress& progress,
                         float from, float to) {
  const auto report = [&](float part) { progress.report(from + (to - from) * part); };
  Heap covered;
  geom::Aabb box;
  for (const Structure& s : body.structures) {
    if (!s.usable || s.lods[1].index_count == 0) continue;
    covered.push_back(&s);
    box.add(s.bounds_m);
  }
  if (covered.empty()) return {};
  const BodyMap to_atlas(*recipe.builtin, body);
  const BodyMap from_atlas(body, *recipe.builtin);
  const std::vector<geom::Mesh> soft = find_soft_parts(recipe, body, to_atlas);
  for (const geom::Mesh& part : soft) {
    if (!part.positions_m.empty()) box.add(geom::bounds_of(part.positions_m));
  }
  report(0.05f);
  if (progress.cancelled()) return {};
  const geom::Grid thickness = sample_thickness(recipe, from_atlas, box);
  report(0.1f);

  geom::Mesh skin;
  std::vector<Heap> heaps = find_heaps(covered, kHeapGapM);
  for (std::size_t piece = 0; piece < std::min(heaps.size(), kMaxSkinPieces); ++piece) {
    Heap members = heaps[piece];
    forge::SkinSpec spec = recipe.spec;
    forge::SkinWrap wrap;
    for (const Structure* s : members) {
      wrap.inside.push_back({body.lods[1].positions_m, indices_of(body.lods[1], *s)});
      wrap.covered.push_back(points_of(body, *s));
    }
    if (piece == 0) {
      for (const geom::Mesh& part : soft) wrap.inside.push_back({part.positions_m, part.indices});
    } else {
      spec.triangles[0] = kSmallSkinTriangles;
    }
    for (const forge::SkinAnchor& anchor : spec.anchors) {
      wrap.thickest_m = std::max(wrap.thickest_m, anchor.thickness_m);
    }
    wrap.thickness_at = [&](glm::vec3 p) { return thickness.at(p); };
    wrap.progress = &progress;
    const float share = 0.9f / static_cast<float>(heaps.size());
    if (piece == 0) wrap.report = [&](float part) { report(0.1f + share * part); };
    const geom::Mesh wrapped = forge::wrap_skin(spec, wrap);
    if (progress.cancelled()) return {};
    report(0.1f + 0.9f * static_cast<float>(piece + 1) / static_cast<float>(heaps.size()));
    if (wrapped.indices.empty()) continue;
    append(skin, wrapped);
    // Boxes may meet where surfaces do not, and a wrapping is one piece: what it did not take in
    // has its own turn.
    const geom::Bvh surface(wrapped.positions_m, wrapped.indices);
    const std::size_t before = members.size();
    std::erase_if(members,
                  [&](const Structure* s) { return !lies_outside(surface, body.lods[1], *s); });
    if (members.size() == before) continue;
    const std::vector<Heap> apart = find_heaps(members, kHeapGapM);
    heaps.insert(heaps.end(), apart.begin(), apart.end());
  }
  geom::order_triangles(skin);
  skin.normals = geom::smooth_normals(skin.positions_m, skin.indices);
  return skin;
}

void add_estimated_skin(const SkinRecipe& recipe, geom::Mesh skin, Body& body,
                        const base::Progress& progress) {
  Structure structure;
  structure.id = "skin";
  structure.name = "Skin (estimated)";
  structure.latin = "Cutis";
  structure.kind = anatomy::Kind::kSkin;
  structure.layer = anatomy::Layer::kSkin;
  structure.estimated = true;
  const auto index = static_cast<anatomy::StructureIndex>(body.structures.size());
  geom::Mesh level = skin;
  for (std::size_t lod = 0; lod < anatomy::kLodCount; ++lod) {
    if (progress.cancelled()) return;
    if (lod > 0) {
      level = forge::simplify_to(level, recipe.spec.triangles[lod]);
      geom::order_triangles(level);
      level.normals = geom::smooth_normals(level.positions_m, level.indices);
    }
    add_level(level, index, lod, structure, body);
  }
  body.structures.push_back(std::move(structure));
  body.contact_surface = std::move(skin);
  body.contact_surface_estimated = false;
}

}  // namespace atlas

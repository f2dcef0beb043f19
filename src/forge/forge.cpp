#include "forge/forge.h"

#include <iterator>

#include "anatomy/finish.h"
#include "anatomy/segments.h"
#include "base/parallel.h"
#include "forge/bones.h"
#include "forge/figure_map.h"
#include "forge/muscles.h"
#include "forge/skin.h"
#include "forge/strands.h"
#include "geom/bvh.h"
#include "geom/wrap.h"

namespace forge {
namespace {

void add_mesh(const PartMesh& part, anatomy::StructureIndex index, anatomy::LodMesh& target,
              anatomy::MeshRange& range) {
  geom::Mesh mesh = part.mesh;
  geom::order_triangles(mesh);
  if (mesh.normals.empty()) mesh.normals = geom::smooth_normals(mesh.positions_m, mesh.indices);
  const std::size_t count = mesh.positions_m.size();
  range.first_vertex = static_cast<std::uint32_t>(target.positions_m.size());
  range.vertex_count = static_cast<std::uint32_t>(count);
  range.first_index = static_cast<std::uint32_t>(target.indices.size());
  range.index_count = static_cast<std::uint32_t>(mesh.indices.size());
  const auto append = [](auto& to, const auto& from) {
    to.insert(to.end(), from.begin(), from.end());
  };
  append(target.positions_m, mesh.positions_m);
  append(target.normals, mesh.normals);
  target.vertex_structure.resize(target.positions_m.size(), index);
  target.vertex_segment.resize(target.positions_m.size(), anatomy::kNone);
  append(target.fibre, part.fibre);
  target.fibre.resize(target.positions_m.size(), glm::vec3(0.0f));
  append(target.tendon, part.tendon);
  target.tendon.resize(target.positions_m.size(), 0.0f);
  for (const std::uint32_t i : mesh.indices) target.indices.push_back(range.first_vertex + i);
}

// What the tool touches: the skin, or, for a body without one, an envelope around everything.
void make_contact_surface(std::span<const Part> parts, anatomy::Body& body) {
  for (const Part& part : parts) {
    if (part.entry_id != "skin") continue;
    body.contact_surface = part.lods[0].mesh;
    geom::order_triangles(body.contact_surface);
    if (body.contact_surface.normals.empty()) {
      body.contact_surface.normals =
          geom::smooth_normals(body.contact_surface.positions_m, body.contact_surface.indices);
    }
    return;
  }
  geom::WrapOptions options;
  options.offset_m = 0.004f;
  const geom::Soup everything{body.lods[1].positions_m, body.lods[1].indices};
  body.contact_surface = geom::wrap_surface(std::span(&everything, 1), options);
  body.contact_surface_estimated = true;
}

}  // namespace

base::Result<anatomy::Body> assemble_body(const anatomy::Ontology& ontology,
                                          std::span<const Part> parts) {
  anatomy::Body body;
  body.id = "builtin";
  body.source =
      "Backmate Anatomy's own model. Proportions measured on BodyParts3D, (c) The Database Center "
      "for Life Science";
  body.groups = anatomy::make_groups(ontology);
  for (const Part& part : parts) {
    const anatomy::OntologyEntry* entry = ontology.find_entry(part.entry_id);
    if (entry == nullptr) {
      return base::fail("the built-in body has '" + part.entry_id +
                        "', which anatomy/structures.json does not know; add it there");
    }
    const auto index = static_cast<anatomy::StructureIndex>(body.structures.size());
    anatomy::Structure structure = anatomy::make_structure(ontology, {entry, part.side});
    if (body.find_structure(structure.id) != anatomy::kNone) {
      return base::fail("the built-in body has '" + structure.id + "' twice; remove one");
    }
    for (std::size_t lod = 0; lod < part.lods.size(); ++lod) {
      add_mesh(part.lods[lod], index, body.lods[lod], structure.lods[lod]);
    }
    const bool cut = structure.kind == anatomy::Kind::kMuscle && part.length_m > 0.0f;
    body.structures.push_back(std::move(structure));
    if (!cut) continue;
    anatomy::FibreShares shares;
    for (std::size_t lod = 0; lod < shares.size(); ++lod) shares[lod] = part.lods[lod].along;
    anatomy::cut_segments(body, index, part.length_m, shares);
  }
  make_contact_surface(parts, body);
  return body;
}

namespace {

void settle(const anatomy::Ontology& ontology, std::size_t muscle_count, const geom::Mesh& skin,
            std::span<Part> parts) {
  std::vector<const Part*> stops;
  for (const Part& part : parts.subspan(muscle_count)) {
    const anatomy::OntologyEntry* entry = ontology.find_entry(part.entry_id);
    if (entry != nullptr && entry->kind == anatomy::Kind::kBone) stops.push_back(&part);
  }
  sink_muscles(parts.first(muscle_count), stops, skin);
}

}  // namespace

base::Result<Moulds> make_moulds(const std::filesystem::path& assets_dir) {
  auto ontology = anatomy::Ontology::load(assets_dir / "anatomy");
  if (!ontology) return tl::unexpected(ontology.error());
  auto bones = build_bones(assets_dir);
  if (!bones) return tl::unexpected(bones.error());
  auto muscles = build_muscles(assets_dir, *bones);
  if (!muscles) return tl::unexpected(muscles.error());
  const auto skin = load_skin(assets_dir);
  if (!skin) return tl::unexpected(skin.error());
  const auto strands = load_strands(assets_dir);
  if (!strands) return tl::unexpected(strands.error());

  Moulds moulds;
  moulds.assets_dir = assets_dir;
  moulds.ontology = std::move(*ontology);
  moulds.padding = build_filler(skin->filler);
  moulds.muscle_count = muscles->size();
  moulds.parts = std::move(*muscles);
  std::move(bones->begin(), bones->end(), std::back_inserter(moulds.parts));
  moulds.skin = build_skin(*skin, FigureMap(), moulds.parts, moulds.padding);
  settle(moulds.ontology, moulds.muscle_count, moulds.skin.lods[0].mesh, moulds.parts);
  // Last: nerves and vessels find their way between what is there.
  auto tubes = build_strands(*strands, moulds.ontology, moulds.parts);
  if (!tubes) return tl::unexpected(tubes.error());
  moulds.strands = std::move(*tubes);
  return moulds;
}

base::Result<anatomy::Body> build_figure(const Moulds& moulds, anatomy::Sex sex,
                                         anatomy::Build build) {
  const auto spec = load_figure(moulds.assets_dir, sex, build);
  if (!spec) return tl::unexpected(spec.error());
  std::vector<std::string> entries;
  for (const Part& part : moulds.parts) entries.push_back(part.entry_id);
  if (auto status = check_bones(*spec, moulds.assets_dir, entries); !status) {
    return tl::unexpected(status.error());
  }
  std::vector<Part> parts = moulds.parts;
  std::vector<Part> strands = moulds.strands;
  Part skin = moulds.skin;
  if (!spec->is_authored()) {
    auto skin_spec = load_skin(moulds.assets_dir, sex, build);
    if (!skin_spec) return tl::unexpected(skin_spec.error());
    const FigureMap map = make_map(moulds, *spec);
    base::parallel_for(parts.size(), [&](std::size_t k) { map.apply(parts[k]); });
    for (Part& strand : strands) map.apply(strand);
    geom::Mesh padding = build_filler(skin_spec->filler);
    map.apply(padding.positions_m);
    skin = build_skin(std::move(*skin_spec), map, parts, padding);
    settle(moulds.ontology, moulds.muscle_count, skin.lods[0].mesh, parts);
  }
  std::move(strands.begin(), strands.end(), std::back_inserter(parts));
  parts.push_back(std::move(skin));
  auto body = assemble_body(moulds.ontology, parts);
  if (!body) return body;
  body->id = anatomy::figure_id(sex, build);
  anatomy::build_segments(*body);
  anatomy::finish_structures(*body);
  anatomy::find_landmarks(*body);
  return body;
}

FigureMap make_map(const Moulds& moulds, const FigureSpec& spec) {
  const float top = geom::bounds_of(moulds.skin.lods[0].mesh.positions_m).max.y;
  return FigureMap(spec, moulds.ontology, moulds.parts, std::span(&moulds.padding, 1), top);
}

base::Result<anatomy::Body> build_body(const std::filesystem::path& assets_dir) {
  const auto moulds = make_moulds(assets_dir);
  if (!moulds) return tl::unexpected(moulds.error());
  return build_figure(*moulds, anatomy::Sex::kNeutral, anatomy::Build::kMedium);
}

}  // namespace forge

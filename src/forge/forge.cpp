#include "forge/forge.h"

#include <iterator>

#include "anatomy/finish.h"
#include "anatomy/segments.h"
#include "forge/bones.h"
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

base::Result<anatomy::Body> build_body(const std::filesystem::path& assets_dir) {
  const auto ontology = anatomy::Ontology::load(assets_dir / "anatomy");
  if (!ontology) return tl::unexpected(ontology.error());
  auto bones = build_bones(assets_dir);
  if (!bones) return tl::unexpected(bones.error());
  auto parts = build_muscles(assets_dir, *bones);
  if (!parts) return tl::unexpected(parts.error());
  const std::size_t muscle_count = parts->size();
  std::move(bones->begin(), bones->end(), std::back_inserter(*parts));
  auto skin = build_skin(assets_dir, *parts);
  if (!skin) return tl::unexpected(skin.error());
  const std::span all(*parts);
  std::vector<const Part*> stops;
  for (const Part& part : all.subspan(muscle_count)) {
    const anatomy::OntologyEntry* entry = ontology->find_entry(part.entry_id);
    if (entry != nullptr && entry->kind == anatomy::Kind::kBone) stops.push_back(&part);
  }
  sink_muscles(all.first(muscle_count), stops, skin->lods[0].mesh);
  // Last: nerves and vessels find their way between what is there.
  const auto specs = load_strands(assets_dir);
  if (!specs) return tl::unexpected(specs.error());
  auto strands = build_strands(*specs, *ontology, all);
  if (!strands) return tl::unexpected(strands.error());
  std::move(strands->begin(), strands->end(), std::back_inserter(*parts));
  parts->push_back(std::move(*skin));
  auto body = assemble_body(*ontology, *parts);
  if (!body) return body;
  anatomy::build_segments(*body);
  anatomy::finish_structures(*body);
  anatomy::find_landmarks(*body);
  return body;
}

}  // namespace forge

#include "forge/forge.h"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "anatomy/finish.h"
#include "forge/bones.h"
#include "forge/muscles.h"
#include "forge/skin.h"
#include "geom/bvh.h"
#include "geom/wrap.h"

namespace forge {
namespace {

constexpr float kSegmentLength_m = 0.025f;

struct SegmentSums {
  glm::vec3 place{0.0f};
  glm::vec3 fibre{0.0f};
  float count = 0.0f;
};

// Stretches of equal share along the fibres; centre and direction from the finest vertices.
void add_segments(const Part& part, anatomy::StructureIndex index, anatomy::Structure& structure,
                  anatomy::Body& body) {
  const PartMesh& finest = part.lods[0];
  if (part.length_m <= 0.0f || finest.along.empty()) return;
  const int count = std::max(1, static_cast<int>(std::lround(part.length_m / kSegmentLength_m)));
  structure.first_segment = static_cast<anatomy::SegmentIndex>(body.segments.size());
  structure.segment_count = static_cast<std::uint16_t>(count);
  const auto segment_of = [&](float along) {
    return std::clamp(static_cast<int>(along * static_cast<float>(count)), 0, count - 1);
  };
  std::vector<SegmentSums> sums(static_cast<std::size_t>(count));
  for (std::size_t v = 0; v < finest.along.size(); ++v) {
    SegmentSums& sum = sums[static_cast<std::size_t>(segment_of(finest.along[v]))];
    sum.place += finest.mesh.positions_m[v];
    sum.fibre += finest.fibre[v];
    sum.count += 1.0f;
  }
  for (const SegmentSums& sum : sums) {
    anatomy::Segment segment;
    segment.structure = index;
    segment.length_m = part.length_m / static_cast<float>(count);
    if (sum.count > 0.0f) segment.centre_m = sum.place / sum.count;
    if (glm::length(sum.fibre) > 1e-6f) segment.fibre = glm::normalize(sum.fibre);
    body.segments.push_back(segment);
  }
  for (std::size_t lod = 0; lod < part.lods.size(); ++lod) {
    auto& target = body.lods[lod].vertex_segment;
    const std::uint32_t first = structure.lods[lod].first_vertex;
    for (std::size_t v = 0; v < part.lods[lod].along.size(); ++v) {
      target[first + v] = static_cast<anatomy::SegmentIndex>(structure.first_segment +
                                                             segment_of(part.lods[lod].along[v]));
    }
  }
}

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
    if (structure.kind == anatomy::Kind::kMuscle) add_segments(part, index, structure, body);
    body.structures.push_back(std::move(structure));
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
  parts->push_back(std::move(*skin));
  auto body = assemble_body(*ontology, *parts);
  if (!body) return body;
  anatomy::build_segments(*body);
  anatomy::finish_structures(*body);
  anatomy::find_landmarks(*body);
  return body;
}

}  // namespace forge

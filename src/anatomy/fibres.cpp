// Fibres for the muscles of a body that has none: bones give the ends, a coarse level of detail the
// field, a grid carries it to all levels.
#include <algorithm>
#include <map>
#include <string>
#include <unordered_map>
#include <utility>

#include "anatomy/fibre_field.h"
#include "anatomy/fibre_grid.h"
#include "anatomy/finish.h"
#include "anatomy/segments.h"
#include "base/parallel.h"
#include "geom/bvh.h"

namespace anatomy {
namespace {

// Fields are smooth: a coarse level does, unless it is too coarse for any field.
constexpr std::uint32_t kFewestTriangles = 40;

struct Attachments {
  glm::vec3 course{0.0f};
  bool series = false;
  bool broad = false;
  std::vector<StructureIndex> from;
  std::vector<StructureIndex> to;
};

// What the table says about each structure of the body, bones by index; those that the body lacks
// or cannot use are left out.
class AttachmentFinder {
 public:
  AttachmentFinder(const Body& body, const Ontology& ontology) : body_(body) {
    for (std::size_t i = 0; i < body.structures.size(); ++i) {
      by_id_.emplace(body.structures[i].id, static_cast<StructureIndex>(i));
    }
    for (const OntologyEntry& entry : ontology.entries()) {
      if (!entry.fibres) continue;
      for (const Side side : {Side::kMedian, Side::kLeft, Side::kRight}) {
        entries_.emplace(structure_id_of(entry.id, side), &*entry.fibres);
      }
    }
  }

  Attachments find(const Structure& structure) const {
    Attachments found;
    // The importer numbers structures that come twice.
    const std::size_t end = structure.id.find_last_not_of("0123456789");
    const bool numbered = end != std::string::npos && structure.id[end] == '_';
    auto known = entries_.find(structure.id);
    if (known == entries_.end() && numbered) known = entries_.find(structure.id.substr(0, end));
    if (known == entries_.end()) return found;
    const MuscleFibres& fibres = *known->second;
    found.course = fibres.course;
    found.series = fibres.series;
    if (structure.side == Side::kRight && !fibres.series) found.course.x = -found.course.x;
    if (structure.side == Side::kMedian && !fibres.series) {
      // Both sides in one mesh: what runs sideways is left to the shape.
      found.course.x = 0.0f;
      if (glm::length(found.course) < 0.3f) found.course = glm::vec3(0.0f);
    }
    found.broad = fibres.broad;
    found.from = find_bones(fibres.from, structure.side);
    found.to = find_bones(fibres.to, structure.side);
    return found;
  }

 private:
  std::vector<StructureIndex> find_bones(const std::vector<std::string>& names, Side side) const {
    std::vector<StructureIndex> bones;
    const auto add = [&](const std::string& name, Side of) {
      const auto it = by_id_.find(structure_id_of(name, of));
      if (it == by_id_.end()) return;
      const Structure& bone = body_.structures[it->second];
      if (bone.usable && bone.lods[kLodCount - 1].index_count > 0) bones.push_back(it->second);
    };
    for (const std::string& name : names) {
      add(name, Side::kMedian);
      if (side != Side::kRight) add(name, Side::kLeft);
      if (side != Side::kLeft) add(name, Side::kRight);
    }
    return bones;
  }

  const Body& body_;
  std::unordered_map<std::string, StructureIndex> by_id_;
  std::unordered_map<std::string, const MuscleFibres*> entries_;
};

using BoneTrees = std::map<StructureIndex, geom::Bvh>;

BoneTrees make_bone_trees(const Body& body, const std::vector<Attachments>& attachments) {
  BoneTrees trees;
  const LodMesh& mesh = body.lods[kLodCount - 1];
  for (const Attachments& muscle : attachments) {
    for (const auto* bones : {&muscle.from, &muscle.to}) {
      for (const StructureIndex bone : *bones) {
        if (trees.contains(bone)) continue;
        const MeshRange& range = body.structures[bone].lods[kLodCount - 1];
        trees.emplace(
            bone, geom::Bvh(mesh.positions_m,
                            std::span(mesh.indices).subspan(range.first_index, range.index_count)));
      }
    }
  }
  return trees;
}

// How far every vertex is from the nearest of the bones. Vertices follow each other closely, so
// the last answer bounds the next.
std::vector<float> find_bone_distances(const std::vector<glm::vec3>& places,
                                       const std::vector<StructureIndex>& bones,
                                       const BoneTrees& trees) {
  std::vector<float> distances;
  if (bones.empty()) return distances;
  std::vector<const geom::Bvh*> near;
  for (const StructureIndex bone : bones) near.push_back(&trees.at(bone));
  distances.reserve(places.size());
  glm::vec3 last = near.front()->bounds().min - glm::vec3(1.0f);
  for (const glm::vec3& place : places) {
    float least = glm::length(place - last);
    for (std::size_t k = 0; k < near.size(); ++k) {
      const auto hit = near[k]->find_closest(place, least);
      if (!hit) continue;
      least = hit->distance_m;
      last = hit->point_m;
      std::swap(near[0], near[k]);  // the next vertex asks it first
    }
    distances.push_back(least);
  }
  return distances;
}

geom::Mesh copy_level(const Body& body, const Structure& structure, std::size_t lod) {
  const LodMesh& mesh = body.lods[lod];
  const MeshRange& range = structure.lods[lod];
  geom::Mesh copy;
  copy.positions_m.assign(mesh.positions_m.begin() + range.first_vertex,
                          mesh.positions_m.begin() + range.first_vertex + range.vertex_count);
  copy.indices.assign(mesh.indices.begin() + range.first_index,
                      mesh.indices.begin() + range.first_index + range.index_count);
  for (std::uint32_t& index : copy.indices) index -= range.first_vertex;
  return copy;
}

std::size_t choose_level(const Structure& structure) {
  std::size_t lod = kLodCount - 1;
  while (lod > 0 && structure.lods[lod].index_count < 3 * kFewestTriangles) --lod;
  return lod;
}

std::optional<FibreField> solve_muscle(const geom::Mesh& mesh, const Attachments& known,
                                       const BoneTrees& trees) {
  if (mesh.positions_m.empty()) return std::nullopt;
  const glm::vec3 straight = find_straight_course(mesh.positions_m);
  const bool known_course = known.course != glm::vec3(0.0f);
  if (known.series) {
    return solve_series_field(mesh, known.course,
                              glm::dot(straight, known.course) < 0.0f ? -straight : straight);
  }
  return solve_fibre_field(mesh,
                           {find_bone_distances(mesh.positions_m, known.from, trees),
                            find_bone_distances(mesh.positions_m, known.to, trees),
                            known_course ? known.course : straight, known_course && !known.broad});
}

// Fibres of the muscle's vertices at all levels; returns how far along they are.
FibreShares fill_fibres(const FibreGrid& grid, float length_m, const Structure& structure,
                        Body& body) {
  FibreShares shares;
  for (std::size_t lod = 0; lod < kLodCount; ++lod) {
    const MeshRange& range = structure.lods[lod];
    LodMesh& mesh = body.lods[lod];
    shares[lod].resize(range.vertex_count);
    for (std::uint32_t v = 0; v < range.vertex_count; ++v) {
      const FibreGrid::Sample sample = grid.at(mesh.positions_m[range.first_vertex + v]);
      mesh.fibre[range.first_vertex + v] = sample.fibre;
      shares[lod][v] = sample.along_m / length_m;
    }
  }
  return shares;
}

}  // namespace

void build_fibres(Body& body, const Ontology& ontology, const base::Progress* progress) {
  const auto cancelled = [&] { return progress != nullptr && progress->cancelled(); };
  std::vector<StructureIndex> muscles;
  for (std::size_t i = 0; i < body.structures.size(); ++i) {
    const Structure& structure = body.structures[i];
    if (structure.kind != Kind::kMuscle || !structure.usable || structure.segment_count > 0) {
      continue;
    }
    muscles.push_back(static_cast<StructureIndex>(i));
  }
  if (muscles.empty()) return;
  for (LodMesh& mesh : body.lods) {
    if (mesh.fibre.empty()) mesh.fibre.assign(mesh.positions_m.size(), glm::vec3(0.0f));
  }
  const AttachmentFinder finder(body, ontology);
  std::vector<Attachments> attachments;
  for (const StructureIndex muscle : muscles) {
    attachments.push_back(finder.find(body.structures[muscle]));
  }
  const BoneTrees trees = make_bone_trees(body, attachments);
  std::vector<FibreShares> shares(muscles.size());
  std::vector<float> lengths_m(muscles.size(), 0.0f);
  base::parallel_for(muscles.size(), [&](std::size_t k) {
    if (cancelled()) return;
    const Structure& structure = body.structures[muscles[k]];
    const geom::Mesh mesh = copy_level(body, structure, choose_level(structure));
    const auto field = solve_muscle(mesh, attachments[k], trees);
    if (!field) return;
    lengths_m[k] = field->length_m;
    shares[k] = fill_fibres(FibreGrid(mesh, *field), field->length_m, structure, body);
  });
  for (std::size_t k = 0; k < muscles.size() && !cancelled(); ++k) {
    cut_segments(body, muscles[k], lengths_m[k], shares[k]);
  }
}

}  // namespace anatomy

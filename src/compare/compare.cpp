#include "compare/compare.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "anatomy/ontology.h"
#include "base/parallel.h"
#include "compare/body_mesh.h"

namespace compare {
namespace {

using anatomy::Body;
using anatomy::Kind;
using anatomy::Side;
using anatomy::StructureIndex;

// Its parts meet in sutures and enclose a space: measured one by one, a skull drawn as one shell
// would be blamed for what nobody sees.
constexpr std::string_view kSkull = "skull";
constexpr std::array<std::string_view, 13> kSkullParts = {
    "frontal_bone",   "parietal_bone", "occipital_bone",       "temporal_bone", "sphenoid_bone",
    "ethmoid_bone",   "vomer",         "nasal_bone",           "lacrimal_bone", "maxilla",
    "zygomatic_bone", "palatine_bone", "inferior_nasal_concha"};

bool is_skull_part(std::string_view entry) {
  return std::find(kSkullParts.begin(), kSkullParts.end(), entry) != kSkullParts.end();
}

std::string entry_of(const anatomy::Structure& s) {
  std::string entry = s.id;
  const std::string suffix = "_" + std::string(to_string(s.side));
  if (s.side != Side::kMedian && entry.ends_with(suffix)) {
    entry.resize(entry.size() - suffix.size());
  }
  return entry;
}

bool is_judged_bone(std::string_view entry) {
  for (const std::string_view prefix : {"vertebra_c", "vertebra_t", "vertebra_l", "rib_"}) {
    if (entry.starts_with(prefix)) return entry != "vertebra_c1" && entry != "vertebra_c2";
  }
  for (const std::string_view bone :
       {"clavicle", "scapula", "humerus", "hip_bone", "sternum_body"}) {
    if (entry == bone) return true;
  }
  return entry == kSkull;
}

Judged judge(Kind kind, std::string_view entry) {
  if (kind == Kind::kMuscle) return Judged::kMuscle;
  return is_judged_bone(entry) ? Judged::kBone : Judged::kNo;
}

// The parts of the reference's skull become one structure.
void join_skull(std::vector<ReferenceStructure>& reference) {
  ReferenceStructure skull;
  skull.label = {std::string(kSkull), "Skull (outer surface)", std::string(kSkull)};
  skull.kind = Kind::kBone;
  std::vector<ReferenceStructure> kept;
  for (ReferenceStructure& part : reference) {
    if (!is_skull_part(part.label.entry_id) && part.label.entry_id != kSkull) {
      kept.push_back(std::move(part));
      continue;
    }
    const auto first = static_cast<std::uint32_t>(skull.mesh_m.positions_m.size());
    skull.mesh_m.positions_m.insert(skull.mesh_m.positions_m.end(), part.mesh_m.positions_m.begin(),
                                    part.mesh_m.positions_m.end());
    for (const std::uint32_t index : part.mesh_m.indices) {
      skull.mesh_m.indices.push_back(first + index);
    }
  }
  if (!skull.mesh_m.indices.empty()) kept.push_back(std::move(skull));
  reference = std::move(kept);
}

// The body's structures that show what the reference's shows: by FMA id, else by id.
std::vector<StructureIndex> find_matches(const Body& body, const ReferenceStructure& reference) {
  std::vector<StructureIndex> found;
  const bool skull = reference.label.entry_id == kSkull;
  for (std::size_t i = 0; i < body.structures.size(); ++i) {
    const anatomy::Structure& s = body.structures[i];
    if (!s.usable || s.lods[0].index_count == 0) continue;
    const bool matches =
        skull ? s.id == kSkull || is_skull_part(entry_of(s))
              : s.id == reference.label.id || (!s.fma.empty() && s.fma == reference.fma);
    if (matches) found.push_back(static_cast<StructureIndex>(i));
  }
  return found;
}

geom::Mesh join_meshes(const Body& body, const std::vector<StructureIndex>& structures) {
  geom::Mesh joined;
  for (const StructureIndex s : structures) {
    const geom::Mesh mesh = mesh_of(body, s, 0);
    const auto first = static_cast<std::uint32_t>(joined.positions_m.size());
    joined.positions_m.insert(joined.positions_m.end(), mesh.positions_m.begin(),
                              mesh.positions_m.end());
    for (const std::uint32_t index : mesh.indices) joined.indices.push_back(first + index);
  }
  return joined;
}

std::size_t samples_for(const geom::Mesh& a, const geom::Mesh& b, const CompareOptions& options) {
  const double area = static_cast<double>(std::max(surface_area_m2(a), surface_area_m2(b)));
  return std::clamp(static_cast<std::size_t>(area / options.area_per_sample_m2),
                    options.fewest_samples, options.most_samples);
}

void measure_against(const ReferenceStructure& reference, geom::Mesh own,
                     const CompareOptions& options, StructureRow& row) {
  geom::Mesh theirs = reference.mesh_m;
  if (row.id != kSkull) {
    // A closed mesh has its volume wherever it is taken from; an imported one need not be closed.
    row.body_volume_m3 = geom::find_stable_volume_m3(own);
    row.reference_volume_m3 = geom::find_stable_volume_m3(theirs);
    if (row.body_volume_m3 && row.reference_volume_m3 && *row.reference_volume_m3 > 0.0) {
      row.volume_ratio = *row.body_volume_m3 / *row.reference_volume_m3;
    }
  } else {
    own = geom::find_outer_surface(own);
    theirs = geom::find_outer_surface(theirs);
  }
  geom::order_triangles(own);
  geom::order_triangles(theirs);
  row.distance = geom::measure_distance(own, theirs, samples_for(own, theirs, options));
}

float farthest(const geom::Mesh& from, const geom::Mesh& to) {
  const geom::Bvh tree(to.positions_m, to.indices);
  float distance = 0.0f;
  for (const glm::vec3 p : from.positions_m) {
    const auto found = tree.find_closest(p, 1.0f);
    distance = std::max(distance, found ? found->distance_m : 1.0f);
  }
  return distance;
}

// Against the twin on the other side, or against itself.
std::optional<float> find_mirror_error(const Body& body, StructureIndex index) {
  const anatomy::Structure& s = body.structures[index];
  const Side other = s.side == Side::kLeft ? Side::kRight : Side::kLeft;
  const StructureIndex twin =
      s.side == Side::kMedian ? index
                              : body.find_structure(anatomy::structure_id_of(entry_of(s), other));
  if (twin == anatomy::kNone || !body.structures[twin].usable) return std::nullopt;
  const geom::Mesh here = mesh_of(body, index, 0);
  geom::Mesh there = mesh_of(body, twin, 0);
  if (here.indices.empty() || there.indices.empty()) return std::nullopt;
  for (glm::vec3& p : there.positions_m) p.x = -p.x;
  return std::max(farthest(here, there), farthest(there, here));
}

StructureRow row_of(const anatomy::Structure& s) {
  StructureRow row;
  row.id = s.id;
  row.name = s.name;
  row.fma = s.fma;
  row.kind = s.kind;
  row.side = s.side;
  return row;
}

void measure_body_alone(const Body& body, StructureIndex index, StructureRow& row) {
  std::vector<geom::Mesh> levels;
  for (std::size_t lod = 0; lod < body.lods.size(); ++lod) {
    levels.push_back(mesh_of(body, index, lod));
  }
  row.mesh = find_mesh_faults(levels);
  row.mirror_m = find_mirror_error(body, index);
}

}  // namespace

MeshFaults find_mesh_faults(std::span<const geom::Mesh> levels) {
  MeshFaults faults;
  for (const geom::Mesh& level : levels) {
    for (std::size_t i = 0; i + 2 < level.indices.size(); i += 3) {
      const glm::vec3 a = level.positions_m[level.indices[i]];
      const glm::vec3 b = level.positions_m[level.indices[i + 1]];
      const glm::vec3 c = level.positions_m[level.indices[i + 2]];
      const double area = 0.5 * static_cast<double>(glm::length(glm::cross(b - a, c - a)));
      if (!(area > kLeastArea_m2)) ++faults.degenerate_triangles;
    }
    const geom::Mesh welded = geom::weld_exact(level);
    const geom::Topology topology = geom::find_topology(welded);
    faults.open_edges += topology.boundary_edges;
    faults.crowded_edges += topology.non_manifold_edges;
    faults.flipped_edges += topology.flipped_edges;
    if (topology.watertight() && geom::signed_volume_m3(welded) < 0.0f) faults.inside_out = true;
  }
  return faults;
}

Comparison compare_body(const Body& body, std::vector<ReferenceStructure> reference,
                        std::span<const CoverRule> rules, const CompareOptions& options) {
  Comparison result;
  result.body_id = body.id;
  result.symmetric = options.symmetric;
  join_skull(reference);

  std::set<StructureIndex> matched;
  std::vector<std::vector<StructureIndex>> own;  // of each row
  for (const ReferenceStructure& r : reference) {
    const auto matches = find_matches(body, r);
    StructureRow row;
    row.id = r.label.id;
    row.name = r.label.name;
    row.fma = r.fma;
    row.kind = r.kind;
    row.side = r.side;
    row.presence = matches.empty() ? Presence::kMissing : Presence::kBoth;
    row.judged = judge(r.kind, r.label.entry_id);
    matched.insert(matches.begin(), matches.end());
    own.push_back(matches);
    result.rows.push_back(std::move(row));
  }
  for (std::size_t i = 0; i < body.structures.size(); ++i) {
    const auto index = static_cast<StructureIndex>(i);
    if (matched.contains(index) || !body.structures[i].usable ||
        body.structures[i].lods[0].index_count == 0) {
      continue;
    }
    result.rows.push_back(row_of(body.structures[i]));
    result.rows.back().presence = Presence::kBodyOnly;
    own.push_back({index});
  }
  base::parallel_for(result.rows.size(), [&](std::size_t i) {
    if (own[i].empty()) return;
    StructureRow& row = result.rows[i];
    measure_body_alone(body, own[i].front(), row);
    if (i < reference.size()) {
      measure_against(reference[i], join_meshes(body, own[i]), options, row);
    }
  });
  for (const OrderFinding& finding : measure_order(body, rules)) {
    for (std::size_t i = 0; i < own.size(); ++i) {
      if (own[i].empty() || own[i].front() != finding.structure) continue;
      result.rows[i].order_share = finding.share;
      if (finding.worst_cover != anatomy::kNone) {
        result.rows[i].order_worst = body.structures[finding.worst_cover].id;
      }
    }
  }
  return result;
}

}  // namespace compare

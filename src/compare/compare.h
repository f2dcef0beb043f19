// How near a body is to a reference: every structure of either, measured in the same frame without
// any alignment. Pure; the reference comes as meshes (compare/reference.h), so that a test can be
// its own.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "anatomy/body.h"
#include "compare/order.h"
#include "compare/reference.h"
#include "geom/surface.h"

namespace compare {

enum class Presence { kBoth, kMissing, kBodyOnly };
// Which lines of the summary a structure counts for. Bones: vertebrae C3 to L5, ribs, clavicles,
// scapulae, humeri, hip bones, body of sternum, and the skull as one. The rest is measured and
// listed, but nothing is asked of it.
enum class Judged { kMuscle, kBone, kNo };

// Of all levels of detail of one structure. Vertices at the same place count as one, so that a file
// written from the mesh and read elsewhere is judged alike.
struct MeshFaults {
  std::size_t open_edges = 0;
  std::size_t crowded_edges = 0;  // more than two triangles
  std::size_t flipped_edges = 0;
  std::size_t degenerate_triangles = 0;  // of at most kLeastArea_m2
  bool inside_out = false;
  bool good() const {
    return open_edges + crowded_edges + flipped_edges + degenerate_triangles == 0 && !inside_out;
  }
};
inline constexpr double kLeastArea_m2 = 1e-12;  // a millionth of a square millimetre

struct StructureRow {
  std::string id;
  std::string name;
  std::string fma;
  anatomy::Kind kind = anatomy::Kind::kOther;
  anatomy::Side side = anatomy::Side::kMedian;
  Presence presence = Presence::kBoth;
  Judged judged = Judged::kNo;
  std::optional<geom::SurfaceDistance> distance;  // a: the body, b: the reference
  std::optional<double> body_volume_m3;
  std::optional<double> reference_volume_m3;  // only where it is stable
  std::optional<double> volume_ratio;
  std::optional<MeshFaults> mesh;
  std::optional<float> order_share;
  std::string order_worst;  // id of the cover
  // Greatest distance between the structure and the mirror image of its twin, or of itself.
  std::optional<float> mirror_m;
};

struct Comparison {
  std::string body_id;
  // The built-in body is authored on one side and mirrored; nobody asks that of a scanned one.
  bool symmetric = false;
  std::vector<StructureRow> rows;     // of the reference, in its order, then of the body alone
  std::vector<std::string> unusable;  // names in the manifest that are no yardstick
  std::vector<std::string> unread;    // usable, but their files cannot be read: sentences
};

struct CompareOptions {
  bool symmetric = false;
  // Points on each surface: one for so much area, within these numbers.
  double area_per_sample_m2 = 1e-5;
  std::size_t fewest_samples = 2000;
  std::size_t most_samples = 8000;
};

MeshFaults find_mesh_faults(std::span<const geom::Mesh> levels);

Comparison compare_body(const anatomy::Body& body, std::vector<ReferenceStructure> reference,
                        std::span<const CoverRule> rules, const CompareOptions& options = {});

}  // namespace compare

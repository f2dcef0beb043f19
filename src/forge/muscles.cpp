#include "forge/muscles.h"

#include <algorithm>
#include <cmath>

#include "base/parallel.h"

namespace forge {
namespace {

// The mid-line belongs to nobody: a right-side surface ends this far from it.
constexpr float kMidlineGap_m = 0.0002f;
constexpr float kMidlineEase_m = 0.0015f;

// Eases everything that would cross the plane of symmetry back to its own side; keeps the order of
// points, so that no triangle folds over or collapses.
float keep_right(float x) {
  const float edge = -kMidlineGap_m - kMidlineEase_m;
  if (x <= edge) return x;
  return edge + kMidlineEase_m * (1.0f - std::exp(-(x - edge) / kMidlineEase_m));
}

float smooth_step(float low, float high, float x) {
  const float t = std::clamp((x - low) / (high - low), 0.0f, 1.0f);
  return t * t * (3.0f - 2.0f * t);
}

float tendon_share(const MuscleEnd& end, float across) {
  if (end.tendon.size() == 1) return end.tendon[0];
  const float x = across * static_cast<float>(end.tendon.size() - 1);
  const std::size_t k = std::min(static_cast<std::size_t>(x), end.tendon.size() - 2);
  const float f = x - static_cast<float>(k);
  return (1.0f - f) * end.tendon[k] + f * end.tendon[k + 1];
}

// White towards the bone, belly beyond the share, a soft border between.
float tendon_at(float share, float distance_from_end) {
  if (share <= 0.0f) return 0.0f;
  return 1.0f - smooth_step(0.7f * share, 1.3f * share, distance_from_end);
}

float fibre_length(const geom::Net& net) {
  float sum = 0.0f;
  for (int j = 0; j < net.across; ++j) {
    for (int i = 0; i + 1 < net.along; ++i) {
      sum += glm::length(net.at(i + 1, j).position_m - net.at(i, j).position_m);
    }
  }
  return sum / static_cast<float>(net.across);
}

}  // namespace

Part build_muscle(const MuscleSpec& spec) {
  Part part;
  part.entry_id = spec.id;
  part.side = anatomy::Side::kRight;
  part.length_m = fibre_length(spec.net);
  for (int lod = 0; lod < anatomy::kLodCount; ++lod) {
    geom::NetMesh net = geom::mesh_of_grid(geom::sample_net(spec.net, kMuscleStep_m[lod]));
    PartMesh& mesh = part.lods[static_cast<std::size_t>(lod)];
    mesh.mesh = std::move(net.mesh);
    for (glm::vec3& p : mesh.mesh.positions_m) p.x = keep_right(p.x);
    mesh.fibre = std::move(net.fibre);
    mesh.along = std::move(net.along);
    mesh.tendon.resize(mesh.along.size());
    for (std::size_t k = 0; k < mesh.along.size(); ++k) {
      mesh.tendon[k] =
          std::max(tendon_at(tendon_share(spec.origin, net.across[k]), mesh.along[k]),
                   tendon_at(tendon_share(spec.insertion, net.across[k]), 1.0f - mesh.along[k]));
    }
  }
  return part;
}

base::Result<std::vector<Part>> build_muscles(const std::filesystem::path& assets_dir) {
  auto specs = load_muscles(assets_dir / "anatomy" / "muscles", assets_dir / "schema");
  if (!specs) return tl::unexpected(specs.error());
  if (const auto status = order_muscles(*specs); !status) return tl::unexpected(status.error());
  std::vector<Part> parts(2 * specs->size());
  base::parallel_for(specs->size(), [&](std::size_t k) {
    parts[2 * k] = build_muscle((*specs)[k]);
    parts[2 * k + 1] = mirror_part(parts[2 * k]);
  });
  return parts;
}

}  // namespace forge

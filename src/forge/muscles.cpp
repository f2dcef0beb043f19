#include "forge/muscles.h"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "anatomy/ontology.h"
#include "base/parallel.h"
#include "forge/slips.h"

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

// Of figures that hold for the whole muscle or column by column.
float share_at(const std::vector<float>& shares, float across) {
  if (shares.size() == 1) return shares[0];
  const float x = across * static_cast<float>(shares.size() - 1);
  const std::size_t k = std::min(static_cast<std::size_t>(x), shares.size() - 2);
  const float f = x - static_cast<float>(k);
  return (1.0f - f) * shares[k] + f * shares[k + 1];
}

// White towards the bone, belly beyond the share, a soft border between.
float tendon_at(float share, float distance_from_end) {
  if (share <= 0.0f) return 0.0f;
  return 1.0f - smooth_step(0.7f * share, 1.3f * share, distance_from_end);
}

// 1 on a tendinous intersection .. 0 beyond `reach` of its widths.
float band_at(const MuscleSpec& spec, float along, float across, float reach) {
  float most = 0.0f;
  for (const Intersection& band : spec.intersections) {
    const float away = std::abs(along - share_at(band.at, across)) / band.width;
    most = std::max(most, 1.0f - smooth_step(0.3f * reach, reach, away));
  }
  return most;
}

// Shares of the fibre's length at which rows must lie for bands and slanted tendon borders to show.
std::vector<float> find_fine_shares(const MuscleSpec& spec) {
  std::vector<float> shares;
  const auto add = [&](float from, float to, float spacing) {
    const int count = 1 + static_cast<int>(std::ceil((to - from) / spacing));
    for (int k = 0; k < count; ++k) {
      shares.push_back(from + (to - from) * static_cast<float>(k) / static_cast<float>(count - 1));
    }
  };
  for (const Intersection& band : spec.intersections) {
    const auto [least, most] = std::minmax_element(band.at.begin(), band.at.end());
    add(*least - 1.2f * band.width, *most + 1.2f * band.width, 0.6f * band.width);
  }
  // A border that slants a little, as the white rhomb of the trapezius does; wide ones have rows
  // enough.
  constexpr float kWide = 0.3f;
  const auto add_border = [&](const std::vector<float>& tendon, bool insertion) {
    const auto [least, most] = std::minmax_element(tendon.begin(), tendon.end());
    if (tendon.size() < 2 || *most > kWide) return;
    const std::size_t first = shares.size();
    add(*least, *most, 0.015f);
    for (std::size_t k = first; insertion && k < shares.size(); ++k) shares[k] = 1.0f - shares[k];
  };
  add_border(spec.origin.tendon, false);
  add_border(spec.insertion.tendon, true);
  return shares;
}

// The grid of a level of detail, with rows where the description wants them; the belly sinks in at
// intersections.
geom::NetGrid sample_muscle(const MuscleSpec& spec, const geom::Net& net, float step_m) {
  constexpr float kSink = 0.3f;
  constexpr float kLeastApart = 0.004f;
  geom::NetGrid grid = geom::sample_net(net, step_m);
  const std::size_t columns = static_cast<std::size_t>(grid.columns);
  const auto along_of = [&](std::size_t row) { return grid.along[row * columns + columns / 2]; };
  std::vector<float> fine;
  for (const float share : find_fine_shares(spec)) {
    std::size_t row = 0;
    while (row + 2 < grid.u.size() && along_of(row + 1) < share) ++row;
    const float f = (share - along_of(row)) / (along_of(row + 1) - along_of(row));
    fine.push_back((1.0f - f) * grid.u[row] + f * grid.u[row + 1]);
  }
  if (fine.empty()) return grid;
  // Even rows that would lie right beside one of these give way; the two ends never do.
  std::erase_if(fine, [](float u) { return u < kLeastApart || u > 1.0f - kLeastApart; });
  std::vector<float> u = fine;
  for (const float even : grid.u) {
    const bool near = std::any_of(fine.begin(), fine.end(),
                                  [&](float f) { return std::abs(f - even) < kLeastApart; });
    if (!near) u.push_back(even);
  }
  std::sort(u.begin(), u.end());
  grid = geom::sample_net(net, std::move(u), grid.v);
  for (std::size_t k = 0; k < grid.half_m.size(); ++k) {
    grid.half_m[k] *= 1.0f - kSink * band_at(spec, grid.along[k], grid.v[k % columns], 2.0f);
  }
  return grid;
}

float fibre_length(std::span<const geom::Net> nets) {
  float sum = 0.0f;
  float fibres = 0.0f;
  for (const geom::Net& net : nets) {
    for (int j = 0; j < net.across; ++j) {
      for (int i = 0; i + 1 < net.along; ++i) {
        sum += glm::length(net.at(i + 1, j).position_m - net.at(i, j).position_m);
      }
    }
    fibres += static_cast<float>(net.across);
  }
  return sum / fibres;
}

PartMesh build_sheet(const MuscleSpec& spec, const geom::NetGrid& grid) {
  geom::NetMesh net = geom::mesh_of_grid(grid);
  PartMesh mesh;
  mesh.mesh = std::move(net.mesh);
  for (glm::vec3& p : mesh.mesh.positions_m) p.x = keep_right(p.x);
  mesh.fibre = std::move(net.fibre);
  mesh.along = std::move(net.along);
  mesh.tendon.resize(mesh.along.size());
  for (std::size_t k = 0; k < mesh.along.size(); ++k) {
    const float across = net.across[k];
    mesh.tendon[k] =
        std::max({tendon_at(share_at(spec.origin.tendon, across), mesh.along[k]),
                  tendon_at(share_at(spec.insertion.tendon, across), 1.0f - mesh.along[k]),
                  band_at(spec, mesh.along[k], across, 1.0f)});
  }
  return mesh;
}

}  // namespace

Part build_muscle(const MuscleSpec& spec) {
  Part part;
  part.entry_id = spec.id;
  part.side = anatomy::Side::kRight;
  part.length_m = fibre_length(spec.nets);
  part.under = spec.under;
  part.beside = spec.beside;
  for (int lod = 0; lod < anatomy::kLodCount; ++lod) {
    for (const geom::Net& net : spec.nets) {
      append_mesh(
          part.lods[static_cast<std::size_t>(lod)],
          build_sheet(spec, spec.has_slips() ? sample_slip(net, lod)
                                             : sample_muscle(spec, net, kMuscleStep_m[lod])));
    }
  }
  return part;
}

base::Result<std::vector<Part>> build_muscles(const std::filesystem::path& assets_dir,
                                              std::span<const Part> bones) {
  const auto ontology = anatomy::Ontology::load(assets_dir / "anatomy");
  if (!ontology) return tl::unexpected(ontology.error());
  auto specs = load_muscles(assets_dir / "anatomy" / "muscles", assets_dir / "schema");
  if (!specs) return tl::unexpected(specs.error());
  if (const auto status = order_muscles(*specs); !status) return tl::unexpected(status.error());
  if (const auto status = attach_muscles(*specs, bones); !status) {
    return tl::unexpected(status.error());
  }
  std::vector<std::vector<Part>> made(specs->size());
  base::parallel_for(specs->size(), [&](std::size_t k) {
    Part right = build_muscle((*specs)[k]);
    const anatomy::OntologyEntry* entry = ontology->find_entry(right.entry_id);
    if (entry != nullptr && entry->fibres && entry->fibres->series) lay_along_row(right);
    Part left = mirror_part(right);
    if (entry != nullptr && !entry->paired) {
      made[k] = {join_sides(std::move(right), left)};
    } else {
      made[k] = {std::move(right), std::move(left)};
    }
  });
  std::vector<Part> parts;
  // Lists and colours are numbered by this order: what one sees first comes first.
  for (const bool slips : {false, true}) {
    for (std::size_t k = 0; k < made.size(); ++k) {
      if ((*specs)[k].has_slips() != slips) continue;
      std::move(made[k].begin(), made[k].end(), std::back_inserter(parts));
    }
  }
  return parts;
}

}  // namespace forge

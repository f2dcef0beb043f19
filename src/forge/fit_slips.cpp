#include "forge/fit_slips.h"

#include <algorithm>
#include <limits>
#include <string>
#include <vector>

namespace forge {
namespace {

constexpr std::size_t kSamplesOfSlip = 400;
constexpr std::size_t kFewestSamples = 20;
constexpr int kShareRounds = 4;
// A slip's own sheet, coarsely: enough to tell to whom a place belongs.
constexpr float kSheetStep_m = 0.002f;

// The samples that lie nearest to each slip.
std::vector<geom::SurfaceSamples> share_out(const geom::SurfaceSamples& samples,
                                            const std::vector<geom::Net>& slips) {
  std::vector<std::vector<glm::vec3>> sheets;
  for (const geom::Net& slip : slips) {
    sheets.push_back(geom::mesh_of_grid(geom::sample_net(slip, kSheetStep_m)).mesh.positions_m);
  }
  std::vector<geom::SurfaceSamples> shares(slips.size());
  for (std::size_t k = 0; k < samples.points.size(); ++k) {
    std::size_t nearest = 0;
    float best = std::numeric_limits<float>::max();
    for (std::size_t s = 0; s < sheets.size(); ++s) {
      for (const glm::vec3& p : sheets[s]) {
        const glm::vec3 away = p - samples.points[k];
        if (const float square = glm::dot(away, away); square < best) {
          best = square;
          nearest = s;
        }
      }
    }
    shares[nearest].points.push_back(samples.points[k]);
    shares[nearest].normals.push_back(samples.normals[k]);
  }
  return shares;
}

}  // namespace

std::vector<geom::Net> with_mirror(std::span<const geom::Net> slips) {
  std::vector<geom::Net> both(slips.begin(), slips.end());
  for (const geom::Net& slip : slips) {
    both.push_back(slip);
    for (geom::NetPoint& p : both.back().points) p.position_m.x = -p.position_m.x;
  }
  return both;
}

base::Result<FitResult> fit_slips(const geom::Mesh& reference, std::span<const geom::Net> slips,
                                  bool both_sides, const FitOptions& options) {
  if (!(geom::surface_area_m2(reference) > 1e-6f)) {
    return base::fail("the reference mesh has no surface to measure");
  }
  std::vector<geom::Net> nets(slips.begin(), slips.end());
  geom::SurfaceSamples samples = geom::sample_surface(reference, kSamplesOfSlip * nets.size());
  for (std::size_t k = 0; both_sides && k < samples.points.size(); ++k) {
    if (samples.points[k].x <= 0.0f) continue;
    samples.points[k].x = -samples.points[k].x;
    samples.normals[k].x = -samples.normals[k].x;
  }
  for (int round = 0; round < kShareRounds; ++round) {
    const auto shares = share_out(samples, nets);
    for (std::size_t s = 0; s < nets.size(); ++s) {
      if (shares[s].points.size() < kFewestSamples) {
        return base::fail("nothing of the reference lies near slips[" + std::to_string(s) +
                          "]; move the slip or leave it out");
      }
      nets[s] = improve_net(nets[s], shares[s], options);
    }
  }
  for (geom::Net& net : nets) {
    round_figures(net, options.round_m);
    if (const auto fault = geom::find_net_fault(net)) {
      return base::fail("a slip could not be fitted: " + *fault);
    }
  }
  if (!both_sides) return compare_nets(reference, nets);
  FitResult result = compare_nets(reference, with_mirror(nets));
  result.nets = std::move(nets);
  return result;
}

}  // namespace forge

// Lays the ends of muscles on the bones they name: nets and bones were measured one by one, and a
// smoothed net ends a few millimetres short of a smoothed bone.
#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "base/parallel.h"
#include "forge/muscles.h"
#include "geom/bvh.h"

namespace forge {
namespace {

// Ends nearer than this are laid on the bone; further out the pull fades, and beyond kReach_m the
// description means it so.
constexpr float kWhole_m = 0.006f;
constexpr float kReach_m = 0.012f;
// Rows behind the end follow by this much.
constexpr std::array<float, 2> kFollow = {1.0f, 0.0f};
constexpr int kSamples = 25;
constexpr int kRounds = 12;
// An end that runs over several bones (vertebrae, ribs) keeps its spread between them: of the way
// along the end only this share is gone.
constexpr float kAlongEnd = 0.3f;

struct Surface {
  geom::Mesh mesh;
  geom::Bvh bvh;
};

float pull_share(float distance_m) {
  const float t = std::clamp((kReach_m - distance_m) / (kReach_m - kWhole_m), 0.0f, 1.0f);
  return t * t * (3.0f - 2.0f * t);
}

// The nearest point of the bones; kReach_m away where there is none within reach.
geom::SurfacePoint find_bone(glm::vec3 point, const std::vector<const Surface*>& bones) {
  geom::SurfacePoint nearest;
  nearest.distance_m = kReach_m;
  for (const Surface* bone : bones) {
    const auto found = bone->bvh.find_closest(point, nearest.distance_m);
    if (found) nearest = *found;
  }
  return nearest;
}

// What to add to each control of the end row so that the row follows its samples' way to the bone.
std::vector<glm::vec3> find_moves(const geom::Net& net, int row,
                                  const std::vector<const Surface*>& bones) {
  std::vector<glm::vec3> points(kSamples);
  std::vector<geom::SplineWeights> weights(kSamples);
  for (int k = 0; k < kSamples; ++k) {
    const auto s = static_cast<std::size_t>(k);
    weights[s] = geom::spline_weights(net.across, static_cast<float>(k) / (kSamples - 1));
    for (int b = 0; b < weights[s].size; ++b) {
      points[s] += weights[s].weight[b] * net.at(row, weights[s].first + b).position_m;
    }
  }
  std::vector<glm::vec3> sum(static_cast<std::size_t>(net.across), glm::vec3(0.0f));
  std::vector<float> total(sum.size(), 0.0f);
  for (std::size_t s = 0; s < points.size(); ++s) {
    const geom::SurfacePoint nearest = find_bone(points[s], bones);
    glm::vec3 way(0.0f);
    if (nearest.distance_m < kReach_m) {
      way = pull_share(nearest.distance_m) * (nearest.point_m - points[s]);
      const glm::vec3 run = points[std::min(s + 1, points.size() - 1)] - points[s == 0 ? 0 : s - 1];
      if (const float square = glm::dot(run, run); square > 1e-10f) {
        way -= (1.0f - kAlongEnd) * glm::dot(way, run) / square * run;
      }
    }
    for (int b = 0; b < weights[s].size; ++b) {
      const float w = weights[s].weight[b] * weights[s].weight[b];
      sum[static_cast<std::size_t>(weights[s].first + b)] += w * way;
      total[static_cast<std::size_t>(weights[s].first + b)] += w;
    }
  }
  for (std::size_t c = 0; c < sum.size(); ++c) {
    if (total[c] > 0.0f) sum[c] /= total[c];
  }
  return sum;
}

// The end of a slip is moved as it is, until its nearer half lies on bone: a spinous process
// narrower than the two muscles at its sides would else draw their edges together.
glm::vec3 find_slip_move(const geom::Net& slip, int row, const std::vector<const Surface*>& bones) {
  std::vector<glm::vec3> ways;
  for (int k = 0; k < kSamples; ++k) {
    const auto weights = geom::spline_weights(slip.across, static_cast<float>(k) / (kSamples - 1));
    glm::vec3 point(0.0f);
    for (int b = 0; b < weights.size; ++b) {
      point += weights.weight[b] * slip.at(row, weights.first + b).position_m;
    }
    const auto nearest = find_bone(point, bones);
    if (nearest.distance_m < kReach_m) ways.push_back(nearest.point_m - point);
  }
  if (ways.empty()) return glm::vec3(0.0f);
  std::sort(ways.begin(), ways.end(),
            [](glm::vec3 a, glm::vec3 b) { return glm::dot(a, a) < glm::dot(b, b); });
  ways.resize(std::min<std::size_t>(ways.size(), kSamples / 2 + 1));
  glm::vec3 sum(0.0f);
  for (const glm::vec3& way : ways) sum += pull_share(glm::length(way)) * way;
  return sum / static_cast<float>(ways.size());
}

void attach_end(geom::Net& net, bool insertion, bool slip,
                const std::vector<const Surface*>& bones) {
  for (int round = 0; round < kRounds; ++round) {
    const int end = insertion ? net.along - 1 : 0;
    const auto moves = slip ? std::vector<glm::vec3>(static_cast<std::size_t>(net.across),
                                                     find_slip_move(net, end, bones))
                            : find_moves(net, end, bones);
    for (int behind = 0; behind < static_cast<int>(kFollow.size()); ++behind) {
      // The other half of a short muscle stays where it is.
      if (2 * behind >= net.along - 1) break;
      const int row = insertion ? net.along - 1 - behind : behind;
      for (int j = 0; j < net.across; ++j) {
        net.at(row, j).position_m +=
            kFollow[static_cast<std::size_t>(behind)] * moves[static_cast<std::size_t>(j)];
      }
    }
  }
}

}  // namespace

base::Status attach_muscles(std::vector<MuscleSpec>& specs, std::span<const Part> bones) {
  std::map<std::string, Surface> surfaces;
  for (const Part& part : bones) {
    if (part.side != anatomy::Side::kLeft) surfaces[part.entry_id].mesh = part.lods[0].mesh;
  }
  for (auto& [id, surface] : surfaces) {
    geom::order_triangles(surface.mesh);
    surface.bvh = geom::Bvh(surface.mesh.positions_m, surface.mesh.indices);
  }
  for (const MuscleSpec& spec : specs) {
    for (const auto& [field, end] :
         {std::pair("origin", &spec.origin), std::pair("insertion", &spec.insertion)}) {
      for (const std::string& bone : end->bones) {
        if (surfaces.contains(bone)) continue;
        return base::fail("muscle '" + spec.id + "': the field '" + field + ".bones' names '" +
                          bone + "', which the built-in body does not have; correct the name");
      }
    }
  }
  base::parallel_for(specs.size(), [&](std::size_t k) {
    const auto surfaces_of = [&](const MuscleEnd& end) {
      std::vector<const Surface*> result;
      for (const std::string& bone : end.bones) result.push_back(&surfaces.at(bone));
      return result;
    };
    MuscleSpec& spec = specs[k];
    const auto origin = surfaces_of(spec.origin);
    const auto insertion = surfaces_of(spec.insertion);
    for (geom::Net& net : spec.nets) {
      if (spec.origin.gap.empty()) attach_end(net, false, spec.has_slips(), origin);
      if (spec.insertion.gap.empty()) attach_end(net, true, spec.has_slips(), insertion);
    }
  });
  return {};
}

}  // namespace forge

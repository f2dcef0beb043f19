// The ordering pass: nets of neighbouring muscles, measured or placed one by one, come through each
// other by a millimetre or two; the deeper one gives way.
#include <algorithm>
#include <cmath>
#include <map>

#include "forge/muscles.h"

namespace forge {
namespace {

constexpr float kGap_m = 0.0003f;   // left between two muscles
constexpr float kReach_m = 0.012f;  // deeper violations are not this pass's business
constexpr int kRounds = 3;
constexpr int kSamples = 25;
constexpr int kSlipSamples = 7;  // a slip is small

std::vector<float> even(int count) {
  std::vector<float> t(static_cast<std::size_t>(count));
  for (int k = 0; k < count; ++k) {
    t[static_cast<std::size_t>(k)] = static_cast<float>(k) / static_cast<float>(count - 1);
  }
  return t;
}

// +1 where the sheet's normal points out of the body, -1 where inward. The trunk's axis runs
// through the vertebral bodies; for the arm it is the humerus.
float outward_sign(glm::vec3 position, glm::vec3 normal) {
  const bool arm = position.x < -0.155f && position.y < 1.36f;
  const glm::vec3 axis = arm ? glm::vec3(-0.19f, position.y, 0.07f)
                             : glm::vec3(0.0f, position.y, position.y > 1.36f ? 0.07f : 0.09f);
  return glm::dot(normal, position - axis) >= 0.0f ? 1.0f : -1.0f;
}

// How far `deep` must move, per sample of its grid, to lie below `cover`. Zero where they do not
// face each other.
void find_pushes(const geom::NetGrid& deep, const geom::NetGrid& cover,
                 std::vector<glm::vec3>& pushes) {
  for (std::size_t k = 0; k < deep.positions_m.size(); ++k) {
    const glm::vec3 p = deep.positions_m[k];
    std::size_t nearest = 0;
    float best = 1e30f;
    for (std::size_t c = 0; c < cover.positions_m.size(); ++c) {
      const glm::vec3 d = cover.positions_m[c] - p;
      if (const float distance = glm::dot(d, d); distance < best) {
        best = distance;
        nearest = c;
      }
    }
    // Beyond the cover's rim nothing lies over this point.
    if (cover.rim[nearest] < 0.5f) continue;
    const float sign = outward_sign(cover.positions_m[nearest], cover.normals[nearest]);
    const glm::vec3 out = sign * cover.normals[nearest];
    const float height = glm::dot(p - cover.positions_m[nearest], out);
    const float limit = -cover.half_m[nearest] - deep.half_m[k] - kGap_m;
    const float push = std::min(height - limit, kReach_m);
    if (push <= 0.0f || height - limit > 2.0f * kReach_m) continue;
    if (push > glm::length(pushes[k])) pushes[k] = -push * out;
  }
}

// Moves the controls so that the sheet follows the pushes: each control takes the weighted mean of
// the samples that hang on it.
void apply_pushes(geom::Net& net, const geom::NetGrid& grid, const std::vector<glm::vec3>& pushes) {
  std::vector<glm::vec3> sum(net.points.size(), glm::vec3(0.0f));
  std::vector<float> total(net.points.size(), 0.0f);
  for (int i = 0; i < grid.rows; ++i) {
    const auto wu = geom::spline_weights(net.along, grid.u[static_cast<std::size_t>(i)]);
    for (int j = 0; j < grid.columns; ++j) {
      const auto wv = geom::spline_weights(net.across, grid.v[static_cast<std::size_t>(j)]);
      for (int a = 0; a < wu.size; ++a) {
        for (int b = 0; b < wv.size; ++b) {
          const float w = wu.weight[a] * wu.weight[a] * wv.weight[b] * wv.weight[b];
          const auto c = static_cast<std::size_t>((wu.first + a) * net.across + wv.first + b);
          sum[c] += w * pushes[static_cast<std::size_t>(i * grid.columns + j)];
          total[c] += w;
        }
      }
    }
  }
  for (std::size_t c = 0; c < net.points.size(); ++c) {
    if (total[c] > 0.0f) net.points[c].position_m += sum[c] / total[c];
  }
}

}  // namespace

base::Status order_muscles(std::vector<MuscleSpec>& specs) {
  std::map<std::string, std::size_t> by_id;
  for (std::size_t k = 0; k < specs.size(); ++k) by_id[specs[k].id] = k;
  for (const MuscleSpec& spec : specs) {
    for (const std::string& cover : spec.under) {
      if (!by_id.contains(cover)) {
        return base::fail("muscle '" + spec.id + "': the field 'under' names '" + cover +
                          "', which is not described; correct the name");
      }
    }
  }
  // Outside first: what has been pushed pushes on. Depth is the longest chain of covers.
  std::vector<int> depth(specs.size(), 0);
  for (std::size_t round = 0; round < specs.size(); ++round) {
    bool changed = false;
    for (std::size_t k = 0; k < specs.size(); ++k) {
      for (const std::string& cover : specs[k].under) {
        const int below = depth[by_id[cover]] + 1;
        if (below > depth[k]) {
          depth[k] = below;
          changed = true;
        }
      }
    }
    if (!changed) break;
    if (round + 1 == specs.size()) {
      return base::fail("the muscles' fields 'under' go round in a circle; break it");
    }
  }
  std::vector<std::size_t> order(specs.size());
  for (std::size_t k = 0; k < order.size(); ++k) order[k] = k;
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return depth[a] < depth[b]; });
  for (const std::size_t k : order) {
    MuscleSpec& deep = specs[k];
    std::vector<geom::NetGrid> covers;
    for (const std::string& cover : deep.under) {
      for (const geom::Net& net : specs[by_id[cover]].nets) {
        covers.push_back(geom::sample_net(net, even(2 * kSamples), even(2 * kSamples)));
      }
    }
    const int samples = deep.has_slips() ? kSlipSamples : kSamples;
    for (geom::Net& net : deep.nets) {
      for (int round = 0; round < kRounds && !covers.empty(); ++round) {
        const geom::NetGrid grid = geom::sample_net(net, even(samples), even(samples));
        std::vector<glm::vec3> pushes(grid.positions_m.size(), glm::vec3(0.0f));
        for (const geom::NetGrid& cover : covers) find_pushes(grid, cover, pushes);
        apply_pushes(net, grid, pushes);
      }
    }
  }
  return {};
}

}  // namespace forge

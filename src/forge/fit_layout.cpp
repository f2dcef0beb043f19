#include "forge/fit_layout.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace forge {
namespace {

constexpr int kSlabs = 14;
constexpr int kBins = 8;

// Hop costs grow with the square of the distance, so the cheapest way follows the muscle instead of
// cutting across a bend. Dense Dijkstra: a thousand points need no graph.
std::vector<float> spread_from(const std::vector<glm::vec3>& points,
                               const std::vector<std::size_t>& sources) {
  std::vector<float> cost(points.size(), 1e30f);
  std::vector<char> done(points.size(), 0);
  for (const std::size_t s : sources) cost[s] = 0.0f;
  for (std::size_t round = 0; round < points.size(); ++round) {
    std::size_t next = points.size();
    for (std::size_t k = 0; k < points.size(); ++k) {
      if (!done[k] && (next == points.size() || cost[k] < cost[next])) next = k;
    }
    done[next] = 1;
    for (std::size_t k = 0; k < points.size(); ++k) {
      const glm::vec3 d = points[k] - points[next];
      cost[k] = std::min(cost[k], cost[next] + glm::dot(d, d));
    }
  }
  return cost;
}

std::vector<std::size_t> find_end(const std::vector<glm::vec3>& points, const EndHint& hint) {
  float farthest = -1e30f;
  const glm::vec3 direction = glm::normalize(hint.direction);
  for (const glm::vec3 p : points) farthest = std::max(farthest, glm::dot(p, direction));
  std::vector<std::size_t> result;
  for (std::size_t k = 0; k < points.size(); ++k) {
    if (glm::dot(points[k], direction) > farthest - hint.depth_m) result.push_back(k);
  }
  return result;
}

struct Slab {
  glm::vec3 centre{0.0f};
  glm::vec3 axis{0.0f};  // across the fibres, unit
  float anisotropy = 1.0f;
  std::array<glm::vec3, kBins> middle{};  // across, from low to high along the axis
  std::array<float, kBins> thickness{};
};

// Largest eigenvector of a symmetric 3 x 3 matrix and the ratio of the two largest eigenvalues.
glm::vec3 main_axis(const std::array<double, 6>& m, float& ratio) {
  const auto multiply = [&](std::array<double, 3> v, const std::array<double, 6>& a) {
    return std::array<double, 3>{a[0] * v[0] + a[1] * v[1] + a[2] * v[2],
                                 a[1] * v[0] + a[3] * v[1] + a[4] * v[2],
                                 a[2] * v[0] + a[4] * v[1] + a[5] * v[2]};
  };
  const auto power = [&](const std::array<double, 6>& a, double& value) {
    std::array<double, 3> v{0.577, 0.61, 0.543};
    for (int k = 0; k < 100; ++k) {
      v = multiply(v, a);
      value = std::sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
      if (value < 1e-30) break;
      for (double& x : v) x /= value;
    }
    return v;
  };
  double first = 0.0;
  const auto v = power(m, first);
  std::array<double, 6> rest = m;
  const std::array<double, 6> outer{v[0] * v[0], v[0] * v[1], v[0] * v[2],
                                    v[1] * v[1], v[1] * v[2], v[2] * v[2]};
  for (std::size_t k = 0; k < 6; ++k) rest[k] -= first * outer[k];
  double second = 0.0;
  power(rest, second);
  ratio = static_cast<float>(first / std::max(second, 1e-30));
  return glm::vec3(v[0], v[1], v[2]);
}

struct Weighted {
  glm::vec3 point;
  float weight;
};

// A slab is as thick as it must be to hold enough points; what its points owe to that thickness
// (their linear dependence on u) is taken off, or a narrow muscle would look widest along its
// fibres.
void flatten(std::vector<Weighted>& points, const std::vector<float>& offsets) {
  glm::vec3 mean(0.0f);
  float mean_offset = 0.0f;
  float total = 0.0f;
  for (std::size_t k = 0; k < points.size(); ++k) {
    mean += points[k].weight * points[k].point;
    mean_offset += points[k].weight * offsets[k];
    total += points[k].weight;
  }
  mean /= total;
  mean_offset /= total;
  glm::vec3 slope(0.0f);
  float spread = 1e-12f;
  for (std::size_t k = 0; k < points.size(); ++k) {
    const float d = offsets[k] - mean_offset;
    slope += points[k].weight * d * (points[k].point - mean);
    spread += points[k].weight * d * d;
  }
  slope /= spread;
  for (std::size_t k = 0; k < points.size(); ++k) points[k].point -= slope * offsets[k];
}

Slab make_slab(const std::vector<Weighted>& points) {
  Slab slab;
  float total = 0.0f;
  for (const Weighted& p : points) {
    slab.centre += p.weight * p.point;
    total += p.weight;
  }
  slab.centre /= total;
  std::array<double, 6> m{};
  for (const Weighted& p : points) {
    const glm::vec3 d = p.point - slab.centre;
    const double w = p.weight / total;
    m[0] += w * d.x * d.x;
    m[1] += w * d.x * d.y;
    m[2] += w * d.x * d.z;
    m[3] += w * d.y * d.y;
    m[4] += w * d.y * d.z;
    m[5] += w * d.z * d.z;
  }
  slab.axis = main_axis(m, slab.anisotropy);
  return slab;
}

// Mid-surface and thickness in bins across the slab. Points of both sheets fall into every bin:
// their mean is the middle, their spread off the local line half the thickness.
void fill_bins(Slab& slab, const std::vector<Weighted>& points) {
  std::vector<float> s;
  s.reserve(points.size());
  for (const Weighted& p : points) s.push_back(glm::dot(p.point - slab.centre, slab.axis));
  std::vector<float> sorted = s;
  std::sort(sorted.begin(), sorted.end());
  const float low = sorted[sorted.size() / 50];
  const float high = sorted[sorted.size() - 1 - sorted.size() / 50];
  const float width = std::max(high - low, 1e-4f);
  for (int bin = 0; bin < kBins; ++bin) {
    const float at = low + width * static_cast<float>(bin) / static_cast<float>(kBins - 1);
    const float spread = 0.6f * width / static_cast<float>(kBins - 1);
    glm::vec3 mean(0.0f);
    float total = 1e-9f;
    std::vector<float> weights(points.size());
    for (std::size_t k = 0; k < points.size(); ++k) {
      const float x = (s[k] - at) / spread;
      weights[k] = points[k].weight * std::exp(-0.5f * x * x);
      mean += weights[k] * points[k].point;
      total += weights[k];
    }
    mean /= total;
    // The mean of a bin at the edge lies inside it: back to where the bin stands.
    slab.middle[static_cast<std::size_t>(bin)] =
        mean + slab.axis * (at - glm::dot(mean - slab.centre, slab.axis));

    float off = 0.0f;
    for (std::size_t k = 0; k < points.size(); ++k) {
      glm::vec3 d = points[k].point - mean;
      d -= slab.axis * glm::dot(d, slab.axis);
      off += weights[k] / total * glm::dot(d, d);
    }
    slab.thickness[static_cast<std::size_t>(bin)] =
        std::clamp(1.4f * std::sqrt(off), 0.002f, 0.03f);
  }
}

}  // namespace

base::Result<geom::Net> lay_out_net(const geom::SurfaceSamples& samples,
                                    const FitOptions& options) {
  std::vector<glm::vec3> points;
  const std::size_t stride = std::max<std::size_t>(1, samples.points.size() / 1500);
  for (std::size_t k = 0; k < samples.points.size(); k += stride)
    points.push_back(samples.points[k]);
  if (points.size() < 50) return base::fail("the reference mesh has too little surface to measure");

  const std::vector<float> from_origin = spread_from(points, find_end(points, options.origin));
  const std::vector<float> from_insertion =
      spread_from(points, find_end(points, options.insertion));
  std::vector<float> u(points.size());
  for (std::size_t k = 0; k < points.size(); ++k) {
    u[k] = from_origin[k] / std::max(from_origin[k] + from_insertion[k], 1e-20f);
  }

  std::array<Slab, kSlabs> slabs;
  std::array<std::vector<Weighted>, kSlabs> members;
  for (std::size_t s = 0; s < kSlabs; ++s) {
    const float at = static_cast<float>(s) / static_cast<float>(kSlabs - 1);
    const float spread = 0.55f / static_cast<float>(kSlabs - 1);
    std::vector<float> offsets;
    for (std::size_t k = 0; k < points.size(); ++k) {
      const float x = (u[k] - at) / spread;
      if (std::abs(x) >= 2.5f) continue;
      members[s].push_back({points[k], std::exp(-0.5f * x * x)});
      offsets.push_back(u[k] - at);
    }
    if (members[s].size() < 4) {
      return base::fail(
          "the muscle's ends could not be told apart: check the directions of origin and "
          "insertion");
    }
    flatten(members[s], offsets);
    slabs[s] = make_slab(members[s]);
  }
  // Axes are trusted where the slab is clearly wider than thick and handed on from there.
  const auto best = static_cast<std::size_t>(
      std::max_element(slabs.begin() + 1, slabs.end() - 1,
                       [](const Slab& a, const Slab& b) { return a.anisotropy < b.anisotropy; }) -
      slabs.begin());
  const auto hand_on = [&](std::size_t from, std::size_t to) {
    Slab& slab = slabs[to];
    if (glm::dot(slab.axis, slabs[from].axis) < 0.0f) slab.axis = -slab.axis;
    const float trust = std::clamp((slab.anisotropy - 1.3f) / 2.0f, 0.0f, 1.0f);
    slab.axis = glm::normalize(trust * slab.axis + (1.0f - trust) * slabs[from].axis +
                               0.05f * slabs[from].axis);
  };
  for (std::size_t s = best; s + 1 < kSlabs; ++s) hand_on(s, s + 1);
  for (std::size_t s = best; s > 0; --s) hand_on(s, s - 1);
  for (std::size_t s = 0; s < kSlabs; ++s) fill_bins(slabs[s], members[s]);

  // From slabs and bins to the net by linear interpolation.
  geom::Net net;
  net.along = options.along;
  net.across = options.across;
  for (int i = 0; i < net.along; ++i) {
    const float a = static_cast<float>(i * (kSlabs - 1)) / static_cast<float>(net.along - 1);
    const auto s0 = std::min<std::size_t>(static_cast<std::size_t>(a), kSlabs - 2);
    const float fa = a - static_cast<float>(s0);
    for (int j = 0; j < net.across; ++j) {
      const float b = static_cast<float>(j * (kBins - 1)) / static_cast<float>(net.across - 1);
      const auto b0 = std::min<std::size_t>(static_cast<std::size_t>(b), kBins - 2);
      const float fb = b - static_cast<float>(b0);
      const auto mix = [&](auto field) {
        return (1.0f - fa) * ((1.0f - fb) * field(s0, b0) + fb * field(s0, b0 + 1)) +
               fa * ((1.0f - fb) * field(s0 + 1, b0) + fb * field(s0 + 1, b0 + 1));
      };
      geom::NetPoint p;
      p.position_m = mix([&](std::size_t s, std::size_t bin) { return slabs[s].middle[bin]; });
      p.thickness_m = mix([&](std::size_t s, std::size_t bin) { return slabs[s].thickness[bin]; });
      net.points.push_back(p);
    }
  }
  return net;
}

}  // namespace forge

#include "geom/surface_graph.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <queue>

#include "base/check.h"

namespace geom {
namespace {

// Triangles thinner than this part of their longest edge say nothing, they only hold together.
constexpr float kThin = 0.02f;
constexpr float kThinWeight = 0.05f;
constexpr float kBridgeWeight = 0.5f;
// Bridges stand wherever two pieces are hardly further apart than where they are closest.
constexpr float kBridgeSlack_m = 0.002f;

constexpr float kFar = std::numeric_limits<float>::max();

// Half the cotangents of a triangle's angles, each the weight of the opposite edge: exactly the
// energy of a linear function on it, so that no sum of them can be negative.
std::array<float, 3> find_corner_weights(const std::array<glm::vec3, 3>& p) {
  const glm::vec3 edges[3] = {p[2] - p[1], p[0] - p[2], p[1] - p[0]};
  const float twice_area = glm::length(glm::cross(edges[0], edges[1]));
  float longest2 = 0.0f;
  for (const glm::vec3& edge : edges) longest2 = std::max(longest2, glm::dot(edge, edge));
  if (!(twice_area > kThin * longest2)) return {kThinWeight, kThinWeight, kThinWeight};
  std::array<float, 3> weights{};
  for (std::size_t k = 0; k < 3; ++k) {
    weights[k] = -0.5f * glm::dot(edges[(k + 1) % 3], edges[(k + 2) % 3]) / twice_area;
  }
  return weights;
}

std::uint32_t find_root(std::vector<std::uint32_t>& parent, std::uint32_t i) {
  while (parent[i] != i) {
    parent[i] = parent[parent[i]];
    i = parent[i];
  }
  return i;
}

}  // namespace

SurfaceGraph::SurfaceGraph(const Mesh& mesh) {
  const std::size_t count = mesh.positions_m.size();
  std::vector<Edge> edges;
  edges.reserve(mesh.indices.size());
  for (std::size_t t = 0; t + 2 < mesh.indices.size(); t += 3) {
    const std::uint32_t* corner = &mesh.indices[t];
    const auto weights = find_corner_weights(
        {mesh.positions_m[corner[0]], mesh.positions_m[corner[1]], mesh.positions_m[corner[2]]});
    for (std::size_t k = 0; k < 3; ++k) {
      const std::uint32_t a = corner[(k + 1) % 3];
      const std::uint32_t b = corner[(k + 2) % 3];
      if (a != b) edges.push_back({std::min(a, b), std::max(a, b), weights[k]});
    }
  }
  std::sort(edges.begin(), edges.end(), [](const Edge& x, const Edge& y) {
    return x.a != y.a ? x.a < y.a : x.b != y.b ? x.b < y.b : x.weight < y.weight;
  });
  std::size_t kept = 0;
  for (std::size_t i = 0; i < edges.size(); ++i) {
    if (kept > 0 && edges[kept - 1].a == edges[i].a && edges[kept - 1].b == edges[i].b) {
      edges[kept - 1].weight += edges[i].weight;
    } else {
      edges[kept++] = edges[i];
    }
  }
  edges.resize(kept);
  bridge_pieces(mesh, edges);

  first_.assign(count + 1, 0);
  for (const Edge& edge : edges) {
    ++first_[edge.a + 1];
    ++first_[edge.b + 1];
  }
  std::partial_sum(first_.begin(), first_.end(), first_.begin());
  links_.resize(first_.back());
  std::vector<std::uint32_t> next(first_.begin(), first_.end() - 1);
  for (const Edge& edge : edges) {
    const float length = glm::length(mesh.positions_m[edge.a] - mesh.positions_m[edge.b]);
    links_[next[edge.a]++] = {edge.b, edge.weight, length};
    links_[next[edge.b]++] = {edge.a, edge.weight, length};
  }
}

// Rounds in which every piece joins the one nearest to it, until there is one. Neighbours are
// looked for along x, in both directions from a vertex, no further than the best so far.
void SurfaceGraph::bridge_pieces(const Mesh& mesh, std::vector<Edge>& edges) const {
  const std::size_t count = mesh.positions_m.size();
  std::vector<std::uint32_t> parent(count);
  std::iota(parent.begin(), parent.end(), 0u);
  std::size_t pieces = count;
  const auto join = [&](std::uint32_t a, std::uint32_t b) {
    a = find_root(parent, a);
    b = find_root(parent, b);
    if (a == b) return;
    parent[std::max(a, b)] = std::min(a, b);
    --pieces;
  };
  for (const Edge& edge : edges) join(edge.a, edge.b);
  if (pieces <= 1) return;

  std::vector<std::uint32_t> order(count);
  std::iota(order.begin(), order.end(), 0u);
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    const float xa = mesh.positions_m[a].x;
    const float xb = mesh.positions_m[b].x;
    return xa < xb || (xa == xb && a < b);
  });
  std::vector<std::uint32_t> piece(count);
  std::vector<std::uint32_t> size(count);
  std::vector<float> reach(count);
  std::vector<Edge> found;
  while (pieces > 1) {
    std::fill(size.begin(), size.end(), 0);
    std::fill(reach.begin(), reach.end(), kFar);
    for (std::uint32_t i = 0; i < count; ++i) ++size[piece[i] = find_root(parent, i)];
    const std::uint32_t largest =
        static_cast<std::uint32_t>(std::max_element(size.begin(), size.end()) - size.begin());
    found.clear();
    for (std::size_t k = 0; k < count; ++k) {
      const std::uint32_t i = order[k];
      if (piece[i] == largest) continue;  // the others come to it
      const glm::vec3 place = mesh.positions_m[i];
      float& best = reach[piece[i]];
      std::uint32_t nearest = i;
      float least = kFar;
      const auto look = [&](std::uint32_t j) {
        const glm::vec3 to = mesh.positions_m[j] - place;
        if (std::abs(to.x) > std::min(least, best + kBridgeSlack_m)) return false;
        const float distance = glm::length(to);
        if (piece[j] != piece[i] && distance < least) {
          least = distance;
          nearest = j;
        }
        return true;
      };
      for (std::size_t n = k; n-- > 0 && look(order[n]);) {
      }
      for (std::size_t n = k + 1; n < count && look(order[n]); ++n) {
      }
      if (nearest == i) continue;
      best = std::min(best, least);
      found.push_back({i, nearest, least});
    }
    const std::size_t before = pieces;
    for (const Edge& edge : found) {
      if (edge.weight > reach[piece[edge.a]] + kBridgeSlack_m) continue;
      edges.push_back({std::min(edge.a, edge.b), std::max(edge.a, edge.b), kBridgeWeight});
      join(edge.a, edge.b);
    }
    if (pieces == before) return;  // places that are not numbers
  }
}

std::vector<float> SurfaceGraph::find_distances(std::uint32_t from) const {
  using Step = std::pair<float, std::uint32_t>;
  std::vector<float> distance(vertex_count(), kFar);
  std::priority_queue<Step, std::vector<Step>, std::greater<>> open;
  distance[from] = 0.0f;
  open.push({0.0f, from});
  while (!open.empty()) {
    const auto [length, vertex] = open.top();
    open.pop();
    if (length > distance[vertex]) continue;
    for (const Link& link : links(vertex)) {
      const float through = length + link.length_m;
      if (through >= distance[link.vertex]) continue;
      distance[link.vertex] = through;
      open.push({through, link.vertex});
    }
  }
  return distance;
}

// Conjugate gradients, each unknown scaled by the sum of its weights.
bool SurfaceGraph::solve(std::span<const float> rhs, std::span<const std::uint8_t> fixed,
                         std::span<float> x) const {
  constexpr int kMostRounds = 600;
  constexpr double kSettled = 1e-7;  // of the squared residual
  const std::size_t count = vertex_count();
  BACKMATE_CHECK(x.size() == count && fixed.size() == count && rhs.size() == count);
  std::vector<float> residual(count), direction(count, 0.0f), image(count), diagonal(count, 0.0f);
  for (std::size_t i = 0; i < count; ++i) {
    for (const Link& link : links(i)) diagonal[i] += link.weight;
  }
  const auto apply = [&](std::span<const float> in, std::span<float> out) {
    for (std::size_t i = 0; i < count; ++i) {
      float sum = 0.0f;
      if (fixed[i] == 0) {
        sum = diagonal[i] * in[i];
        for (const Link& link : links(i)) sum -= link.weight * in[link.vertex];
      }
      out[i] = sum;
    }
  };
  apply(x, residual);
  double scale = 0.0;
  double energy = 0.0;
  for (std::size_t i = 0; i < count; ++i) {
    residual[i] = fixed[i] != 0 ? 0.0f : rhs[i] - residual[i];
    if (diagonal[i] <= 0.0f) residual[i] = 0.0f;  // alone: nothing to say
    direction[i] = diagonal[i] > 0.0f ? residual[i] / diagonal[i] : 0.0f;
    energy += double{residual[i]} * direction[i];
  }
  const double start = energy;
  scale = kSettled * start;
  for (int round = 0; round < kMostRounds && energy > scale && energy > 1e-20; ++round) {
    apply(direction, image);
    double bend = 0.0;
    for (std::size_t i = 0; i < count; ++i) bend += double{direction[i]} * image[i];
    if (!(bend > 0.0)) break;
    const auto step = static_cast<float>(energy / bend);
    double next = 0.0;
    for (std::size_t i = 0; i < count; ++i) {
      x[i] += step * direction[i];
      residual[i] -= step * image[i];
      if (diagonal[i] > 0.0f) next += double{residual[i]} * residual[i] / diagonal[i];
    }
    const auto turn = static_cast<float>(next / energy);
    energy = next;
    for (std::size_t i = 0; i < count; ++i) {
      direction[i] = (diagonal[i] > 0.0f ? residual[i] / diagonal[i] : 0.0f) + turn * direction[i];
    }
  }
  return std::isfinite(energy) && energy <= 1e-4 * start + 1e-20;
}

}  // namespace geom

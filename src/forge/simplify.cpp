#include "forge/simplify.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <glm/mat3x3.hpp>
#include <glm/matrix.hpp>
#include <queue>
#include <vector>

namespace forge {
namespace {

using Vertex = std::uint32_t;

// Sum of squared distances to planes: p'Ap + 2b'p + c.
struct Quadric {
  glm::dmat3 a{0.0};
  glm::dvec3 b{0.0};
  double c = 0.0;

  void add_plane(glm::dvec3 normal, double offset, double weight) {
    a += weight * glm::outerProduct(normal, normal);
    b += weight * offset * normal;
    c += weight * offset * offset;
  }
  void add(const Quadric& other) {
    a += other.a;
    b += other.b;
    c += other.c;
  }
  double at(glm::dvec3 p) const { return glm::dot(p, a * p) + 2.0 * glm::dot(b, p) + c; }
};

struct Candidate {
  double cost;
  Vertex from, into;
  std::uint32_t from_version, into_version;
  glm::dvec3 place;
  bool operator<(const Candidate& other) const { return cost > other.cost; }  // cheapest first
};

class Simplifier {
 public:
  explicit Simplifier(const geom::Mesh& mesh)
      : quadrics_(mesh.positions_m.size()),
        versions_(mesh.positions_m.size(), 0),
        around_(mesh.positions_m.size()),
        live_(mesh.triangle_count()) {
    positions_.reserve(mesh.positions_m.size());
    for (const glm::vec3 p : mesh.positions_m) positions_.emplace_back(p);
    triangles_.resize(mesh.triangle_count());
    alive_.assign(mesh.triangle_count(), true);
    for (std::uint32_t t = 0; t < triangles_.size(); ++t) {
      for (std::size_t k = 0; k < 3; ++k) {
        triangles_[t][k] = mesh.indices[std::size_t{t} * 3 + k];
        around_[triangles_[t][k]].push_back(t);
      }
      const glm::dvec3 n = normal_of(triangles_[t]);
      const double length = glm::length(n);
      if (length <= 0.0) continue;
      const glm::dvec3 unit = n / length;
      for (const Vertex v : triangles_[t]) {
        quadrics_[v].add_plane(unit, -glm::dot(unit, positions_[triangles_[t][0]]), length);
      }
    }
    for (Vertex v = 0; v < positions_.size(); ++v) {
      for (const Vertex other : neighbours(v)) {
        if (v < other) push(v, other);
      }
    }
  }

  void run(std::size_t target) {
    while (live_ > target && !heap_.empty()) {
      const Candidate next = heap_.top();
      heap_.pop();
      if (versions_[next.from] != next.from_version || versions_[next.into] != next.into_version) {
        continue;
      }
      if (may_collapse(next)) collapse(next);
    }
  }

  geom::Mesh result() const {
    geom::Mesh mesh;
    std::vector<Vertex> renumbered(positions_.size(), 0xFFFFFFFFu);
    for (std::size_t t = 0; t < triangles_.size(); ++t) {
      if (!alive_[t]) continue;
      for (const Vertex v : triangles_[t]) {
        if (renumbered[v] == 0xFFFFFFFFu) {
          renumbered[v] = static_cast<Vertex>(mesh.positions_m.size());
          mesh.positions_m.emplace_back(positions_[v]);
        }
        mesh.indices.push_back(renumbered[v]);
      }
    }
    return mesh;
  }

 private:
  using Triangle = std::array<Vertex, 3>;

  // Twice the area over the square of the longest side, below which a triangle is a needle.
  static constexpr double kNeedle = 0.05;

  // A pack's positions are 4 micrometres apart: shorter edges would end as no triangle at all.
  static constexpr double kSpeck_m = 20e-6;

  static double longest_side2(const std::array<glm::dvec3, 3>& p) {
    return std::max({glm::dot(p[1] - p[0], p[1] - p[0]), glm::dot(p[2] - p[0], p[2] - p[0]),
                     glm::dot(p[2] - p[1], p[2] - p[1])});
  }
  double longest_side2(const Triangle& t) const {
    return longest_side2({positions_[t[0]], positions_[t[1]], positions_[t[2]]});
  }

  glm::dvec3 normal_of(const Triangle& t) const {
    return glm::cross(positions_[t[1]] - positions_[t[0]], positions_[t[2]] - positions_[t[0]]);
  }

  std::vector<Vertex> neighbours(Vertex v) const {
    std::vector<Vertex> found;
    for (const std::uint32_t t : around_[v]) {
      for (const Vertex other : triangles_[t]) {
        if (other != v && std::find(found.begin(), found.end(), other) == found.end()) {
          found.push_back(other);
        }
      }
    }
    return found;
  }

  void push(Vertex a, Vertex b) {
    Quadric sum = quadrics_[a];
    sum.add(quadrics_[b]);
    const glm::dvec3 middle = 0.5 * (positions_[a] + positions_[b]);
    glm::dvec3 best = middle;
    // The best place where the planes fix one, as long as it stays near the edge.
    const double edge2 = glm::dot(positions_[a] - positions_[b], positions_[a] - positions_[b]);
    const double trace = sum.a[0][0] + sum.a[1][1] + sum.a[2][2];
    if (std::abs(glm::determinant(sum.a)) > 1e-5 * trace * trace * trace) {
      const glm::dvec3 solved = glm::inverse(sum.a) * -sum.b;
      if (glm::dot(solved - middle, solved - middle) < edge2) best = solved;
    }
    // A little cost for length keeps triangles even where everything is flat.
    const double cost = sum.at(best) + 1e-3 * edge2 * edge2;
    heap_.push({cost, a, b, versions_[a], versions_[b], best});
  }

  bool may_collapse(const Candidate& c) const {
    // Link condition: exactly the two opposite corners are shared, else the surface would pinch.
    const std::vector<Vertex> of_from = neighbours(c.from);
    const std::vector<Vertex> of_into = neighbours(c.into);
    std::size_t shared = 0;
    for (const Vertex v : of_from) {
      if (std::find(of_into.begin(), of_into.end(), v) != of_into.end()) ++shared;
    }
    if (shared != 2) return false;
    // Corners of few triangles make poor surfaces; of a speck, all but the last one may go.
    const std::size_t corners_left = of_from.size() + of_into.size();
    const glm::dvec3 edge = positions_[c.from] - positions_[c.into];
    const bool speck = glm::dot(edge, edge) < kSpeck_m * kSpeck_m;
    if (speck) {
      if (corners_left < 7) return false;
      for (const Vertex v : of_from) {
        const bool opposite = std::find(of_into.begin(), of_into.end(), v) != of_into.end();
        if (opposite && neighbours(v).size() < 4) return false;
      }
    } else if (corners_left <= 8) {
      return false;
    }
    for (const Vertex moved : {c.from, c.into}) {
      for (const std::uint32_t t : around_[moved]) {
        const Triangle& corners = triangles_[t];
        const bool vanishes = std::count(corners.begin(), corners.end(), c.from) +
                                  std::count(corners.begin(), corners.end(), c.into) ==
                              2;
        if (vanishes) continue;
        std::array<glm::dvec3, 3> p;
        for (std::size_t k = 0; k < 3; ++k) {
          p[k] = corners[k] == moved ? c.place : positions_[corners[k]];
        }
        const glm::dvec3 before = normal_of(corners);
        const glm::dvec3 after = glm::cross(p[1] - p[0], p[2] - p[0]);
        const double longest2 = longest_side2(p);
        // A speck's needles have no direction to keep, and must be able to go.
        if (speck && glm::length(before) < kNeedle * longest_side2(corners)) continue;
        if (glm::dot(before, after) < 0.2 * glm::length(before) * glm::length(after)) return false;
        if (glm::length(after) < kNeedle * longest2) return false;
      }
    }
    return true;
  }

  void collapse(const Candidate& c) {
    positions_[c.into] = c.place;
    quadrics_[c.into].add(quadrics_[c.from]);
    for (const std::uint32_t t : around_[c.from]) {
      Triangle& corners = triangles_[t];
      if (std::find(corners.begin(), corners.end(), c.into) != corners.end()) {
        alive_[t] = false;
        --live_;
        for (const Vertex v : corners) {
          if (v != c.from) std::erase(around_[v], t);
        }
      } else {
        std::replace(corners.begin(), corners.end(), c.from, c.into);
        around_[c.into].push_back(t);
      }
    }
    around_[c.from].clear();
    ++versions_[c.from];
    ++versions_[c.into];
    for (const Vertex v : neighbours(c.into)) push(v, c.into);
  }

  std::vector<glm::dvec3> positions_;
  std::vector<Quadric> quadrics_;
  std::vector<std::uint32_t> versions_;
  std::vector<std::vector<std::uint32_t>> around_;
  std::vector<Triangle> triangles_;
  std::vector<bool> alive_;
  std::priority_queue<Candidate> heap_;
  std::size_t live_;
};

}  // namespace

geom::Mesh simplify_to(const geom::Mesh& mesh, std::size_t triangles) {
  Simplifier simplifier(mesh);
  simplifier.run(triangles);
  return simplifier.result();
}

}  // namespace forge

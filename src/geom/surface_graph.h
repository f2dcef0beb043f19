// The vertices of a surface as one connected graph: edges weigh what the cotangents of the angles
// opposite to them say, pieces that do not hang together are bridged where they come closest.
// Harmonic fields and lengths over meshes that are open, split, not manifold or full of slivers.
// Metres; the same result on every run.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "geom/mesh.h"

namespace geom {

class SurfaceGraph {
 public:
  // Reads positions and triangles, keeps neither.
  explicit SurfaceGraph(const Mesh& mesh);

  struct Link {
    std::uint32_t vertex = 0;
    float weight = 0.0f;
    float length_m = 0.0f;
  };
  std::size_t vertex_count() const { return first_.size() - 1; }
  std::span<const Link> links(std::size_t vertex) const {
    return std::span(links_).subspan(first_[vertex], first_[vertex + 1] - first_[vertex]);
  }

  // Length of the shortest way along edges and bridges from the vertex.
  std::vector<float> find_distances(std::uint32_t from) const;

  // Finds x with sum over links of weight * (x[i] - x[link]) = rhs[i] for every vertex that is not
  // fixed, starting from the x given; with nothing fixed, up to a constant (rhs must sum to zero).
  // False when it does not settle.
  bool solve(std::span<const float> rhs, std::span<const std::uint8_t> fixed,
             std::span<float> x) const;

 private:
  struct Edge {
    std::uint32_t a, b;
    float weight;
  };
  void bridge_pieces(const Mesh& mesh, std::vector<Edge>& edges) const;

  std::vector<std::uint32_t> first_;
  std::vector<Link> links_;
};

}  // namespace geom

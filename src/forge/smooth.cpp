#include "forge/smooth.h"

#include <algorithm>
#include <vector>

namespace forge {

void fair(geom::Mesh& mesh, int passes) {
  std::vector<glm::vec3> sum(mesh.positions_m.size());
  std::vector<float> count(mesh.positions_m.size());
  const auto step = [&](float weight) {
    std::fill(sum.begin(), sum.end(), glm::vec3(0.0f));
    std::fill(count.begin(), count.end(), 0.0f);
    for (std::size_t i = 0; i < mesh.indices.size(); i += 3) {
      for (std::size_t k = 0; k < 3; ++k) {
        const std::uint32_t a = mesh.indices[i + k];
        sum[a] += mesh.positions_m[mesh.indices[i + (k + 1) % 3]];
        sum[a] += mesh.positions_m[mesh.indices[i + (k + 2) % 3]];
        count[a] += 2.0f;
      }
    }
    for (std::size_t v = 0; v < sum.size(); ++v) {
      if (count[v] > 0.0f) {
        mesh.positions_m[v] += weight * (sum[v] / count[v] - mesh.positions_m[v]);
      }
    }
  };
  for (int pass = 0; pass < passes; ++pass) {
    step(0.50f);
    step(-0.53f);
  }
}

void fill_furrows(geom::Mesh& mesh, float radius_m, int passes) {
  constexpr float kStep = 0.6f;
  constexpr float kSlide = 0.3f;  // along the surface, so that triangles stay even
  struct Around {
    glm::vec3 sum{0.0f};
    float square = 0.0f;
    float count = 0.0f;
  };
  std::vector<Around> around(mesh.positions_m.size());
  std::vector<glm::vec3> normals(mesh.positions_m.size());
  for (int pass = 0; pass < passes; ++pass) {
    std::fill(around.begin(), around.end(), Around{});
    geom::smooth_normals(mesh.positions_m, mesh.indices, normals);
    for (std::size_t i = 0; i < mesh.indices.size(); i += 3) {
      for (std::size_t k = 0; k < 3; ++k) {
        const std::uint32_t a = mesh.indices[i + k];
        const glm::vec3 b = mesh.positions_m[mesh.indices[i + (k + 1) % 3]];
        const glm::vec3 edge = b - mesh.positions_m[a];
        around[a].sum += b;
        around[a].square += glm::dot(edge, edge);
        around[a].count += 1.0f;
      }
    }
    for (std::size_t v = 0; v < around.size(); ++v) {
      if (around[v].count < 3.0f) continue;
      const glm::vec3 way = around[v].sum / around[v].count - mesh.positions_m[v];
      // Neighbours of a point in a straight furrow of this radius stand this far above it.
      const float gentle = around[v].square / around[v].count / (4.0f * radius_m);
      const float depth = glm::dot(way, normals[v]) - gentle;
      if (depth <= 0.0f) continue;
      const glm::vec3 slide = way - glm::dot(way, normals[v]) * normals[v];
      mesh.positions_m[v] += kStep * depth * normals[v] + kSlide * slide;
    }
  }
}

}  // namespace forge

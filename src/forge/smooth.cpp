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

}  // namespace forge

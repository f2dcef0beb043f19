// First steps of the ruler: even samples of a reference surface, and a rough net laid between a
// muscle's two ends for fit_net to improve. Metres.
#pragma once

#include <glm/vec3.hpp>
#include <vector>

#include "base/result.h"
#include "forge/fit_net.h"

namespace forge {

struct SurfaceSamples {
  std::vector<glm::vec3> points;
  std::vector<glm::vec3> normals;  // unit, of the triangle
};
// About `count` points, even by area, the same on every run.
SurfaceSamples sample_surface(const geom::Mesh& mesh, std::size_t count);

base::Result<geom::Net> lay_out_net(const SurfaceSamples& samples, const FitOptions& options);

}  // namespace forge

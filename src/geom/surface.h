// Measures between surfaces: even samples, distances from point to triangle, what the volume of an
// open mesh is worth, which part of a hollow thing is its outside. Metres; pure functions, the same
// result on every run.
#pragma once

#include <cstddef>
#include <glm/vec3.hpp>
#include <optional>
#include <vector>

#include "geom/bvh.h"
#include "geom/mesh.h"

namespace geom {

struct SurfaceSamples {
  std::vector<glm::vec3> points;
  std::vector<glm::vec3> normals;  // unit, of the triangle
};
// About `count` points, even by area.
SurfaceSamples sample_surface(const Mesh& mesh, std::size_t count);

// Mean distance of the samples to the nearest point of the other surface's triangles. Samples
// without a surface to measure to count as a metre off.
float mean_distance_m(const SurfaceSamples& from, const Bvh& to);

struct SurfaceDistance {
  float a_to_b_m = 0.0f;  // mean over a's surface
  float b_to_a_m = 0.0f;
  float mean_m() const { return 0.5f * (a_to_b_m + b_to_a_m); }
};
// Mean symmetric surface distance; `samples` points on each of them. The meshes should be in Bvh
// order (order_triangles), else it takes long.
SurfaceDistance measure_distance(const Mesh& a, const Mesh& b, std::size_t samples);

// Sum of the signed tetrahedra between each triangle and `origin_m`. Of a closed mesh this is its
// volume wherever the origin lies; of an open one it depends on the origin.
double volume_about_m3(const Mesh& mesh, glm::vec3 origin_m);
// The volume of a mesh that need not be closed (absolute, about its box's centre), or nothing when
// it changes by more than 5 % once it is taken about the frame's origin instead.
std::optional<double> find_stable_volume_m3(const Mesh& mesh);

// The triangles that face the open: from their centres at least a tenth of all directions leads
// away without meeting the mesh again. The inside of a skull, of a marrow cavity, of a joint
// between two parts goes. Triangles keep their order, vertices stay.
Mesh find_outer_surface(const Mesh& mesh);

}  // namespace geom

#include "import/defects.h"

#include <algorithm>
#include <cmath>
#include <glm/geometric.hpp>
#include <map>
#include <utility>

#include "import/suspicion.h"

namespace atlas {
namespace {

// Rims that enclose less than this part of the surface are seams, not openings.
constexpr float kClosed = 0.03f;
constexpr float kNoArea_m2 = 1e-13f;  // a third of a micrometre square
constexpr float kSameM = 1e-4f;

glm::vec3 middle_of(const geom::Mesh& mesh) {
  glm::dvec3 sum(0.0);
  for (const glm::vec3 p : mesh.positions_m) sum += glm::dvec3(p);
  return glm::vec3(sum / static_cast<double>(std::max<std::size_t>(1, mesh.positions_m.size())));
}

}  // namespace

std::vector<std::optional<std::size_t>> find_duplicates(const std::vector<RawStructure>& meshes) {
  std::vector<std::optional<std::size_t>> same(meshes.size());
  std::map<std::pair<std::size_t, std::size_t>, std::vector<std::size_t>> by_size;
  for (std::size_t i = 0; i < meshes.size(); ++i) {
    const geom::Mesh& mesh = meshes[i].mesh;
    const geom::Aabb box = geom::bounds_of(mesh.positions_m);
    auto& alike = by_size[{mesh.positions_m.size(), mesh.indices.size()}];
    for (const std::size_t other : alike) {
      const geom::Mesh& first = meshes[other].mesh;
      const geom::Aabb other_box = geom::bounds_of(first.positions_m);
      if (glm::distance(box.min, other_box.min) < kSameM &&
          glm::distance(box.max, other_box.max) < kSameM &&
          glm::distance(middle_of(mesh), middle_of(first)) < kSameM) {
        same[i] = other;
        break;
      }
    }
    if (!same[i]) alike.push_back(i);
  }
  return same;
}

MeshFaults find_faults(const geom::Mesh& mesh) {
  MeshFaults faults;
  std::size_t crowded = 0;
  faults.missing = find_missing_part(mesh, &crowded);
  std::size_t flat = 0;
  for (std::size_t i = 0; i + 2 < mesh.indices.size(); i += 3) {
    const glm::vec3 a = mesh.positions_m[mesh.indices[i]];
    const glm::vec3 n = glm::cross(mesh.positions_m[mesh.indices[i + 1]] - a,
                                   mesh.positions_m[mesh.indices[i + 2]] - a);
    if (glm::dot(n, n) < 4.0f * kNoArea_m2 * kNoArea_m2) ++flat;
  }
  const auto all = static_cast<float>(std::max<std::size_t>(1, mesh.triangle_count()));
  faults.crowded = static_cast<float>(crowded) / (1.5f * all);
  faults.without_area = static_cast<float>(flat) / all;
  faults.no_surface = flat == mesh.triangle_count();
  faults.inside_out = faults.missing < kClosed && geom::signed_volume_m3(mesh) < -1e-10f;
  return faults;
}

void turn_inside_out(geom::Mesh& mesh) {
  for (std::size_t i = 0; i + 2 < mesh.indices.size(); i += 3) {
    std::swap(mesh.indices[i + 1], mesh.indices[i + 2]);
  }
}

}  // namespace atlas

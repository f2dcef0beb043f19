// The ruler: reads a muscle's sparse figures off a reference mesh. The net is laid out roughly
// between the two ends, then moved by least squares to the closest points, both ways, while its
// stiffness is slowly released. What comes out are at most about 60 rounded points: figures, not a
// copy of the mesh. Metres, body frame.
#pragma once

#include <glm/vec3.hpp>
#include <span>
#include <vector>

#include "base/result.h"
#include "geom/mesh.h"
#include "geom/net.h"
#include "geom/surface.h"

namespace forge {

// An end of a muscle as the ruler finds it: everything within `depth_m` of its farthest extent in
// this direction.
struct EndHint {
  glm::vec3 direction{0.0f, 1.0f, 0.0f};  // from the muscle's middle towards this end
  float depth_m = 0.01f;
};

struct FitOptions {
  int along = 8;  // rows and columns of the net, at least 4 each
  int across = 6;
  EndHint origin;
  EndHint insertion;
  float round_m = 0.0005f;
  // The mid-surface of a right-side muscle stays right of the midline, but for 1.5 mm.
  bool keep_right = true;
  // How stiff the net still is when the fit ends; more for meshes with holes or many slips.
  float stiffness = 1.0f;
};

struct FitResult {
  std::vector<geom::Net> nets;   // one, or one a slip
  float mean_distance_m = 0.0f;  // mean of both directions, point to triangle
  float to_reference_m = 0.0f;   // net's surface to the reference
  float to_net_m = 0.0f;         // reference's surface to the net
  float volume_ratio = 0.0f;     // net to reference; 0 where the open reference has none
};

// Moves a net by least squares to the samples, both ways; nothing is rounded.
geom::Net improve_net(const geom::Net& net, const geom::SurfaceSamples& samples,
                      const FitOptions& options);
void round_figures(geom::Net& net, float round_m);

// Fails in words on a mesh without area or a layout that cannot be found.
base::Result<FitResult> fit_net(const geom::Mesh& reference, const FitOptions& options);

// The same figures for nets that are already there.
FitResult compare_nets(const geom::Mesh& reference, std::span<const geom::Net> nets);

}  // namespace forge

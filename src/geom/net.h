// A control net: how a muscle is authored. Points over its mid-surface, `along` rows from origin to
// insertion (u) and `across` columns (v), each with a thickness, make a clamped bicubic B-spline
// sheet; the closed mesh is that sheet with half the thickness on either side and a rounded rim.
// Metres. Pure functions; the same net gives the same mesh on every build.
#pragma once

#include <glm/vec3.hpp>
#include <optional>
#include <string>
#include <vector>

#include "geom/mesh.h"

namespace geom {

struct NetPoint {
  glm::vec3 position_m{0.0f};
  float thickness_m = 0.0f;
};

// points[i * across + j] is row i (from the origin), column j.
struct Net {
  int along = 0;   // >= 2
  int across = 0;  // >= 2
  std::vector<NetPoint> points;

  const NetPoint& at(int i, int j) const {
    return points[static_cast<std::size_t>(i * across + j)];
  }
  NetPoint& at(int i, int j) { return points[static_cast<std::size_t>(i * across + j)]; }
};

// What is wrong with a net, in words ("the thickness of point [3][2] is not positive", "the net
// crosses itself between rows 3 and 4"), or nothing. A sound net gives a closed mesh.
std::optional<std::string> find_net_fault(const Net& net);

// Weights of `count` control points at parameter t in [0, 1]: clamped uniform B-spline of degree
// min(3, count - 1). At most four follow `first`.
struct SplineWeights {
  int first = 0;
  int size = 0;
  float weight[4] = {};
};
SplineWeights spline_weights(int count, float t);

// The sheet sampled on a grid, rows along the fibres. Normals are smoothed over the grid, so that
// they survive a fan's apex. `half_m` is half the thickness with the rim rounded off: zero on the
// rim itself.
struct NetGrid {
  int rows = 0;
  int columns = 0;
  std::vector<float> u;  // parameters of the rows and columns
  std::vector<float> v;
  std::vector<glm::vec3> positions_m;
  std::vector<glm::vec3> normals;  // unit, du x dv
  std::vector<glm::vec3> fibres;   // unit, along u
  std::vector<float> half_m;
  std::vector<float> rim;    // 0 on the rim .. 1 where the thickness is whole
  std::vector<float> along;  // share of the fibre's length from the origin, 0..1
};
NetGrid sample_net(const Net& net, std::vector<float> u, std::vector<float> v);
// Parameters with about `step_m` between rows and columns, closer together on the rim.
NetGrid sample_net(const Net& net, float step_m);

struct NetMesh {
  Mesh mesh;  // closed, outward; normals empty
  std::vector<glm::vec3> fibre;
  std::vector<float> along;
  std::vector<float> across;  // v, 0..1
};
NetMesh mesh_of_grid(const NetGrid& grid);

}  // namespace geom

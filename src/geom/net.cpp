#include "geom/net.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"

namespace geom {
namespace {

constexpr float kTiny = 1e-12f;

std::size_t index_of(const NetGrid& grid, int i, int j) {
  return static_cast<std::size_t>(i) * static_cast<std::size_t>(grid.columns) +
         static_cast<std::size_t>(j);
}

glm::vec3 unit_or(glm::vec3 v, glm::vec3 otherwise) {
  const float length = glm::length(v);
  return length > kTiny ? v / length : otherwise;
}

// Quarter circle: 0 at the rim, 1 (and level) from the radius on.
float round_off(float distance, float radius) {
  if (radius <= 0.0f || distance >= radius) return 1.0f;
  const float x = 1.0f - std::max(distance, 0.0f) / radius;
  return std::sqrt(std::max(0.0f, 1.0f - x * x));
}

// Length along a row or column up to each of its samples.
std::vector<float> arc_lengths(const NetGrid& grid, int start_i, int start_j, bool along) {
  const int count = along ? grid.rows : grid.columns;
  std::vector<float> arc(static_cast<std::size_t>(count), 0.0f);
  for (int k = 1; k < count; ++k) {
    const glm::vec3 a =
        grid.positions_m[along ? index_of(grid, k - 1, start_j) : index_of(grid, start_i, k - 1)];
    const glm::vec3 b =
        grid.positions_m[along ? index_of(grid, k, start_j) : index_of(grid, start_i, k)];
    arc[static_cast<std::size_t>(k)] = arc[static_cast<std::size_t>(k) - 1] + glm::length(b - a);
  }
  return arc;
}

void make_directions(NetGrid& grid) {
  const int rows = grid.rows;
  const int columns = grid.columns;
  grid.fibres.resize(grid.positions_m.size());
  std::vector<glm::vec3> area(grid.positions_m.size(), glm::vec3(0.0f));
  const auto p = [&](int i, int j) { return grid.positions_m[index_of(grid, i, j)]; };
  for (int i = 0; i + 1 < rows; ++i) {
    for (int j = 0; j + 1 < columns; ++j) {
      const glm::vec3 facet = glm::cross(p(i + 1, j + 1) - p(i, j), p(i, j + 1) - p(i + 1, j));
      for (int corner = 0; corner < 4; ++corner) {
        area[index_of(grid, i + corner / 2, j + corner % 2)] += facet;
      }
    }
  }
  // Facets shrink to nothing at an apex; neighbours lend their direction there.
  for (int pass = 0; pass < 2; ++pass) {
    std::vector<glm::vec3> smooth = area;
    for (int i = 0; i < rows; ++i) {
      for (int j = 0; j < columns; ++j) {
        glm::vec3 sum = 2.0f * area[index_of(grid, i, j)];
        if (i > 0) sum += area[index_of(grid, i - 1, j)];
        if (i + 1 < rows) sum += area[index_of(grid, i + 1, j)];
        if (j > 0) sum += area[index_of(grid, i, j - 1)];
        if (j + 1 < columns) sum += area[index_of(grid, i, j + 1)];
        smooth[index_of(grid, i, j)] = sum;
      }
    }
    area.swap(smooth);
  }
  grid.normals.resize(area.size());
  for (std::size_t k = 0; k < area.size(); ++k) {
    grid.normals[k] = unit_or(area[k], glm::vec3(0.0f, 0.0f, 1.0f));
  }
  for (int i = 0; i < rows; ++i) {
    for (int j = 0; j < columns; ++j) {
      const glm::vec3 d = p(std::min(i + 1, rows - 1), j) - p(std::max(i - 1, 0), j);
      const glm::vec3 mean = p(rows - 1, j) - p(0, j);
      grid.fibres[index_of(grid, i, j)] = unit_or(d, unit_or(mean, glm::vec3(0.0f, 1.0f, 0.0f)));
    }
  }
}

void make_thickness(NetGrid& grid, const std::vector<float>& thickness) {
  const int rows = grid.rows;
  const int columns = grid.columns;
  grid.half_m.assign(thickness.size(), 0.0f);
  grid.rim.assign(thickness.size(), 0.0f);
  grid.along.assign(thickness.size(), 0.0f);
  std::vector<float> across_rim(thickness.size());
  for (int i = 0; i < rows; ++i) {
    const std::vector<float> arc = arc_lengths(grid, i, 0, false);
    const float width = arc.back();
    for (int j = 0; j < columns; ++j) {
      const float d =
          std::min(arc[static_cast<std::size_t>(j)], width - arc[static_cast<std::size_t>(j)]);
      // A narrow muscle becomes an ellipse, a sheet gets an edge as deep as it is thick.
      const float radius = std::min(thickness[index_of(grid, i, j)], 0.5f * width);
      across_rim[index_of(grid, i, j)] = j == 0 || j + 1 == columns ? 0.0f : round_off(d, radius);
    }
  }
  for (int j = 0; j < columns; ++j) {
    const std::vector<float> arc = arc_lengths(grid, 0, j, true);
    const float length = arc.back();
    for (int i = 0; i < rows; ++i) {
      const std::size_t k = index_of(grid, i, j);
      const float a = arc[static_cast<std::size_t>(i)];
      const float radius = std::min(thickness[k], 0.25f * length);
      const float end_rim =
          i == 0 || i + 1 == rows ? 0.0f : round_off(std::min(a, length - a), radius);
      grid.rim[k] = across_rim[k] * end_rim;
      grid.half_m[k] = 0.5f * thickness[k] * grid.rim[k];
      grid.along[k] = length > kTiny ? a / length : grid.u[static_cast<std::size_t>(i)];
    }
  }
}

// `count` intervals over [0, 1], the outermost `rim` (a share of the length) split on either side
// so that the rounding shows.
std::vector<float> spaced(float length_m, float rim_m, float step_m) {
  const float rim = std::clamp(rim_m / std::max(length_m, 1e-6f), 0.02f, 0.35f);
  const int inner =
      std::max(2, static_cast<int>(std::lround((1.0f - 2.0f * rim) * length_m / step_m)));
  // Coarse levels do with one ring less.
  const bool fine = rim_m > 0.5f * step_m;
  std::vector<float> edge =
      fine ? std::vector<float>{0.0f, 0.12f, 0.45f} : std::vector<float>{0.0f, 0.25f};
  std::vector<float> result;
  for (const float e : edge) result.push_back(e * rim);
  for (int k = 0; k <= inner; ++k) {
    result.push_back(rim + (1.0f - 2.0f * rim) * static_cast<float>(k) / static_cast<float>(inner));
  }
  for (auto e = edge.rbegin(); e != edge.rend(); ++e) result.push_back(1.0f - *e * rim);
  return result;
}

}  // namespace

SplineWeights spline_weights(int count, float t) {
  const int degree = std::min(3, count - 1);
  const int spans = count - degree;
  const float x = std::clamp(t, 0.0f, 1.0f) * static_cast<float>(spans);
  const int span = std::min(static_cast<int>(x), spans - 1);
  // Cox-de Boor on knots 0 (degree + 1 times), 1 .. spans - 1, spans (degree + 1 times).
  const auto knot = [&](int k) { return static_cast<float>(std::clamp(k - degree, 0, spans)); };
  SplineWeights w;
  w.first = span;
  w.size = degree + 1;
  w.weight[0] = 1.0f;
  const int base = span + degree;
  for (int d = 1; d <= degree; ++d) {
    float saved = 0.0f;
    for (int r = 0; r < d; ++r) {
      const float right = knot(base + r + 1);
      const float left = knot(base + r + 1 - d);
      const float share = right > left ? w.weight[r] / (right - left) : 0.0f;
      w.weight[r] = saved + (right - x) * share;
      saved = (x - left) * share;
    }
    w.weight[d] = saved;
  }
  return w;
}

std::optional<std::string> find_net_fault(const Net& net) {
  if (net.along < 2 || net.across < 2 ||
      net.points.size() !=
          static_cast<std::size_t>(net.along) * static_cast<std::size_t>(net.across)) {
    return "a net needs at least 2 rows and 2 columns, all of the same length";
  }
  const auto place = [](int i, int j) {
    return "[" + std::to_string(i) + "][" + std::to_string(j) + "]";
  };
  for (int i = 0; i < net.along; ++i) {
    for (int j = 0; j < net.across; ++j) {
      const NetPoint& p = net.at(i, j);
      const float sum = p.position_m.x + p.position_m.y + p.position_m.z + p.thickness_m;
      if (!std::isfinite(sum)) return "point " + place(i, j) + " is not a number";
      if (p.thickness_m <= 0.0f)
        return "the thickness of point " + place(i, j) + " is not positive";
    }
  }
  // Neighbouring rows and columns may turn, but not run against each other.
  const auto against = [](glm::vec3 a, glm::vec3 b) {
    const float lengths = glm::length(a) * glm::length(b);
    return lengths > kTiny && glm::dot(a, b) < -0.5f * lengths;
  };
  for (int i = 0; i + 1 < net.along; ++i) {
    const auto across = [&](int row) {
      return net.at(row, net.across - 1).position_m - net.at(row, 0).position_m;
    };
    if (against(across(i), across(i + 1))) {
      return "the net crosses itself between rows " + std::to_string(i) + " and " +
             std::to_string(i + 1);
    }
  }
  for (int j = 0; j + 1 < net.across; ++j) {
    const auto along = [&](int column) {
      return net.at(net.along - 1, column).position_m - net.at(0, column).position_m;
    };
    if (against(along(j), along(j + 1))) {
      return "the net crosses itself between columns " + std::to_string(j) + " and " +
             std::to_string(j + 1);
    }
  }
  return std::nullopt;
}

NetGrid sample_net(const Net& net, std::vector<float> u, std::vector<float> v) {
  BACKMATE_CHECK(u.size() >= 3 && v.size() >= 3);
  NetGrid grid;
  grid.rows = static_cast<int>(u.size());
  grid.columns = static_cast<int>(v.size());
  grid.u = std::move(u);
  grid.v = std::move(v);
  std::vector<float> thickness;
  grid.positions_m.reserve(grid.u.size() * grid.v.size());
  thickness.reserve(grid.u.size() * grid.v.size());
  for (const float tu : grid.u) {
    const SplineWeights wu = spline_weights(net.along, tu);
    for (const float tv : grid.v) {
      const SplineWeights wv = spline_weights(net.across, tv);
      glm::vec3 p(0.0f);
      float t = 0.0f;
      for (int a = 0; a < wu.size; ++a) {
        for (int b = 0; b < wv.size; ++b) {
          const NetPoint& control = net.at(wu.first + a, wv.first + b);
          const float w = wu.weight[a] * wv.weight[b];
          p += w * control.position_m;
          t += w * control.thickness_m;
        }
      }
      grid.positions_m.push_back(p);
      thickness.push_back(t);
    }
  }
  make_directions(grid);
  make_thickness(grid, thickness);
  return grid;
}

NetGrid sample_net(const Net& net, float step_m) {
  std::vector<float> even(9);
  for (std::size_t k = 0; k < even.size(); ++k) even[k] = static_cast<float>(k) / 8.0f;
  const NetGrid coarse = sample_net(net, even, even);
  float length = 0.0f;
  float width = 0.0f;
  for (int k = 0; k < 9; ++k) {
    length += arc_lengths(coarse, 0, k, true).back() / 9.0f;
    // The widest rows decide: a fan's apex would leave its base too coarse.
    width = std::max(width, arc_lengths(coarse, k, 0, false).back());
  }
  float thickness = 0.0f;
  for (const NetPoint& p : net.points) {
    thickness += p.thickness_m / static_cast<float>(net.points.size());
  }
  const float side_rim = std::min(thickness, 0.5f * width);
  const float end_rim = std::min(thickness, 0.25f * length);
  return sample_net(net, spaced(length, end_rim, step_m), spaced(width, side_rim, step_m));
}

NetMesh mesh_of_grid(const NetGrid& grid) {
  NetMesh result;
  const int rows = grid.rows;
  const int columns = grid.columns;
  const auto on_rim = [&](int i, int j) {
    return i == 0 || j == 0 || i + 1 == rows || j + 1 == columns;
  };
  // Upper and lower sheet share the vertices of the rim.
  std::vector<std::uint32_t> upper(grid.positions_m.size());
  std::vector<std::uint32_t> lower(grid.positions_m.size());
  const auto add = [&](int i, int j, float side) {
    const std::size_t k = index_of(grid, i, j);
    result.mesh.positions_m.push_back(grid.positions_m[k] +
                                      side * grid.half_m[k] * grid.normals[k]);
    result.fibre.push_back(grid.fibres[k]);
    result.along.push_back(grid.along[k]);
    result.across.push_back(grid.v[static_cast<std::size_t>(j)]);
    return static_cast<std::uint32_t>(result.mesh.positions_m.size() - 1);
  };
  for (int i = 0; i < rows; ++i) {
    for (int j = 0; j < columns; ++j) {
      const std::size_t k = index_of(grid, i, j);
      upper[k] = add(i, j, 1.0f);
      lower[k] = on_rim(i, j) ? upper[k] : add(i, j, -1.0f);
    }
  }
  const auto triangle = [&](std::uint32_t a, std::uint32_t b, std::uint32_t c) {
    result.mesh.indices.insert(result.mesh.indices.end(), {a, b, c});
  };
  for (int i = 0; i + 1 < rows; ++i) {
    for (int j = 0; j + 1 < columns; ++j) {
      const std::size_t q[4] = {index_of(grid, i, j), index_of(grid, i + 1, j),
                                index_of(grid, i + 1, j + 1), index_of(grid, i, j + 1)};
      // Diagonals point to the nearest corner: there, both sheets would else share a triangle.
      const bool first_half = (2 * i + 1 < rows - 1) == (2 * j + 1 < columns - 1);
      const int s = first_half ? 0 : 1;
      const auto at = [&](const std::vector<std::uint32_t>& sheet, int corner) {
        return sheet[q[(corner + s) % 4]];
      };
      triangle(at(upper, 0), at(upper, 1), at(upper, 2));
      triangle(at(upper, 0), at(upper, 2), at(upper, 3));
      triangle(at(lower, 0), at(lower, 2), at(lower, 1));
      triangle(at(lower, 0), at(lower, 3), at(lower, 2));
    }
  }
  return result;
}

}  // namespace geom

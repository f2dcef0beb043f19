#include "forge/fit_net.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <random>

#include "forge/fit_layout.h"
#include "geom/bvh.h"

namespace forge {
namespace {

constexpr int kFitRows = 26;
constexpr int kFitColumns = 18;
constexpr int kSteps = 40;
constexpr double kBeyondRim = 4.0;
constexpr double kEvenSlip = 0.3;
constexpr float kLeastThickness = 0.0015f;
// A sheet that ends at the midline may reach a little over it: its mesh is cut off there, without a
// rounded rim and without a gap.
constexpr float kMidlineReach_m = 0.0015f;

// Normal equations over 4 unknowns a control point: x, y, z, thickness.
class Equations {
 public:
  explicit Equations(std::size_t unknowns)
      : size_(unknowns), matrix_(unknowns * unknowns, 0.0), right_(unknowns, 0.0) {}

  void begin() { terms_.clear(); }
  void add_term(std::size_t unknown, double factor) { terms_.push_back({unknown, factor}); }
  void end(double value, double weight) {
    for (const Term& a : terms_) {
      right_[a.unknown] += weight * a.factor * value;
      for (const Term& b : terms_) {
        if (b.unknown <= a.unknown)
          matrix_[a.unknown * size_ + b.unknown] += weight * a.factor * b.factor;
      }
    }
  }
  // Cholesky in place; the regularisation keeps the matrix positive.
  std::vector<double> solve() {
    for (std::size_t i = 0; i < size_; ++i) {
      for (std::size_t j = 0; j <= i; ++j) {
        double sum = matrix_[i * size_ + j];
        for (std::size_t k = 0; k < j; ++k) sum -= matrix_[i * size_ + k] * matrix_[j * size_ + k];
        matrix_[i * size_ + j] =
            i == j ? std::sqrt(std::max(sum, 1e-18)) : sum / matrix_[j * size_ + j];
      }
    }
    std::vector<double> x = right_;
    for (std::size_t i = 0; i < size_; ++i) {
      for (std::size_t k = 0; k < i; ++k) x[i] -= matrix_[i * size_ + k] * x[k];
      x[i] /= matrix_[i * size_ + i];
    }
    for (std::size_t i = size_; i-- > 0;) {
      for (std::size_t k = i + 1; k < size_; ++k) x[i] -= matrix_[k * size_ + i] * x[k];
      x[i] /= matrix_[i * size_ + i];
    }
    return x;
  }

 private:
  struct Term {
    std::size_t unknown;
    double factor;
  };
  std::size_t size_;
  std::vector<double> matrix_;
  std::vector<double> right_;
  std::vector<Term> terms_;
};

// The net's closed surface as samples that know which controls they hang on.
struct SheetSample {
  glm::vec3 point;
  glm::vec3 normal;   // outward on its side
  float lift = 0.0f;  // d point / d thickness along the sheet's normal, signed by side
  glm::vec3 sheet_normal{0.0f};
  float rim = 0.0f;
  int row = 0;
  int column = 0;
};

std::vector<float> even(int count) {
  std::vector<float> t(static_cast<std::size_t>(count));
  for (int k = 0; k < count; ++k) {
    t[static_cast<std::size_t>(k)] = static_cast<float>(k) / static_cast<float>(count - 1);
  }
  return t;
}

std::vector<SheetSample> sample_sheets(const geom::NetGrid& grid) {
  std::vector<SheetSample> samples;
  for (int i = 0; i < grid.rows; ++i) {
    for (int j = 0; j < grid.columns; ++j) {
      const auto k = static_cast<std::size_t>(i * grid.columns + j);
      for (const float side : {1.0f, -1.0f}) {
        samples.push_back({grid.positions_m[k] + side * grid.half_m[k] * grid.normals[k],
                           side * grid.normals[k], 0.5f * side * grid.rim[k], grid.normals[k],
                           grid.rim[k], i, j});
        if (grid.rim[k] <= 0.0f) break;
      }
    }
  }
  return samples;
}

class Fitter {
 public:
  Fitter(geom::Net net, const geom::SurfaceSamples& reference, const FitOptions& options)
      : net_(std::move(net)), reference_(reference), options_(options) {
    for (const float u : even(kFitRows)) u_.push_back(geom::spline_weights(net_.along, u));
    for (const float v : even(kFitColumns)) v_.push_back(geom::spline_weights(net_.across, v));
  }

  geom::Net run() {
    for (int step = 0; step < kSteps; ++step) {
      const float t = static_cast<float>(step) / static_cast<float>(kSteps - 1);
      improve(0.3 * std::pow(0.003 * options_.stiffness / 0.3, t));
    }
    return net_;
  }

 private:
  std::size_t unknown(int i, int j, int c) const {
    return 4 * static_cast<std::size_t>(i * net_.across + j) + static_cast<std::size_t>(c);
  }

  // weight * (axis . (sample's point - target))^2
  void add_residual(Equations& equations, const SheetSample& sample, glm::vec3 axis,
                    glm::vec3 target, double weight) const {
    const geom::SplineWeights& wu = u_[static_cast<std::size_t>(sample.row)];
    const geom::SplineWeights& wv = v_[static_cast<std::size_t>(sample.column)];
    const float lift = glm::dot(axis, sample.sheet_normal) * sample.lift;
    equations.begin();
    for (int a = 0; a < wu.size; ++a) {
      for (int b = 0; b < wv.size; ++b) {
        const float w = wu.weight[a] * wv.weight[b];
        if (w < 1e-5f) continue;
        for (int c = 0; c < 3; ++c) {
          equations.add_term(unknown(wu.first + a, wv.first + b, c), w * axis[c]);
        }
        equations.add_term(unknown(wu.first + a, wv.first + b, 3), w * lift);
      }
    }
    equations.end(glm::dot(axis, target), weight);
  }

  void add_pull(Equations& equations, const SheetSample& sample, glm::vec3 target, glm::vec3 normal,
                double weight) const {
    // On the rim every direction counts; on the sheets sliding sideways is nearly free.
    const double isotropic = sample.rim < 0.9f ? 0.5 : 0.03;
    add_residual(equations, sample, normal, target, weight);
    for (int c = 0; c < 3; ++c) {
      glm::vec3 axis(0.0f);
      axis[c] = 1.0f;
      add_residual(equations, sample, axis, target, weight * isotropic);
    }
  }

  void improve(double stiffness) {
    const geom::NetGrid grid = geom::sample_net(net_, even(kFitRows), even(kFitColumns));
    const std::vector<SheetSample> samples = sample_sheets(grid);
    Equations equations(4 * net_.points.size());

    const double from_reference = 1.0 / static_cast<double>(reference_.points.size());
    for (std::size_t k = 0; k < reference_.points.size(); ++k) {
      const SheetSample& nearest = samples[find_nearest(samples, reference_.points[k])];
      // What lies beyond the rim pulls harder: few samples see it, and edges would shrink.
      const double weight = nearest.rim > 0.0f ? from_reference : kBeyondRim * from_reference;
      add_pull(equations, nearest, reference_.points[k], nearest.normal, weight);
    }
    const double to_reference = 1.0 / static_cast<double>(samples.size());
    for (const SheetSample& sample : samples) {
      std::size_t nearest = 0;
      float best = 1e30f;
      for (std::size_t k = 0; k < reference_.points.size(); ++k) {
        const glm::vec3 d = reference_.points[k] - sample.point;
        const float distance = glm::dot(d, d);
        if (distance < best) {
          best = distance;
          nearest = k;
        }
      }
      add_pull(equations, sample, reference_.points[nearest], reference_.normals[nearest],
               to_reference);
    }
    add_stiffness(equations, stiffness);
    const std::vector<double> x = equations.solve();
    for (int i = 0; i < net_.along; ++i) {
      for (int j = 0; j < net_.across; ++j) {
        geom::NetPoint& p = net_.at(i, j);
        for (int c = 0; c < 3; ++c) p.position_m[c] = static_cast<float>(x[unknown(i, j, c)]);
        p.thickness_m = std::max(kLeastThickness, static_cast<float>(x[unknown(i, j, 3)]));
        if (options_.keep_right) p.position_m.x = std::min(p.position_m.x, kMidlineReach_m);
      }
    }
  }

  // Second differences along rows and columns, of place and of thickness.
  void add_stiffness(Equations& equations, double stiffness) const {
    const double weight = stiffness / static_cast<double>(net_.points.size());
    const auto bend = [&](int i0, int j0, int i1, int j1, int i2, int j2) {
      for (int c = 0; c < 4; ++c) {
        equations.begin();
        equations.add_term(unknown(i0, j0, c), 1.0);
        equations.add_term(unknown(i1, j1, c), -2.0);
        equations.add_term(unknown(i2, j2, c), 1.0);
        equations.end(0.0, weight * (c == 3 ? 0.5 : 1.0));
      }
    };
    // Of a slip's two edges neither is thicker without good reason.
    for (int i = 0; net_.across == 2 && i < net_.along; ++i) {
      equations.begin();
      equations.add_term(unknown(i, 0, 3), 1.0);
      equations.add_term(unknown(i, 1, 3), -1.0);
      equations.end(0.0, kEvenSlip / static_cast<double>(net_.points.size()));
    }
    for (int i = 0; i < net_.along; ++i) {
      for (int j = 0; j < net_.across; ++j) {
        if (i > 0 && i + 1 < net_.along) bend(i - 1, j, i, j, i + 1, j);
        if (j > 0 && j + 1 < net_.across) bend(i, j - 1, i, j, i, j + 1);
      }
    }
  }

  static std::size_t find_nearest(const std::vector<SheetSample>& samples, glm::vec3 p) {
    std::size_t nearest = 0;
    float best = 1e30f;
    for (std::size_t k = 0; k < samples.size(); ++k) {
      const glm::vec3 d = samples[k].point - p;
      const float distance = glm::dot(d, d);
      if (distance < best) {
        best = distance;
        nearest = k;
      }
    }
    return nearest;
  }

  geom::Net net_;
  const geom::SurfaceSamples& reference_;
  FitOptions options_;
  std::vector<geom::SplineWeights> u_;
  std::vector<geom::SplineWeights> v_;
};

}  // namespace

geom::Net improve_net(const geom::Net& net, const geom::SurfaceSamples& samples,
                      const FitOptions& options) {
  return Fitter(net, samples, options).run();
}

void round_figures(geom::Net& net, float round_m) {
  const auto rounded = [&](float x) { return std::round(x / round_m) * round_m; };
  for (geom::NetPoint& p : net.points) {
    for (int c = 0; c < 3; ++c) p.position_m[c] = rounded(p.position_m[c]);
    p.thickness_m = std::max(round_m, rounded(p.thickness_m));
  }
}

FitResult compare_nets(const geom::Mesh& reference, std::span<const geom::Net> nets) {
  FitResult result;
  result.nets.assign(nets.begin(), nets.end());
  geom::Mesh own;
  for (const geom::Net& net : nets) {
    const geom::Mesh mesh = geom::mesh_of_grid(geom::sample_net(net, 0.003f)).mesh;
    const auto first = static_cast<std::uint32_t>(own.positions_m.size());
    own.positions_m.insert(own.positions_m.end(), mesh.positions_m.begin(), mesh.positions_m.end());
    for (const std::uint32_t index : mesh.indices) own.indices.push_back(first + index);
  }
  geom::Mesh other = reference;
  geom::order_triangles(own);
  geom::order_triangles(other);
  const geom::SurfaceDistance distance = geom::measure_distance(own, other, 6000);
  result.to_reference_m = distance.a_to_b_m;
  result.to_net_m = distance.b_to_a_m;
  result.mean_distance_m = distance.mean_m();
  if (const auto volume = geom::find_stable_volume_m3(reference)) {
    result.volume_ratio = geom::signed_volume_m3(own) / static_cast<float>(*volume);
  }
  return result;
}

base::Result<FitResult> fit_net(const geom::Mesh& reference, const FitOptions& options) {
  if (options.along < 4 || options.across < 4) {
    return base::fail("a net to be fitted needs at least 4 rows and 4 columns");
  }
  if (!(geom::surface_area_m2(reference) > 1e-6f)) {
    return base::fail("the reference mesh has no surface to measure");
  }
  const geom::SurfaceSamples samples = geom::sample_surface(reference, 2500);
  auto layout = lay_out_net(samples, options);
  if (!layout) return tl::unexpected(layout.error());
  geom::Net net = improve_net(*layout, samples, options);
  round_figures(net, options.round_m);
  return compare_nets(reference, std::span(&net, 1));
}

}  // namespace forge

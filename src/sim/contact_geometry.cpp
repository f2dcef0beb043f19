#include "sim/contact_geometry.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <glm/geometric.hpp>

#include "base/check.h"
#include "base/fmath.h"
#include "base/make_room.h"
#include "sim/foundation_head.h"

namespace sim {
namespace {

// cos 72 degrees: a ball cannot press on skin that faces further away than this.
constexpr float kReachableCos = 0.3f;
// Cells of stacks; further out coarse cells will do. Between the two they are blended, so that a
// cell does not change its weight in one jump.
constexpr float kFineReach = 0.022f;
constexpr float kCoarseFrom = 0.030f;
// No patch reaches further from its foot.
constexpr float kLargestPatch = 0.045f;

struct SkinFit {
  glm::vec3 normal{0.0f};
  float height_m = 0.0f;  // of the smooth skin above the foot, along the normal
  float curvature_per_m = 0.0f;
  float rolling_curvature_per_m = 0.0f;
};

// Solves the symmetric 6 x 6 system by Gaussian elimination with pivoting; false when singular.
bool solve6(std::array<std::array<double, 7>, 6>& m) {
  for (std::size_t c = 0; c < 6; ++c) {
    std::size_t pivot = c;
    for (std::size_t r = c + 1; r < 6; ++r) {
      if (std::abs(m[r][c]) > std::abs(m[pivot][c])) pivot = r;
    }
    if (!(std::abs(m[pivot][c]) > 1e-12)) return false;
    std::swap(m[c], m[pivot]);
    for (std::size_t r = 0; r < 6; ++r) {
      if (r == c) continue;
      const double f = m[r][c] / m[c][c];
      for (std::size_t k = c; k < 7; ++k) m[r][k] -= f * m[c][k];
    }
  }
  return true;
}

// The sites around a foot, looked up again only when it has gone too far.
struct NearSites {
  static constexpr float kMargin = 0.008f;

  void clear() {
    gathered_m = 0.0f;
    sites.clear();
  }
  void gather(const TissueColumns& columns, glm::vec3 at_m, float radius_m) {
    if (glm::distance(at_m, centre_m) + radius_m <= gathered_m) return;
    centre_m = at_m;
    gathered_m = radius_m + kMargin;
    sites.clear();
    columns.find_sites(at_m, gathered_m, sites);
  }

  glm::vec3 centre_m{0.0f};
  float gathered_m = 0.0f;
  std::vector<std::uint32_t> sites;
};

// The skin around a foot as a paraboloid: least squares over the sites within `radius_m`, so that
// neither single triangles nor a rough envelope shake the head. Lengths are scaled by the radius.
SkinFit fit_skin(const TissueColumns& columns, NearSites& near, glm::vec3 point_m, glm::vec3 normal,
                 glm::vec3 rolling, float radius_m) {
  SkinFit fit;
  fit.normal = normal;
  near.gather(columns, point_m, radius_m);
  const glm::vec3 axis = std::abs(normal.y) > 0.9f ? glm::vec3(1, 0, 0) : glm::vec3(0, 1, 0);
  const glm::vec3 u_axis = glm::normalize(glm::cross(axis, normal));
  const glm::vec3 v_axis = glm::cross(normal, u_axis);
  std::array<std::array<double, 7>, 6> m{};
  int used = 0;
  for (const std::uint32_t s : near.sites) {
    const SkinSite& site = columns.sites()[s];
    if (glm::dot(site.normal, normal) < 0.2f) continue;
    const glm::vec3 to = (site.point_m - point_m) / radius_m;
    if (glm::dot(to, to) > 1.0f) continue;
    const float u = glm::dot(to, u_axis), v = glm::dot(to, v_axis), h = glm::dot(to, normal);
    const float inside = 1.0f - glm::dot(to, to);
    const double weight = site.area_m2 / (radius_m * radius_m) * inside * inside;
    const std::array<double, 7> row = {1.0, u, v, u * u, u * v, v * v, h};
    for (std::size_t i = 0; i < 6; ++i) {
      const double weighted = weight * row[i];
      for (std::size_t k = i; k < 7; ++k) m[i][k] += weighted * row[k];
    }
    ++used;
  }
  for (std::size_t i = 1; i < 6; ++i) {
    for (std::size_t k = 0; k < i; ++k) m[i][k] = m[k][i];
  }
  if (used < 10 || !solve6(m)) return fit;
  const auto solution = [&](std::size_t i) { return static_cast<float>(m[i][6] / m[i][i]); };
  fit.height_m = solution(0) * radius_m;
  fit.normal = glm::normalize(normal - solution(1) * u_axis - solution(2) * v_axis);
  // A bump of curvature k falls off as -k r^2 / 2 in both directions.
  fit.curvature_per_m = -(solution(3) + solution(5)) / radius_m;
  const float u = glm::dot(rolling, u_axis), v = glm::dot(rolling, v_axis);
  fit.rolling_curvature_per_m = -2.0f *
                                (solution(3) * u * u + solution(4) * u * v + solution(5) * v * v) /
                                (radius_m * std::max(u * u + v * v, 1e-6f));
  return fit;
}

// The head's three axes after a tilt about the rolling direction.
struct Axes {
  glm::vec3 bar, rolling, outward;
};

Axes tilted(const glm::mat3& frame, float tilt_rad) {
  // Small tilts only: sine and cosine from their series agree to 1e-6 up to the limit of 0.8 rad
  // after normalising.
  const float t2 = tilt_rad * tilt_rad;
  const float s = tilt_rad * (1.0f - t2 / 6.0f * (1.0f - t2 / 20.0f * (1.0f - t2 / 42.0f)));
  const float c = base::fsqrt(std::max(0.0f, 1.0f - s * s));
  return {c * frame[0] + s * frame[2], frame[1], c * frame[2] - s * frame[0]};
}

// The cells' columns as arrays.
void list_layers(std::size_t structures, ContactGeometry& geometry) {
  // Kinds by structure; gaps by the structure above them, skin by itself.
  constexpr std::uint16_t kUnknown = 0xFFFF;
  thread_local std::vector<std::uint16_t> of_structure, below;  // kept between calls
  of_structure.assign(structures, kUnknown);
  below.assign(structures + 1, kUnknown);
  std::uint16_t skin = kUnknown;
  std::size_t count = 0, loaded = 0;
  for (const ContactCell& cell : geometry.cells) {
    count += cell.column->layers.size();
    for (const ColumnLayer& layer : cell.column->layers) {
      loaded += layer.segment != anatomy::kNone ? 1 : 0;
    }
  }
  base::make_room(geometry.layers, count);
  base::make_room(geometry.first_layer, geometry.cells.size() + 1);
  base::make_room(geometry.loaded.cell, loaded);
  base::make_room(geometry.loaded.segment, loaded);
  base::make_room(geometry.loaded.depth_m, loaded);
  for (std::size_t c = 0; c < geometry.cells.size(); ++c) {
    geometry.first_layer.push_back(static_cast<std::uint32_t>(geometry.layers.size()));
    anatomy::StructureIndex above = anatomy::kNone;
    for (const ColumnLayer& layer : geometry.cells[c].column->layers) {
      std::uint16_t& kind = layer.structure != anatomy::kNone        ? of_structure[layer.structure]
                            : layer.material == LayerMaterial::kSkin ? skin
                            : above != anatomy::kNone                ? below[above]
                                                                     : below[structures];
      if (kind == kUnknown) {
        kind = static_cast<std::uint16_t>(geometry.kinds.size());
        geometry.kinds.push_back({layer.structure, layer.material});
      }
      geometry.layers.push_back({kind, layer.segment, layer.top_m, layer.bottom_m - layer.top_m});
      if (layer.segment != anatomy::kNone) {
        geometry.loaded.cell.push_back(static_cast<std::uint32_t>(c));
        geometry.loaded.segment.push_back(layer.segment);
        geometry.loaded.depth_m.push_back(0.5f * (layer.top_m + layer.bottom_m));
      }
      if (layer.structure != anatomy::kNone) above = layer.structure;
    }
  }
  geometry.first_layer.push_back(static_cast<std::uint32_t>(geometry.layers.size()));
}

}  // namespace

bool ContactGeometry::is_for(const tool::HeadPose& other,
                             const tool::AttachmentSpec& attachment) const {
  // Pitch moves the arm, not the contacts of a head.
  return pose.position_m == other.position_m && pose.normal == other.normal &&
         pose.angle == other.angle && mesh == attachment.mesh &&
         std::equal(balls.begin(), balls.end(), attachment.balls.begin(), attachment.balls.end(),
                    [](const tool::BallSpec& a, const tool::BallSpec& b) {
                      return a.centre_m == b.centre_m && a.radius == b.radius && a.strip == b.strip;
                    });
}

namespace {

// Seats balls on the skin: feet, axes and centre of the head that touches.
void seat_balls(const SimModel& model, const tool::HeadPose& pose,
                const tool::AttachmentSpec& attachment, ContactGeometry& geometry) {
  const std::size_t count = attachment.balls.size();
  const glm::mat3 frame = tool::head_frame(pose);
  const glm::vec3 press = pose.normal;
  std::vector<BallFoot>& feet = geometry.feet;
  feet.resize(count);
  thread_local std::vector<NearSites> near;  // kept between calls
  near.resize(std::max(near.size(), count));
  for (NearSites& sites : near) sites.clear();

  // The head comes down until it touches, and tilts until it touches with its outer balls: a few
  // rounds of nearest points, each taking the skin for a plane there.
  float lift = 0.0f;
  for (const tool::BallSpec& ball : attachment.balls) lift = std::max(lift, ball.radius.value);
  float tilt = 0.0f;
  constexpr int kRounds = 5;
  for (int round = 0; round < kRounds; ++round) {
    const Axes axes = tilted(frame, tilt);
    const glm::vec3 head = pose.position_m + lift * press;
    float best_cos = -1.0f;
    for (std::size_t i = 0; i < count; ++i) {
      const tool::BallSpec& ball = attachment.balls[i];
      BallFoot& foot = feet[i];
      foot.centre_m = head + ball.centre_m.x * axes.bar + ball.centre_m.y * axes.rolling +
                      ball.centre_m.z * axes.outward;
      foot.arm_m = ball.centre_m.x;
      if (round == 0) {
        const geom::SurfacePoint nearest = model.body->find_surface_point(foot.centre_m);
        foot.smooth_point_m = nearest.point_m;
        foot.normal = model.body->surface_normal(nearest);
      }
      // The foot is the centre's own projection on the smooth skin: the nearest point of a rough
      // mesh would hop from bump to bump.
      const float radius = std::clamp(0.8f * ball.radius.value, 0.02f, 0.03f);
      const SkinFit fit =
          fit_skin(*model.columns, near[i], foot.smooth_point_m, foot.normal, axes.rolling, radius);
      const float above = glm::dot(foot.centre_m - foot.smooth_point_m, fit.normal) - fit.height_m;
      foot.normal = fit.normal;
      foot.curvature_per_m = fit.curvature_per_m;
      foot.rolling_curvature_per_m = fit.rolling_curvature_per_m;
      foot.smooth_point_m = foot.centre_m - above * fit.normal;
      // On an edge the fitted plane would reach out into the air: there the true distance and
      // direction count. On smooth skin they agree with the fit but for the mesh's roughness.
      foot.point_m = model.body->find_surface_point(foot.centre_m).point_m;
      const glm::vec3 away = foot.centre_m - foot.point_m;
      const float distance = glm::length(away);
      foot.clearance_m = std::max(above, distance) - ball.radius.value;
      foot.press_cos = std::min(glm::dot(press, foot.normal),
                                glm::dot(press, away) / std::max(distance, 1e-6f) + 0.1f);
      foot.reachable = foot.press_cos > kReachableCos;
      best_cos = std::max(best_cos, foot.press_cos);
    }
    // A head always touches with something: at worst with the ball that faces the skin best.
    if (best_cos <= kReachableCos) {
      for (BallFoot& foot : feet) {
        foot.reachable = foot.press_cos == best_cos;
        foot.press_cos = std::max(foot.press_cos, kReachableCos);
      }
    }
    if (round + 1 == kRounds) break;

    // Travel that each ball still has, and the line through them over the bar.
    float sum = 0.0f, sum_x = 0.0f, sum_t = 0.0f, sum_xx = 0.0f, sum_xt = 0.0f;
    for (const BallFoot& foot : feet) {
      const float travel = foot.clearance_m / std::max(foot.press_cos, kReachableCos);
      sum += 1.0f;
      sum_x += foot.arm_m;
      sum_t += travel;
      sum_xx += foot.arm_m * foot.arm_m;
      sum_xt += foot.arm_m * travel;
    }
    const float spread = sum * sum_xx - sum_x * sum_x;
    const float slope = spread > 1e-8f ? (sum * sum_xt - sum_x * sum_t) / spread : 0.0f;
    const float limit = model.parameters.tilt_limit_rad;
    const float next_tilt = std::clamp(tilt - slope, -limit, limit);
    float drop = 1.0f;
    for (const BallFoot& foot : feet) {
      if (!foot.reachable) continue;
      const float travel = foot.clearance_m / foot.press_cos + foot.arm_m * (next_tilt - tilt);
      drop = std::min(drop, travel);
    }
    // A micron and a hundred-thousandth of a radian: another round would find the same feet.
    if (std::abs(drop) < 1e-6f && std::abs(next_tilt - tilt) < 1e-5f) break;
    tilt = next_tilt;
    lift -= drop;
  }
  // The last round's rest: bring the nearest ball to touch exactly.
  float rest = 1.0f;
  for (const BallFoot& foot : feet) {
    if (foot.reachable) rest = std::min(rest, foot.clearance_m / foot.press_cos);
  }
  for (BallFoot& foot : feet) {
    foot.centre_m -= rest * press;
    foot.clearance_m -= rest * foot.press_cos;
  }
  for (BallFoot& foot : feet) {
    foot.point_m = model.body->find_surface_point(foot.smooth_point_m).point_m;
    if (model.safety) foot.region = model.safety->find_region(foot.point_m, foot.normal);
  }
  const Axes axes = tilted(frame, tilt);
  geometry.tilt_rad = tilt;
  geometry.bar_axis = axes.bar;
  geometry.rolling = axes.rolling;
  geometry.outward = axes.outward;
  geometry.head_centre_m = pose.position_m + (lift - rest) * press;
}

// Every site near a foot, and every coarse site as far as the field reaches.
void gather_cells(const SimModel& model, ContactGeometry& geometry) {
  const std::vector<BallFoot>& feet = geometry.feet;
  const std::size_t count = feet.size();
  thread_local std::vector<glm::vec3> points;  // kept between calls, like the lists below
  points.clear();
  for (const BallFoot& foot : feet) {
    if (foot.reachable) points.push_back(foot.smooth_point_m);
  }
  thread_local std::vector<std::uint32_t> sites, kept;
  thread_local std::vector<std::size_t> patch_cells;
  thread_local std::vector<float> radius;
  sites.clear();
  kept.clear();
  patch_cells.clear();
  radius.resize(count);
  model.columns->find_sites(points, kFieldReach, sites);
  base::make_room(kept, sites.size());
  base::make_room(geometry.cells, sites.size());
  base::make_room(geometry.cell_radius_m, sites.size() * count);
  for (const std::uint32_t s : sites) {
    const SkinSite& site = model.columns->sites()[s];
    float nearest2 = kTooFar * kTooFar;
    for (std::size_t i = 0; i < count; ++i) {
      const BallFoot& foot = feet[i];
      radius[i] = kTooFar * kTooFar;
      // The other side of a thin part belongs to nobody's field.
      if (!foot.reachable || glm::dot(site.normal, foot.normal) < 0.2f) continue;
      const glm::vec3 to = site.point_m - foot.smooth_point_m;
      const float along = glm::dot(to, foot.normal);
      radius[i] = std::max(0.0f, glm::dot(to, to) - along * along);
      nearest2 = std::min(nearest2, radius[i]);
    }
    if (nearest2 == kTooFar * kTooFar) continue;
    const float nearest = base::fsqrt(nearest2);
    const float blend = base::clamp01((kCoarseFrom - nearest) / (kCoarseFrom - kFineReach));
    const float area = blend * site.area_m2 + (1.0f - blend) * site.coarse_area_m2;
    if (!(area > 0.0f)) continue;
    kept.push_back(s);
    geometry.cells.push_back({nullptr, area, site.area_m2, s, std::nullopt});
    if (nearest < kLargestPatch) patch_cells.push_back(geometry.cells.size() - 1);
    for (const float r2 : radius) geometry.cell_radius_m.push_back(base::fsqrt(r2));
  }
  thread_local std::vector<const TissueColumn*> columns;
  columns.clear();
  model.columns->find_columns(kept, columns);
  for (std::size_t c = 0; c < columns.size(); ++c) geometry.cells[c].column = columns[c];
  list_layers(model.body->body().structures.size(), geometry);
  if (!model.safety) return;
  thread_local std::vector<std::uint32_t> asked;
  thread_local std::vector<RegionIndex> regions;
  asked.clear();
  for (const std::size_t c : patch_cells) asked.push_back(geometry.cells[c].site);
  model.safety->find_site_regions(*model.columns, asked, regions);
  for (std::size_t i = 0; i < patch_cells.size(); ++i) {
    geometry.cells[patch_cells[i]].region = regions[i];
  }
}

void clear(ContactGeometry& geometry) {
  geometry.feet.clear();
  geometry.cells.clear();
  geometry.cell_radius_m.clear();
  geometry.kinds.clear();
  geometry.layers.clear();
  geometry.first_layer.clear();
  geometry.loaded.cell.clear();
  geometry.loaded.segment.clear();
  geometry.loaded.depth_m.clear();
  geometry.foundation.clear();
  geometry.first_site.clear();
}

// A state holds the geometry of its last tick while the next one is made: two by turns do.
std::shared_ptr<ContactGeometry> take_geometry() {
  thread_local std::array<std::shared_ptr<ContactGeometry>, 2> made;
  for (const auto& geometry : made) {
    if (geometry == nullptr || geometry.use_count() > 1) continue;
    // Whoever let go last may have been another thread.
    std::atomic_thread_fence(std::memory_order_acquire);
    clear(*geometry);
    return geometry;
  }
  std::swap(made[0], made[1]);
  return made[0] = std::make_shared<ContactGeometry>();
}

}  // namespace

std::shared_ptr<const ContactGeometry> build_contact_geometry(
    const SimModel& model, const tool::HeadPose& pose, const tool::AttachmentSpec& attachment) {
  BACKMATE_CHECK(!attachment.balls.empty());
  const std::shared_ptr<ContactGeometry> geometry = take_geometry();
  geometry->pose = pose;
  geometry->balls = attachment.balls;
  geometry->mesh = attachment.mesh;
  if (attachment.mesh) {
    seat_mesh(model, pose, attachment, *geometry);
  } else {
    seat_balls(model, pose, attachment, *geometry);
  }
  gather_cells(model, *geometry);
  return geometry;
}

}  // namespace sim

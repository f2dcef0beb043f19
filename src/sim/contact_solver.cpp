#include "sim/contact_solver.h"

#include <algorithm>
#include <cmath>
#include <glm/geometric.hpp>
#include <limits>

#include "base/check.h"
#include "base/fmath.h"
#include "base/insertion_sort.h"
#include "base/make_room.h"
#include "sim/depth_law.h"
#include "sim/foundation_head.h"
#include "sim/head_balance.h"
#include "sim/settled_patch.h"

namespace sim {
namespace {

// Of layers without a muscle segment.
float modulus_of(const Parameters& p, LayerMaterial material) {
  switch (material) {
    case LayerMaterial::kSkin:
      return p.skin_modulus_pa;
    case LayerMaterial::kMuscle:
      return 3.0f * p.muscle_mu_pa;
    case LayerMaterial::kTendon:
      return p.tendon_modulus_pa;
    case LayerMaterial::kFascia:
      return p.fascia_modulus_pa;
    case LayerMaterial::kVessel:
      return p.vessel_modulus_pa;
    case LayerMaterial::kFat:
    case LayerMaterial::kBone:
      break;
  }
  return p.fat_modulus_pa;
}

// One ball during the balance. Travel is along the press axis, from the touching position.
struct Ball {
  std::size_t index = 0;
  BallOnStack law;
  float modulus_pa = 0.0f;
  ViscousLaw viscous;
  float clearance_m = 0.0f;
  float press_cos = 1.0f;
  float arm_m = 0.0f;
  float share_travel_m = 0.0f;  // at which it carries its equal share of the force,
  float whole_travel_m = 0.0f;  // and all of it

  float indentation_at(float travel_m) const { return travel_m * press_cos - clearance_m; }
  float force_at(float travel_m) const {
    const float d = indentation_at(travel_m);
    if (!(d > 0.0f)) return 0.0f;
    return std::max(0.0f,
                    modulus_pa * (viscous.slope * force_per_modulus(law, d) + viscous.offset));
  }
  float stiffness_at(float travel_m) const {
    const float d = indentation_at(travel_m);
    if (!(d > 0.0f)) return 0.0f;
    return modulus_pa * viscous.slope * stiffness_per_modulus(law, d) * press_cos;
  }
  float travel_for(float force_n) const {
    const float load = (force_n / modulus_pa - viscous.offset) / viscous.slope;
    return (find_indentation(law, load) + clearance_m) / press_cos;
  }
};

// Travel of the head's centre at which the balls carry `force` together, for a given slope of the
// bar (travel of a ball = travel of the centre + arm * slope). Newton, kept inside a bracket: below
// it every ball carries less than its share, above it one carries everything.
float find_travel(std::span<const Ball> balls, float slope, float force_n) {
  float low = std::numeric_limits<float>::max();
  float high = low;
  for (const Ball& ball : balls) {
    low = std::min(low, ball.share_travel_m - ball.arm_m * slope);
    high = std::min(high, ball.whole_travel_m - ball.arm_m * slope);
  }
  float z = low;
  for (int i = 0; i < 50; ++i) {
    float force = 0.0f, stiffness = 0.0f;
    for (const Ball& ball : balls) {
      force += ball.force_at(z + ball.arm_m * slope);
      stiffness += ball.stiffness_at(z + ball.arm_m * slope);
    }
    const float excess = force - force_n;
    if (std::abs(excess) <= 1e-5f * force_n) break;
    (excess > 0.0f ? high : low) = z;
    float next = stiffness > 0.0f ? z - excess / stiffness : high;
    if (!(next > low && next < high)) next = 0.5f * (low + high);
    if (next == z) break;
    z = next;
  }
  return z;
}

// Tilts the bar until the moment about its centre vanishes or the joint's stop is reached. `start`
// is a guess at the slope.
Balance balance_head(std::span<Ball> balls, float force_n, float start, float slope_min,
                     float slope_max) {
  float longest = 0.0f;
  const float share = force_n / static_cast<float>(balls.size());
  for (Ball& ball : balls) {
    ball.share_travel_m = ball.travel_for(share);
    ball.whole_travel_m = ball.travel_for(force_n);
    longest = std::max(longest, std::abs(ball.arm_m));
  }
  if (longest == 0.0f) return {find_travel(balls, 0.0f, force_n), 0.0f};
  if (balls.size() == 2 && balls[0].arm_m * balls[1].arm_m < 0.0f) {
    // Two balls about a pivot: the law of the lever gives the forces, so the slope is known.
    const float whole = balls[1].arm_m - balls[0].arm_m;
    const float t0 = balls[0].travel_for(force_n * balls[1].arm_m / whole);
    const float t1 = balls[1].travel_for(-force_n * balls[0].arm_m / whole);
    start = (t1 - t0) / whole;
  }
  return balance_slope(
      start, slope_min, slope_max, force_n, longest, balls.size() == 1, 1e-4f,
      [&](float slope) { return find_travel(balls, slope, force_n); },
      [&](const Balance& at) {
        float moment = 0.0f;
        for (const Ball& ball : balls) {
          moment += ball.arm_m * ball.force_at(at.travel_m + ball.arm_m * at.slope);
        }
        return moment;
      });
}

// 1/R* = 1/R + kappa, kept positive: in a hollow tighter than the ball the contact is wide, not
// infinite; on an edge the skin is no sharper than a fingertip (8 mm).
float effective_radius(float ball_radius_m, float curvature_per_m) {
  const float of_ball = 1.0f / ball_radius_m;
  return 1.0f / std::clamp(of_ball + curvature_per_m, 0.2f * of_ball, of_ball + 125.0f);
}

// Of a disc as large as what touches.
float touch_radius(const BallOnStack& law, float indentation_m) {
  if (!(law.strip_m > 0.0f)) return contact_radius(law, indentation_m);
  return base::fsqrt(2.0f * law.strip_m * strip_half_width(law, indentation_m) / base::kPi);
}

}  // namespace

void find_stack(const SimModel& model, std::span<const SegmentState> segments,
                const ContactGeometry& geometry, std::size_t ball, float contact_radius_m,
                TissueStack& stack) {
  const std::size_t balls = geometry.balls.size();
  const float reach = std::max(1.25f * contact_radius_m, 0.014f);
  struct Entry {
    float modulus_pa = 0.0f;  // where no segment says
    float weight = 0.0f;
    float top_sum = 0.0f;
    float thickness_sum = 0.0f;
    float compliance_sum = 0.0f;
    float nearest_m = kTooFar;
    anatomy::SegmentIndex segment = anatomy::kNone;  // of the nearest cell
  };
  thread_local std::vector<Entry> entries;  // kept between calls, like all such lists of a tick
  entries.assign(geometry.kinds.size(), Entry{});
  for (std::size_t k = 0; k < entries.size(); ++k) {
    entries[k].modulus_pa = modulus_of(model.parameters, geometry.kinds[k].material);
  }
  float weight_sum = 0.0f, total_sum = 0.0f, compliance_sum = 0.0f, bone_sum = 0.0f;
  for (std::size_t c = 0; c < geometry.cells.size(); ++c) {
    const ContactCell& cell = geometry.cells[c];
    const float r = geometry.cell_radius_m[c * balls + ball];
    if (r >= reach) continue;
    const float weight = cell.site_area_m2 * (1.0f - r * r / (reach * reach));
    weight_sum += weight;
    total_sum += weight * cell.column->total_m;
    bone_sum += cell.column->on_bone ? weight : 0.0f;
    for (std::uint32_t l = geometry.first_layer[c]; l < geometry.first_layer[c + 1]; ++l) {
      const CellLayer& layer = geometry.layers[l];
      Entry& entry = entries[layer.kind];
      const float modulus = layer.segment != anatomy::kNone
                                ? 3.0f * segments[layer.segment].stiffness_pa
                                : entry.modulus_pa;
      const float compliance = weight * layer.thickness_m / modulus;
      compliance_sum += compliance;
      entry.weight += weight;
      entry.top_sum += weight * layer.top_m;
      entry.thickness_sum += weight * layer.thickness_m;
      entry.compliance_sum += compliance;
      if (r < entry.nearest_m) {
        entry.nearest_m = r;
        entry.segment = layer.segment;
      }
    }
  }
  if (!(weight_sum > 0.0f)) {
    // A skin patch smaller than one cell: skin over fat, as thick as the law allows.
    const Parameters& p = model.parameters;
    stack.total_m = p.stack_limit_m;
    stack.bone_fraction = 0.0f;
    stack.layers = {{anatomy::kNone, anatomy::kNone, LayerMaterial::kSkin, 0.0f, p.skin_thickness_m,
                     p.skin_modulus_pa},
                    {anatomy::kNone, anatomy::kNone, LayerMaterial::kFat, p.skin_thickness_m,
                     p.stack_limit_m - p.skin_thickness_m, p.fat_modulus_pa}};
    float compliance = 0.0f;
    for (const TissueLayer& l : stack.layers) compliance += l.thickness_m / l.modulus_pa;
    stack.effective_modulus_pa = stack.total_m / compliance;
    return;
  }
  stack.total_m = total_sum / weight_sum;
  stack.effective_modulus_pa = total_sum / compliance_sum;
  stack.bone_fraction = bone_sum / weight_sum;
  stack.layers.clear();
  base::make_room(stack.layers, entries.size());
  for (std::size_t k = 0; k < entries.size(); ++k) {
    const Entry& e = entries[k];
    if (!(e.weight > 0.0f)) continue;
    stack.layers.push_back({geometry.kinds[k].structure, e.segment, geometry.kinds[k].material,
                            e.top_sum / e.weight, e.thickness_sum / weight_sum,
                            e.thickness_sum / e.compliance_sum});
  }
  base::insertion_sort(
      stack.layers.begin(), stack.layers.end(),
      [](const TissueLayer& a, const TissueLayer& b) { return a.top_m < b.top_m; });
}

void settle_head(const SimModel& model, std::span<const SegmentState> segments,
                 const ContactGeometry& geometry, base::Newtons force,
                 std::span<const ViscousLaw> viscous, SettledHead& settled) {
  BACKMATE_CHECK(force.value > 0.0f && viscous.size() == geometry.feet.size());
  if (geometry.mesh) return settle_foundation(model, segments, geometry, force, viscous, settled);
  thread_local std::vector<Ball> balls;
  thread_local std::vector<TissueStack> stacks;
  balls.clear();
  stacks.resize(geometry.feet.size());
  for (std::size_t i = 0; i < geometry.feet.size(); ++i) {
    const BallFoot& foot = geometry.feet[i];
    if (!foot.reachable) continue;
    Ball ball;
    ball.index = i;
    ball.law.radius_m = geometry.balls[i].radius.value;
    // Along the bar a row follows the skin by how deep each of its balls goes.
    ball.law.strip_m = geometry.balls[i].strip.value;
    ball.law.effective_radius_m =
        effective_radius(ball.law.radius_m, ball.law.strip_m > 0.0f ? foot.rolling_curvature_per_m
                                                                    : foot.curvature_per_m);
    ball.viscous = viscous[i];
    ball.clearance_m = std::max(0.0f, foot.clearance_m);
    ball.press_cos = foot.press_cos;
    ball.arm_m = foot.arm_m;
    balls.push_back(ball);
  }
  BACKMATE_CHECK(!balls.empty());

  // The stack is a mean over the patch and the patch depends on the stack: two rounds.
  const float limit = model.parameters.tilt_limit_rad;
  Balance balance;
  for (int round = 0; round < 2; ++round) {
    for (Ball& ball : balls) {
      const float travel = balance.travel_m + ball.arm_m * balance.slope;
      const float radius = round == 0 ? 0.5f * ball.law.radius_m
                                      : touch_radius(ball.law, ball.indentation_at(travel));
      TissueStack& stack = stacks[ball.index];
      find_stack(model, segments, geometry, ball.index, radius, stack);
      ball.law.thickness_m = stack.total_m;
      ball.modulus_pa = stack.effective_modulus_pa;
    }
    balance = balance_head(balls, force.value, balance.slope, geometry.tilt_rad - limit,
                           geometry.tilt_rad + limit);
  }

  settled.load_m2.assign(geometry.feet.size(), 0.0f);
  place_patch(geometry, balance, settled.patch);
  std::vector<Contact>& contacts = settled.patch.contacts;
  std::size_t count = 0;
  for (Ball& ball : balls) {
    const float travel = balance.travel_m + ball.arm_m * balance.slope;
    const float d = std::min(ball.indentation_at(travel), kLockingFraction * ball.law.thickness_m);
    settled.load_m2[ball.index] = force_per_modulus(ball.law, d);
    Touch touch;
    touch.force_n = ball.force_at(travel);
    if (!(touch.force_n > 1e-4f * force.value)) continue;
    touch.ball = ball.index;
    const float a = touch_radius(ball.law, d);
    touch.area_m2 = base::kPi * a * a;
    // Semi-elliptic across a strip, semi-ellipsoid under a ball.
    const bool strip = ball.law.strip_m > 0.0f;
    touch.peak_pa =
        strip ? 4.0f / base::kPi * touch.force_n / touch.area_m2 : peak_pressure(touch.force_n, a);
    touch.indentation_m = d;
    if (count == contacts.size()) contacts.emplace_back();
    Contact& contact = contacts[count++];
    make_contact(geometry, touch, stacks[ball.index], contact);
    contact.centre_m = geometry.feet[ball.index].centre_m - travel * geometry.pose.normal;
    contact.ball_radius = geometry.balls[ball.index].radius;
    contact.region =
        find_touched_region(model, geometry, ball.index, strip ? 0.5f * ball.law.strip_m : a,
                            strip ? strip_half_width(ball.law, d) : a);
  }
  contacts.resize(count);
}

ContactPatch lift_head(const SimModel& model, const ContactGeometry& geometry) {
  ContactPatch patch;
  const float lift = model.parameters.lift_m;
  patch.head_centre_m = geometry.head_centre_m + lift * geometry.pose.normal;
  patch.bar_axis = geometry.bar_axis;
  patch.outward = geometry.outward;
  float gap = std::numeric_limits<float>::max();
  for (std::size_t i = 0; i < geometry.feet.size(); ++i) {
    const glm::vec3 centre = geometry.feet[i].centre_m + lift * geometry.pose.normal;
    gap = std::min(
        gap, model.body->find_surface_point(centre).distance_m - geometry.balls[i].radius.value);
  }
  patch.gap = base::Metres{std::max(gap, 1e-4f)};
  return patch;
}

void find_segment_loads(const SimModel& model, const ContactGeometry& geometry,
                        const ContactPatch& patch, std::vector<SegmentLoad>& loads) {
  loads.assign(model.segments.size(), SegmentLoad{});
  if (patch.contacts.empty()) return;
  const std::size_t balls = geometry.balls.size();
  const float threshold = model.parameters.contact_threshold_pa;
  struct Field {
    DepthLaw law;
    std::size_t ball;
    float reach_m;
  };
  thread_local std::vector<Field> fields;
  fields.clear();
  for (const Contact& contact : patch.contacts) {
    Field field;
    field.law = {contact.radius.value, contact.stack.total_m, contact.peak.value};
    field.ball = static_cast<std::size_t>(contact.ball);
    // Two fields may add up to half the threshold where neither reaches it alone.
    field.reach_m = field.law.reach_m(0.25f * threshold, contact.stack.total_m);
    fields.push_back(field);
  }
  struct Sum {
    float stress_area = 0.0f;
    float area = 0.0f;
    float best_pa = 0.0f;
  };
  thread_local std::vector<Sum> sums;
  sums.assign(loads.size(), Sum{});
  // One field after the other over all layers, as plain arrays.
  const LoadedLayers& layers = geometry.loaded;
  const std::size_t count = layers.cell.size();
  thread_local std::vector<float> radius, all;
  radius.resize(count);
  all.resize(fields.size() * count);
  const auto own = [&](std::size_t f) { return std::span(all).subspan(f * count, count); };
  for (std::size_t f = 0; f < fields.size(); ++f) {
    for (std::size_t l = 0; l < count; ++l) {
      radius[l] = geometry.cell_radius_m[layers.cell[l] * balls + fields[f].ball];
    }
    fields[f].law.stress_pa(radius, layers.depth_m, own(f));
    for (std::size_t l = 0; l < count; ++l) {
      if (!(radius[l] < fields[f].reach_m)) own(f)[l] = 0.0f;
    }
  }
  for (std::size_t l = 0; l < count; ++l) {
    float stress = 0.0f, best = 0.0f;
    int best_contact = -1;
    for (std::size_t f = 0; f < fields.size(); ++f) {
      const float here = all[f * count + l];
      stress += here;
      if (here > best) {
        best = here;
        best_contact = static_cast<int>(f);
      }
    }
    // A cell counts as loaded from half to one and a half times the threshold on, gradually: a
    // sliding head must not make means jump as cells come and go.
    const float share = base::clamp01(stress / threshold - 0.5f);
    if (!(share > 0.0f)) continue;
    const float area = geometry.cells[layers.cell[l]].area_m2;
    Sum& sum = sums[layers.segment[l]];
    sum.stress_area += share * stress * area;
    sum.area += share * area;
    if (best > sum.best_pa) {
      sum.best_pa = best;
      loads[layers.segment[l]].contact = best_contact;
    }
  }
  for (std::size_t s = 0; s < sums.size(); ++s) {
    if (sums[s].area > 0.0f) loads[s].stress_pa = sums[s].stress_area / sums[s].area;
  }
}

}  // namespace sim

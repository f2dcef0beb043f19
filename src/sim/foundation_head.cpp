#include "sim/foundation_head.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <glm/geometric.hpp>
#include <limits>

#include "base/check.h"
#include "base/fmath.h"
#include "sim/contact_law.h"
#include "sim/head_balance.h"
#include "sim/settled_patch.h"

namespace sim {
namespace {

// Skin that faces away further than this is another part of the body.
constexpr float kLeastCos = 0.05f;
// Head and body part further apart than this never meet.
constexpr float kLargestGap = 0.08f;
// A dent by which a foot is placed: where a light press would be felt.
constexpr float kTypicalDent = 0.006f;
constexpr float kDeepestSearch = 0.4f;
// Of the dent at which springs lock: as far as foundation_pressure() goes.
constexpr float kSpringLock = 0.9995f;
constexpr std::uint32_t kNoSite = 0xFFFFFFFF;

// Stretch of the bar that x belongs to: that of the nearest stand-in.
std::size_t stretch_of(std::span<const tool::BallSpec> balls, float x_m) {
  std::size_t best = 0;
  for (std::size_t i = 1; i < balls.size(); ++i) {
    if (std::abs(balls[i].centre_m.x - x_m) < std::abs(balls[best].centre_m.x - x_m)) best = i;
  }
  return best;
}

struct PlacedSite {
  FoundationSite site;
  std::size_t stretch;
  glm::vec3 point_m;
  glm::vec3 normal;
  std::uint32_t skin_site = kNoSite;
};

// Sum of one stretch of springs, over its Young's modulus.
struct SpringSum {
  float load_m2 = 0.0f;    // of force
  float moment_m3 = 0.0f;  // about the head's centre
  float rate_m = 0.0f;     // of force with travel
  float area_m2 = 0.0f;    // that touches
  float deepest_m = 0.0f;
};

// A stretch's springs as arrays, so that several go through at once.
struct Springs {
  static constexpr std::size_t kLanes = 8;
  std::vector<float> gap_m, arm_m, press_cos, area_m2;

  explicit Springs(std::span<const FoundationSite> sites) {
    const std::size_t padded = (sites.size() + kLanes - 1) / kLanes * kLanes;
    gap_m.assign(padded, std::numeric_limits<float>::max());
    arm_m.assign(padded, 0.0f);
    press_cos.assign(padded, 1.0f);
    area_m2.assign(padded, 0.0f);
    for (std::size_t i = 0; i < sites.size(); ++i) {
      gap_m[i] = sites[i].gap_m;
      arm_m[i] = sites[i].arm_m;
      press_cos[i] = sites[i].press_cos;
      area_m2[i] = sites[i].area_m2;
    }
  }
};

struct Stretch {
  explicit Stretch(std::span<const FoundationSite> of) : sites(of), springs(of) {}

  std::size_t index = 0;
  std::span<const FoundationSite> sites;
  Springs springs;
  float thickness_m = 0.0f;
  float modulus_pa = 0.0f;
  ViscousLaw viscous;
  float reach_m = 0.0f;  // longest arm

  static float dent_of(const FoundationSite& site, const Balance& head) {
    return (head.travel_m + site.arm_m * head.slope - site.gap_m) * site.press_cos;
  }
  // foundation_pressure() of every spring, without its branches.
  SpringSum at(const Balance& head) const {
    constexpr std::size_t kLanes = Springs::kLanes;
    const float reach = head.travel_m + reach_m * std::abs(head.slope);
    const auto first_free =
        std::lower_bound(springs.gap_m.begin(), springs.gap_m.end(), reach) - springs.gap_m.begin();
    const auto count = static_cast<std::size_t>(first_free);
    const float locking = kLockingFraction * thickness_m;
    const float per_locking = 1.0f / locking, per_thickness = 1.0f / thickness_m;
    float load[kLanes] = {}, moment[kLanes] = {}, rate[kLanes] = {}, area[kLanes] = {},
          deepest[kLanes] = {};
    for (std::size_t i = 0; i < count; i += kLanes) {
      const float* gap = &springs.gap_m[i];
      const float* arm = &springs.arm_m[i];
      const float* cosine = &springs.press_cos[i];
      const float* piece = &springs.area_m2[i];
      for (std::size_t k = 0; k < kLanes; ++k) {
        const float dent = (head.travel_m + arm[k] * head.slope - gap[k]) * cosine[k];
        const float w = std::max(dent, 0.0f);
        const float held = std::min(w, kSpringLock * locking);
        const float free = 1.0f - held * per_locking;
        const float stiffness = per_thickness / (free * std::sqrt(free)) * piece[k] * cosine[k];
        const float own = stiffness * held;
        load[k] += own;
        moment[k] += own * arm[k];
        // d ln p / dw = 1/w + 1.5/(0.45 H - w)
        const float slope = stiffness * cosine[k] * (1.0f + 1.5f * held * per_locking / free);
        rate[k] += dent > 0.0f ? slope : 0.0f;
        area[k] += dent > 0.0f ? piece[k] : 0.0f;
        deepest[k] = std::max(deepest[k], w);
      }
    }
    SpringSum sum;
    for (std::size_t k = 0; k < kLanes; ++k) {
      sum.load_m2 += load[k];
      sum.moment_m3 += moment[k];
      sum.rate_m += rate[k];
      sum.area_m2 += area[k];
      sum.deepest_m = std::max(sum.deepest_m, deepest[k]);
    }
    return sum;
  }
  float force_of(const SpringSum& sum) const {
    if (!(sum.load_m2 > 0.0f)) return 0.0f;
    return std::max(0.0f, modulus_pa * (viscous.slope * sum.load_m2 + viscous.offset));
  }
};

// Travel at which the springs carry the force together; `hint` is where to look first, `accuracy`
// the share of the force that may be left over.
float find_foundation_travel(std::span<const Stretch> stretches, float slope, float force_n,
                             float hint, float accuracy) {
  const auto sum_at = [&](float z, float& rate) {
    float force = 0.0f;
    rate = 0.0f;
    for (const Stretch& stretch : stretches) {
      const SpringSum sum = stretch.at({z, slope});
      const float own = stretch.force_of(sum);
      force += own;
      if (own > 0.0f) rate += stretch.modulus_pa * stretch.viscous.slope * sum.rate_m;
    }
    return force;
  };
  // Nothing touches at -reach * |slope|, and at the deepest it is too much: neither is looked at.
  float reach = 0.0f;
  for (const Stretch& stretch : stretches) reach = std::max(reach, stretch.reach_m);
  float rate = 0.0f;
  float low = -reach * std::abs(slope) - 1e-4f;
  float high = kDeepestSearch;
  float z = std::clamp(hint, low, high);
  float last_excess = std::numeric_limits<float>::max();
  for (int i = 0; i < 80; ++i) {
    const float excess = sum_at(z, rate) - force_n;
    if (std::abs(excess) <= accuracy * force_n) break;
    (excess > 0.0f ? high : low) = z;
    const float middle = high < kDeepestSearch ? 0.5f * (low + high) : z + 0.004f;
    // Newton's steps stall where springs lock: then the bracket is halved.
    const bool stalls = std::abs(excess) > 0.5f * last_excess;
    last_excess = std::abs(excess);
    float next = rate > 0.0f ? z - excess / rate : middle;
    if (stalls || !(next > low && next < high)) next = std::min(middle, kDeepestSearch);
    if (next == z) break;
    z = next;
  }
  return z;
}

}  // namespace

void seat_mesh(const SimModel& model, const tool::HeadPose& pose,
               const tool::AttachmentSpec& attachment, ContactGeometry& geometry) {
  const tool::HeadMesh& mesh = *attachment.mesh;
  const glm::mat3 frame = tool::head_frame(pose);
  const glm::vec3 press = pose.normal;
  const std::size_t count = attachment.balls.size();
  const TissueColumns& columns = *model.columns;

  // The underside over the skin with the head's origin on the skin; the head then comes up.
  const geom::Aabb& box = mesh.bounds();
  float reach = 0.0f;
  for (const float x : {box.min.x, box.max.x}) {
    for (const float y : {box.min.y, box.max.y}) reach = std::max(reach, std::hypot(x, y));
  }
  std::vector<std::uint32_t> near;
  columns.find_sites(pose.position_m, reach + 0.01f, near);
  std::vector<PlacedSite> placed;
  float lowest = std::numeric_limits<float>::max();
  for (const std::uint32_t s : near) {
    const SkinSite& site = columns.sites()[s];
    const float cosine = glm::dot(site.normal, press);
    if (!(cosine > kLeastCos)) continue;
    const glm::vec3 middle = glm::transpose(frame) * (site.point_m - pose.position_m);
    if (middle.x < box.min.x - 0.01f || middle.x > box.max.x + 0.01f ||
        middle.y < box.min.y - 0.01f || middle.y > box.max.y + 0.01f) {
      continue;
    }
    // Four places in the site's plane: springs 7 mm apart would be too few under a thumb.
    const glm::vec3 side = glm::normalize(frame[0] - site.normal * glm::dot(frame[0], site.normal));
    const glm::vec3 across = glm::cross(site.normal, side);
    const float quarter = 0.25f * base::fsqrt(site.area_m2);
    for (const glm::vec2 way :
         {glm::vec2(-1, -1), glm::vec2(1, -1), glm::vec2(-1, 1), glm::vec2(1, 1)}) {
      const glm::vec3 point = site.point_m + quarter * (way.x * side + way.y * across);
      const glm::vec3 local = glm::transpose(frame) * (point - pose.position_m);
      const float under = mesh.underside_m(local.x, local.y);
      if (!(under < tool::HeadMesh::kNothing)) continue;
      PlacedSite place;
      place.site = {under - local.z, local.x, cosine, 0.25f * site.area_m2, 0};
      place.skin_site = s;
      place.stretch = stretch_of(attachment.balls, local.x);
      place.point_m = point;
      place.normal = site.normal;
      lowest = std::min(lowest, place.site.gap_m);
      placed.push_back(place);
    }
  }
  if (placed.empty()) {
    // An edge thinner than a site: the skin's nearest point carries, as large as a fingertip.
    const tool::BallSpec& middle = attachment.balls[count / 2];
    PlacedSite place;
    place.site = {middle.centre_m.z - middle.radius.value, middle.centre_m.x, 1.0f, 1e-4f, 0};
    place.stretch = count / 2;
    place.point_m = pose.position_m;
    place.normal = press;
    lowest = place.site.gap_m;
    placed.push_back(place);
  }

  geometry.tilt_rad = 0.0f;
  geometry.bar_axis = frame[0];
  geometry.rolling = frame[1];
  geometry.outward = frame[2];
  geometry.head_centre_m = pose.position_m - lowest * press;
  // By stretch, then nearest first; as whole numbers, which sort faster than places do.
  std::vector<std::uint64_t> order;
  order.reserve(placed.size());
  for (std::size_t i = 0; i < placed.size(); ++i) {
    placed[i].site.gap_m -= lowest;
    if (placed[i].site.gap_m > kLargestGap) continue;
    const auto gap = std::bit_cast<std::uint32_t>(placed[i].site.gap_m);  // not negative
    order.push_back(std::uint64_t{placed[i].stretch} << 56 | std::uint64_t{gap} << 24 | i);
  }
  BACKMATE_CHECK(placed.size() < 1u << 24 && count < 256);
  std::sort(order.begin(), order.end());

  if (model.safety) {
    std::vector<std::uint32_t> asked;
    std::vector<RegionIndex> regions;
    for (const PlacedSite& place : placed) {
      if (place.skin_site != kNoSite) asked.push_back(place.skin_site);
    }
    model.safety->find_site_regions(columns, asked, regions);
    std::size_t k = 0;
    for (PlacedSite& place : placed) {
      place.site.region = place.skin_site != kNoSite
                              ? regions[k++]
                              : model.safety->find_region(place.point_m, place.normal);
    }
  }
  geometry.feet.assign(count, BallFoot{});
  std::size_t next = 0;
  for (std::size_t i = 0; i < count; ++i) {
    BallFoot& foot = geometry.feet[i];
    const tool::BallSpec& ball = attachment.balls[i];
    foot.centre_m = geometry.head_centre_m + frame * ball.centre_m;
    foot.arm_m = ball.centre_m.x;
    geometry.first_site.push_back(static_cast<std::uint32_t>(geometry.foundation.size()));
    glm::vec3 point(0.0f), normal(0.0f);
    float weight_sum = 0.0f, nearest = kLargestGap;
    for (; next < order.size() && order[next] >> 56 == i; ++next) {
      const PlacedSite& place = placed[order[next] & 0xFFFFFF];
      geometry.foundation.push_back(place.site);
      nearest = std::min(nearest, place.site.gap_m);
      // What a light press would load, and a little of all, so that there is always a middle.
      const float dent = std::max(0.0f, kTypicalDent - place.site.gap_m) +
                         1e-4f / (1.0f + 1e3f * place.site.gap_m);
      const float weight = dent * place.site.area_m2 * place.site.press_cos;
      weight_sum += weight;
      point += weight * place.point_m;
      normal += weight * place.normal;
    }
    foot.reachable = weight_sum > 0.0f;
    foot.clearance_m = nearest;
    if (!foot.reachable) continue;
    foot.smooth_point_m = point / weight_sum;
    foot.normal = glm::normalize(normal);
    foot.press_cos = glm::dot(foot.normal, press);
    foot.point_m = model.body->find_surface_point(foot.smooth_point_m).point_m;
    if (model.safety) foot.region = model.safety->find_region(foot.point_m, foot.normal);
  }
  geometry.first_site.push_back(static_cast<std::uint32_t>(geometry.foundation.size()));
}

void settle_foundation(const SimModel& model, std::span<const SegmentState> segments,
                       const ContactGeometry& geometry, base::Newtons force,
                       std::span<const ViscousLaw> viscous, SettledHead& settled) {
  std::vector<Stretch> stretches;
  std::vector<TissueStack> stacks(geometry.feet.size());
  float longest = 0.0f;
  for (std::size_t i = 0; i < geometry.feet.size(); ++i) {
    if (!geometry.feet[i].reachable) continue;
    Stretch stretch(
        std::span(geometry.foundation)
            .subspan(geometry.first_site[i], geometry.first_site[i + 1] - geometry.first_site[i]));
    stretch.index = i;
    stretch.viscous = viscous[i];
    for (const FoundationSite& s : stretch.sites) {
      stretch.reach_m = std::max(stretch.reach_m, std::abs(s.arm_m));
    }
    longest = std::max(longest, stretch.reach_m);
    stretches.push_back(std::move(stretch));
  }
  BACKMATE_CHECK(!stretches.empty());

  // The stack is a mean over the patch and the patch depends on the stack: two rounds, the first of
  // them only as good as its stack.
  const float limit = model.parameters.tilt_limit_rad;
  Balance balance;
  float hint = kTypicalDent;
  for (int round = 0; round < 2; ++round) {
    const float accuracy = round == 0 ? 1e-3f : 1e-5f;
    for (Stretch& stretch : stretches) {
      const float area = round == 0 ? 0.0f : stretch.at(balance).area_m2;
      TissueStack& stack = stacks[stretch.index];
      find_stack(model, segments, geometry, stretch.index, base::fsqrt(area / base::kPi), stack);
      stretch.thickness_m = stack.total_m;
      stretch.modulus_pa = stack.effective_modulus_pa;
    }
    if (longest == 0.0f) {
      balance = {find_foundation_travel(stretches, 0.0f, force.value, kTypicalDent, accuracy),
                 0.0f};
      continue;
    }
    balance = balance_slope(
        balance.slope, -limit, limit, force.value, longest, false, 10.0f * accuracy,
        [&](float slope) {
          return hint = find_foundation_travel(stretches, slope, force.value, hint, accuracy);
        },
        [&](const Balance& at) {
          float moment = 0.0f;
          for (const Stretch& stretch : stretches) {
            const SpringSum sum = stretch.at(at);
            // Creep scales a stretch's pressures alike.
            if (sum.load_m2 > 0.0f) moment += stretch.force_of(sum) * sum.moment_m3 / sum.load_m2;
          }
          return moment;
        });
  }

  settled.load_m2.assign(geometry.feet.size(), 0.0f);
  place_patch(geometry, balance, settled.patch);
  std::vector<Contact>& contacts = settled.patch.contacts;
  std::size_t count = 0;
  for (const Stretch& stretch : stretches) {
    const SpringSum sum = stretch.at(balance);
    settled.load_m2[stretch.index] = sum.load_m2;
    Touch touch;
    touch.force_n = stretch.force_of(sum);
    if (!(touch.force_n > 1e-4f * force.value)) continue;
    touch.ball = stretch.index;
    touch.area_m2 = sum.area_m2;
    touch.indentation_m = sum.deepest_m;
    // The same share of the elastic pressure everywhere in the stretch.
    const float elastic =
        foundation_pressure(stretch.modulus_pa, stretch.thickness_m, sum.deepest_m);
    touch.peak_pa = std::max(elastic * touch.force_n / (stretch.modulus_pa * sum.load_m2),
                             touch.force_n / touch.area_m2);
    if (count == contacts.size()) contacts.emplace_back();
    Contact& contact = contacts[count++];
    make_contact(geometry, touch, stacks[stretch.index], contact);
    // A sphere of the same patch and depth: what a picture of the dent needs.
    const float sphere = std::clamp(sum.area_m2 / (2.0f * base::kPi * sum.deepest_m), 0.006f, 0.2f);
    contact.ball_radius = base::Metres{sphere};
    contact.centre_m = contact.point_m + (sphere - sum.deepest_m) * contact.normal;
    for (const FoundationSite& site : stretch.sites) {
      if (model.safety && stretch.dent_of(site, balance) > 0.0f &&
          model.safety->region(site.region).no_go()) {
        contact.region = site.region;
      }
    }
  }
  contacts.resize(count);
}

}  // namespace sim

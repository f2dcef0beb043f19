#include "guide/approach.h"

#include <algorithm>
#include <cmath>
#include <glm/geometric.hpp>
#include <glm/gtc/constants.hpp>

#include "sim/region_load.h"
#include "tool/head_pose.h"

namespace guide {
namespace {

constexpr int kDirections = 8;
constexpr std::size_t kMostContacts = 4;  // of a long roller

// The nearest no-go zone around a contact and how far its middle is away.
struct NearZone {
  sim::RegionIndex region = 0;
  float away_m = 2.0f * kNearZoneM;
};

NearZone find_zone(const sim::SafetyMap& safety, const anatomy::BodyIndex& body,
                   const sim::Contact& contact) {
  NearZone nearest;
  const glm::vec3 right = tool::reference_direction(contact.normal);
  const glm::vec3 up = glm::cross(contact.normal, right);
  for (const float away : {0.5f * kNearZoneM, kNearZoneM}) {
    for (int i = 0; i < kDirections; ++i) {
      const float turn = glm::two_pi<float>() * static_cast<float>(i) / kDirections;
      const auto skin = body.find_surface_point(
          contact.point_m + away * (std::cos(turn) * right + std::sin(turn) * up));
      const auto region = safety.find_region(skin.point_m, body.surface_normal(skin));
      if (away < nearest.away_m && safety.region(region).no_go()) nearest = {region, away};
    }
  }
  return nearest;
}

}  // namespace

std::optional<Nearing> find_approach(const sim::SafetyMap& safety, const anatomy::BodyIndex& body,
                                      const sim::ContactPatch& patch) {
  const std::size_t count = patch.contacts.size();
  if (count == 0) return std::nullopt;
  const std::size_t step = std::max<std::size_t>(1, count / kMostContacts);
  NearZone nearest;
  for (std::size_t i = 0; i < count; i += step) {
    const NearZone zone = find_zone(safety, body, patch.contacts[i]);
    if (zone.away_m < nearest.away_m) nearest = zone;
  }
  if (nearest.away_m <= kNearZoneM) return Nearing{nearest.region, true, 0.0f};
  const auto tightest = sim::find_tightest_region(safety, patch);
  if (!tightest || !(tightest->head_most.value > 0.0f)) return std::nullopt;
  float force_n = 0.0f;
  for (const sim::Contact& contact : patch.contacts) force_n += contact.force.value;
  const float share = force_n / tightest->head_most.value;
  if (share < kNearLimit) return std::nullopt;
  return Nearing{tightest->region, false, share};
}

}  // namespace guide

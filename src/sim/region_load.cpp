#include "sim/region_load.h"

namespace sim {

std::optional<RegionLoad> find_tightest_region(const SafetyMap& safety,
                                               const ContactPatch& patch) {
  std::optional<RegionLoad> tightest;
  float head_n = 0.0f;
  for (const Contact& contact : patch.contacts) head_n += contact.force.value;
  for (const Contact& contact : patch.contacts) {
    const SafetyRegion& region = safety.region(contact.region);
    RegionLoad load{contact.region, base::Newtons{0.0f}, base::Newtons{0.0f}};
    for (const Contact& other : patch.contacts) {
      const SafetyRegion& its = safety.region(other.region);
      if (its.no_go() == region.no_go() && its.force_limit_n <= region.force_limit_n)
        load.force += other.force;
    }
    if (load.force.value > 0.0f)
      load.head_most = base::Newtons{region.force_limit_n * head_n / load.force.value};
    if (!tightest || load.head_most < tightest->head_most) tightest = load;
  }
  return tightest;
}

}  // namespace sim

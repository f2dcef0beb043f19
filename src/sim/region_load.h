// How much of a limit a head uses up. A limit holds for the summed force of the contacts centred in
// its region; those in a stricter one lie in it, too.
#pragma once

#include "sim/contact.h"
#include "sim/safety.h"

namespace sim {

struct RegionLoad {
  RegionIndex region = 0;
  base::Newtons force;      // of the contacts that count there
  base::Newtons head_most;  // force of the whole head at which the limit is reached; 0: a no-go zone
};

// The region that lets the head press least; nothing without contacts.
std::optional<RegionLoad> find_tightest_region(const SafetyMap& safety, const ContactPatch& patch);

}  // namespace sim

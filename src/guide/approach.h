// What a head comes near to before anything is wrong: a no-go zone beside a contact, or most of
// what a region takes.
#pragma once

#include <optional>

#include "sim/contact.h"
#include "sim/safety.h"

namespace guide {

// From the middle of a contact: the rim of its patch is then about a finger's breadth away
// (assumed).
inline constexpr float kNearZoneM = 0.025f;
// Share of a limit from which it is shown (assumed).
inline constexpr float kNearLimit = 0.8f;

struct Nearing {
  sim::RegionIndex region = 0;
  bool zone = false;   // a no-go zone is near; else `share` of the region's limit is used up
  float share = 0.0f;  // 0 to 1 and above

  bool operator==(const Nearing&) const = default;
};

// The nearest no-go zone, before any limit; nothing for a lifted head, and where both are far.
// What is already wrong is not said here: it is a finding (guide/safety_watch.h).
std::optional<Nearing> find_approach(const sim::SafetyMap& safety, const anatomy::BodyIndex& body,
                                      const sim::ContactPatch& patch);

}  // namespace guide

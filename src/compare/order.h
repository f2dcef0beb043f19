// Whether structures lie one under the other as they should: rays from the skin inward meet a
// structure before one that it belongs under.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "anatomy/body.h"
#include "anatomy/side_by_side.h"

namespace compare {

// `deep` belongs under `cover` wherever both lie on one ray. Entries of the ontology, without side;
// the rule holds on each side.
struct CoverRule {
  std::string deep;
  std::string cover;
  std::vector<anatomy::SideBySide> beside{};  // not there; their `cover` is this one
};

struct OrderFinding {
  anatomy::StructureIndex structure = anatomy::kNone;
  float share = 0.0f;  // of its outward area, 0..1, that a ray meets before one of its covers
  anatomy::StructureIndex worst_cover = anatomy::kNone;  // most of that share
};

// One finding per usable structure that has a cover in the body, in the order of the structures.
//
// Points even over the structure's surface are looked at along the way to the nearest point of the
// touched surface (the skin, or an atlas's envelope): that way meets it as a ray from the skin
// along its normal does. Points where the ray has met the structure before are its inner side and
// do not count. A cover that the ray meets only afterwards counts where
// - no bone lies before it, and it begins within kOrderReach_m: else it lies elsewhere, on the
// other
//   side of the shoulder blade or of the neck;
// - the ray is about the cover's own shortest way to the skin, too: of two muscles side by side
//   (the heads of triceps) each is met first from its own side, and neither is wrong;
// - the rule does not say of this place that they lie beside each other.
std::vector<OrderFinding> measure_order(const anatomy::Body& body,
                                        std::span<const CoverRule> rules);

inline constexpr float kOrderReach_m = 0.05f;

}  // namespace compare

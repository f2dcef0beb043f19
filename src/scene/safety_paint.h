// Where and how hard one may press, painted on the skin: the regions of sim/safety.h as entries
// behind the segments in a body's tints. A no-go zone is hatched, not only coloured.
#pragma once

#include <array>
#include <cstdint>
#include <glm/vec4.hpp>
#include <span>
#include <vector>

#include "anatomy/body.h"
#include "session/session.h"

namespace scene {

// The classes of the legend, from forbidden to firm: limits up to this force, in newtons; the last
// one holds whatever is above.
inline constexpr std::array<float, 5> kLimitClasses = {0.0f, 30.0f, 60.0f, 80.0f, 1e6f};

// Index in kLimitClasses.
std::size_t limit_class(float force_limit_n);
// Linear; lighter where more force is allowed.
glm::vec3 limit_colour(std::size_t limit_class);

// Per vertex of one level of detail: its segment, or, on the skin, the number of segments plus the
// region that decides there.
std::vector<std::uint16_t> paint_regions(const anatomy::Body& body, std::size_t lod,
                                         const sim::SafetyMap& safety);

// One tint per region: colour, and how much it covers; one more than that where it is hatched.
// Where `shown` is false, only a region that the head comes near to is covered.
void append_region_tints(const session::Snapshot& snapshot, bool shown,
                         std::vector<glm::vec4>& tints);

}  // namespace scene

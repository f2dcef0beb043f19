// Cutting a muscle into its simulation cells. Metres.
#pragma once

#include <array>
#include <glm/vec3.hpp>
#include <span>
#include <vector>

#include "anatomy/body.h"

namespace anatomy {

// How far along its fibres every vertex of a muscle is, 0 .. 1, for each level of detail.
using FibreShares = std::array<std::vector<float>, kLodCount>;

// Cuts one muscle into segments of equal length, as near to 2.5 cm as goes, and fills
// vertex_segment of every level. `length_m` is what the shares are of. Stretches without vertices
// (a muscle in pieces) make no segment; centre and direction are means over the finest vertices.
// A muscle that has no vertices, or whose shares are empty, gets none.
void cut_segments(Body& body, StructureIndex index, float length_m, const FibreShares& shares);

// The longest direction of the points. Without fibres nobody knows where a muscle begins: it points
// away from the midline, else downward.
glm::vec3 find_straight_course(std::span<const glm::vec3> points_m);

}  // namespace anatomy

// Finds a placement's spot on one person. A placement names a place by landmarks; muscles, fat and
// bones lie differently on every body, so, as a therapist feels around the named place, the area
// that the placement gives is tried and the nearest spot is taken where the pressure reaches the
// muscles that it is for and nothing else is in the way (product.md, placements; science.md
// section 7). The test of placements checks the outcome by its own measure.
#pragma once

#include "guide/placement.h"
#include "sim/sim_model.h"

namespace guide {

struct PlacementFit {
  PlacementSpec placement;
  // How well it does there: the least share by which it exceeds what is asked of it. 0 just meets
  // it, 0.2 is a fifth more, below 0 it does not; a forbidden zone or a limit counts as -1. Of both
  // sides the worse one; a side that cannot be had does not count.
  float merit = 0.0f;
};

// The placement moved, within its area and by the same amounts on both sides, to where it does
// well. One that does well where it is stays there; so does one without an area. Costs a few
// milliseconds where the named place is good, some tenths of a second where it has to be sought.
PlacementFit fit_placement(const PlacementSpec& placement, const sim::SimModel& model,
                           const tool::ToolSpec& tool);

}  // namespace guide

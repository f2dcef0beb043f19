// How far a placement rolls to either side of its spot on one person: as far as its row says, but
// no further than where nobody should press, or where the place takes less than the placement's
// default force (product.md, placements; science.md section 7). What one side lacks, the other is
// given.
#pragma once

#include "guide/placement.h"
#include "guide/skin_path.h"
#include "sim/sim_model.h"

namespace guide {

// `placed` with the attachment that it holds; both sides 0 where the placed head itself is in the
// way of one.
StrokeReach find_stroke_reach(const PlacementSpec& placement, const tool::HeadPose& placed,
                              const tool::AttachmentSpec& attachment, const sim::SimModel& model);

}  // namespace guide

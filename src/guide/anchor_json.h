// An anchor as it stands in files (schemas backmate-placement and backmate-tender).
#pragma once

#include "data/json_file.h"
#include "guide/placement.h"

namespace guide {

// The fields of an anchor that fits its schema.
PlacementAnchor read_anchor(const data::Json& json);

}  // namespace guide

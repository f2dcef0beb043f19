// First step of the ruler: a rough net laid between a muscle's two ends, from even samples of a
// reference surface, for fit_net to improve. Metres.
#pragma once

#include "base/result.h"
#include "forge/fit_net.h"
#include "geom/surface.h"

namespace forge {

base::Result<geom::Net> lay_out_net(const geom::SurfaceSamples& samples, const FitOptions& options);

}  // namespace forge

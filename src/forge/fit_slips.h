// The ruler for muscles of slips: each described slip is moved to that part of a reference mesh
// which lies nearest to it, again and again until they share it out among them. Works where the
// reference has a piece for each slip as well as where it has fused them. Which slips there are
// stays a person's decision. Metres, body frame.
#pragma once

#include <span>
#include <vector>

#include "base/result.h"
#include "forge/fit_net.h"

namespace forge {

// The slips and, for an unpaired structure, their mirror images.
std::vector<geom::Net> with_mirror(std::span<const geom::Net> slips);

// `both_sides`: the reference is of an unpaired structure; its left half is looked at in the
// mirror, so that the figures are the mean of both. Fails in words on a mesh without area and where
// nothing of it lies near a slip.
base::Result<FitResult> fit_slips(const geom::Mesh& reference, std::span<const geom::Net> slips,
                                  bool both_sides, const FitOptions& options);

}  // namespace forge

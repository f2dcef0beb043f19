// The nerves and vessels of the built-in body, both sides, from assets/anatomy/nerves and vessels.
#pragma once

#include <span>
#include <vector>

#include "anatomy/ontology.h"
#include "base/result.h"
#include "forge/part.h"
#include "forge/strand_spec.h"

namespace forge {

// How deep a strand may still lie in a bone or disc once it has made way; more is a failure.
inline constexpr float kStrandInBone_m = 0.0003f;

// Tubes along the described points, which are found on `parts` (bones, discs, muscles as they are
// shown; a paired one's left side). Where a tube would touch a bone, a disc or a muscle of its
// `clear_of`, it makes way, smoothly. Fails in words, with structure, strand and point, when a
// point is bound to what the body does not have, two points lie on each other, a structure is not
// a nerve, artery or vein, or there is no way through.
base::Result<std::vector<Part>> build_strands(std::span<const StrandSpec> specs,
                                              const anatomy::Ontology& ontology,
                                              std::span<const Part> parts);

}  // namespace forge

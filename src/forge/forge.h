// The built-in body from its authored descriptions (assets/anatomy): muscles, bones, skin, joined
// into one Body and completed like an imported one (segments, landmarks, groups).
#pragma once

#include <filesystem>
#include <span>

#include "anatomy/ontology.h"
#include "base/result.h"
#include "forge/part.h"

namespace forge {

// Reads assets_dir/anatomy and assets_dir/schema. Fails in words (file, structure, field) when a
// description is wrong; never leaves a structure out silently.
base::Result<anatomy::Body> build_body(const std::filesystem::path& assets_dir);

// Puts finished parts into the shared arrays of a Body, in Bvh order, with smooth normals. A part
// whose entry the ontology does not know is a failure.
base::Result<anatomy::Body> assemble_body(const anatomy::Ontology& ontology,
                                          std::span<const Part> parts);

}  // namespace forge

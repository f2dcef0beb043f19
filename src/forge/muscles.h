// The muscles of the built-in body, both sides, from their nets in assets/anatomy/muscles. An
// unpaired one (interspinales, in the ontology) is one median part with both sides' slips in it.
#pragma once

#include <filesystem>
#include <span>
#include <vector>

#include "base/result.h"
#include "forge/muscle_spec.h"
#include "forge/part.h"

namespace forge {

// Distance between rows and columns of the meshes, per level of detail.
inline constexpr float kMuscleStep_m[anatomy::kLodCount] = {0.009f, 0.016f, 0.032f};

// Reads assets_dir/anatomy/muscles, puts every muscle below those it lies under, lays its ends on
// their bones, makes closed meshes with fibres and tendon, mirrors them to the left. Rows of small
// muscles (`series` in the ontology) have `along` run up the row. Fails like load_muscles.
base::Result<std::vector<Part>> build_muscles(const std::filesystem::path& assets_dir,
                                              std::span<const Part> bones);

// One muscle's right side.
Part build_muscle(const MuscleSpec& spec);

// Where one muscle lies under another (field `under`) and its net comes through, it is pushed in,
// smoothly. Unknown names are failures.
base::Status order_muscles(std::vector<MuscleSpec>& specs);

// Lays ends that lie within 6 mm of their bones on them (fading out to 12 mm; what is further away
// is meant so), the rows behind follow. Bones that `bones` lacks are failures.
base::Status attach_muscles(std::vector<MuscleSpec>& specs, std::span<const Part> bones);

// Order again, of finished meshes at all levels of detail and seen along the ways from the skin
// inward: where a muscle of the right side is met up to 8 mm before one of those it lies under, it
// sinks in with what is within 4 mm, fading out to 13; by 6 mm at most. `bones` end a way; places
// that are `beside` are left alone. The left side becomes the mirror of the right. Expects names
// and chains of `under` that order_muscles has accepted.
void sink_muscles(std::span<Part> muscles, std::span<const Part* const> bones,
                  const geom::Mesh& skin);

}  // namespace forge

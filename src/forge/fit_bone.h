// The ruler for bones: moves, sizes and turns the parts that a description already names until the
// bone's surface and a reference mesh agree as well as they will. Which parts there are stays a
// person's decision. What comes out are rounded figures, not a copy of the mesh.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "base/result.h"
#include "geom/mesh.h"

namespace forge {

struct BoneFitOptions {
  int rounds = 6;         // over all figures, with steps of 2 mm and 8 degrees at first, then finer
  float round_mm = 0.5f;  // of places and sizes; angles to whole degrees
};

struct BoneFit {
  nlohmann::json bone;  // one entry of "bones" in a file of format backmate-bone
  float before_m =
      0.0f;  // mean symmetric distance of the built mesh, as `backmate compare` takes it
  float after_m = 0.0f;
};

// `bone` has passed its schema; `reference` is in the body frame and on the side that is authored
// (the left one of a pair). Fails in words where the bone cannot be built or the mesh is empty.
base::Result<BoneFit> fit_bone(const nlohmann::json& bone, const geom::Mesh& reference,
                               const BoneFitOptions& options = {});

// The entry as the files in assets/anatomy/bones have it: one part a line.
std::string bone_to_text(const nlohmann::json& bone);

}  // namespace forge

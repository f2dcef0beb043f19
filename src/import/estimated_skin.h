// A skin for an atlas that has none, wrapped as the built-in body's is (forge/skin.h, skin.json):
// over the atlas' structures, the volumes of fat, throat, face and belly that no structure fills,
// and muscles and ligaments of the built-in body that the atlas lacks, as far outside as skin and
// fat are thick in each region. What comes from the built-in body is brought to the atlas by the
// structures that both have, and only where enough of them are: a shoulder gets a shoulder's skin,
// no head.
#pragma once

#include <memory>

#include "anatomy/body.h"
#include "base/progress.h"
#include "base/result.h"
#include "data/resources.h"
#include "forge/skin.h"

namespace atlas {

struct SkinRecipe {
  forge::SkinSpec spec;
  std::shared_ptr<const anatomy::Body> builtin;  // at least its coarsest level of detail
};
base::Result<SkinRecipe> load_skin_recipe(const data::ResourceDirs& resources);

// Closed, Bvh-ordered, with normals; pieces that stand apart are wrapped on their own. Reads levels
// 0 and 1 of the usable structures. Empty where they have no surface, and when it is cancelled.
// Reports its part of the progress from `from` to `to`.
geom::Mesh estimate_skin(const SkinRecipe& recipe, const anatomy::Body& body,
                         base::Progress& progress, float from, float to);

// As the last structure, `skin`, named "Skin (estimated)", at all levels of detail, and as the
// contact surface. Once it is cancelled it stops, half done.
void add_estimated_skin(const SkinRecipe& recipe, geom::Mesh skin, anatomy::Body& body,
                        const base::Progress& progress);

}  // namespace atlas

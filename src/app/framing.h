// What the standard views show: the head and the trunk down to the fold of the buttocks, where the
// tool is at home. Pure.
#pragma once

#include "anatomy/body.h"

namespace app {

// Metres. Every usable structure; cut below the buttocks where the body's landmarks tell where they
// are, so that cut thighs take no room in the picture.
geom::Aabb find_trunk_box(const anatomy::BodyIndex& body);

}  // namespace app

// Where the head rests when a person opens the program: the base of the neck, between C7 and T2
// (product.md, placement neck_base). A body that lacks those landmarks gets a sensible place on its
// back.
#pragma once

#include "anatomy/body.h"

namespace session {

// A point near the skin; tool::pose_on_skin puts it on the skin.
glm::vec3 find_start_target(const anatomy::BodyIndex& body);

}  // namespace session

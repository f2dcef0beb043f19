// Hands and arms as plain limbs, for head_parts.cpp. What touches is the ball of the attachment.
#pragma once

#include <vector>

#include "scene/head_parts.h"

namespace scene {

// By the attachment's look: thumb, knuckle or elbow.
void add_hand(const tool::AttachmentSpec& attachment, std::vector<HeadPart>& parts);

}  // namespace scene

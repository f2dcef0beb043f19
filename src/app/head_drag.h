// How a pointer meets the tool: pure geometry. Which part of it is under a pixel, where a dragged
// head goes (on the body under the pointer, or at the nearest silhouette where the pointer has left
// it), and how far a drag on the ring turns it.
#pragma once

#include <glm/vec2.hpp>
#include <optional>

#include "draw/camera.h"
#include "scene/scene.h"
#include "session/session.h"

namespace app {

enum class ToolPart { kNone, kHead, kRing };

// What a press at this pixel takes hold of. A head hidden behind the body is not taken by accident.
ToolPart find_tool_part(const session::Snapshot& snapshot, const draw::Camera& camera,
                        glm::vec2 viewport_px, glm::vec2 pixel);

// Between the press and the head's skin point on screen; kept during the drag, so that the head
// does not jump to the pointer.
glm::vec2 find_grab_offset(const session::Snapshot& snapshot, const draw::Camera& camera,
                           glm::vec2 viewport_px, glm::vec2 pixel);

// The surface point for a drag to this pixel; always one.
glm::vec3 find_drag_target(const session::Snapshot& snapshot, const draw::Camera& camera,
                           glm::vec2 viewport_px, glm::vec2 pixel);

// Angle about the ring's centre of the point under the pixel, right-handed about its normal;
// nothing when the ring is seen edge on.
std::optional<float> find_ring_angle(const scene::HandleRing& ring, const draw::Camera& camera,
                                     glm::vec2 viewport_px, glm::vec2 pixel);

// Half-turn symmetric angles (a bar has two equal ends) brought into [-90, 90] degrees, with the
// tool's soft snaps.
base::Radians settle_angle(float radians, const tool::ToolSpec& tool);

}  // namespace app

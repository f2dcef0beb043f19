// How a camera answers to hands: pure functions from camera to camera. Pixels from the top left of
// the viewport, metres, radians.
#pragma once

#include <glm/vec2.hpp>
#include <glm/vec3.hpp>

#include "draw/camera.h"

namespace draw {

inline constexpr float kMinDistance = 0.08f;
inline constexpr float kMaxDistance = 8.0f;
inline constexpr float kEaseSeconds = 0.15f;

// Turns about the pivot as if the body were a ball under the cursor; pitch stays within 90 degrees.
Camera orbit(const Camera& camera, glm::vec2 delta_px, glm::vec2 viewport_px);

// Moves pivot and eye so that a point at `depth_m` from the eye (0: the pivot's depth) follows the
// cursor exactly.
Camera pan(const Camera& camera, glm::vec2 delta_px, glm::vec2 viewport_px, float depth_m = 0.0f);

// Scales the distance by `factor` (< 1 nearer). What lies under the cursor, at `anchor_m`, stays
// under it; within kMinDistance .. kMaxDistance.
Camera zoom_about(const Camera& camera, glm::vec3 anchor_m, float factor);
// The anchor is where the cursor's ray meets the plane through the pivot that faces the eye.
Camera zoom_to_cursor(const Camera& camera, glm::vec2 cursor_px, glm::vec2 viewport_px,
                      float factor);

// Between two cameras, t in [0, 1], eased in and out: the short way round, distances as ratios.
Camera ease(const Camera& from, const Camera& to, float t);

}  // namespace draw

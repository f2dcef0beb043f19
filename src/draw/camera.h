// An orbit camera as data: looks at a pivot from a distance, never rolls, pitch within 90 degrees.
// Metres, radians, body frame. yaw 0 looks at the chest from the front (camera on +Z), pi/2 at the
// subject's left side, pi at the back; positive pitch looks down from above.
#pragma once

#include <glm/mat4x4.hpp>
#include <glm/vec2.hpp>
#include <glm/vec3.hpp>
#include <optional>
#include <string_view>

#include "geom/mesh.h"

namespace draw {

struct Camera {
  glm::vec3 pivot_m{0.0f, 1.25f, 0.0f};
  float distance_m = 1.6f;
  float yaw_rad = 3.14159265f;
  float pitch_rad = 0.0f;
  float vertical_fov_rad = 0.5f;
  // Where in the picture the pivot appears, in clip units (0: the middle), like a shifted lens:
  // panels may cover a part of the picture.
  glm::vec2 centre_ndc{0.0f};

  glm::vec3 eye_m() const;
  glm::vec3 forward() const;  // unit, from the eye to the pivot
  glm::vec3 right() const;    // unit, horizontal
  glm::vec3 up() const;       // unit, defined at the poles too

  glm::mat4 view() const;
  glm::mat4 projection(float aspect) const;  // OpenGL clip space, near and far follow the distance

  // Pixels from the top left of a viewport of this size. ray_through(project(p)) passes through p.
  geom::Ray ray_through(glm::vec2 pixel, glm::vec2 viewport_px) const;
  // A point behind the eye has no picture: NaN.
  glm::vec2 project(glm::vec3 point_m, glm::vec2 viewport_px) const;

  bool operator==(const Camera&) const = default;
};

enum class StandardView { kBack, kFront, kLeft, kRight, kTop, kThreeQuarter };
// The words used in files and options: "back", "front", "left", "right", "top", "three-quarter".
std::optional<StandardView> standard_view_from_string(std::string_view text);

// The standard view with a pivot and distance that show the whole box with a margin.
Camera make_standard_view(StandardView view, const geom::Aabb& box, float aspect);
// Keeps the direction, moves pivot and distance so that the box fills the view. An empty box
// changes nothing.
Camera frame_box(const Camera& camera, const geom::Aabb& box, float aspect);

}  // namespace draw

// Where the head is: a point of the undeformed skin, the outward normal that the head feels there,
// the angle of its bar in the tangent plane and its pitch about the bar.
//
// The angle is measured from body +X projected on the tangent plane (+Z where |normal.x| > 0.9),
// right-handed about the normal. Pitch turns the head about its own bar axis (-90 deg: the arm
// comes from straight above, 0: from behind, horizontally); balls spin freely about that axis, so
// pitch moves the arm and not the contacts of a ball head.
#pragma once

#include <glm/mat3x3.hpp>
#include <glm/vec3.hpp>

#include "anatomy/body.h"
#include "base/quantity.h"
#include "tool/attachment.h"

namespace tool {

struct HeadPose {
  glm::vec3 position_m{0.0f};
  glm::vec3 normal{0.0f, 0.0f, -1.0f};
  base::Radians angle;
  base::Radians pitch;
};

// The zero direction of the head angle for a normal: unit, in the tangent plane.
glm::vec3 reference_direction(glm::vec3 normal);

// Columns: bar axis, rolling direction, outward normal. Right-handed, orthonormal.
glm::mat3 head_frame(const HeadPose& pose);

// Puts the head on the skin point nearest to `target_m`; the normal is the mean over the
// attachment's footprint, so that the head follows the body's curvature without jitter. Never
// fails: a body always has a nearest point.
HeadPose pose_on_skin(const anatomy::BodyIndex& body, glm::vec3 target_m, base::Radians angle,
                      base::Radians pitch, const AttachmentSpec& attachment);

}  // namespace tool

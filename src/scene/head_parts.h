// The solids that an attachment is drawn with, in the head frame (tool/attachment.h): balls or a
// roller on the axle, yoke and arm of a Backmate head, loose tools, and hands kept as plain as a
// wooden figure's. Metres.
#pragma once

#include <vector>

#include "draw/draw_list.h"
#include "geom/mesh.h"
#include "tool/attachment.h"

namespace scene {

struct HeadPart {
  enum class Frame : std::uint8_t {
    kHead,     // follows the head's tilt
    kRolling,  // and turns about the bar as it rolls, about `at_m`
    kArm       // follows the pitch instead: z along the arm
  };
  geom::Mesh mesh;
  glm::vec3 colour{0.5f};
  draw::Material material = draw::Material::kPlastic;
  Frame frame = Frame::kHead;
  glm::vec3 at_m{0.0f};
};
std::vector<HeadPart> make_head_parts(const tool::AttachmentSpec& attachment, float bar_diameter_m);

struct HeadSize {
  float half_width_m = 0.0f;   // of what touches, along the bar
  float ball_radius_m = 0.0f;  // of the largest ball
  float rest_m = 0.0f;         // from the head's origin down to its lowest point
};
HeadSize find_head_size(const tool::AttachmentSpec& attachment);

}  // namespace scene

#include "render/frame_block.h"

#include <algorithm>
#include <glm/geometric.hpp>

namespace render {

FrameBlock make_frame_block(const draw::DrawList& list, const draw::Camera& camera, float aspect) {
  FrameBlock block;
  block.view_projection = camera.projection(aspect) * camera.view();
  block.eye = glm::vec4(camera.eye_m(), 1.0f);
  const glm::vec3 r = camera.right();
  const glm::vec3 u = camera.up();
  const glm::vec3 back = -camera.forward();
  // Key from the upper left (the convention of anatomical plates), fill low from the right, rim
  // from behind and above.
  block.key = glm::vec4(glm::normalize(-0.62f * r + 0.66f * u + 0.62f * back), 0.0f);
  block.fill = glm::vec4(glm::normalize(0.85f * r - 0.05f * u + 0.55f * back), 0.0f);
  block.rim = glm::vec4(glm::normalize(0.35f * r + 0.75f * u - 0.55f * back), 0.0f);
  const glm::vec3 n = list.cut.normal;
  block.cut = glm::vec4(n, -glm::dot(n, list.cut.point_m));
  block.cut_at = glm::vec4(list.cut.focus_m, 1.0f);
  const std::size_t count = std::min<std::size_t>(list.dents.size(), draw::kMaxDents);
  std::size_t active = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const draw::Dent& dent = list.dents[i];
    if (!(dent.depth_m > 0.0f) || !(dent.reach_m > 0.0f)) continue;
    glm::vec4* to = &block.dents[4 * active++];
    to[0] = glm::vec4(dent.point_m, dent.depth_m);
    to[1] = glm::vec4(dent.normal, dent.radius_m);
    to[2] = glm::vec4(dent.ball_centre_m, dent.ball_radius_m);
    to[3] = glm::vec4(dent.reach_m, dent.share, 0.0f, 0.0f);
  }
  block.counts.x = static_cast<float>(active);
  return block;
}

void FrameBuffer::update(const FrameBlock& block) {
  if (!buffer_) buffer_ = make_buffer();
  glBindBuffer(GL_UNIFORM_BUFFER, buffer_.name());
  glBufferData(GL_UNIFORM_BUFFER, sizeof(FrameBlock), &block, GL_DYNAMIC_DRAW);
  glBindBufferBase(GL_UNIFORM_BUFFER, 0, buffer_.name());
}

}  // namespace render

// The uniform block "Frame" of every surface shader (shaders/common/frame.glsl, std140): camera,
// lights, dents.
#pragma once

#include <array>
#include <glm/mat4x4.hpp>
#include <glm/vec4.hpp>

#include "draw/camera.h"
#include "draw/draw_list.h"
#include "render/gl/objects.h"

namespace render {

struct FrameBlock {
  glm::mat4 view_projection{1.0f};
  glm::vec4 eye{0.0f};
  // Unit, towards the light, in the body frame. The studio turns with the camera, so that every
  // view is a well-lit plate.
  glm::vec4 key{0.0f};
  glm::vec4 fill{0.0f};
  glm::vec4 rim{0.0f};
  glm::vec4 counts{0.0f};  // x: dents
  glm::vec4 cut{0.0f};     // normal, offset
  glm::vec4 cut_at{0.0f};  // what it is about
  // Per dent: point and depth; normal and contact radius; ball centre and radius; reach and share.
  std::array<glm::vec4, 4 * draw::kMaxDents> dents{};
};

FrameBlock make_frame_block(const draw::DrawList& list, const draw::Camera& camera, float aspect);

// The block on the GPU, bound to binding point 0.
class FrameBuffer {
 public:
  void update(const FrameBlock& block);

 private:
  Buffer buffer_;
};

}  // namespace render

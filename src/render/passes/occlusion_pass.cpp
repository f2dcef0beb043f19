#include <cmath>

#include "render/passes/passes.h"

namespace render {
namespace {

// Crevices between muscles are a few millimetres wide; larger radii would shade whole limbs.
constexpr float kRadiusMetres = 0.016f;

void set_depth_uniforms(const Frame& frame) {
  const float aspect =
      static_cast<float>(frame.options.width) / static_cast<float>(frame.options.height);
  const glm::mat4 p = frame.camera.projection(aspect);
  const float half = std::tan(0.5f * frame.camera.vertical_fov_rad);
  // Eye-space depth = y / (x - depth_in_0_1 * 2 + 1), and the size of the picture at depth 1.
  glUniform4f(frame.shaders.location("u_depth"), p[2][2], p[3][2], half * aspect, half);
}

// The same part of a picture of another size, and a few texels around it for those who read their
// neighbours.
void scissor(const Frame& frame, const Rectangle& at, int width, int height) {
  constexpr int kMargin = 4;
  const int x = at.x * width / frame.options.width - kMargin;
  const int y = at.y * height / frame.options.height - kMargin;
  glScissor(x, y, at.width * width / frame.options.width + 2 * kMargin,
            at.height * height / frame.options.height + 2 * kMargin);
}

}  // namespace

void render_occlusion(const Frame& frame, const Rectangle& occupied) {
  frame.targets.resolve_depth();
  glActiveTexture(GL_TEXTURE0);
  glBindTexture(GL_TEXTURE_2D, frame.targets.depth_texture());

  glBindFramebuffer(GL_FRAMEBUFFER, frame.targets.occlusion());
  const int width = frame.targets.occlusion_width();
  const int height = frame.targets.occlusion_height();
  glViewport(0, 0, width, height);
  glClearColor(1.0f, 1.0f, 1.0f, 1.0f);
  glClear(GL_COLOR_BUFFER_BIT);
  glEnable(GL_SCISSOR_TEST);
  scissor(frame, occupied, width, height);
  frame.shaders.use("occlusion");
  set_depth_uniforms(frame);
  glUniform1i(frame.shaders.location("u_depth_map"), 0);
  glUniform1f(frame.shaders.location("u_radius"), kRadiusMetres);
  draw_fullscreen(frame);

  glBindFramebuffer(GL_FRAMEBUFFER, frame.targets.smooth_occlusion());
  frame.shaders.use("occlusion_blur");
  glBindTexture(GL_TEXTURE_2D, frame.targets.occlusion_texture());
  glUniform1i(frame.shaders.location("u_occlusion"), 0);
  draw_fullscreen(frame);

  glBindFramebuffer(GL_FRAMEBUFFER, frame.targets.scene_colour());
  glViewport(0, 0, frame.targets.width(), frame.targets.height());
  scissor(frame, occupied, frame.targets.width(), frame.targets.height());
  glActiveTexture(GL_TEXTURE1);
  glBindTexture(GL_TEXTURE_2D, frame.targets.smooth_occlusion_texture());
  glActiveTexture(GL_TEXTURE0);
  glBindTexture(GL_TEXTURE_2D, frame.targets.depth_texture());
  frame.shaders.use("occlusion_apply");
  glUniform1i(frame.shaders.location("u_occlusion"), 1);
  glUniform1i(frame.shaders.location("u_depth_map"), 0);
  glEnable(GL_BLEND);
  glBlendFunc(GL_DST_COLOR, GL_ZERO);
  draw_fullscreen(frame);
  glDisable(GL_BLEND);
  glDisable(GL_SCISSOR_TEST);
  glBindFramebuffer(GL_FRAMEBUFFER, frame.targets.scene());
}

}  // namespace render

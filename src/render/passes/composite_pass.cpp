#include <algorithm>
#include <cmath>

#include "render/passes/passes.h"

namespace render {
namespace {

void draw_with(const Composite& composite, ShaderLibrary& shaders, const char* program) {
  shaders.use(program);
  glUniform1i(shaders.location("u_scene"), 0);
  glUniform1i(shaders.location("u_mask"), 1);
  glUniform2f(shaders.location("u_pixel"), 1.0f / static_cast<float>(composite.width),
              1.0f / static_cast<float>(composite.height));
  glDrawArrays(GL_TRIANGLES, 0, 3);
}

}  // namespace

Rectangle find_occupied(const Frame& frame) {
  const glm::vec2 viewport(frame.options.width, frame.options.height);
  glm::vec2 low = viewport;
  glm::vec2 high(0.0f);
  const auto add_box = [&](const geom::Aabb& box, const glm::mat4& transform) {
    for (int corner = 0; corner < 8; ++corner) {
      const glm::vec3 p((corner & 1) != 0 ? box.max.x : box.min.x,
                        (corner & 2) != 0 ? box.max.y : box.min.y,
                        (corner & 4) != 0 ? box.max.z : box.min.z);
      const glm::vec2 at =
          frame.camera.project(glm::vec3(transform * glm::vec4(p, 1.0f)), viewport);
      if (std::isnan(at.x)) {
        // A corner behind the eye: the box may reach anywhere.
        low = glm::vec2(0.0f);
        high = viewport;
        return;
      }
      low = glm::min(low, at);
      high = glm::max(high, at);
    }
  };
  if (!frame.list.body.mesh.indices.empty()) {
    add_box(frame.meshes.find_or_upload(frame.list.body.mesh).bounds_m, glm::mat4(1.0f));
  }
  for (const draw::SolidDraw& solid : frame.list.solids) {
    if (solid.mesh.indices.empty()) continue;
    add_box(frame.meshes.find_or_upload(solid.mesh).bounds_m, solid.transform);
  }
  low = glm::clamp(low - 3.0f, glm::vec2(0.0f), viewport);
  high = glm::clamp(high + 3.0f, glm::vec2(0.0f), viewport);
  Rectangle r;
  r.x = static_cast<int>(low.x);
  r.y = static_cast<int>(viewport.y - high.y);
  r.width = std::max(0, static_cast<int>(std::ceil(high.x)) - r.x);
  r.height = std::max(0, static_cast<int>(std::ceil(viewport.y - low.y)) - r.y);
  return r;
}

void render_composite(const Composite& composite, ShaderLibrary& shaders,
                      const RenderTargets& targets, const VertexArray& fullscreen,
                      unsigned framebuffer) {
  targets.resolve_colour();
  glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
  glViewport(0, 0, composite.width, composite.height);
  glBindVertexArray(fullscreen.name());
  glActiveTexture(GL_TEXTURE1);
  glBindTexture(GL_TEXTURE_2D, targets.mask_texture());
  glActiveTexture(GL_TEXTURE0);
  glBindTexture(GL_TEXTURE_2D, targets.colour_texture());
  draw_with(composite, shaders, "composite");
  // Multisampled pictures have no stairs; pictures that are filtered up have soft ones.
  const bool smooth = composite.samples <= 1 && targets.width() == composite.width;
  if (!smooth && !composite.has_mask) return;
  const Rectangle& at = composite.occupied;
  glEnable(GL_SCISSOR_TEST);
  glScissor(at.x, at.y, at.width, at.height);
  if (smooth) {
    draw_with(composite, shaders,
              composite.has_mask ? "composite_smooth_outline" : "composite_smooth");
  } else {
    draw_with(composite, shaders, "composite_outline");
  }
  glDisable(GL_SCISSOR_TEST);
}

}  // namespace render

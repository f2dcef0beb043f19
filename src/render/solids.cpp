#include "render/solids.h"

#include <glm/gtc/type_ptr.hpp>

namespace render {

void draw_solid(const Frame& frame, const draw::SolidDraw& solid) {
  if (solid.mesh.indices.empty() || solid.opacity <= 0.0f) return;
  const GpuMesh& mesh = frame.meshes.find_or_upload(solid.mesh);
  // Handles and heads of glass show where something is, not what it is made of.
  const bool cut = frame.list.cut.on() && !solid.on_top && solid.opacity >= 0.999f;
  frame.shaders.use(cut ? "solid_cut" : "solid");
  if (cut) glDisable(GL_CULL_FACE);
  glUniformMatrix4fv(frame.shaders.location("u_transform"), 1, GL_FALSE,
                     glm::value_ptr(solid.transform));
  glUniform4f(frame.shaders.location("u_colour"), solid.colour.r, solid.colour.g, solid.colour.b,
              solid.opacity);
  glUniform1i(frame.shaders.location("u_material"), static_cast<GLint>(solid.material));
  glBindVertexArray(mesh.vertex_array.name());
  glDrawElements(GL_TRIANGLES, mesh.index_count, GL_UNSIGNED_INT, nullptr);
  if (cut) glEnable(GL_CULL_FACE);
}

}  // namespace render

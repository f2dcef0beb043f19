#include "render/solids.h"

#include <glm/gtc/type_ptr.hpp>

namespace render {

void draw_solid(const Frame& frame, const draw::SolidDraw& solid) {
  if (solid.mesh.indices.empty() || solid.opacity <= 0.0f) return;
  const GpuMesh& mesh = frame.meshes.find_or_upload(solid.mesh);
  frame.shaders.use("solid");
  glUniformMatrix4fv(frame.shaders.location("u_transform"), 1, GL_FALSE,
                     glm::value_ptr(solid.transform));
  glUniform4f(frame.shaders.location("u_colour"), solid.colour.r, solid.colour.g, solid.colour.b,
              solid.opacity);
  glUniform1i(frame.shaders.location("u_material"), static_cast<GLint>(solid.material));
  glBindVertexArray(mesh.vertex_array.name());
  glDrawElements(GL_TRIANGLES, mesh.index_count, GL_UNSIGNED_INT, nullptr);
}

}  // namespace render

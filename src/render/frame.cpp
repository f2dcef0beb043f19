#include "render/frame.h"

#include <algorithm>

namespace render {
namespace {

bool belongs(const draw::StructureStyle& style, BodyPart part) {
  switch (part) {
    case BodyPart::kOpaque:
      return style.opacity >= 0.999f;
    case BodyPart::kTranslucent:
      return style.opacity > 0.0f && style.opacity < 0.999f;
    case BodyPart::kOutlined:
      return style.opacity > 0.0f && style.outline > 0.0f;
  }
  return false;
}

}  // namespace

void draw_fullscreen(const Frame& frame) {
  glBindVertexArray(frame.fullscreen.name());
  glDrawArrays(GL_TRIANGLES, 0, 3);
}

std::vector<std::size_t> find_structures(const draw::BodyDraw& body, BodyPart part) {
  std::vector<std::size_t> found;
  const std::size_t count = std::min(body.styles.size(), body.ranges.size());
  for (std::size_t i = 0; i < count; ++i) {
    if (body.ranges[i].count > 0 && belongs(body.styles[i], part)) found.push_back(i);
  }
  return found;
}

void draw_structures(const Frame& frame, std::span<const std::size_t> structures) {
  const draw::BodyDraw& body = frame.list.body;
  if (body.mesh.indices.empty() || structures.empty()) return;
  const GpuMesh& mesh = frame.meshes.find_or_upload(body.mesh);
  frame.styles.bind();
  glUniform1i(frame.shaders.location("u_styles"), 0);
  glUniform1i(frame.shaders.location("u_tints"), 1);
  glUniform1i(frame.shaders.location("u_use_tints"), frame.styles.has_tints() ? 1 : 0);
  glBindVertexArray(mesh.vertex_array.name());
  for (const std::size_t structure : structures) {
    const draw::IndexRange& range = body.ranges[structure];
    glDrawElements(GL_TRIANGLES, static_cast<GLsizei>(range.count), GL_UNSIGNED_INT,
                   reinterpret_cast<const void*>(range.first * sizeof(std::uint32_t)));
  }
}

}  // namespace render

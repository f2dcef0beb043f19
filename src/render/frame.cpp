#include "render/frame.h"

#include <algorithm>

namespace render {
namespace {

bool belongs(const draw::StructureStyle& style, BodyPart part) {
  const bool glass = style.opacity > 0.0f && style.opacity < 0.999f;
  const bool skin = style.material == draw::Material::kSkin;
  switch (part) {
    case BodyPart::kOpaque:
      return style.opacity >= 0.999f;
    case BodyPart::kGlass:
      return glass && !skin;
    case BodyPart::kGlassSkin:
      return glass && skin;
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

std::span<const std::size_t> find_structures(const Frame& frame, BodyPart part) {
  const draw::BodyDraw& body = frame.list.body;
  std::vector<std::size_t>& found = frame.scratch.structures;
  found.clear();
  const std::size_t count = std::min(body.styles.size(), body.ranges.size());
  for (std::size_t i = 0; i < count; ++i) {
    if (body.ranges[i].count > 0 && belongs(body.styles[i], part)) found.push_back(i);
  }
  return found;
}

void draw_structures(const Frame& frame, std::span<const std::size_t> structures, int calls) {
  const draw::BodyDraw& body = frame.list.body;
  if (body.mesh.indices.empty() || structures.empty()) return;
  const GpuMesh& mesh = frame.meshes.find_or_upload(body.mesh);
  frame.styles.bind();
  glUniform1i(frame.shaders.location("u_styles"), 0);
  glUniform1i(frame.shaders.location("u_tints"), 1);
  glUniform1i(frame.shaders.location("u_use_tints"), frame.styles.has_tints() ? 1 : 0);
  glBindVertexArray(mesh.vertex_array.name());
  DrawScratch& scratch = frame.scratch;
  std::uint32_t total = 0;
  for (const std::size_t structure : structures) total += body.ranges[structure].count;
  // One call may be left over.
  const auto whole = static_cast<std::uint32_t>(std::max(1, calls - 1));
  const std::uint32_t piece = 3 * (total / (3 * whole) + 1);
  std::uint32_t gathered = 0;
  const auto flush = [&] {
    if (scratch.counts.empty()) return;
    glMultiDrawElements(GL_TRIANGLES, scratch.counts.data(), GL_UNSIGNED_INT,
                        scratch.offsets.data(), static_cast<GLsizei>(scratch.counts.size()));
    ++scratch.body_draw_calls;
    scratch.counts.clear();
    scratch.offsets.clear();
    gathered = 0;
  };
  scratch.counts.clear();
  scratch.offsets.clear();
  for (const std::size_t structure : structures) {
    draw::IndexRange left = body.ranges[structure];
    while (left.count > 0) {
      const std::uint32_t count = std::min(left.count, piece - gathered);
      scratch.counts.push_back(static_cast<GLsizei>(count));
      scratch.offsets.push_back(reinterpret_cast<const void*>(left.first * sizeof(std::uint32_t)));
      left.first += count;
      left.count -= count;
      gathered += count;
      if (gathered == piece) flush();
    }
  }
  flush();
}

}  // namespace render

#include "render/frame.h"

#include <algorithm>

namespace render {
namespace {

constexpr std::size_t kMaxDraws = 48;

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

std::vector<draw::IndexRange> find_body_ranges(const draw::BodyDraw& body, BodyPart part) {
  std::vector<draw::IndexRange> ranges;
  const std::size_t count = std::min(body.styles.size(), body.ranges.size());
  for (std::size_t i = 0; i < count; ++i) {
    if (body.ranges[i].count > 0 && belongs(body.styles[i], part)) {
      ranges.push_back(body.ranges[i]);
    }
  }
  std::sort(ranges.begin(), ranges.end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<draw::IndexRange> merged;
  for (std::uint32_t gap = 0;; gap = gap == 0 ? 1024 : 4 * gap) {
    merged.clear();
    for (const draw::IndexRange& range : ranges) {
      if (!merged.empty() && range.first - (merged.back().first + merged.back().count) <= gap) {
        merged.back().count = range.first + range.count - merged.back().first;
      } else {
        merged.push_back(range);
      }
    }
    if (merged.size() <= kMaxDraws) return merged;
  }
}

void draw_body(const Frame& frame, BodyPart part) {
  const draw::BodyDraw& body = frame.list.body;
  if (body.mesh.indices.empty()) return;
  const GpuMesh& mesh = frame.meshes.find_or_upload(body.mesh);
  frame.styles.bind();
  glUniform1i(frame.shaders.location("u_styles"), 0);
  glUniform1i(frame.shaders.location("u_tints"), 1);
  glUniform1i(frame.shaders.location("u_part"), static_cast<GLint>(part));
  glUniform1i(frame.shaders.location("u_use_tints"), frame.styles.has_tints() ? 1 : 0);
  glBindVertexArray(mesh.vertex_array.name());
  for (const draw::IndexRange& range : find_body_ranges(body, part)) {
    glDrawElements(GL_TRIANGLES, static_cast<GLsizei>(range.count), GL_UNSIGNED_INT,
                   reinterpret_cast<const void*>(range.first * sizeof(std::uint32_t)));
  }
}

}  // namespace render

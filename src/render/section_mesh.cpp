#include "render/section_mesh.h"

#include <cstddef>

namespace render {
namespace {

static_assert(sizeof(draw::CutCorner) == 28 && offsetof(draw::CutCorner, living) == 24,
              "colour and living are one attribute");

}  // namespace

void SectionMesh::update(std::span<const draw::CutCorner> face) {
  count_ = static_cast<GLsizei>(face.size());
  if (face.empty()) return;
  const bool fresh = !vertices_;
  if (fresh) {
    vertex_array_ = make_vertex_array();
    vertices_ = make_buffer();
  }
  glBindVertexArray(vertex_array_.name());
  glBindBuffer(GL_ARRAY_BUFFER, vertices_.name());
  glBufferData(GL_ARRAY_BUFFER, static_cast<GLsizeiptr>(face.size_bytes()), face.data(),
               GL_STREAM_DRAW);
  if (fresh) {
    const auto at = [](std::size_t bytes) { return reinterpret_cast<const void*>(bytes); };
    glEnableVertexAttribArray(0);
    glVertexAttribPointer(0, 3, GL_FLOAT, GL_FALSE, sizeof(draw::CutCorner), at(0));
    glEnableVertexAttribArray(1);
    glVertexAttribPointer(1, 4, GL_FLOAT, GL_FALSE, sizeof(draw::CutCorner),
                          at(offsetof(draw::CutCorner, colour)));
  }
  glBindVertexArray(0);
}

void SectionMesh::draw() const {
  glBindVertexArray(vertex_array_.name());
  glDrawArrays(GL_TRIANGLES, 0, count_);
}

}  // namespace render

// The face of a cut on the GPU: it follows the head, so it is uploaded whenever it is drawn.
#pragma once

#include <span>

#include "draw/draw_list.h"
#include "render/gl/objects.h"

namespace render {

class SectionMesh {
 public:
  void update(std::span<const draw::CutCorner> face);
  // With the program in use.
  void draw() const;

 private:
  VertexArray vertex_array_;
  Buffer vertices_;
  GLsizei count_ = 0;
};

}  // namespace render

// The grid of a draw::GroundShadow as a texture, uploaded when it changes.
#pragma once

#include <cstdint>

#include "draw/draw_list.h"
#include "render/gl/objects.h"

namespace render {

class GroundTexture {
 public:
  void update(const draw::GroundShadow& shadow);
  GLuint name() const { return texture_.name(); }

 private:
  Texture texture_;
  std::uint64_t version_ = 0;
};

}  // namespace render

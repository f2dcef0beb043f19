#include "render/ground_texture.h"

namespace render {

void GroundTexture::update(const draw::GroundShadow& shadow) {
  if (shadow.cover.empty() || (texture_ && version_ == shadow.version)) return;
  if (!texture_) texture_ = make_texture(GL_LINEAR);
  glBindTexture(GL_TEXTURE_2D, texture_.name());
  glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
  glTexImage2D(GL_TEXTURE_2D, 0, GL_R8, shadow.columns, shadow.rows, 0, GL_RED, GL_UNSIGNED_BYTE,
               shadow.cover.data());
  glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
  version_ = shadow.version;
}

}  // namespace render

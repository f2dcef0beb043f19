// What the vertex shader looks up per structure and per segment, as small textures that are
// uploaded only when their contents change.
//
// Style texture, RGBA32F, 3 texels wide, one row per structure:
//   0: linear colour, opacity   1: highlight, outline, material number, deforms   2: centre, seed
// Tint texture, RGBA32F, kTintWidth wide: one texel per segment, colour and how much it replaces.
#pragma once

#include <span>
#include <vector>

#include "draw/draw_list.h"
#include "render/gl/objects.h"

namespace render {

class StyleTextures {
 public:
  static constexpr int kStyleWidth = 3;
  static constexpr int kTintWidth = 256;

  // centres: one per structure, may be shorter.
  void update(std::span<const draw::StructureStyle> styles, std::span<const glm::vec3> centres,
              std::span<const glm::vec4> tints);
  // Binds styles to unit 0, tints to unit 1.
  void bind() const;
  bool has_tints() const { return has_tints_; }

 private:
  Texture styles_;
  Texture tints_;
  std::vector<glm::vec4> style_texels_;
  std::vector<glm::vec4> tint_texels_;
  std::vector<glm::vec4> wanted_;  // filled anew by each update
  bool has_tints_ = false;
};

}  // namespace render

#include "render/style_textures.h"

#include <algorithm>
#include <cmath>

namespace render {
namespace {

void upload(Texture& texture, int width, const std::vector<glm::vec4>& texels) {
  if (!texture) texture = make_texture(GL_NEAREST);
  glBindTexture(GL_TEXTURE_2D, texture.name());
  glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA32F, width, static_cast<GLsizei>(texels.size()) / width, 0,
               GL_RGBA, GL_FLOAT, texels.data());
}

}  // namespace

void StyleTextures::update(std::span<const draw::StructureStyle> styles,
                           std::span<const glm::vec3> centres, std::span<const glm::vec4> tints) {
  wanted_.clear();
  for (std::size_t i = 0; i < styles.size(); ++i) {
    const draw::StructureStyle& s = styles[i];
    // Any well-spread number serves as a seed, as long as it is the structure's own: its place in
    // the body's list must not show.
    const glm::vec3 centre = i < centres.size() ? centres[i] : glm::vec3(0.0f);
    const float seed = std::fmod(61.8034f * std::abs(centre.x) + 75.4878f * std::abs(centre.y) +
                                     56.984f * std::abs(centre.z),
                                 1.0f);
    wanted_.emplace_back(s.colour, s.opacity);
    wanted_.emplace_back(s.highlight, s.outline, static_cast<float>(s.material),
                         s.deforms ? 1.0f : 0.0f);
    wanted_.emplace_back(centre, seed);
  }
  if (wanted_.empty()) wanted_.resize(kStyleWidth, glm::vec4(0.0f));
  if (!styles_ || wanted_ != style_texels_) {
    style_texels_ = wanted_;
    upload(styles_, kStyleWidth, style_texels_);
  }

  has_tints_ = std::any_of(tints.begin(), tints.end(), [](glm::vec4 t) { return t.a > 0.0f; });
  wanted_.assign(tints.begin(), tints.end());
  const std::size_t rows = std::max<std::size_t>(1, (tints.size() + kTintWidth - 1) / kTintWidth);
  wanted_.resize(rows * kTintWidth, glm::vec4(0.0f));
  if (!tints_ || wanted_ != tint_texels_) {
    tint_texels_ = wanted_;
    upload(tints_, kTintWidth, tint_texels_);
  }
}

void StyleTextures::bind() const {
  glActiveTexture(GL_TEXTURE0);
  glBindTexture(GL_TEXTURE_2D, styles_.name());
  glActiveTexture(GL_TEXTURE1);
  glBindTexture(GL_TEXTURE_2D, tints_.name());
  glActiveTexture(GL_TEXTURE0);
}

}  // namespace render

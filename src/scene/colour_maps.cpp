#include "scene/colour_maps.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <glm/common.hpp>
#include <glm/geometric.hpp>

namespace scene {
namespace {

float linear_of(float srgb) {
  return srgb <= 0.04045f ? srgb / 12.92f : std::pow((srgb + 0.055f) / 1.055f, 2.4f);
}

// Nine evenly spaced samples of the published table.
constexpr std::array<std::uint32_t, 9> kCividis = {0x00224E, 0x123570, 0x3B496C, 0x575D6D, 0x707173,
                                                   0x8A8678, 0xA59C74, 0xC3B369, 0xFEE838};

}  // namespace

glm::vec3 from_srgb(std::uint32_t hex) {
  return {linear_of(static_cast<float>((hex >> 16) & 255u) / 255.0f),
          linear_of(static_cast<float>((hex >> 8) & 255u) / 255.0f),
          linear_of(static_cast<float>(hex & 255u) / 255.0f)};
}

float luminance(glm::vec3 linear) { return glm::dot(linear, glm::vec3(0.2126f, 0.7152f, 0.0722f)); }

glm::vec3 cividis(float t) {
  const float at = std::clamp(t, 0.0f, 1.0f) * static_cast<float>(kCividis.size() - 1);
  const std::size_t i = std::min(static_cast<std::size_t>(at), kCividis.size() - 2);
  return glm::mix(from_srgb(kCividis[i]), from_srgb(kCividis[i + 1]), at - static_cast<float>(i));
}

}  // namespace scene

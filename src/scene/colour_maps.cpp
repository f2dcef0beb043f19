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

constexpr std::array<std::uint32_t, 9> kBlueRed = {0x2166AC, 0x4393C3, 0x92C5DE, 0xD1E5F0, 0xF7F7F7,
                                                   0xFDDBC7, 0xF4A582, 0xD6604D, 0xB2182B};

glm::vec3 sample(const std::array<std::uint32_t, 9>& table, float t) {
  const float at = std::clamp(t, 0.0f, 1.0f) * static_cast<float>(table.size() - 1);
  const std::size_t i = std::min(static_cast<std::size_t>(at), table.size() - 2);
  return glm::mix(from_srgb(table[i]), from_srgb(table[i + 1]), at - static_cast<float>(i));
}

}  // namespace

glm::vec3 from_srgb(std::uint32_t hex) {
  return {linear_of(static_cast<float>((hex >> 16) & 255u) / 255.0f),
          linear_of(static_cast<float>((hex >> 8) & 255u) / 255.0f),
          linear_of(static_cast<float>(hex & 255u) / 255.0f)};
}

float luminance(glm::vec3 linear) { return glm::dot(linear, glm::vec3(0.2126f, 0.7152f, 0.0722f)); }

glm::vec3 cividis(float t) { return sample(kCividis, t); }

glm::vec3 blue_red(float t) { return sample(kBlueRed, t); }

glm::vec3 colour_of(const session::FieldScale& scale, float place) {
  if (!scale.baseline) return cividis(place);
  const float middle = session::place_of(scale, *scale.baseline);
  return blue_red(place <= middle ? 0.5f * place / middle
                                  : 0.5f + 0.5f * (place - middle) / (1.0f - middle));
}

glm::vec3 to_srgb(glm::vec3 linear) {
  const auto channel = [](float v) {
    v = std::clamp(v, 0.0f, 1.0f);
    return v <= 0.0031308f ? 12.92f * v : 1.055f * std::pow(v, 1.0f / 2.4f) - 0.055f;
  };
  return {channel(linear.r), channel(linear.g), channel(linear.b)};
}

}  // namespace scene

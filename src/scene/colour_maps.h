// Colours from numbers. Everything is linear RGB; hex values are sRGB as painters write them.
#pragma once

#include <cstdint>
#include <glm/vec3.hpp>

namespace scene {

glm::vec3 from_srgb(std::uint32_t hex);  // 0xRRGGBB
float luminance(glm::vec3 linear);

// Cividis (Nunez, Anderton & Renslow 2018, PLoS ONE 13(7) e0199239): perceptually even and the
// same for people with and without colour vision deficiency. t in [0, 1], dark blue to yellow.
glm::vec3 cividis(float t);

}  // namespace scene

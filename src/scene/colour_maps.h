// Colours from numbers. Everything is linear RGB; hex values are sRGB as painters write them.
#pragma once

#include <cstdint>
#include <glm/vec3.hpp>

#include "session/field.h"

namespace scene {

glm::vec3 from_srgb(std::uint32_t hex);  // 0xRRGGBB
float luminance(glm::vec3 linear);

// Cividis (Nunez, Anderton & Renslow 2018, PLoS ONE 13(7) e0199239): perceptually even and the
// same for people with and without colour vision deficiency. t in [0, 1], dark blue to yellow.
glm::vec3 cividis(float t);

// Red-blue of ColorBrewer (Harrower & Brewer 2003, Cartographic Journal 40(1) 27-37), safe for
// colour vision deficiency: blue below, near white at t = 0.5, red above; equally strong at equal
// distance from the middle.
glm::vec3 blue_red(float t);

// The colour of a field at this place of its scale (session/field.h): cividis, or blue_red about
// the baseline of a field that has one.
glm::vec3 colour_of(const session::FieldScale& scale, float place);

// The same for eyes that read 8-bit sRGB: what a legend paints.
glm::vec3 to_srgb(glm::vec3 linear);

}  // namespace scene

// The colours of the interface in its three looks, and the contrast between text and what lies
// under it. Contrast is that of WCAG 2.1 (1.4.3): (L1 + 0.05) / (L2 + 0.05) of relative luminances;
// tests hold every pairing that panels draw to at least 4.5, in the look of high contrast to 7.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace ui {

enum class Look { kLight, kDark, kContrast };
inline constexpr std::array<Look, 3> kLooks = {Look::kLight, Look::kDark, Look::kContrast};
// The words used in files, options and keys: "light", "dark", "contrast".
constexpr std::string_view to_string(Look look) {
  return look == Look::kDark ? "dark" : look == Look::kContrast ? "contrast" : "light";
}
constexpr std::optional<Look> look_from_string(std::string_view text) {
  for (const Look look : kLooks) {
    if (text == to_string(look)) return look;
  }
  return std::nullopt;
}

// As Dear ImGui packs them (theme.cpp makes sure): state.json and files know looks without it.
using Colour = std::uint32_t;
inline constexpr int kRedShift = 0;
inline constexpr int kGreenShift = 8;
inline constexpr int kBlueShift = 16;
inline constexpr int kAlphaShift = 24;
constexpr Colour rgba(Colour r, Colour g, Colour b, Colour a) {
  return r << kRedShift | g << kGreenShift | b << kBlueShift | a << kAlphaShift;
}
inline constexpr Colour kBlack = rgba(0, 0, 0, 255);
inline constexpr Colour kWhite = rgba(255, 255, 255, 255);

struct Palette {
  Colour panel;  // nearly opaque: the body shimmers through
  Colour card;   // opaque, on the scrim
  Colour panel_border;
  Colour shadow;
  Colour text;
  Colour text_muted;
  Colour text_disabled;
  Colour accent;
  Colour accent_soft;  // under what is selected
  Colour hover;
  Colour pressed;
  Colour track;
  Colour knob;
  Colour focus;  // the ring about what the keyboard is on
  Colour warning;
  Colour caution;  // getting too much; a fill, never words
  Colour load;
  Colour scrim;
  Colour inverse;  // tooltips and names at the pointer: light on dark where the rest is not
  Colour inverse_text;
  Colour inverse_muted;
  Colour pill;  // words straight on the picture
  Colour footer;
  Colour rubber;
  Colour rubber_light;
  Colour steel;
  // Told apart by order and label too, never by colour alone.
  std::array<Colour, 3> curves;
};

Palette palette_of(Look look);

// `front` over an opaque `back`.
Colour blend(Colour front, Colour back);
// Of two opaque colours, 1 .. 21.
float contrast(Colour a, Colour b);

// Text and its ground as panels use them; the ground is opaque: what shimmers through a panel is
// taken at its worst, black or white.
struct Pairing {
  const char* name;
  Colour text;
  Colour ground;
};
std::vector<Pairing> text_pairings(const Palette& palette);

}  // namespace ui

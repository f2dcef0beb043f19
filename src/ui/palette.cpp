#include "ui/palette.h"

#include <algorithm>
#include <cmath>

namespace ui {
namespace {

constexpr Palette kLight = {
    .panel = rgba(255, 255, 255, 255),
    .card = rgba(255, 255, 255, 255),
    .panel_border = rgba(221, 226, 232, 255),
    .shadow = rgba(24, 36, 52, 14),
    .text = rgba(27, 36, 48, 255),
    .text_muted = rgba(78, 89, 104, 255),
    .text_disabled = rgba(98, 107, 118, 255),
    .accent = rgba(14, 98, 116, 255),
    .accent_soft = rgba(222, 239, 242, 255),
    .hover = rgba(240, 243, 246, 255),
    .pressed = rgba(226, 232, 238, 255),
    .track = rgba(228, 232, 237, 255),
    .knob = rgba(255, 255, 255, 255),
    .focus = rgba(14, 98, 116, 255),
    .warning = rgba(160, 46, 16, 255),
    .caution = rgba(176, 112, 0, 255),
    .load = rgba(176, 62, 32, 255),
    .scrim = rgba(22, 30, 42, 110),
    .inverse = rgba(27, 36, 48, 255),
    .inverse_text = rgba(255, 255, 255, 255),
    .inverse_muted = rgba(205, 212, 220, 255),
    .pill = rgba(255, 255, 255, 232),
    .footer = rgba(255, 255, 255, 236),
    .rubber = rgba(46, 50, 56, 255),
    .rubber_light = rgba(98, 104, 112, 255),
    .steel = rgba(148, 156, 166, 255),
    .curves = {rgba(14, 98, 116, 255), rgba(176, 62, 32, 255), rgba(98, 82, 150, 255)},
};

constexpr Palette kDark = {
    .panel = rgba(27, 32, 39, 255),
    .card = rgba(27, 32, 39, 255),
    .panel_border = rgba(60, 68, 79, 255),
    .shadow = rgba(0, 0, 0, 44),
    .text = rgba(234, 239, 244, 255),
    .text_muted = rgba(176, 186, 197, 255),
    .text_disabled = rgba(148, 158, 169, 255),
    .accent = rgba(98, 208, 222, 255),
    .accent_soft = rgba(24, 60, 68, 255),
    .hover = rgba(41, 48, 57, 255),
    .pressed = rgba(54, 62, 73, 255),
    .track = rgba(64, 73, 84, 255),
    .knob = rgba(27, 32, 39, 255),
    .focus = rgba(98, 208, 222, 255),
    .warning = rgba(255, 168, 132, 255),
    .caution = rgba(240, 200, 96, 255),
    .load = rgba(255, 156, 116, 255),
    .scrim = rgba(0, 0, 0, 150),
    .inverse = rgba(234, 239, 244, 255),
    .inverse_text = rgba(20, 26, 33, 255),
    .inverse_muted = rgba(74, 84, 97, 255),
    .pill = rgba(27, 32, 39, 235),
    .footer = rgba(20, 24, 30, 240),
    .rubber = rgba(120, 128, 137, 255),
    .rubber_light = rgba(176, 183, 191, 255),
    .steel = rgba(168, 176, 186, 255),
    .curves = {rgba(98, 208, 222, 255), rgba(255, 156, 116, 255), rgba(192, 176, 255, 255)},
};

// Black, white and one yellow; nothing shimmers through.
constexpr Palette kContrast = {
    .panel = rgba(0, 0, 0, 255),
    .card = rgba(0, 0, 0, 255),
    .panel_border = rgba(255, 255, 255, 255),
    .shadow = rgba(0, 0, 0, 0),
    .text = rgba(255, 255, 255, 255),
    .text_muted = rgba(230, 230, 230, 255),
    .text_disabled = rgba(178, 178, 178, 255),
    .accent = rgba(255, 221, 51, 255),
    .accent_soft = rgba(58, 49, 0, 255),
    .hover = rgba(34, 34, 34, 255),
    .pressed = rgba(52, 52, 52, 255),
    .track = rgba(96, 96, 96, 255),
    .knob = rgba(0, 0, 0, 255),
    .focus = rgba(255, 255, 255, 255),
    .warning = rgba(255, 178, 140, 255),
    .caution = rgba(255, 220, 96, 255),
    .load = rgba(255, 178, 140, 255),
    .scrim = rgba(0, 0, 0, 190),
    .inverse = rgba(255, 255, 255, 255),
    .inverse_text = rgba(0, 0, 0, 255),
    .inverse_muted = rgba(40, 40, 40, 255),
    .pill = rgba(0, 0, 0, 255),
    .footer = rgba(0, 0, 0, 255),
    .rubber = rgba(150, 150, 150, 255),
    .rubber_light = rgba(220, 220, 220, 255),
    .steel = rgba(210, 210, 210, 255),
    .curves = {rgba(255, 221, 51, 255), rgba(255, 178, 140, 255), rgba(160, 210, 255, 255)},
};

float channel(Colour colour, int shift) {
  return static_cast<float>((colour >> shift) & 0xFFu) / 255.0f;
}

// WCAG 2.1, "relative luminance".
float luminance(Colour colour) {
  const auto linear = [](float c) {
    return c <= 0.04045f ? c / 12.92f : std::pow((c + 0.055f) / 1.055f, 2.4f);
  };
  return 0.2126f * linear(channel(colour, kRedShift)) +
         0.7152f * linear(channel(colour, kGreenShift)) +
         0.0722f * linear(channel(colour, kBlueShift));
}

}  // namespace

Palette palette_of(Look look) {
  switch (look) {
    case Look::kDark:
      return kDark;
    case Look::kContrast:
      return kContrast;
    case Look::kLight:
      break;
  }
  return kLight;
}

Colour blend(Colour front, Colour back) {
  const float a = channel(front, kAlphaShift);
  Colour out = 255u << kAlphaShift;
  for (const int shift : {kRedShift, kGreenShift, kBlueShift}) {
    const float mixed = a * channel(front, shift) + (1.0f - a) * channel(back, shift);
    out |= static_cast<Colour>(std::lround(255.0f * mixed)) << shift;
  }
  return out;
}

float contrast(Colour a, Colour b) {
  const float one = luminance(a);
  const float two = luminance(b);
  return (std::max(one, two) + 0.05f) / (std::min(one, two) + 0.05f);
}

std::vector<Pairing> text_pairings(const Palette& p) {
  std::vector<Pairing> out;
  const auto on_picture = [&out](const char* name, Colour text, Colour ground) {
    for (const Colour behind : {kBlack, kWhite}) out.push_back({name, text, blend(ground, behind)});
  };
  on_picture("text on a panel", p.text, p.panel);
  on_picture("muted text on a panel", p.text_muted, p.panel);
  on_picture("disabled text on a panel", p.text_disabled, p.panel);
  on_picture("accent on a panel", p.accent, p.panel);
  on_picture("warning on a panel", p.warning, p.panel);
  on_picture("load on a panel", p.load, p.panel);
  for (const Colour curve : p.curves) on_picture("curve's name on a panel", curve, p.panel);
  on_picture("words on the picture", p.text_muted, p.pill);
  on_picture("notice", p.text_muted, p.footer);
  on_picture("caution", p.warning, p.footer);
  for (const Colour ground : {p.hover, p.pressed}) {
    out.push_back({"text on a button in hand", p.text, ground});
    out.push_back({"muted text on a button in hand", p.text_muted, ground});
    out.push_back({"disabled text on a button", p.text_disabled, p.hover});
  }
  out.push_back({"text on what is selected", p.text, p.accent_soft});
  out.push_back({"muted text on what is selected", p.text_muted, p.accent_soft});
  out.push_back({"accent on what is selected", p.accent, p.accent_soft});
  out.push_back({"text on a card", p.text, p.card});
  out.push_back({"muted text on a card", p.text_muted, p.card});
  out.push_back({"accent on a card", p.accent, p.card});
  out.push_back({"tooltip", p.inverse_text, p.inverse});
  out.push_back({"second line of a tooltip", p.inverse_muted, p.inverse});
  return out;
}

}  // namespace ui

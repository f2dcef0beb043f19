// How the interface looks: colours, a type scale, spacing in steps of 8 pixels at 100 %. Calm, so
// that the body is the loudest thing on screen.
#pragma once

#include <imgui.h>

#include <filesystem>

#include "base/result.h"
#include "ui/palette.h"

namespace ui {

struct Theme {
  Palette colours = palette_of(Look::kLight);
  float scale = 1.0f;
  ImFont* caption = nullptr;  // 13 px at 100 %
  ImFont* body = nullptr;     // 15
  ImFont* strong = nullptr;   // 15, semibold
  ImFont* title = nullptr;    // 18, semibold

  float px(float at_100_percent) const { return at_100_percent * scale; }
};

// Loads Inter into the current ImGui context's atlas (FreeType builder) and sets ImGui's own style.
// Call again when the scale changes; the caller rebuilds the atlas texture.
base::Result<Theme> make_theme(const std::filesystem::path& fonts_dir, float scale, Look look);
// Other colours, the same fonts.
void set_look(Theme& theme, Look look);

}  // namespace ui

// How the interface looks: colours, a type scale, spacing in steps of 8 pixels at 100 %. Light and
// calm, so that the body is the loudest thing on screen.
#pragma once

#include <imgui.h>

#include <filesystem>

#include "base/result.h"

namespace ui {

struct Palette {
  ImU32 panel = IM_COL32(255, 255, 255, 242);
  ImU32 panel_border = IM_COL32(221, 226, 232, 255);
  ImU32 shadow = IM_COL32(24, 36, 52, 14);
  ImU32 text = IM_COL32(27, 36, 48, 255);
  ImU32 text_muted = IM_COL32(86, 97, 112, 255);
  ImU32 text_disabled = IM_COL32(164, 172, 182, 255);
  ImU32 text_on_accent = IM_COL32(255, 255, 255, 255);
  ImU32 accent = IM_COL32(14, 104, 122, 255);
  ImU32 accent_soft = IM_COL32(222, 239, 242, 255);
  ImU32 hover = IM_COL32(240, 243, 246, 255);
  ImU32 pressed = IM_COL32(226, 232, 238, 255);
  ImU32 track = IM_COL32(228, 232, 237, 255);
  ImU32 warning = IM_COL32(166, 52, 20, 255);
  ImU32 load = IM_COL32(190, 72, 40, 255);
  ImU32 scrim = IM_COL32(22, 30, 42, 110);
  ImU32 rubber = IM_COL32(46, 50, 56, 255);
  ImU32 rubber_light = IM_COL32(98, 104, 112, 255);
  ImU32 steel = IM_COL32(148, 156, 166, 255);
  // Curves: told apart by order and label too, never by colour alone.
  ImU32 curves[3] = {IM_COL32(14, 104, 122, 255), IM_COL32(190, 72, 40, 255),
                     IM_COL32(106, 90, 158, 255)};
};

struct Theme {
  Palette colours;
  float scale = 1.0f;
  ImFont* caption = nullptr;  // 13 px at 100 %
  ImFont* body = nullptr;     // 15
  ImFont* strong = nullptr;   // 15, semibold
  ImFont* title = nullptr;    // 18, semibold

  float px(float at_100_percent) const { return at_100_percent * scale; }
};

// Loads Inter into the current ImGui context's atlas (FreeType builder) and sets ImGui's own style.
// Call again when the scale changes; the caller rebuilds the atlas texture.
base::Result<Theme> make_theme(const std::filesystem::path& fonts_dir, float scale);

}  // namespace ui

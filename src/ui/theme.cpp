#include "ui/theme.h"

#include <array>
#include <cmath>

namespace ui {
namespace {

static_assert(rgba(1, 2, 3, 4) == IM_COL32(1, 2, 3, 4));

// Latin-1 for the four languages, with dashes, quotes, the ellipsis, arrows, minus and "about".
constexpr std::array<ImWchar, 17> kGlyphs = {0x20,   0xFF,   0x152,  0x153,  0x2010, 0x2026,
                                             0x2032, 0x203A, 0x2190, 0x2193, 0x2212, 0x2212,
                                             0x2248, 0x2248, 0x2264, 0x2265, 0};

ImFont* add_font(const std::filesystem::path& file, float size_px) {
  ImFontConfig config;
  config.OversampleH = 1;
  config.PixelSnapH = true;
  return ImGui::GetIO().Fonts->AddFontFromFileTTF(file.string().c_str(), std::round(size_px),
                                                  &config, kGlyphs.data());
}

void apply_style(const Palette& palette, float scale) {
  ImGuiStyle style;
  style.WindowPadding = {0.0f, 0.0f};
  style.WindowBorderSize = 0.0f;
  style.ItemSpacing = {0.0f, 0.0f};
  style.ScrollbarSize = 8.0f * scale;
  style.ScrollbarRounding = 4.0f * scale;
  style.FrameRounding = 10.0f * scale;
  style.FramePadding = {12.0f * scale, 14.0f * scale};
  const auto colour = [&style](ImGuiCol which, ImU32 value) {
    style.Colors[which] = ImGui::ColorConvertU32ToFloat4(value);
  };
  colour(ImGuiCol_Text, palette.text);
  colour(ImGuiCol_TextDisabled, palette.text_muted);
  colour(ImGuiCol_WindowBg, IM_COL32(0, 0, 0, 0));
  colour(ImGuiCol_ChildBg, IM_COL32(0, 0, 0, 0));
  colour(ImGuiCol_FrameBg, palette.hover);
  colour(ImGuiCol_FrameBgHovered, palette.hover);
  colour(ImGuiCol_FrameBgActive, palette.hover);
  colour(ImGuiCol_ScrollbarBg, IM_COL32(0, 0, 0, 0));
  colour(ImGuiCol_ScrollbarGrab, palette.track);
  colour(ImGuiCol_ScrollbarGrabHovered, palette.text_disabled);
  colour(ImGuiCol_ScrollbarGrabActive, palette.text_muted);
  colour(ImGuiCol_TextSelectedBg, palette.pressed);
  ImGui::GetStyle() = style;
}

}  // namespace

void set_look(Theme& theme, Look look) {
  theme.colours = palette_of(look);
  apply_style(theme.colours, theme.scale);
}

base::Result<Theme> make_theme(const std::filesystem::path& fonts_dir, float scale, Look look) {
  const auto regular = fonts_dir / "Inter-Regular.otf";
  const auto semibold = fonts_dir / "Inter-SemiBold.otf";
  // ImGui asserts on a missing file; people get a sentence.
  for (const auto& file : {regular, semibold}) {
    if (!std::filesystem::exists(file))
      return base::fail("the font " + file.string() + " is missing; build or install again");
  }
  Theme theme;
  theme.scale = scale;
  ImGui::GetIO().Fonts->Clear();
  theme.body = add_font(regular, 15.0f * scale);
  theme.caption = add_font(regular, 13.0f * scale);
  theme.strong = add_font(semibold, 15.0f * scale);
  theme.title = add_font(semibold, 18.0f * scale);
  set_look(theme, look);
  return theme;
}

}  // namespace ui

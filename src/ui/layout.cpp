#include "ui/layout.h"

#include <algorithm>
#include <cmath>

namespace ui {
namespace {

constexpr float kReferenceWidth = 1440.0f;
constexpr float kReferenceHeight = 900.0f;
constexpr float kPortraitWidth = 864.0f;
constexpr float kLargestAutomatic = 3.0f;
// The smallest arrangements, at 100 %.
constexpr float kSmallestWidth = 853.0f;
constexpr float kSmallestHeight = 480.0f;
constexpr float kSmallestPortraitWidth = 720.0f;
// Narrower or lower than that, panels fold.
constexpr float kFoldWidth = 1000.0f;
constexpr float kFoldHeight = 560.0f;
// What the body keeps of the width.
constexpr float kBodyShare = 0.4f;

constexpr float kRailWords = 456.0f;
constexpr float kRailMixed = 360.0f;
constexpr float kRailTwoColumns = 252.0f;
constexpr float kFoldedSide = 48.0f;
constexpr float kFoldedDock = 136.0f;

bool is_portrait(float width, float height) { return height > 1.2f * width; }

// In steps of an eighth: fonts stay on whole pixels.
float in_steps(float scale) { return std::floor(scale * 8.0f) / 8.0f; }

float automatic_scale(float width, float height) {
  const float fit = is_portrait(width, height)
                        ? width / kPortraitWidth
                        : std::min(width / kReferenceWidth, height / kReferenceHeight);
  return std::clamp(in_steps(fit), 1.0f, kLargestAutomatic);
}

float largest_scale(float width, float height) {
  const float fit = is_portrait(width, height)
                        ? width / kSmallestPortraitWidth
                        : std::min(width / kSmallestWidth, height / kSmallestHeight);
  return std::max(1.0f, in_steps(fit));
}

RailForm rail_form_for(float width, float height) {
  if (width < kFoldWidth || height < kRailMixed) return RailForm::kTwoColumns;
  return height < kRailWords ? RailForm::kMixed : RailForm::kWords;
}

}  // namespace

Layout make_layout(int width_px, int height_px, bool section_open, bool placed, int size_percent,
                   Folds folded) {
  const auto w = static_cast<float>(width_px);
  const auto h = static_cast<float>(height_px);
  Layout layout;
  const float automatic = automatic_scale(w, h);
  const float largest = largest_scale(w, h);
  layout.largest_percent = static_cast<int>(100.0f * largest / automatic);
  layout.scale = std::min(in_steps(automatic * static_cast<float>(size_percent) / 100.0f), largest);
  const float s = layout.scale;
  layout.portrait = is_portrait(w, h);
  const bool tight = !layout.portrait && (w < kFoldWidth * s || h < kFoldHeight * s);
  layout.views_folded = w < kFoldWidth * s;
  const bool roomy = h >= 700.0f * s;
  const float margin = std::round((roomy ? 16.0f : 8.0f) * s);
  const float gap = std::round(8.0f * s);

  layout.footer = {0.0f, h - std::round(24.0f * s), w, std::round(24.0f * s)};
  const float bottom = layout.footer.y - (roomy ? gap : std::round(2.0f * s));
  layout.top = {margin, margin, w - 2.0f * margin, std::round(64.0f * s)};
  const float below_top = layout.top.bottom() + gap;
  const float side = std::round(kFoldedSide * s);
  const float dock_height = folded.dock ? side : std::round(112.0f * s);
  const float dock_top = bottom - dock_height;
  const float whole = w - 2.0f * margin;

  float above;  // where the body's part of the window ends
  if (layout.portrait) {
    const float height = std::round(std::min(400.0f * s, 0.26f * h));
    layout.targets = {margin, dock_top - gap - height, whole, height};
    if (folded.targets && !section_open)
      layout.targets = {w - margin - side, dock_top - gap - side, side, side};
    above = layout.targets.y - gap;
  } else {
    const float width = std::round(296.0f * s);
    const float lowest = tight ? dock_top - gap : bottom;
    layout.targets = {w - margin - width, below_top, width,
                      std::min(lowest - below_top, std::round(720.0f * s))};
    if (folded.targets) layout.targets = {w - margin - side, below_top, side, side};
    above = dock_top - gap;
  }
  const float body_right = layout.portrait ? w - margin : layout.targets.x - gap;
  const float room = layout.portrait || tight ? whole : layout.targets.x - gap - margin;
  const float dock_width = std::min(room, std::round((folded.dock ? kFoldedDock : 960.0f) * s));
  layout.dock = {std::round(margin + 0.5f * (room - dock_width)), dock_top, dock_width,
                 dock_height};

  layout.rail_form = rail_form_for(w / s, (above - below_top) / s);
  if (layout.portrait) layout.rail_form = RailForm::kWords;
  const bool icons = layout.rail_form == RailForm::kTwoColumns;
  const float rail_height = icons                                  ? kRailTwoColumns
                            : layout.rail_form == RailForm::kMixed ? kRailMixed
                                                                   : kRailWords;
  layout.rail = {margin, below_top, std::round((icons ? 112.0f : 160.0f) * s),
                 std::round(rail_height * s)};
  if (folded.rail) layout.rail = {margin, below_top, side, side};

  const float section_width = std::round(256.0f * s);
  const float left = layout.rail.right() + gap;
  layout.section_beside =
      !layout.portrait && body_right - gap - left - section_width >= kBodyShare * w;
  layout.section = layout.section_beside ? Rect{left, below_top, section_width,
                                                std::min(above - below_top, std::round(560.0f * s))}
                                         : layout.targets;
  layout.free.x = section_open && layout.section_beside ? layout.section.right() + gap : left;
  const float bar_height = std::round(56.0f * s);
  layout.view_bar = {layout.free.x, below_top, body_right - layout.free.x, bar_height};
  layout.free.y = layout.view_bar.bottom() + gap;
  layout.free.width = body_right - layout.free.x;
  layout.free.height = above - layout.free.y;
  if (placed) {
    const float height = std::round((roomy ? 80.0f : 60.0f) * s);
    layout.place = {layout.free.x, layout.free.bottom() - height, layout.free.width, height};
    layout.free.height -= height + gap;
  }
  return layout;
}

}  // namespace ui

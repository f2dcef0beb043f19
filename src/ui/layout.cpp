#include "ui/layout.h"

#include <algorithm>
#include <cmath>

namespace ui {
namespace {

constexpr float kReferenceWidth = 1440.0f;
constexpr float kReferenceHeight = 900.0f;
constexpr float kLargestScale = 3.0f;
// What the body keeps of the width.
constexpr float kBodyShare = 0.4f;

// In steps of an eighth: fonts stay on whole pixels.
float find_scale(float width, float height) {
  const float fit = std::min(width / kReferenceWidth, height / kReferenceHeight);
  return std::clamp(std::floor(fit * 8.0f) / 8.0f, 1.0f, kLargestScale);
}

}  // namespace

Layout make_layout(int width_px, int height_px, bool section_open, bool placed) {
  const auto w = static_cast<float>(width_px);
  const auto h = static_cast<float>(height_px);
  Layout layout;
  layout.scale = find_scale(w, h);
  const float s = layout.scale;
  const bool roomy = h >= 700.0f;
  const float margin = std::round((roomy ? 16.0f : 8.0f) * s);
  const float gap = std::round(8.0f * s);

  layout.footer = {0.0f, h - std::round(24.0f * s), w, std::round(24.0f * s)};
  const float bottom = layout.footer.y - (roomy ? gap : std::round(2.0f * s));
  layout.top = {margin, margin, w - 2.0f * margin, std::round(64.0f * s)};
  const float below_top = layout.top.bottom() + gap;

  const float targets_width = std::round(296.0f * s);
  layout.targets = {w - margin - targets_width, below_top, targets_width,
                    std::min(bottom - below_top, std::round(720.0f * s))};

  const float dock_height = std::round(112.0f * s);
  const float room = layout.targets.x - gap - margin;
  const float dock_width = std::min(room, std::round(960.0f * s));
  layout.dock = {std::round(margin + 0.5f * (room - dock_width)), bottom - dock_height, dock_width,
                 dock_height};

  const float rail_height = std::round(416.0f * s);
  layout.rail = {margin, below_top, std::round(152.0f * s),
                 std::min(rail_height, layout.dock.y - gap - below_top)};

  const float section_width = std::round(256.0f * s);
  const float left = layout.rail.right() + gap;
  layout.section_beside = layout.targets.x - 2.0f * gap - left - section_width >= kBodyShare * w;
  layout.section = layout.section_beside
                       ? Rect{left, below_top, section_width,
                              std::min(layout.dock.y - gap - below_top, std::round(560.0f * s))}
                       : layout.targets;
  layout.free.x = section_open && layout.section_beside ? layout.section.right() + gap : left;
  const float bar_height = std::round(56.0f * s);
  layout.view_bar = {layout.free.x, below_top, layout.targets.x - gap - layout.free.x, bar_height};
  layout.free.y = layout.view_bar.bottom() + gap;
  layout.free.width = layout.targets.x - gap - layout.free.x;
  layout.free.height = layout.dock.y - gap - layout.free.y;
  if (placed) {
    const float height = std::round((roomy ? 80.0f : 60.0f) * s);
    layout.place = {layout.free.x, layout.free.bottom() - height, layout.free.width, height};
    layout.free.height -= height + gap;
  }
  return layout;
}

}  // namespace ui

// How things look: light or dark, the size of words and controls, names at the picture, motion. And
// the standard views where the bar has no room for them.
#include <algorithm>
#include <cmath>
#include <string>

#include "ui/format.h"
#include "ui/panels/panels.h"
#include "ui/widgets.h"

namespace ui {
namespace {

// One line of the card: words on the left, its buttons on the right.
class Rows {
 public:
  Rows(Context& context, const Rect& card, float label)
      : context_(context),
        x_(card.x + context.px(20.0f)),
        right_(card.right() - context.px(16.0f)),
        y_(card.y + context.px(56.0f)),
        label_(label) {}

  // Room for `count` buttons; the next row lies below.
  void begin(const char* key, int count) {
    draw_text(*ImGui::GetWindowDrawList(), context_.theme.body, {x_, y_, label_, height()},
              Align::kLeft, context_.theme.colours.text, context_.tr(key));
    at_ = x_ + label_;
    width_ = (right_ - at_) / static_cast<float>(count);
  }
  Rect next() {
    const Rect r{at_ + context_.px(2.0f), y_, width_ - context_.px(4.0f), height()};
    at_ += width_;
    return r;
  }
  void end() { y_ += height() + context_.px(8.0f); }

 private:
  float height() const { return context_.px(48.0f); }

  Context& context_;
  float x_, right_, y_, label_;
  float at_ = 0.0f;
  float width_ = 0.0f;
};

}  // namespace

void draw_display(Context& context, bool& open) {
  const auto& tr = context.tr;
  // Over the body and its bar.
  const Rect& bar = context.layout.view_bar;
  const float width = std::min(context.px(560.0f), bar.width);
  const Rect card{std::round(bar.x + 0.5f * (bar.width - width)), bar.y, width,
                  context.px(64.0f + 5.0f * 56.0f)};
  Panel panel(context, "display", card, true);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float side = context.px(48.0f);
  draw_text(list, context.theme.title,
            {card.x + context.px(20.0f), card.y + context.px(6.0f), width - 2.0f * side, side},
            Align::kLeft, context.theme.colours.text, tr("display.title"));
  if (icon_button(context, "display.close",
                  {card.right() - context.px(8.0f) - side, card.y + context.px(4.0f), side, side},
                  Icon::kClose, {.tooltip = tr("close")}))
    open = false;

  DisplaySettings chosen = context.view.display;
  Rows rows(context, card, context.px(width < context.px(480.0f) ? 88.0f : 132.0f));
  const auto choice = [&](const std::string& key, std::string_view words, bool selected,
                          bool enabled, const std::string& tip) {
    return text_button(context, key, rows.next(), words,
                       {.enabled = enabled, .selected = selected, .quiet = false, .tooltip = tip});
  };
  rows.begin("display.look", static_cast<int>(kLooks.size()));
  for (const Look look : kLooks) {
    const std::string key = "display.look." + std::string(to_string(look));
    if (choice(key, tr(key), chosen.look == look, true, tr(key + ".tip"))) chosen.look = look;
  }
  rows.end();
  rows.begin("display.size", static_cast<int>(kSizes.size()));
  for (const int percent : kSizes) {
    const bool fits = percent <= std::max(100, context.layout.largest_percent);
    const std::string words = std::to_string(percent) + " %";
    if (choice("display.size." + std::to_string(percent), words, chosen.size_percent == percent,
               fits, tr(fits ? "display.size.tip" : "display.size.too_large")))
      chosen.size_percent = percent;
  }
  rows.end();
  rows.begin("display.quality", 1 + static_cast<int>(kQualities.size()));
  if (choice("display.quality.automatic", tr("display.quality.automatic"), !chosen.quality, true,
             tr("display.quality.automatic.tip")))
    chosen.quality.reset();
  for (const Quality quality : kQualities) {
    const std::string key = "display.quality." + std::string(to_string(quality));
    if (choice(key, tr(key), chosen.quality == quality, true, tr("display.quality.tip")))
      chosen.quality = quality;
  }
  rows.end();
  const auto on_off = [&](const char* key, bool& value) {
    rows.begin(key, 2);
    for (const bool on : {false, true}) {
      const std::string id = std::string(key) + (on ? ".on" : ".off");
      if (choice(id, tr(id), value == on, true, tr(std::string(key) + ".tip"))) value = on;
    }
    rows.end();
  };
  on_off("display.labels", chosen.labels);
  on_off("display.motion", chosen.reduced_motion);
  if (chosen != context.view.display) context.out.display = chosen;
}

void draw_views(Context& context, bool& open) {
  const Rect& bar = context.layout.top;
  const float row = context.px(48.0f);
  const float pad = context.px(8.0f);
  const float width = context.px(200.0f);
  const Rect card{bar.right() - width, bar.bottom() + context.px(4.0f), width,
                  2.0f * pad + row * static_cast<float>(kStandardViews.size())};
  Panel panel(context, "views_panel", card, true);
  float y = card.y + pad;
  for (const StandardViewButton& view : kStandardViews) {
    const std::string key = view.id;
    if (text_button(context, key, {card.x + pad, y, width - 2.0f * pad, row}, context.tr(key),
                    {.tooltip = context.tr(key + ".tip")})) {
      context.out.actions.push_back(view.action);
      open = false;
    }
    y += row;
  }
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  if (ImGui::IsMouseClicked(ImGuiMouseButton_Left) && !card.contains(mouse.x, mouse.y) &&
      !bar.contains(mouse.x, mouse.y))
    open = false;
}

}  // namespace ui

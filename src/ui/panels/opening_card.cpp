// What goes on beside the window: a body that is being opened, and a few words that go by
// themselves.
#include <cmath>

#include "ui/format.h"
#include "ui/panels/panels.h"
#include "ui/widgets.h"

namespace ui {
namespace {

Rect top_of_body(const Context& context, float width_at_100, float height_at_100) {
  const Rect& free = context.layout.free;
  const float width = std::min(context.px(width_at_100), free.width);
  return {std::round(free.x + 0.5f * (free.width - width)), free.y + context.px(4.0f), width,
          context.px(height_at_100)};
}

}  // namespace

void draw_opening(Context& context) {
  if (context.view.opening.empty()) return;
  const Rect card = top_of_body(context, 460.0f, 80.0f);
  Panel panel(context, "opening", card);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const Palette& c = context.theme.colours;
  const float pad = context.px(16.0f);
  const float side = context.px(96.0f);
  const Rect cancel{card.right() - pad - side, card.y + context.px(16.0f), side, context.px(48.0f)};
  if (text_button(context, "opening.cancel", cancel, context.tr("cancel"), {.quiet = false}))
    context.out.files.push_back({FileRequest::Kind::kCancel});
  const Rect words{card.x + pad, card.y + context.px(14.0f), cancel.x - card.x - 2.0f * pad,
                   context.px(24.0f)};
  const float share = std::clamp(context.view.opening_fraction, 0.0f, 1.0f);
  const std::string percent = std::to_string(std::lround(100.0f * share)) + " %";
  const float room = text_width(context.theme.body, "100 %") + context.px(8.0f);
  draw_text(list, context.theme.body, {words.x, words.y, words.width - room, words.height},
            Align::kLeft, c.text, fill_in(context.tr("open.doing"), context.view.opening));
  draw_text(list, context.theme.body, words, Align::kRight, c.text_muted, percent);
  draw_bar(list, {words.x, card.y + context.px(50.0f), words.width, context.px(8.0f)}, share,
           c.track, c.accent);
}

void draw_said(Context& context) {
  if (context.view.said.empty() || !context.view.opening.empty()) return;
  const float pad = context.px(20.0f);
  const float width = text_width(context.theme.body, context.view.said) + 2.0f * pad;
  const Rect card = top_of_body(context, width / context.px(1.0f), 44.0f);
  Panel panel(context, "said", card);
  draw_text(*ImGui::GetWindowDrawList(), context.theme.body,
            {card.x + context.px(12.0f), card.y, card.width - context.px(24.0f), card.height},
            Align::kCentre, context.theme.colours.text, context.view.said);
}

}  // namespace ui

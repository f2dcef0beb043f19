// What goes on beside the window: a body that is being opened, and a few words that go by
// themselves.
#include <algorithm>
#include <cmath>
#include <string>

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
  const bool undo = context.view.said_undo && context.snapshot.can_undo;
  const float words = text_width(context.theme.body, context.view.said) + 2.0f * pad;
  const float button = undo ? context.px(104.0f) : 0.0f;
  const Rect card = top_of_body(context, (words + button) / context.px(1.0f), undo ? 56.0f : 44.0f);
  Panel panel(context, "said", card);
  draw_text(
      *ImGui::GetWindowDrawList(), context.theme.body,
      {card.x + context.px(12.0f), card.y, card.width - button - context.px(24.0f), card.height},
      Align::kCentre, context.theme.colours.text, context.view.said);
  if (undo && icon_text_button(context, "said.undo",
                               {card.right() - button, card.y + context.px(4.0f),
                                button - context.px(4.0f), context.px(48.0f)},
                               Icon::kUndo, context.tr("said.undo"),
                               {.quiet = false, .tooltip = context.tr("undo.tip")}))
    context.out.commands.push_back(session::Undo{});
}

bool has_hint(const Context& context) {
  return !context.view.hint.empty() && !context.view.notice_open && context.view.opening.empty() &&
         !has_safety_notice(context);
}

void draw_hint(Context& context) {
  if (!has_hint(context)) return;
  const std::string& hint = context.view.hint;
  const std::string words = context.tr("hint." + hint);
  std::size_t number = 0;
  while (number < kHints.size() && hint != kHints[number]) ++number;
  const std::string count = std::to_string(number + 1) + " / " + std::to_string(kHints.size());
  const Rect& free = context.layout.free;
  const float pad = context.px(16.0f);
  const float side = context.px(48.0f);
  const float numbers = text_width(context.theme.caption, count) + pad;
  const float width =
      std::min(free.width, text_width(context.theme.strong, words) + numbers + side + 3.0f * pad);
  // Above the card of what is selected.
  const bool selected =
      std::any_of(context.document().selected.begin(), context.document().selected.end(),
                  [](std::uint8_t flag) { return flag != 0; });
  const float height = context.px(56.0f);
  const Rect card{std::round(free.x + 0.5f * (free.width - width)),
                  free.bottom() - height - context.px(selected ? 72.0f : 4.0f), width, height};
  Panel panel(context, "hint", card, false);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const Palette& c = context.theme.colours;
  list.AddRectFilled({card.x, card.y + context.px(14.0f)},
                     {card.x + context.px(4.0f), card.bottom() - context.px(14.0f)}, c.accent);
  draw_text(list, context.theme.caption, {card.x + pad, card.y, numbers, height}, Align::kLeft,
            c.text_muted, count);
  const float from = card.x + pad + numbers;
  const float to = card.right() - side - context.px(4.0f);
  draw_text(list, context.theme.strong, {from, card.y, to - from, height}, Align::kLeft, c.text,
            words);
  if (icon_button(context, "hint.close", {to, card.y + context.px(4.0f), side, side}, Icon::kClose,
                  {.tooltip = context.tr("hint.close.tip")}))
    context.out.actions.push_back(Action::kSkipHint);
}

}  // namespace ui

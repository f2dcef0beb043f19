// What lies over everything: the sheet of keys (F1) and messages.
#include <imgui.h>

#include <imgui_stdlib.h>  // needs imgui.h before it

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>
#include <string>

#include "ui/panels/cover.h"
#include "ui/panels/panels.h"
#include "ui/widgets.h"

namespace ui {
namespace {

struct KeyRow {
  const char* keys;
  const char* words;  // translation key
};
constexpr std::array<KeyRow, 39> kRows = {{{"mouse.left_tool", "keys.move_head"},
                                           {"mouse.left", "keys.orbit"},
                                           {"mouse.middle", "keys.pan"},
                                           {"mouse.wheel", "keys.zoom"},
                                           {"mouse.double", "keys.frame_here"},
                                           {"mouse.click", "keys.select"},
                                           {"Q  E", "keys.rotate"},
                                           {"W  S", "keys.pitch"},
                                           {"A", "keys.attachment"},
                                           {"+  \u2212", "keys.force"},
                                           {"Space", "keys.roll"},
                                           {"M", "keys.mirror"},
                                           {"F", "keys.frame"},
                                           {"R", "keys.reset_view"},
                                           {"1  3  7", "keys.views"},
                                           {"Ctrl 1  3  7", "keys.views_opposite"},
                                           {"Alt \u2190  \u2192", "keys.camera_history"},
                                           {"[  ]", "keys.layers"},
                                           {"X", "keys.xray"},
                                           {"N", "keys.nerves"},
                                           {"C", "keys.colours"},
                                           {"D", "keys.section"},
                                           {"L", "keys.limits"},
                                           {"P", "keys.person"},
                                           {"B", "keys.labels"},
                                           {"V", "keys.fold"},
                                           {"I", "keys.isolate"},
                                           {"H", "keys.hide"},
                                           {"Shift H", "keys.unhide"},
                                           {"Ctrl F  /", "keys.find"},
                                           {"T", "keys.tree"},
                                           {"U", "keys.under"},
                                           {"Ctrl O", "keys.open"},
                                           {"Ctrl S", "keys.save"},
                                           {"Ctrl Z", "keys.undo"},
                                           {"Ctrl Y", "keys.redo"},
                                           {"Tab  Enter", "keys.focus"},
                                           {"F11", "keys.full_screen"},
                                           {"F12", "keys.screenshot"}}};

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

}  // namespace

void draw_key_sheet(Context& context, std::string& filter) {
  begin_cover(context);
  const auto& tr = context.tr;
  const Palette& c = context.theme.colours;
  const auto half = static_cast<float>((kRows.size() + 1) / 2);
  const Rect card =
      centred(context, context.px(880.0f), context.px(112.0f) + half * context.px(30.0f));
  // Rows draw together in the smallest window.
  const float row_height = (card.height - context.px(96.0f)) / half;
  draw_card(context, card);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float pad = context.px(24.0f);
  const float side = context.px(48.0f);
  const float top = card.y + context.px(16.0f);
  draw_text(list, context.theme.title, {card.x + pad, top, context.px(240.0f), side}, Align::kLeft,
            c.text, tr("keys.title"));
  const Rect close{card.right() - context.px(16.0f) - side, top, side, side};
  const Rect search{close.x - context.px(276.0f), top, context.px(264.0f), side};
  context.controls.add("keys.search", search, true);
  ImGui::SetCursorScreenPos({search.x, search.y});
  ImGui::SetNextItemWidth(search.width);
  ImGui::PushFont(context.theme.body);
  ImGui::InputTextWithHint("##keys.search", tr("keys.search"), &filter);
  ImGui::PopFont();
  if (icon_button(context, "keys.close", close, Icon::kClose, {.tooltip = tr("close")}))
    context.out.actions.push_back(Action::kToggleHelp);

  const std::string wanted = lower(filter);
  std::size_t shown = 0;
  const float column = 0.5f * (card.width - 2.0f * pad);
  for (const KeyRow& row : kRows) {
    const std::string keys = tr.has(row.keys) ? tr(row.keys) : row.keys;
    const std::string words = tr(row.words);
    if (lower(keys + " " + words).find(wanted) == std::string::npos) continue;
    const auto column_at = static_cast<float>(shown / static_cast<std::size_t>(half));
    const auto row_at = static_cast<float>(shown % static_cast<std::size_t>(half));
    const Rect line{card.x + pad + column_at * column,
                    top + side + context.px(16.0f) + row_at * row_height,
                    column - context.px(16.0f), row_height};
    const float key_width = context.px(136.0f);
    draw_text(list, context.theme.strong, {line.x, line.y, key_width, line.height}, Align::kLeft,
              c.accent, keys);
    draw_text(list, context.theme.body,
              {line.x + key_width, line.y, line.width - key_width, line.height}, Align::kLeft,
              c.text, words);
    ++shown;
  }
  if (shown == 0)
    draw_text(list, context.theme.body,
              {card.x + pad, top + side + context.px(16.0f), card.width, row_height}, Align::kLeft,
              c.text_muted, tr("keys.none"));
  // A press beside the card closes it.
  if (is_pressed_beside(card)) context.out.actions.push_back(Action::kToggleHelp);
  ImGui::End();
}

void draw_dialog(Context& context) {
  begin_cover(context);
  const float width = context.px(480.0f);
  const float pad = context.px(24.0f);
  const std::string& message = context.view.dialog;
  const ImFont* font = context.theme.body;
  const float text_height =
      font->CalcTextSizeA(font->FontSize, 1e6f, width - 2.0f * pad, message.c_str()).y;
  const Rect card = centred(context, width, text_height + context.px(152.0f));
  draw_card(context, card);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  draw_text(list, context.theme.title,
            {card.x + pad, card.y + context.px(16.0f), card.width - 2.0f * pad, context.px(40.0f)},
            Align::kLeft, context.theme.colours.text,
            context.tr(context.view.dialog_is_note ? "dialog.note" : "dialog.title"));
  draw_paragraph(list, context.theme.body, {card.x + pad, card.y + context.px(60.0f)},
                 card.width - 2.0f * pad, context.theme.colours.text, message);
  const Rect ok{card.right() - pad - context.px(120.0f), card.bottom() - context.px(64.0f),
                context.px(120.0f), context.px(48.0f)};
  if (text_button(context, "dialog.ok", ok, context.tr("ok"), {.selected = true}))
    context.out.actions.push_back(Action::kCloseDialog);
  ImGui::End();
}

}  // namespace ui

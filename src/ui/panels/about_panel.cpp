// The sentence about medical advice: at the first start, in nobody's way, and in the About panel,
// with names, marks, licences and sources.
#include <imgui.h>

#include <array>
#include <cmath>

#include "ui/format.h"
#include "ui/panels/cover.h"
#include "ui/panels/panels.h"
#include "ui/widgets.h"

namespace ui {
namespace {

float height_of(const ImFont* font, const std::string& words, float width) {
  return font->CalcTextSizeA(font->FontSize, 1e6f, width, words.c_str()).y;
}

}  // namespace

void draw_notice(Context& context, Cover& cover) {
  if (!context.view.notice_open) return;
  const auto& tr = context.tr;
  const Rect& free = context.layout.free;
  const float pad = context.px(12.0f);
  const float button_width = context.px(112.0f);
  const float width = std::min(context.px(640.0f), free.width);
  const float text = width - 3.0f * pad - button_width;
  const std::string words = tr("notice.text");
  const float text_height = height_of(context.theme.caption, words, text);
  const float height = std::max(context.px(96.0f), text_height + 2.0f * pad);
  const auto& selected = context.document().selected;
  const bool card_below = std::find(selected.begin(), selected.end(), 1) != selected.end();
  const float bottom = free.bottom() - (card_below ? context.px(72.0f) : 0.0f);
  const Rect card{std::round(free.x + 0.5f * (free.width - width)), bottom - height, width, height};
  Panel panel(context, "notice", card);
  draw_paragraph(*ImGui::GetWindowDrawList(), context.theme.caption,
                 {card.x + pad, std::round(card.y + 0.5f * (height - text_height))}, text,
                 context.theme.colours.text, words);
  const float x = card.right() - pad - button_width;
  const float row = context.px(40.0f);
  const float y = std::round(card.y + 0.5f * (height - 2.0f * row - context.px(4.0f)));
  if (text_button(context, "notice.ok", {x, y, button_width, row}, tr("notice.ok"),
                  {.selected = true}))
    context.out.actions.push_back(Action::kReadNotice);
  if (text_button(context, "notice.more", {x, y + row + context.px(4.0f), button_width, row},
                  tr("notice.more"), {.quiet = false}))
    cover = Cover::kAbout;
}

void draw_about(Context& context, bool& open) {
  const auto& tr = context.tr;
  const Palette& c = context.theme.colours;
  begin_cover(context);
  std::string data = tr("about.data");
  const std::string& source = context.body().source;
  if (!source.empty() && context.body().id != "builtin")
    data += " " + fill_in(tr("about.here"), source);
  const std::array<std::pair<const char*, std::string>, 4> parts = {
      {{"about.medical.title", tr("notice.text")},
       {"about.marks.title", tr("about.marks")},
       {"about.data.title", data},
       {"about.licence.title", tr("about.licence")}}};
  const float pad = context.px(24.0f);
  const float side = context.px(48.0f);
  const float gap = context.px(6.0f);
  const float between = context.px(16.0f);
  const float width =
      std::min(context.px(720.0f), context.layout.footer.right() - context.px(32.0f));
  const float text = width - 2.0f * pad;
  float height = pad + side + gap;
  for (const auto& [title, words] : parts)
    height += context.px(22.0f) + height_of(context.theme.body, words, text) + between;
  const Rect card = centred(context, width, height + context.px(8.0f));
  draw_card(context, card);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float top = card.y + context.px(12.0f);
  draw_text(list, context.theme.title, {card.x + pad, top, text - side, side}, Align::kLeft, c.text,
            fill_in(tr("about.title"), context.view.program_version));
  if (icon_button(context, "about.close",
                  {card.right() - context.px(16.0f) - side, top, side, side}, Icon::kClose,
                  {.tooltip = tr("close")}))
    open = false;
  float y = top + side + gap;
  for (const auto& [title, words] : parts) {
    draw_text(list, context.theme.strong, {card.x + pad, y, text, context.px(22.0f)}, Align::kLeft,
              c.accent, tr(title));
    y += context.px(22.0f);
    y += draw_paragraph(list, context.theme.body, {card.x + pad, y}, text, c.text, words) + between;
  }
  if (is_pressed_beside(card)) open = false;
  ImGui::End();
}

}  // namespace ui

// A cutaway that explains how a nerve gets pressed: which one, on which side, how far it has gone,
// and its words. The picture behind it is the story's, not the body's.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>

#include "ui/format.h"
#include "ui/panels/panels.h"
#include "ui/ui.h"
#include "ui/widgets.h"

namespace ui {
namespace {

constexpr float kAmountStep = 0.02f;

std::string millimetres(float metres) {
  char text[16];
  std::snprintf(text, sizeof text, "%.1f", static_cast<double>(1e3f * metres));
  return text;
}

}  // namespace

void draw_story(Context& context, UiState& state) {
  const auto& tr = context.tr;
  const auto& stories = *context.view.stories;
  StoryState& story = state.story;
  const guide::StorySpec& spec = stories[story.index];
  const Palette& c = context.theme.colours;
  const float pad = context.px(16.0f);
  const float row = context.px(48.0f);
  const float width = context.px(360.0f);
  const float bottom = context.layout.footer.y - context.px(8.0f);
  const Rect card{context.layout.top.x, context.layout.top.y, width, bottom - context.layout.top.y};
  Panel panel(context, "story", card);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float inner = width - 2.0f * pad;
  float y = card.y + context.px(8.0f);
  draw_text(list, context.theme.title, {card.x + pad, y, inner - row, row}, Align::kLeft, c.text,
            tr("story.open"));
  if (icon_button(context, "story.close", {card.right() - context.px(8.0f) - row, y, row, row},
                  Icon::kClose, {.tooltip = tr("story.close.tip")}))
    state.cover = Cover::kNone;
  y += row + context.px(4.0f);
  for (std::size_t i = 0; i < stories.size(); ++i) {
    const std::string key = "story." + stories[i].id;
    if (text_button(context, key, {card.x + pad, y, inner, row}, tr(key),
                    {.selected = i == story.index})) {
      story.index = i;
      story.amount = 0.0f;
    }
    y += row;
  }
  y += context.px(8.0f);
  const float half = 0.5f * inner;
  const auto side_button = [&](const char* key, anatomy::Side side, float x) {
    if (text_button(context, key, {x, y, half, row}, tr(key), {.selected = story.side == side}))
      story.side = side;
  };
  side_button("story.side.left", anatomy::Side::kLeft, card.x + pad);
  side_button("story.side.right", anatomy::Side::kRight, card.x + pad + half);
  y += row + context.px(12.0f);
  draw_text(list, context.theme.strong, {card.x + pad, y, inner, context.px(22.0f)}, Align::kLeft,
            c.text, tr("story.amount"));
  y += context.px(24.0f);
  const Edit edit = slider(context, "story.amount", {card.x + pad, y, inner, row}, story.amount,
                           1.0f, kAmountStep, std::string(tr("story.amount")));
  if (edit.changed || edit.committed) story.amount = std::clamp(edit.value, 0.0f, 1.0f);
  y += row + context.px(8.0f);
  if (spec.bulge) {
    const std::string figures = fill_in(tr("story.bulge"), millimetres(context.view.story_bulge_m),
                                        millimetres(context.view.story_gap_m));
    y += draw_paragraph(list, context.theme.strong, {card.x + pad, y}, inner, c.text, figures) +
         context.px(10.0f);
  }
  y += draw_paragraph(list, context.theme.body, {card.x + pad, y}, inner, c.text,
                      tr("story." + spec.id + ".words")) +
       context.px(12.0f);
  draw_paragraph(list, context.theme.caption, {card.x + pad, y}, inner, c.text_muted,
                 tr("story.notice"));
}

}  // namespace ui

// Name, undo and redo, the standard views, help.
#include <algorithm>
#include <array>

#include "ui/panels/condition_words.h"
#include "ui/panels/panels.h"
#include "ui/widgets.h"

namespace ui {

void draw_top_bar(Context& context, Sheet& sheet) {
  const Rect& bar = context.layout.top;
  Panel panel(context, "top", bar);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float side = context.px(48.0f);
  const float gap = context.px(4.0f);
  const float y = bar.y + 0.5f * (bar.height - side);
  const auto& tr = context.tr;

  // From the right edge inwards, so that nothing is pushed out of a narrow window.
  float x = bar.right() - context.px(8.0f) - side;
  const auto tip = [&tr](const char* key) { return ButtonLook{.tooltip = tr(key)}; };
  if (icon_button(context, "help", {x, y, side, side}, Icon::kHelp, tip("help.tip")))
    context.out.actions.push_back(Action::kToggleHelp);
  const auto toggle = [&sheet](Sheet of) { sheet = sheet == of ? Sheet::kNone : of; };
  x -= side + gap;
  if (icon_button(context, "search", {x, y, side, side}, Icon::kSearch,
                  {.selected = sheet == Sheet::kSearch, .tooltip = tr("search.tip")}))
    toggle(Sheet::kSearch);
  x -= side + gap;
  if (icon_button(context, "view.frame", {x, y, side, side}, Icon::kFrame, tip("view.frame.tip")))
    context.out.actions.push_back(Action::kFrame);
  if (context.layout.views_folded) {
    x -= side + gap;
    if (icon_button(context, "views", {x, y, side, side}, Icon::kViews,
                    {.selected = sheet == Sheet::kViews, .tooltip = tr("views.tip")}))
      toggle(Sheet::kViews);
    x -= context.px(4.0f);
  } else {
    // The views draw together in a narrow window.
    const float view_width = context.px(bar.width < context.px(1100.0f) ? 56.0f : 64.0f);
    x -= static_cast<float>(kStandardViews.size()) * (view_width + gap) + gap;
    float at = x;
    for (const StandardViewButton& view : kStandardViews) {
      if (text_button(context, view.id, {at, y, view_width, side}, tr(view.id),
                      {.tooltip = tr(context.join({view.id, ".tip"}))}))
        context.out.actions.push_back(view.action);
      at += view_width + gap;
    }
  }
  x -= context.px(12.0f) + side;
  if (icon_button(context, "redo", {x, y, side, side}, Icon::kRedo,
                  {.enabled = context.snapshot.can_redo, .tooltip = tr("redo.tip")}))
    context.out.commands.push_back(session::Redo{});
  x -= side + gap;
  if (icon_button(context, "undo", {x, y, side, side}, Icon::kUndo,
                  {.enabled = context.snapshot.can_undo, .tooltip = tr("undo.tip")}))
    context.out.commands.push_back(session::Undo{});

  const float mark = context.px(34.0f);
  const Rect menu{bar.x + context.px(7.0f), y, side, side};
  if (button(
          context, "menu", menu, {.selected = sheet == Sheet::kMenu, .tooltip = tr("menu.tip")},
          [&](ImDrawList& inside, const Rect& r, ImU32) {
            draw_mark(inside, {r.x + 0.5f * r.width, r.y + 0.5f * r.height}, mark, context.theme);
          }))
    toggle(Sheet::kMenu);
  const float name_x = menu.right() + context.px(6.0f);
  const float name_width = text_width(context.theme.title, tr("app.title"));
  // The name gives way to where and who in a narrow window.
  const float room = x - context.px(12.0f) - name_x;
  const float both = context.px(176.0f + 208.0f) + gap;
  const bool named = room >= name_width + context.px(20.0f) + both;
  const float places_width =
      named ? context.px(176.0f) : std::min(context.px(232.0f), 0.48f * (room - gap));
  const float person_width =
      named ? context.px(208.0f) : std::min(context.px(272.0f), room - places_width - gap);
  if (named)
    draw_text(list, context.theme.title, {name_x, bar.y, name_width + 1.0f, bar.height},
              Align::kLeft, context.theme.colours.text, tr("app.title"));
  const sim::Condition& condition = find_condition(context);
  const char* person = tr(condition.name_key);
  if (condition.one_sided) person = context.join({person, ", ", tr(side_key(context))});
  x -= context.px(12.0f) + person_width;
  if (text_button(context, "condition", {x, y, person_width, side}, person,
                  {.selected = sheet == Sheet::kConditions,
                   .quiet = false,
                   .tooltip = tr("condition.tip")}))
    toggle(Sheet::kConditions);
  x -= gap + places_width;
  if (text_button(
          context, "places", {x, y, places_width, side}, tr("places"),
          {.selected = sheet == Sheet::kPlaces, .quiet = false, .tooltip = tr("places.tip")}))
    toggle(Sheet::kPlaces);
}

}  // namespace ui

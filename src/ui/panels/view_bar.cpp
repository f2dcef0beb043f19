// What is shown of the body beside its shape: colours of the muscles, the section, limits.
#include <algorithm>
#include <cmath>

#include "ui/format.h"
#include "ui/panels/panels.h"
#include "ui/widgets.h"

namespace ui {
namespace {

const char* field_key(const Context& context, session::Field field) {
  return context.join({"field.", session::to_string(field)});
}

// Limits are on and can be seen.
bool shows_limits(const Context& context) {
  return context.document().limits && context.document().layer == anatomy::Layer::kSkin &&
         context.body().has_skin();
}

}  // namespace

void draw_view_bar(Context& context, bool& fields_open, bool& section_open) {
  const Rect& area = context.layout.view_bar;
  const auto& tr = context.tr;
  const float pad = context.px(4.0f);
  const float height = context.px(48.0f);
  // Words beside the icons as long as there is room for them.
  const bool tight = area.width < context.px(600.0f);
  const bool icons = area.width < context.px(520.0f);
  const float colours = context.px(tight ? 196.0f : 224.0f);
  const float other = context.px(icons ? 48.0f : tight ? 100.0f : 116.0f);
  const float width = colours + 3.0f * other + 5.0f * pad;
  const Rect bar{std::round(area.x + 0.5f * (area.width - width)), area.y, width, area.height};
  Panel panel(context, "view_bar", bar);
  float x = bar.x + pad;
  const float y = bar.y + pad;
  const char* chosen =
      context.fill_in(tr("colours"), tr(field_key(context, context.document().field)));
  if (icon_text_button(
          context, "colours", {x, y, colours, height}, Icon::kColours, chosen,
          {.selected = fields_open || context.document().field != session::Field::kNatural,
           .tooltip = tr("colours.tip")}))
    fields_open = !fields_open;
  x += colours + pad;
  const auto toggle = [&](const char* id, Icon icon, bool enabled, bool selected, const char* tip) {
    const Rect at{x, y, other, height};
    ButtonLook look{.enabled = enabled, .selected = selected, .tooltip = tr(tip)};
    x += other + pad;
    if (!icons) return icon_text_button(context, id, at, icon, tr(id), look);
    look.tooltip = context.join({tr(id), "\n", look.tooltip});
    return icon_button(context, id, at, icon, look);
  };
  if (toggle("section", Icon::kDepth, true, section_open, "section.tip"))
    section_open = !section_open;
  const bool limits = shows_limits(context);
  const bool has_skin = context.body().has_skin();
  if (toggle("limits", Icon::kLimits, has_skin, limits, has_skin ? "limits.tip" : "limits.no_skin"))
    context.out.commands.push_back(session::SetLimits{!limits});
  if (toggle("labels", Icon::kLabels, true, context.view.display.labels, "labels.tip"))
    context.out.actions.push_back(Action::kLabels);
}

void draw_fields(Context& context, bool& open) {
  const Rect& free = context.layout.free;
  const auto& tr = context.tr;
  const float pad = context.px(8.0f);
  const float row = context.px(48.0f);
  const float width = std::min(context.px(460.0f), free.width);
  const Rect card{std::round(free.x + 0.5f * (free.width - width)), free.y, width,
                  2.0f * pad + row * static_cast<float>(session::kFieldCount)};
  Panel panel(context, "fields", card, card.bottom() > free.bottom());
  float y = card.y + pad;
  for (int i = 0; i < session::kFieldCount; ++i) {
    const auto field = static_cast<session::Field>(i);
    const char* key = field_key(context, field);
    const bool chosen = context.document().field == field;
    if (button(context, key, {card.x + pad, y, width - 2.0f * pad, row}, {.selected = chosen},
               [&](ImDrawList& list, const Rect& r, ImU32 colour) {
                 const Rect name{r.x + context.px(12.0f), r.y + context.px(4.0f),
                                 r.width - context.px(24.0f), context.px(22.0f)};
                 draw_text(list, context.theme.strong, name, Align::kLeft, colour, tr(key));
                 draw_text(
                     list, context.theme.caption,
                     {name.x, name.bottom() - context.px(2.0f), name.width, context.px(20.0f)},
                     Align::kLeft, context.theme.colours.text_muted,
                     tr(context.join({key, ".tip"})));
               })) {
      context.out.commands.push_back(session::SetField{field});
      open = false;
    }
    y += row;
  }
}

}  // namespace ui

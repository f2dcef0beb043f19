// The layers from the skin to the skeleton, x-ray, nerves and vessels, and showing all again.
#include <string>

#include "ui/panels/panels.h"
#include "ui/widgets.h"

namespace ui {

void draw_layer_rail(Context& context) {
  const Rect& rail = context.layout.rail;
  Panel panel(context, "rail", rail);
  const auto& tr = context.tr;
  const float pad = context.px(8.0f);
  const float height = context.px(48.0f);
  const float width = rail.width - 2.0f * pad;
  float y = rail.y + pad;
  for (int i = 0; i < anatomy::kLayerCount; ++i) {
    const auto layer = static_cast<anatomy::Layer>(i);
    const std::string key = "layer." + std::string(anatomy::to_string(layer));
    const ButtonLook look{.selected = context.document().layer == layer,
                          .tooltip = tr(key + ".tip")};
    if (button(
            context, key, {rail.x + pad, y, width, height}, look,
            [&](ImDrawList& list, const Rect& r, ImU32 colour) {
              draw_layer_icon(list, layer, {r.x + context.px(22.0f), r.y + 0.5f * r.height},
                              context.px(24.0f), colour);
              const Rect words{r.x + context.px(42.0f), r.y, r.width - context.px(46.0f), r.height};
              draw_text(list, look.selected ? context.theme.strong : context.theme.body, words,
                        Align::kLeft, colour, tr(key));
            }))
      context.out.commands.push_back(session::SetLayer{layer});
    y += height;
  }
  y += 0.5f * pad;
  ImGui::GetWindowDrawList()->AddLine({rail.x + 2.0f * pad, y}, {rail.right() - 2.0f * pad, y},
                                      context.theme.colours.panel_border);
  y += 0.5f * pad;
  if (icon_text_button(context, "xray", {rail.x + pad, y, width, height}, Icon::kXray, tr("xray"),
                       {.selected = context.document().xray, .tooltip = tr("xray.tip")}))
    context.out.commands.push_back(session::SetXray{!context.document().xray});
  y += height;
  if (icon_text_button(context, "nerves", {rail.x + pad, y, width, height}, Icon::kNerves,
                       tr("nerves"),
                       {.selected = context.document().nerves, .tooltip = tr("nerves.tip")}))
    context.out.commands.push_back(session::SetNerves{!context.document().nerves});
  y += height;
  bool anything_hidden = context.document().is_isolating();
  for (const std::uint8_t hidden : context.document().hidden) anything_hidden |= hidden != 0;
  if (icon_text_button(context, "show_all", {rail.x + pad, y, width, height}, Icon::kShowAll,
                       tr("show_all"), {.enabled = anything_hidden, .tooltip = tr("show_all.tip")}))
    context.out.commands.push_back(session::UnhideAll{});
}

}  // namespace ui

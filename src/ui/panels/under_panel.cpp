// What is under here, from the skin to the bone: under the head, or where the skin was pointed at
// (right click).
#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <glm/geometric.hpp>

#include "ui/format.h"
#include "ui/panels/panels.h"
#include "ui/scroll_list.h"
#include "ui/widgets.h"

namespace ui {
namespace {

// The head's leading contact, or its middle while it is lifted.
glm::vec3 under_head(const Context& context) {
  const auto* section = context.snapshot.section;
  if (section != nullptr && *section) return (*section)->point_m;
  return context.snapshot.head_now.position_m;
}

std::string in_mm(float metres) { return std::to_string(std::lround(1000.0f * metres)) + " mm"; }

}  // namespace

void draw_under(Context& context, bool& open, UnderState& state) {
  const auto& tr = context.tr;
  const Palette& c = context.theme.colours;
  Rect free = context.layout.free;
  free.height = free.bottom() - context.layout.view_bar.y;
  free.y = context.layout.view_bar.y;
  const float pad = context.px(8.0f);
  const float side = context.px(48.0f);
  const bool pointed = context.view.picked_m.has_value();
  if (!pointed) state.head = true;
  const glm::vec3 at = state.head ? under_head(context) : *context.view.picked_m;
  // A hair of movement, as of a settling head, changes nothing that could be read.
  constexpr float kSamePlaceM = 0.001f;
  if (!state.at_m || glm::distance(*state.at_m, at) > kSamePlaceM) {
    state.at_m = at;
    state.layers = guide::find_layers_here(at, *context.snapshot.index);
    state.chosen = -1;
  }
  const float width = std::min(context.px(440.0f), free.width);
  const float row = context.px(48.0f);
  const float head = 2.0f * pad + side + context.px(28.0f);
  const float wanted =
      head + pad + row * static_cast<float>(std::max<std::size_t>(1, state.layers.size()));
  const Rect card{free.x, free.y, width, std::min(free.height, wanted)};
  Panel panel(context, "under_panel", card);
  const float tab = std::floor(0.5f * (card.width - 3.0f * pad - side));
  if (text_button(context, "under.head", {card.x + pad, card.y + pad, tab, side}, tr("under.head"),
                  {.selected = state.head}))
    state.head = true;
  if (text_button(
          context, "under.pointed", {card.x + pad + tab, card.y + pad, tab, side},
          tr("under.pointed"),
          {.enabled = pointed, .selected = !state.head, .tooltip = tr("under.pointed.tip")}))
    state.head = false;
  if (icon_button(context, "under.close", {card.right() - pad - side, card.y + pad, side, side},
                  Icon::kClose, {.tooltip = tr("close")}))
    open = false;
  ImDrawList& own = *ImGui::GetWindowDrawList();
  const Rect title{card.x + context.px(20.0f), card.y + pad + side + context.px(4.0f),
                   card.width - context.px(40.0f), context.px(24.0f)};
  draw_text(own, context.theme.caption, title, Align::kLeft, c.text_muted, tr("under.title"));
  draw_text(own, context.theme.caption, title, Align::kRight, c.text_muted, tr("under.depth"));
  const Rect area{card.x + pad, card.y + head, card.width - 2.0f * pad,
                  card.bottom() - pad - card.y - head};
  if (state.layers.empty()) {
    draw_text(own, context.theme.body, {title.x, area.y, title.width, row}, Align::kLeft,
              c.text_muted, tr("under.nothing"));
    return;
  }
  const bool moved = move_choice(state.chosen, state.layers.size());
  ScrollList rows("under.list", area, state.layers.size(), row, moved ? state.chosen : -1);
  const auto& structures = context.body().structures;
  int pressed = -1;
  for (std::size_t i = rows.first(); i < rows.last(); ++i) {
    const guide::LayerHere& layer = state.layers[i];
    const anatomy::Structure& structure = structures[layer.structure];
    const bool on = context.document().selected[layer.structure] != 0;
    if (button(
            context, "under." + structure.id, rows.row(i),
            {.selected = on || state.chosen == static_cast<int>(i), .tooltip = structure.latin},
            [&](ImDrawList& list, const Rect& r, ImU32 colour) {
              const Rect words{r.x + context.px(12.0f), r.y, r.width - context.px(24.0f), r.height};
              std::string depth = in_mm(layer.depth_m);
              if (layer.thickness_m > 0.0005f)
                depth += "  ·  " + fill_in(tr("under.thick"), in_mm(layer.thickness_m));
              const float room = text_width(context.theme.body, depth) + context.px(12.0f);
              draw_text(list, context.theme.body,
                        {words.x, words.y, words.width - room, words.height}, Align::kLeft, colour,
                        structure.name);
              draw_text(list, context.theme.body, words, Align::kRight, c.text_muted, depth);
            }))
      pressed = static_cast<int>(i);
  }
  if (pressed < 0 && state.chosen >= 0 && ImGui::IsKeyPressed(ImGuiKey_Enter))
    pressed = state.chosen;
  if (pressed >= 0)
    context.out.commands.push_back(
        session::Reveal{{state.layers[static_cast<std::size_t>(pressed)].structure}});
}

}  // namespace ui

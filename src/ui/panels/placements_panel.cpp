// Where to place the head: the list of placements, and the card of the chosen one.
#include <algorithm>
#include <cmath>
#include <string>

#include "session/stand_words.h"
#include "ui/format.h"
#include "ui/panels/finder_panel.h"
#include "ui/panels/panels.h"
#include "ui/scroll_list.h"
#include "ui/widgets.h"

namespace ui {
namespace {

using anatomy::Side;

// Narrower than that, names of places would be cut in two columns.
constexpr float kTwoColumns = 500.0f;

std::string key_of(const session::PlacementReadout& placement, const char* part = "") {
  return "placement." + placement.spec.id + part;
}

std::string force_words(const Context& context, const guide::PlacementSpec& spec) {
  if (spec.force[0] == base::Newtons{0.0f})
    return fill_in(context.tr("place.force.most"), format_newtons(spec.force[1].value));
  return fill_in(context.tr("place.force"), std::to_string(std::lround(spec.force[0].value)),
                 format_newtons(spec.force[1].value));
}

// What is different from what the placement wants, the largest thing first.
std::string difference_words(const Context& context, const session::PlacementTarget& target,
                             const guide::PlacementSpec& spec) {
  std::string words;
  const auto add = [&words](const std::string& part) {
    words += (words.empty() ? "" : ", ") + part;
  };
  const auto& tr = context.tr;
  if (target.other_attachment) {
    const auto& wanted =
        context.snapshot.tool->attachments[static_cast<std::size_t>(spec.attachment)];
    add(fill_in(tr("place.attachment"), tr(wanted.name_key)));
  }
  if (target.away_m > session::kReachedM)
    add(fill_in(tr("place.away"), std::to_string(std::lround(100.0f * target.away_m))));
  const float turned = std::max(target.turned.value, target.pitched.value);
  if (turned > session::kReachedRad) add(fill_in(tr("place.turned"), format_degrees(turned)));
  const float beyond = target.beyond_range.value;
  if (beyond > 0.0f) add(fill_in(tr("place.force.less"), force_words(context, spec)));
  if (beyond < 0.0f) add(fill_in(tr("place.force.more"), force_words(context, spec)));
  return words;
}

}  // namespace

void draw_placements(Context& context, bool& open, FinderState& finder) {
  const auto& tr = context.tr;
  const auto& all = *context.snapshot.placements;
  // The bar above the body gives way to the list.
  Rect free = context.layout.free;
  free.height = free.bottom() - context.layout.view_bar.y;
  free.y = context.layout.view_bar.y;
  const float pad = context.px(12.0f);
  const float title = context.px(40.0f);
  float note = context.px(22.0f);
  const float width = std::min(context.px(720.0f), free.width);
  const std::size_t columns = width < context.px(kTwoColumns) ? 1 : 2;
  const std::size_t rows = (all.size() + columns - 1) / columns;
  const float row = context.px(48.0f);
  // In a low window the list lies over the dock, too, as long as it is open.
  const float lists = 2.0f * pad + title + static_cast<float>(rows) * row;
  const bool over = lists + note > free.height;
  if (over) free.height = context.layout.footer.y - free.y;
  if (lists + note > free.height) note = 0.0f;
  float height = std::min(lists + note, free.height);
  if (over) height = std::max(height, context.layout.dock.bottom() - free.y);
  const Rect card{std::round(free.x + 0.5f * (free.width - width)), free.y, width, height};
  Panel panel(context, "places", card, over);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  if (icon_button(context, "places.close",
                  {card.right() - context.px(52.0f), card.y + context.px(2.0f), context.px(48.0f),
                   context.px(48.0f)},
                  Icon::kClose, {.tooltip = tr("places.close.tip")}))
    open = false;
  float title_end = card.right() - pad - context.px(48.0f);
  if (context.view.finder != nullptr)
    title_end = draw_finder_ways(context, title_end, card.y + context.px(4.0f), finder);
  const float title_x = card.x + pad + context.px(8.0f);
  // The ways say enough where there is no room for the title.
  if (text_width(context.theme.strong, tr("places.title")) <= title_end - title_x)
    draw_text(list, context.theme.strong,
              {title_x, card.y + context.px(4.0f), title_end - title_x, context.px(40.0f)},
              Align::kLeft, context.theme.colours.text, tr("places.title"));
  if (note > 0.0f)
    draw_text(
        list, context.theme.caption,
        {card.x + pad, card.bottom() - pad - note + context.px(4.0f), width - 2.0f * pad, note},
        Align::kCentre, context.theme.colours.text_muted, tr("places.note"));
  const float top = card.y + pad + title;
  const Rect inside{card.x + pad, top, width - 2.0f * pad, card.bottom() - pad - note - top};
  if (context.view.finder != nullptr) {
    const bool complaint = finder.way == FinderState::Way::kComplaint;
    if (!complaint && draw_red_flag(context, inside, finder)) return;
    if (finder.way != FinderState::Way::kAll) return draw_finder(context, inside, open, finder);
  }
  const ScrollList shown("places.list", inside, rows, row);
  const float column = shown.row(shown.first()).width / static_cast<float>(columns);
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (i % rows < shown.first() || i % rows >= shown.last()) continue;
    const session::PlacementReadout& placement = all[i];
    Rect at = shown.row(i % rows);
    at.x += static_cast<float>(i / rows) * column;
    at.width = column;
    const bool had = placement.obstacle.empty();
    const bool chosen = context.document().placement == static_cast<int>(i);
    const auto draw_row = [&](ImDrawList& row_list, const Rect& r, ImU32 colour) {
      const bool two = r.height >= context.px(44.0f);
      const float x = r.x + context.px(8.0f);
      const float y = two ? r.y + context.px(3.0f) : r.y;
      draw_text(row_list, context.theme.body,
                {x, y, r.right() - x, two ? context.px(24.0f) : r.height}, Align::kLeft, colour,
                tr(key_of(placement)));
      if (two)
        draw_text(row_list, context.theme.caption,
                  {x, y + context.px(21.0f), r.right() - x, context.px(20.0f)}, Align::kLeft,
                  context.theme.colours.text_muted,
                  tr(had ? key_of(placement, ".for") : "places.lacking"));
    };
    if (button(context, "place." + placement.spec.id, at,
               {.enabled = had,
                .selected = chosen,
                .tooltip = tr(had ? key_of(placement, ".for") : "places.lacking")},
               draw_row)) {
      context.out.commands.push_back(
          session::Place{static_cast<int>(i), context.document().placement_side});
      open = false;
    }
  }
}

void draw_placement_card(Context& context) {
  const session::Document& document = context.document();
  if (document.placement < 0 || !context.snapshot.placement) return;
  const auto& placement =
      (*context.snapshot.placements)[static_cast<std::size_t>(document.placement)];
  const session::PlacementTarget& target = *context.snapshot.placement;
  const auto& tr = context.tr;
  const Palette& c = context.theme.colours;
  const Rect& card = context.layout.place;
  Panel panel(context, "place", card);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float pad = context.px(12.0f);
  const float side = context.px(48.0f);
  const float y = card.y + 0.5f * (card.height - side);
  float right = card.right() - context.px(8.0f) - side;
  if (icon_button(context, "place.close", {right, y, side, side}, Icon::kClose,
                  {.tooltip = tr("place.close.tip")}))
    context.out.commands.push_back(session::Place{-1});
  const auto go = [&](Side to) {
    context.out.commands.push_back(session::Place{document.placement, to});
  };
  if (!placement.spec.centred) {
    const float width = context.px(64.0f);
    for (const auto& [id, key, to] : {std::tuple("place.right", "place.right.word", Side::kRight),
                                      std::tuple("place.left", "place.left.word", Side::kLeft)}) {
      right -= width + context.px(2.0f);
      if (text_button(
              context, id, {right, y, width, side}, tr(key),
              {.selected = document.placement_side == to, .tooltip = tr(std::string(id) + ".tip")}))
        go(to);
    }
  }
  const bool wide = card.width >= context.px(620.0f);
  const float door = wide ? context.px(84.0f) : side;
  right -= door + context.px(6.0f);
  const ButtonLook door_look{.quiet = false, .tooltip = tr("door.button.tip")};
  const Rect door_at{right, y, door, side};
  if (wide ? text_button(context, "place.door", door_at, tr("door.button"), door_look)
           : icon_button(context, "place.door", door_at, Icon::kDoor, door_look))
    context.out.actions.push_back(Action::kDoor);
  const bool reached = target.is_reached();
  if (!reached) {
    const float width = context.px(96.0f);
    right -= width + context.px(6.0f);
    if (text_button(context, "place.back", {right, y, width, side}, tr("place.back"),
                    {.quiet = false, .tooltip = tr("place.back.tip")}))
      go(document.placement_side);
  }
  const float x = card.x + pad;
  const float width = right - context.px(8.0f) - x;
  const float step = context.px(card.height >= context.px(72.0f) ? 21.0f : 18.0f);
  float line = card.y + 0.5f * (card.height - 3.0f * step) - context.px(2.0f);
  const std::string name = tr(key_of(placement));
  const std::string dose = session::time_words(placement.spec.seconds, tr) + "  ·  " +
                           force_words(context, placement.spec);
  const float name_width = std::min(width, text_width(context.theme.strong, name) + 1.0f);
  draw_text(list, context.theme.strong, {x, line, name_width, context.px(24.0f)}, Align::kLeft,
            c.text, name);
  if (name_width + context.px(16.0f) + text_width(context.theme.caption, dose) <= width)
    draw_text(list, context.theme.caption,
              {x + name_width + context.px(16.0f), line, width, context.px(24.0f)}, Align::kLeft,
              c.text_muted, dose);
  line += step + context.px(1.0f);
  std::string words = difference_words(context, target, placement.spec);
  if (reached) {
    words = target.reaches ? std::string(tr(key_of(placement, ".for"))) + ".  " +
                                 std::string(tr(key_of(placement, ".how")))
                           : std::string(tr("place.short"));
  }
  draw_text(list, context.theme.caption, {x, line, width, context.px(20.0f)}, Align::kLeft,
            reached && target.reaches ? c.text_muted : c.accent, words);
  line += step;
  draw_text(list, context.theme.caption, {x, line, width, context.px(20.0f)}, Align::kLeft,
            c.warning, tr(key_of(placement, ".caution")));
}

}  // namespace ui

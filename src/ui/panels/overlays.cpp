// Small things over the picture: names under the pointer, the selected structure's card, which side
// is the patient's left, and the standing notice.
#include <algorithm>
#include <cmath>
#include <memory_resource>
#include <string>
#include <utility>

#include "ui/format.h"
#include "ui/panels/condition_words.h"
#include "ui/panels/panels.h"
#include "ui/widgets.h"

namespace ui {
namespace {

void draw_pill(Context& context, ImFont* font, ImVec2 centre, std::string_view words) {
  ImDrawList& list = *ImGui::GetBackgroundDrawList();
  const float width = text_width(font, words) + context.px(20.0f);
  const float height = context.px(26.0f);
  const Rect pill{std::round(centre.x - 0.5f * width), std::round(centre.y - 0.5f * height), width,
                  height};
  list.AddRectFilled({pill.x, pill.y}, {pill.right(), pill.bottom()}, context.theme.colours.pill,
                     0.5f * height);
  draw_text(list, font, pill, Align::kCentre, context.theme.colours.text_muted, words);
}

// The label's key, or null; what is said.
using FactsLine = std::pair<const char*, std::string_view>;
using FactsLines = std::pmr::vector<FactsLine>;

// Tender spots of a muscle, in words; nothing where it has none.
const char* tender_words(const Context& context, const anatomy::Structure& structure) {
  const char* words = "";
  if (context.snapshot.tender_spots == nullptr) return words;
  const auto& spots = *context.snapshot.tender_spots;
  bool any = false;
  for (std::size_t i = 0; i < spots.size(); ++i) {
    if (!guide::is_tender_spot_of(spots[i], structure.id)) continue;
    any = true;
    const char* key = context.join({"tender.", spots[i].id});
    words = context.join({words,
                          context.fill_in(context.tr("tender.line"), context.tr(key),
                                          context.tr(context.join({key, ".refers"}))),
                          " "});
  }
  return any ? context.join({words, context.tr("tender.disputed")}) : words;
}

// Tender spots of a muscle, as indices.
using Spots = std::pmr::vector<int>;

Spots find_spots(const Context& context, const anatomy::Structure& structure) {
  Spots found(context.memory.resource());
  const auto& spots = *context.snapshot.tender_spots;
  for (std::size_t i = 0; i < spots.size(); ++i) {
    if (guide::is_tender_spot_of(spots[i], structure.id)) found.push_back(static_cast<int>(i));
  }
  return found;
}

// The next map of this muscle after the one that is shown; none after the last.
session::ShowTender next_tender(const Context& context, const anatomy::Structure& structure,
                                const Spots& spots) {
  const auto side =
      structure.side == anatomy::Side::kLeft ? anatomy::Side::kLeft : anatomy::Side::kRight;
  const session::Document& document = context.document();
  const auto shown = document.tender_side == side
                         ? std::find(spots.begin(), spots.end(), document.tender)
                         : spots.end();
  if (shown == spots.end()) return {spots.front(), side};
  return shown + 1 == spots.end() ? session::ShowTender{-1, side}
                                  : session::ShowTender{*(shown + 1), side};
}

// What the card says, as key of the label and text; one line without label where nothing is known.
FactsLines find_facts(const Context& context, const anatomy::Structure& structure) {
  FactsLines lines(context.memory.resource());
  const auto* facts = context.view.facts == nullptr ? nullptr : context.view.facts->find(structure);
  if (facts == nullptr) {
    lines.emplace_back(nullptr, context.tr("facts.none"));
    return lines;
  }
  lines = {{"facts.origin", facts->origin},
           {"facts.insertion", facts->insertion},
           {"facts.innervation", facts->innervation},
           {"facts.action", facts->action},
           {"facts.blood_supply", facts->blood_supply},
           {"facts.course", facts->course},
           {"facts.supplies", facts->supplies},
           {"facts.massage", facts->massage},
           {"tender.fact", tender_words(context, structure)},
           {nullptr, context.tr("facts.review")}};
  std::erase_if(lines, [](const FactsLine& line) { return line.second.empty(); });
  return lines;
}

float facts_label_width(const Context& context) { return context.px(104.0f); }

float facts_line_height(const Context& context, const FactsLine& line, float width) {
  ImFont* font = line.first == nullptr ? context.theme.caption : context.theme.body;
  const float text =
      width - context.px(32.0f) - (line.first == nullptr ? 0.0f : facts_label_width(context));
  return font->CalcTextSizeA(font->FontSize, 1e6f, text, line.second.data(),
                             line.second.data() + line.second.size())
             .y +
         context.px(8.0f);
}

float facts_height(const Context& context, const anatomy::Structure& structure, float width) {
  float height = context.px(8.0f);
  for (const FactsLine& line : find_facts(context, structure))
    height += facts_line_height(context, line, width);
  return height;
}

void draw_facts(Context& context, const anatomy::Structure& structure, const Rect& area) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const Palette& c = context.theme.colours;
  float y = area.y;
  for (const FactsLine& line : find_facts(context, structure)) {
    const float x = area.x + context.px(16.0f);
    const float label = line.first == nullptr ? 0.0f : facts_label_width(context);
    if (line.first != nullptr)
      draw_paragraph(list, context.theme.caption, {x, y + context.px(1.0f)}, label, c.text_muted,
                     context.tr(line.first));
    draw_paragraph(list, label > 0.0f ? context.theme.body : context.theme.caption, {x + label, y},
                   area.width - context.px(32.0f) - label, label > 0.0f ? c.text : c.text_muted,
                   line.second);
    y += facts_line_height(context, line, area.width);
  }
}

}  // namespace

void draw_hover_name(Context& context) {
  if (context.view.hovered == anatomy::kNone) return;
  const anatomy::Structure& structure = context.body().structures[context.view.hovered];
  ImDrawList& list = *ImGui::GetForegroundDrawList();
  const Palette& c = context.theme.colours;
  const float pad = context.px(10.0f);
  const bool latin = !structure.latin.empty();
  const float name_width = text_width(context.theme.strong, structure.name);
  const float latin_width = latin ? text_width(context.theme.caption, structure.latin) : 0.0f;
  Rect box{context.view.pointer_x + context.px(18.0f), context.view.pointer_y + context.px(14.0f),
           std::max(name_width, latin_width) + 2.0f * pad, context.px(latin ? 48.0f : 32.0f)};
  // Kept inside the window, on the other side of the pointer where there is no room.
  const float right = context.layout.footer.right();
  if (box.right() > right) box.x = context.view.pointer_x - context.px(12.0f) - box.width;
  if (box.bottom() > context.layout.footer.y)
    box.y = context.view.pointer_y - context.px(12.0f) - box.height;
  list.AddRectFilled({box.x, box.y}, {box.right(), box.bottom()}, c.inverse, context.px(8.0f));
  draw_text(list, context.theme.strong,
            {box.x + pad, box.y + context.px(5.0f), name_width + 1.0f, context.px(22.0f)},
            Align::kLeft, c.inverse_text, structure.name);
  if (latin)
    draw_text(list, context.theme.caption,
              {box.x + pad, box.y + context.px(25.0f), latin_width + 1.0f, context.px(18.0f)},
              Align::kLeft, c.inverse_muted, structure.latin);
}

void draw_selection_card(Context& context, bool& facts_open) {
  std::pmr::vector<anatomy::StructureIndex> selected(context.memory.resource());
  const auto& flags = context.document().selected;
  for (std::size_t i = 0; i < flags.size(); ++i) {
    if (flags[i] != 0) selected.push_back(static_cast<anatomy::StructureIndex>(i));
  }
  if (selected.empty()) return;
  const Rect& free = context.layout.free;
  const auto& tr = context.tr;
  const anatomy::Structure& first = context.body().structures[selected.front()];
  const float bar = context.px(64.0f);
  const float width = std::min(context.px(520.0f), free.width);
  const float height =
      facts_open ? std::min(bar + facts_height(context, first, width), free.height) : bar;
  const Rect card{std::round(free.x + 0.5f * (free.width - width)), free.bottom() - height, width,
                  height};
  Panel panel(context, "selection", card);
  const float side = context.px(48.0f);
  const float y = card.y + context.px(8.0f);
  float x = card.right() - context.px(8.0f) - side;
  if (icon_button(context, "selection.clear", {x, y, side, side}, Icon::kClose,
                  {.tooltip = tr("selection.clear.tip")}))
    context.out.commands.push_back(session::Select{});
  x -= side;
  if (icon_button(context, "selection.hide", {x, y, side, side}, Icon::kHide,
                  {.tooltip = tr("selection.hide.tip")}))
    context.out.commands.push_back(session::Hide{{selected.begin(), selected.end()}});
  x -= side;
  const bool isolating = context.document().is_isolating();
  if (icon_button(context, "selection.isolate", {x, y, side, side}, Icon::kIsolate,
                  {.selected = isolating, .tooltip = tr("selection.isolate.tip")}))
    context.out.commands.push_back(session::Isolate{
        isolating ? std::vector<anatomy::StructureIndex>{}
                  : std::vector<anatomy::StructureIndex>(selected.begin(), selected.end())});
  x -= side;
  if (icon_button(context, "selection.facts", {x, y, side, side}, Icon::kFacts,
                  {.selected = facts_open, .tooltip = tr("selection.facts.tip")}))
    facts_open = !facts_open;
  if (context.snapshot.tender_spots != nullptr) {
    const Spots spots = find_spots(context, first);
    const bool shown =
        std::find(spots.begin(), spots.end(), context.document().tender) != spots.end();
    if (!spots.empty()) {
      x -= side;
      if (icon_button(context, "selection.tender", {x, y, side, side}, Icon::kTender,
                      {.selected = shown, .tooltip = tr("tender.tip")}))
        context.out.commands.push_back(next_tender(context, first, spots));
    }
  }
  std::string_view name = first.name;
  if (selected.size() > 1) name = context.join({name, " +", std::to_string(selected.size() - 1)});
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const Rect words{card.x + context.px(16.0f), card.y + context.px(10.0f),
                   x - card.x - context.px(24.0f), context.px(24.0f)};
  draw_text(list, context.theme.strong, words, Align::kLeft, context.theme.colours.text, name);
  draw_text(list, context.theme.caption, {words.x, words.bottom(), words.width, context.px(20.0f)},
            Align::kLeft, context.theme.colours.text_muted, first.latin);
  if (height > bar) draw_facts(context, first, {card.x, card.y + bar, width, height - bar});
}

void draw_side_hints(Context& context) {
  const Rect& free = context.layout.free;
  const float y = free.y + context.px(16.0f);
  const auto& tr = context.tr;
  ImFont* font = context.theme.caption;
  const float left = context.view.left_on_screen;
  if (std::abs(left) < 0.35f) {
    draw_pill(context, font, {free.x + 0.5f * free.width, y}, tr("side.profile"));
    return;
  }
  const char* at_left = left < 0.0f ? "side.left" : "side.right";
  const char* at_right = left < 0.0f ? "side.right" : "side.left";
  const auto half = [&](const char* key) {
    return 0.5f * text_width(font, tr(key)) + context.px(10.0f);
  };
  draw_pill(context, font, {free.x + half(at_left), y}, tr(at_left));
  draw_pill(context, font, {free.right() - half(at_right), y}, tr(at_right));
}

void draw_plate(Context& context) {
  ImDrawList& list = *ImGui::GetBackgroundDrawList();
  const ViewInfo& view = context.view;
  draw_plate_labels(list, context.theme, view.plate, view.plate_columns);
  // Notices lie where these stand.
  const bool notice = has_safety_notice(context) || has_hint(context);
  if (view.notice_open || (notice && covers_free_width(context))) return;
  draw_scale_bar(list, context.theme, view.plate, view.plate_area);
  draw_orientation(list, context.theme, context.tr, view.plate, view.plate_area);
}

void draw_footer(Context& context) {
  ImDrawList& list = *ImGui::GetBackgroundDrawList();
  const Rect& footer = context.layout.footer;
  list.AddRectFilled({footer.x, footer.y}, {footer.right(), footer.bottom()},
                     context.theme.colours.footer);
  const std::string& caution = find_condition(context).caution_key;
  draw_text(list, context.theme.caption, footer, Align::kCentre,
            caution.empty() ? context.theme.colours.text_muted : context.theme.colours.warning,
            context.tr(caution.empty() ? "notice" : caution));
}

}  // namespace ui

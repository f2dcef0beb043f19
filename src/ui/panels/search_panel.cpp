// Search: words in, structures, groups, placements, conditions and commands out (session/search.h).
// Arrow keys and Enter choose; Escape leaves.
#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "ui/command_list.h"
#include "ui/panels/panels.h"
#include "ui/scroll_list.h"
#include "ui/widgets.h"

namespace ui {
namespace {

using session::FindKind;

constexpr std::size_t kMostFound = 10;

Icon icon_of(FindKind kind) {
  switch (kind) {
    case FindKind::kGroup:
      return Icon::kTree;
    case FindKind::kStructure:
      return Icon::kBody;
    case FindKind::kPlacement:
      return Icon::kUnder;
    case FindKind::kCondition:
      return Icon::kFacts;
    case FindKind::kCommand:
      return Icon::kCheck;
  }
  return Icon::kBody;
}

const char* kind_key(FindKind kind) {
  switch (kind) {
    case FindKind::kGroup:
      return "search.group";
    case FindKind::kStructure:
      return "search.structure";
    case FindKind::kPlacement:
      return "search.placement";
    case FindKind::kCondition:
      return "search.condition";
    case FindKind::kCommand:
      return "search.command";
  }
  return "search.structure";
}

std::string id_of(const Context& context, const session::SearchEntry& entry) {
  const auto index = static_cast<std::size_t>(entry.index);
  switch (entry.kind) {
    case FindKind::kGroup:
      return "search.group." + context.body().groups[index].id;
    case FindKind::kStructure:
      return "search.structure." + context.body().structures[index].id;
    case FindKind::kPlacement:
      return "search.placement." + (*context.snapshot.placements)[index].spec.id;
    case FindKind::kCondition:
      return "search.condition." + (*context.snapshot.conditions)[index].id;
    case FindKind::kCommand:
      return "search.command." + entry.texts.back();
  }
  return {};
}

void choose(Context& context, const session::SearchEntry& entry) {
  const auto send = [&](session::Command command) {
    context.out.commands.push_back(std::move(command));
  };
  const auto index = static_cast<std::size_t>(entry.index);
  switch (entry.kind) {
    case FindKind::kGroup:
      return send(session::Reveal{context.body().groups[index].members});
    case FindKind::kStructure:
      return send(session::Reveal{{static_cast<anatomy::StructureIndex>(index)}});
    case FindKind::kPlacement:
      return send(session::Place{entry.index, context.document().placement_side});
    case FindKind::kCondition:
      return send(session::SetCondition{
          {(*context.snapshot.conditions)[index].id, context.document().condition.side}});
    case FindKind::kCommand:
      return run_command(context, entry.index);
  }
}

void draw_found(Context& context, ImDrawList& list, const Rect& r, ImU32 colour,
                const session::SearchEntry& entry) {
  const Palette& c = context.theme.colours;
  draw_icon(list, icon_of(entry.kind), {r.x + context.px(20.0f), r.y + 0.5f * r.height},
            context.px(18.0f), colour);
  const Rect words{r.x + context.px(40.0f), r.y, r.width - context.px(52.0f), r.height};
  const char* kind = context.tr(kind_key(entry.kind));
  const float room = text_width(context.theme.caption, kind) + context.px(16.0f);
  draw_text(list, context.theme.caption, words, Align::kRight, c.text_muted, kind);
  if (entry.note.empty()) {
    draw_text(list, context.theme.body, {words.x, words.y, words.width - room, words.height},
              Align::kLeft, colour, entry.title);
    return;
  }
  const float top = r.y + 0.5f * (r.height - context.px(40.0f));
  draw_text(list, context.theme.body, {words.x, top, words.width - room, context.px(22.0f)},
            Align::kLeft, colour, entry.title);
  draw_text(list, context.theme.caption,
            {words.x, top + context.px(20.0f), words.width - room, context.px(20.0f)}, Align::kLeft,
            c.text_muted, entry.note);
}

}  // namespace

void draw_search(Context& context, UiState& ui) {
  if (context.view.search == nullptr) return;
  SearchState& state = ui.search;
  const session::SearchIndex& index = *context.view.search;
  // The bar above the body gives way.
  Rect free = context.layout.free;
  free.height = free.bottom() - context.layout.view_bar.y;
  free.y = context.layout.view_bar.y;
  const float pad = context.px(8.0f);
  const float row = context.px(48.0f);
  const float width = std::min(context.px(640.0f), free.width);
  const auto fit =
      static_cast<std::size_t>(std::max(1.0f, std::floor((free.height - row - 3.0f * pad) / row)));
  const std::size_t shown = std::clamp(state.found.size(), std::size_t{1}, fit);
  const Rect card{std::round(free.x + 0.5f * (free.width - width)), free.y, width,
                  row + 3.0f * pad + static_cast<float>(shown) * row};
  Panel panel(context, "search_panel", card);
  const Rect field{card.x + pad, card.y + pad, card.width - 3.0f * pad - row, row};
  const TextEdit edit = text_field(context, "search.words", field, context.tr("search.hint"),
                                   state.words, state.fresh);
  state.fresh = false;
  bool open = true;
  if (icon_button(context, "search.close", {field.right() + pad, field.y, row, row}, Icon::kClose,
                  {.tooltip = context.tr("close")}))
    open = false;
  if (edit.changed) {
    state.found = index.find(state.words, kMostFound);
    state.chosen = 0;
  }
  const bool moved = move_choice(state.chosen, state.found.size());
  const Rect area{card.x + pad, field.bottom() + pad, card.width - 2.0f * pad,
                  card.bottom() - pad - field.bottom() - pad};
  if (state.found.empty()) {
    draw_text(*ImGui::GetWindowDrawList(), context.theme.body,
              {area.x + context.px(12.0f), area.y, area.width - context.px(24.0f), row},
              Align::kLeft, context.theme.colours.text_muted,
              context.tr(state.words.empty() ? "search.empty" : "search.none"));
  } else {
    const session::SearchEntry* pressed = nullptr;
    ScrollList rows("search.list", area, state.found.size(), row, moved ? state.chosen : -1);
    for (std::size_t i = rows.first(); i < rows.last(); ++i) {
      const session::SearchEntry& entry = index.entries()[state.found[i]];
      if (button(context, id_of(context, entry), rows.row(i),
                 {.selected = state.chosen == static_cast<int>(i)},
                 [&](ImDrawList& list, const Rect& r, ImU32 colour) {
                   draw_found(context, list, r, colour, entry);
                 }))
        pressed = &entry;
    }
    const bool entered =
        ImGui::IsKeyPressed(ImGuiKey_Enter) || ImGui::IsKeyPressed(ImGuiKey_KeypadEnter);
    const auto at = static_cast<std::size_t>(std::max(0, state.chosen));
    if (pressed == nullptr && entered && at < state.found.size())
      pressed = &index.entries()[state.found[at]];
    if (pressed != nullptr) {
      open = false;
      choose(context, *pressed);
    }
  }
  if (!open && ui.sheet == Sheet::kSearch) ui.sheet = Sheet::kNone;
}

}  // namespace ui

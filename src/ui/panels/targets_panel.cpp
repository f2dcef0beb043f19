// What the head works on: named groups first, then their muscles; time. The other tab is the
// person.
#include <algorithm>
#include <cmath>
#include <memory_resource>
#include <string>
#include <vector>

#include "ui/format.h"
#include "ui/panels/panels.h"
#include "ui/widgets.h"

namespace ui {
namespace {

// Below this a muscle hardly feels anything: not listed.
constexpr float kListedPa = 1000.0f;
constexpr float kFullBarPa = 60000.0f;
// The list and the curves under it.
constexpr float kRoomForBoth = 300.0f;

void draw_group_row(Context& context, const session::GroupReadout& readout, float y, float x,
                    float width) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const anatomy::Group& group = context.body().groups[readout.group];
  const char* key = context.join({"group.", group.id});
  const Rect row{x, y, width, context.px(24.0f)};
  draw_text(list, context.theme.strong, {row.x, row.y, row.width - context.px(72.0f), row.height},
            Align::kLeft, context.theme.colours.text,
            context.tr.has(key) ? context.tr(key) : group.name.c_str());
  draw_text(list, context.theme.strong, row, Align::kRight, context.theme.colours.load,
            context.join({format_kpa(readout.load_pa), " kPa"}));
}

void draw_muscle_row(Context& context, const sim::MuscleReadout& readout, const Rect& row) {
  const anatomy::Structure& muscle = context.body().structures[readout.structure];
  const bool selected = context.document().selected[readout.structure] != 0;
  if (button(context, context.join({"target.", muscle.id}), row,
             {.selected = selected, .tooltip = muscle.latin},
             [&](ImDrawList& list, const Rect& r, ImU32) {
               const Palette& c = context.theme.colours;
               const float pad = context.px(8.0f);
               const Rect words{r.x + pad, r.y + context.px(1.0f), r.width - 2.0f * pad,
                                context.px(20.0f)};
               draw_text(list, context.theme.body,
                         {words.x, words.y, words.width - context.px(66.0f), words.height},
                         Align::kLeft, c.text, muscle.name);
               draw_text(list, context.theme.body, words, Align::kRight, c.text,
                         context.join({format_kpa(readout.load_pa), " kPa"}));
               draw_text(list, context.theme.caption,
                         {words.x, words.bottom() - context.px(2.0f), words.width, words.height},
                         Align::kLeft, c.text_muted, muscle.latin);
               draw_bar(list,
                        {words.x, r.bottom() - context.px(8.0f), words.width, context.px(6.0f)},
                        readout.load_pa / kFullBarPa, c.track, c.load);
             }))
    context.out.commands.push_back(session::Select{{readout.structure}, false});
}

// A heading or a muscle; exactly one of the two is set.
struct ListRow {
  const session::GroupReadout* group = nullptr;
  const sim::MuscleReadout* muscle = nullptr;
  float y = 0.0f;  // from the top of the list
  float height = 0.0f;
};

// Groups first, each with its muscles; then the muscles that no group names.
std::pmr::vector<ListRow> make_rows(const Context& context) {
  std::pmr::vector<ListRow> rows(context.memory.resource());
  float y = 0.0f;
  const auto add = [&](ListRow row, float height) {
    row.y = y;
    row.height = height;
    y += height;
    rows.push_back(row);
  };
  std::pmr::vector<std::uint8_t> listed(context.body().structures.size(), 0,
                                        context.memory.resource());
  for (const session::GroupReadout& group : *context.snapshot.groups) {
    if (group.load_pa < kListedPa) break;
    const std::size_t heading = rows.size();
    add({.group = &group}, context.px(24.0f));
    for (const sim::MuscleReadout& muscle : *context.snapshot.muscles) {
      if (muscle.load_pa < kListedPa) break;
      const auto& of = context.body().structures[muscle.structure].groups;
      if (listed[muscle.structure] != 0 || std::find(of.begin(), of.end(), group.group) == of.end())
        continue;
      listed[muscle.structure] = 1;
      add({.muscle = &muscle}, context.px(48.0f));
    }
    // Its muscles already stand under a more loaded group: the heading alone closes up.
    if (rows.size() > heading + 1) y += context.px(8.0f);
  }
  for (const sim::MuscleReadout& muscle : *context.snapshot.muscles) {
    if (muscle.load_pa < kListedPa) break;
    if (listed[muscle.structure] == 0) add({.muscle = &muscle}, context.px(48.0f));
  }
  return rows;
}

// How many rows from `first` on fit into this height; a heading never ends a page.
std::size_t count_fitting(const std::pmr::vector<ListRow>& rows, std::size_t first, float height) {
  std::size_t end = first;
  while (end < rows.size() && rows[end].y + rows[end].height - rows[first].y <= height) ++end;
  while (end > first + 1 && end < rows.size() && rows[end - 1].group != nullptr) --end;
  return end - first;
}

// Scrolls by whole rows, so that none is ever cut, and says how many follow.
void draw_list(Context& context, const Rect& area) {
  const float pad = context.px(12.0f);
  const std::pmr::vector<ListRow> rows = make_rows(context);
  if (rows.empty()) {
    const bool lifted = context.document().force.value <= 0.0f;
    draw_paragraph(*ImGui::GetWindowDrawList(), context.theme.body,
                   {area.x + pad, area.y + context.px(8.0f)}, area.width - 2.0f * pad,
                   context.theme.colours.text_muted,
                   context.tr(lifted ? "targets.lifted" : "targets.none"));
    return;
  }
  ImGui::SetCursorScreenPos({area.x, area.y});
  ImGui::BeginChild("list", {area.width, area.height}, false, ImGuiWindowFlags_NoNav);
  const float total = rows.back().y + rows.back().height;
  const float note = total > area.height ? context.px(18.0f) : 0.0f;
  const float scrolled = ImGui::GetScrollY();
  std::size_t first = 0;
  while (first + 1 < rows.size() && rows[first].y < scrolled - 0.5f) ++first;
  const std::size_t shown = count_fitting(rows, first, area.height - note);
  for (std::size_t i = first; i < first + shown; ++i) {
    const float y = area.y + rows[i].y - rows[first].y;
    if (rows[i].group != nullptr) {
      draw_group_row(context, *rows[i].group, y, area.x + pad, area.width - 2.0f * pad);
    } else {
      draw_muscle_row(
          context, *rows[i].muscle,
          {area.x + context.px(4.0f), y, area.width - context.px(12.0f), rows[i].height});
    }
  }
  std::size_t more = 0;
  for (std::size_t i = first + shown; i < rows.size(); ++i) more += rows[i].muscle != nullptr;
  if (more > 0)
    draw_text(*ImGui::GetWindowDrawList(), context.theme.caption,
              {area.x + pad, area.bottom() - note, area.width - 2.0f * pad, note}, Align::kLeft,
              context.theme.colours.text_muted,
              context.fill_in(context.tr("targets.more"), std::to_string(more)));
  // Room enough below that the wheel reaches a row from which all the rest fits.
  ImGui::SetCursorScreenPos({area.x, area.y - scrolled + total + note + context.px(48.0f)});
  ImGui::Dummy({1.0f, 1.0f});
  ImGui::EndChild();
}

void draw_time(Context& context, const Rect& row) {
  const auto& tr = context.tr;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float pad = context.px(12.0f);
  const float side = context.px(48.0f);
  const Rect clock{row.x + pad, row.y, context.px(64.0f), row.height};
  draw_text(list, context.theme.title, clock, Align::kLeft, context.theme.colours.text,
            format_clock(context.snapshot.time_s));
  float x = row.right() - context.px(8.0f) - side;
  if (icon_button(context, "time.start_over", {x, row.y, side, side}, Icon::kStartOver,
                  {.tooltip = tr("time.start_over.tip")}))
    context.out.commands.push_back(session::StartOver{});
  x -= context.px(8.0f) + 3.0f * side;
  for (const int rate : {1, 10, 60}) {
    const std::string number = std::to_string(rate);
    if (text_button(context, context.join({"time.x", number}), {x, row.y, side, side},
                    context.join({"\u00d7", number}),
                    {.selected = context.snapshot.time_rate == static_cast<float>(rate),
                     .tooltip = tr("time.rate.tip")}))
      context.out.commands.push_back(session::SetTimeRate{static_cast<float>(rate)});
    x += side;
  }
}

}  // namespace

void draw_targets(Context& context, UiState& state) {
  const Rect& area = context.layout.targets;
  Panel panel(context, "targets", area);
  if (context.view.display.folded.targets) {
    if (icon_button(context, "targets.fold", area, Icon::kTargets,
                    {.tooltip = context.tr("targets.unfold.tip")}))
      fold(context, &Folds::targets, false);
    return;
  }
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const Palette& c = context.theme.colours;
  const float pad = context.px(12.0f);
  const float gap = context.px(8.0f);
  const float row = context.px(48.0f);
  const Rect time{area.x, area.bottom() - gap - row, area.width, row};
  const float top = area.y + gap + row + gap;
  const Rect rest{area.x, top, area.width, time.y - gap - top};
  // Muscles and curves below each other, side by side, or, in a low panel, each with its own tab.
  const bool beside = context.layout.portrait;
  const bool both = beside || rest.height >= context.px(kRoomForBoth);
  const bool relief = !both && state.relief_shown && !state.person_shown;
  const float tab = (area.width - 2.0f * gap - row) / (both ? 2.0f : 3.0f);
  float x = area.x + gap;
  const auto draw_tab = [&](const char* key, bool selected) {
    const char* tip = context.tr(context.join({key, ".tip"}));
    const bool pressed = text_button(context, key, {x, area.y + gap, tab, row}, context.tr(key),
                                     {.selected = selected, .tooltip = tip});
    x += tab;
    return pressed;
  };
  if (draw_tab("tab.muscles", !state.person_shown && !relief))
    state.person_shown = state.relief_shown = false;
  if (!both && draw_tab("tab.relief", relief)) {
    state.relief_shown = true;
    state.person_shown = false;
  }
  if (draw_tab("tab.person", state.person_shown)) state.person_shown = true;
  fold_button(context, "targets.fold", {x, area.y + gap, row, row},
              beside ? Icon::kFoldDown : Icon::kFoldRight, false, &Folds::targets);

  draw_time(context, time);
  if (state.person_shown) return draw_person(context, rest, state.all_states);
  if (relief) return draw_curves(context, rest);
  if (!both) return draw_list(context, rest);
  if (beside) {
    const float half = std::round(0.5f * area.width);
    draw_list(context, {area.x, rest.y, half, rest.height});
    list.AddLine({area.x + half, rest.y + pad}, {area.x + half, rest.bottom() - pad},
                 c.panel_border);
    return draw_curves(context, {area.x + half, rest.y, area.width - half, rest.height});
  }
  const float curves_height =
      std::clamp(0.44f * area.height, context.px(170.0f), context.px(330.0f));
  const Rect curves{area.x, rest.bottom() - curves_height, area.width, curves_height};
  draw_list(context, {area.x, rest.y, area.width, curves.y - gap - rest.y});
  list.AddLine({area.x + pad, curves.y - 0.5f * gap}, {area.right() - pad, curves.y - 0.5f * gap},
               c.panel_border);
  draw_curves(context, curves);
}

}  // namespace ui

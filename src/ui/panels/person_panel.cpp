// The person: calm, alarm, the pain signal; and the states of the muscle that is selected or worked
// on most: five that people understand, or all of them. Badges say what each rests on (science.md
// section 6).
#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "sim/relief.h"
#include "ui/format.h"
#include "ui/panels/panels.h"
#include "ui/widgets.h"

namespace ui {
namespace {

using sim::SegmentState;

constexpr float kPressedPa = 1000.0f;

enum class Unit { kShare, kOfRest, kKilopascal, kSeconds, kRatio, kDose };

// One state for people; `of` reads it, `full` fills its bar.
struct StateRow {
  const char* key;
  double (*of)(const SegmentState& s);
  Unit unit;
  double full;
  const char* badge;  // what it rests on (science.md sections 5 and 6)
};

constexpr double kDosePerUnit = 60e3;  // kPa min

constexpr std::array<StateRow, 24> kStates = {{
    {"state.guarding", [](const SegmentState& s) -> double { return s.guarding; }, Unit::kShare,
     0.3, "badge.measured"},
    {"state.tension", [](const SegmentState& s) -> double { return s.tension(); }, Unit::kShare,
     0.3, "badge.hypothesis"},
    {"state.flow", [](const SegmentState& s) -> double { return s.flow; }, Unit::kOfRest, 2.0,
     "badge.measured"},
    {"state.inflammation", [](const SegmentState& s) { return s.inflammation; }, Unit::kShare, 1.0,
     "badge.hypothesis"},
    {"state.comfort", [](const SegmentState& s) -> double { return s.comfort_ratio; }, Unit::kRatio,
     1.2, "badge.measured"},
    {"state.pressure", [](const SegmentState& s) -> double { return s.pressure_pa; },
     Unit::kKilopascal, 60e3, "badge.physics"},
    {"state.stiffness", [](const SegmentState& s) -> double { return s.stiffness_pa; },
     Unit::kKilopascal, 30e3, "badge.measured"},
    {"state.gate", [](const SegmentState& s) -> double { return s.gate; }, Unit::kShare, 1.0,
     "badge.measured"},
    {"state.habituation", [](const SegmentState& s) -> double { return s.habituation; },
     Unit::kShare, 1.2, "badge.hypothesis"},
    {"state.tone", [](const SegmentState& s) -> double { return s.tone; }, Unit::kShare, 0.3,
     "badge.hypothesis"},
    {"state.tone_set", [](const SegmentState& s) { return s.tone_set; }, Unit::kShare, 0.3,
     "badge.hypothesis"},
    {"state.thixotropy_fast", [](const SegmentState& s) { return s.thixotropy_fast; }, Unit::kShare,
     1.0, "badge.measured"},
    {"state.thixotropy_slow", [](const SegmentState& s) { return s.thixotropy_slow; }, Unit::kShare,
     1.0, "badge.hypothesis"},
    {"state.skin_flow", [](const SegmentState& s) -> double { return s.skin_flow; }, Unit::kOfRest,
     5.0, "badge.measured"},
    {"state.flow_debt", [](const SegmentState& s) { return s.flow_debt; }, Unit::kSeconds, 90.0,
     "badge.hypothesis"},
    {"state.vasodilation", [](const SegmentState& s) { return s.vasodilation; }, Unit::kShare, 1.0,
     "badge.hypothesis"},
    {"state.metabolites", [](const SegmentState& s) { return s.metabolites; }, Unit::kShare, 1.0,
     "badge.hypothesis"},
    {"state.oedema", [](const SegmentState& s) { return s.oedema; }, Unit::kShare, 1.0,
     "badge.hypothesis"},
    {"state.macro", [](const SegmentState& s) { return s.macro; }, Unit::kShare, 1.0,
     "badge.hypothesis"},
    {"state.damage", [](const SegmentState& s) { return s.damage; }, Unit::kShare, 1.0,
     "badge.hypothesis"},
    {"state.tender", [](const SegmentState& s) { return s.tender; }, Unit::kShare, 1.0,
     "badge.hypothesis"},
    {"state.bruise", [](const SegmentState& s) { return s.bruise; }, Unit::kShare, 1.0,
     "badge.hypothesis"},
    {"state.dose", [](const SegmentState& s) { return s.dose_pa_s; }, Unit::kDose, 3.6e6,
     "badge.physics"},
    {"state.dose_static", [](const SegmentState& s) { return s.dose_static_pa_s; }, Unit::kDose,
     3.6e6, "badge.physics"},
}};
// Of these the first four, after the pain signal, are the five that people understand.
constexpr std::size_t kPlainStates = 4;
constexpr const char* kPainBadge = "badge.hypothesis";

const char* format_value(const Context& context, Unit unit, double value) {
  switch (unit) {
    case Unit::kShare:
      return context.join({std::to_string(std::lround(100.0 * value)), " %"});
    case Unit::kOfRest:
      return context.fill_in(context.tr("state.of_rest"),
                             std::to_string(std::lround(100.0 * value)));
    case Unit::kKilopascal:
      return context.join({format_kpa(static_cast<float>(value)), " kPa"});
    case Unit::kSeconds:
      return context.join({std::to_string(std::lround(value)), " s"});
    case Unit::kRatio:
    case Unit::kDose:
      break;
  }
  const long tenths = std::lround(10.0 * (unit == Unit::kDose ? value / kDosePerUnit : value));
  return context.join({std::to_string(tenths / 10), ".", std::to_string(tenths % 10),
                       unit == Unit::kDose ? " kPa min" : ""});
}

struct Meter {
  const char* name = nullptr;
  std::string_view value;
  float share = 0.0f;
  const char* badge = nullptr;
  float mark = -1.0f;  // where it stood at the start or at rest; below 0: none
};

constexpr float kMeterHeight = 42.0f;

void draw_meter(Context& context, const Rect& row, const Meter& meter) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const Palette& c = context.theme.colours;
  const Rect words{row.x, row.y, row.width, context.px(22.0f)};
  const float value = text_width(context.theme.strong, meter.value);
  draw_text(list, context.theme.strong, words, Align::kRight, c.text, meter.value);
  float right = words.right() - value - context.px(8.0f);
  if (meter.badge != nullptr)
    right =
        draw_badge(context, {right, words.y + 0.5f * words.height}, meter.badge) - context.px(6.0f);
  draw_text(list, context.theme.body, {words.x, words.y, right - words.x, words.height},
            Align::kLeft, c.text, meter.name);
  const Rect bar{row.x, words.bottom() + context.px(3.0f), row.width, context.px(7.0f)};
  draw_bar(list, bar, meter.share, c.track, c.accent);
  if (meter.mark >= 0.0f) {
    const float x = std::round(bar.x + std::min(meter.mark, 1.0f) * bar.width);
    list.AddLine({x, bar.y - context.px(3.0f)}, {x, bar.bottom() + context.px(3.0f)}, c.text,
                 context.px(2.0f));
  }
}

std::string tenths_of(float value) {
  const long tenths = std::lround(10.0f * value);
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
}

// The selected muscle, else the one that is pressed most, else the one that was.
anatomy::StructureIndex choose_muscle(const Context& context) {
  const auto& structures = context.body().structures;
  const auto& selected = context.document().selected;
  for (std::size_t i = 0; i < selected.size(); ++i) {
    if (selected[i] != 0 && structures[i].segment_count > 0)
      return static_cast<anatomy::StructureIndex>(i);
  }
  const auto& muscles = *context.snapshot.muscles;
  if (!muscles.empty() && muscles.front().load_pa >= kPressedPa) return muscles.front().structure;
  const auto& curves = *context.snapshot.curves;
  return curves.empty() ? anatomy::kNone : curves.front().structure;
}

// Where the muscle is pressed most now, or has been.
std::size_t choose_segment(const Context& context, anatomy::StructureIndex muscle) {
  const anatomy::Structure& structure = context.body().structures[muscle];
  const auto& segments = context.snapshot.sim->segments;
  std::size_t best = structure.first_segment;
  for (std::size_t s = best; s < structure.first_segment + std::size_t{structure.segment_count};
       ++s) {
    const auto rank = [&](std::size_t i) {
      return std::pair(segments[i].pressure_pa, segments[i].dose_pa_s);
    };
    if (rank(s) > rank(best)) best = s;
  }
  return best;
}

float draw_whole_person(Context& context, const Rect& area) {
  const session::PersonReadout& person = context.snapshot.person;
  const auto& tr = context.tr;
  const float pad = context.px(12.0f);
  const float height = context.px(kMeterHeight);
  Rect row{area.x + pad, area.y, area.width - 2.0f * pad, height};
  const auto percent = [&](float v) {
    return context.join({std::to_string(std::lround(100.0f * v)), " %"});
  };
  draw_meter(context, row,
             {tr("person.calm"), percent(person.calm), person.calm, "badge.measured"});
  row.y += height;
  draw_meter(context, row,
             {tr("person.alarm"), percent(person.alarm), person.alarm, "badge.hypothesis"});
  row.y += height;
  draw_meter(context, row,
             {tr("person.pain"), tenths_of(person.pain) + " / 10", 0.1f * person.pain,
              "badge.assumed", 0.1f * person.pain_at_start});
  row.y += context.px(36.0f);
  draw_text(*ImGui::GetWindowDrawList(), context.theme.caption,
            {row.x, row.y, row.width, context.px(18.0f)}, Align::kLeft,
            context.theme.colours.text_muted, tr("person.pain.label"));
  return row.y + context.px(26.0f);
}

void draw_plain_states(Context& context, const SegmentState& state, Rect row) {
  const auto& tr = context.tr;
  const float pain =
      sim::pain_signal_vas(context.snapshot.model->parameters, state, context.snapshot.sim->person);
  const float room = row.height;
  row.height = std::min(context.px(46.0f), room / static_cast<float>(kPlainStates + 1));
  draw_meter(context, row, {tr("state.pain"), tenths_of(pain) + " / 10", 0.1f * pain, kPainBadge});
  for (std::size_t i = 0; i < kPlainStates; ++i) {
    const StateRow& shown = kStates[i];
    const double value = shown.of(state);
    row.y += row.height;
    draw_meter(context, row,
               {tr(shown.key), format_value(context, shown.unit, value),
                static_cast<float>(value / shown.full), shown.badge,
                shown.unit == Unit::kOfRest ? static_cast<float>(1.0 / shown.full) : -1.0f});
  }
}

void draw_all_states(Context& context, const SegmentState& state, const Rect& area) {
  ImGui::SetCursorScreenPos({area.x, area.y});
  ImGui::BeginChild("states", {area.width + context.px(8.0f), area.height}, false,
                    ImGuiWindowFlags_NoNav);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const Palette& c = context.theme.colours;
  const float height = context.px(44.0f);
  float y = area.y - ImGui::GetScrollY();
  // Every one of them rests on constants that are assumed, too.
  const auto draw_row = [&](const char* key, std::string_view value, const char* badge) {
    const Rect row{area.x, y, area.width - context.px(4.0f), height};
    const Rect words{row.x, row.y + context.px(2.0f), row.width, context.px(20.0f)};
    const float room = words.width - text_width(context.theme.caption, value) - context.px(8.0f);
    draw_text(list, context.theme.caption, {words.x, words.y, room, words.height}, Align::kLeft,
              c.text, context.tr(key));
    draw_text(list, context.theme.caption, words, Align::kRight, c.text, value);
    const float middle = row.bottom() - context.px(12.0f);
    const float left = draw_badge(context, {row.right(), middle}, "badge.assumed");
    draw_badge(context, {left - context.px(6.0f), middle}, badge);
    list.AddLine({row.x, row.bottom()}, {row.right(), row.bottom()}, c.track);
    y += height;
  };
  const float pain =
      sim::pain_signal_vas(context.snapshot.model->parameters, state, context.snapshot.sim->person);
  draw_row("state.pain", tenths_of(pain) + " / 10", kPainBadge);
  for (const StateRow& shown : kStates)
    draw_row(shown.key, format_value(context, shown.unit, shown.of(state)), shown.badge);
  ImGui::SetCursorScreenPos({area.x, y});
  ImGui::Dummy({1.0f, 1.0f});
  ImGui::EndChild();
}

}  // namespace

void draw_person(Context& context, const Rect& area, bool& all_states) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const Palette& c = context.theme.colours;
  const auto& tr = context.tr;
  const float pad = context.px(12.0f);
  float y = draw_whole_person(context, area);
  const float width = area.width - 2.0f * pad;
  list.AddLine({area.x + pad, y - context.px(4.0f)}, {area.right() - pad, y - context.px(4.0f)},
               c.panel_border);
  const anatomy::StructureIndex muscle = choose_muscle(context);
  if (muscle == anatomy::kNone) {
    draw_paragraph(list, context.theme.body, {area.x + pad, y + context.px(4.0f)}, width,
                   c.text_muted, tr("person.no_muscle"));
    return;
  }
  const float row = context.px(48.0f);
  const float button_width = context.px(96.0f);
  draw_text(list, context.theme.strong,
            {area.x + pad, y + context.px(4.0f), width, context.px(22.0f)}, Align::kLeft, c.text,
            context.body().structures[muscle].name);
  y += context.px(26.0f);
  draw_text(list, context.theme.caption, {area.x + pad, y, width - button_width, row}, Align::kLeft,
            c.text_muted, tr("person.where"));
  if (text_button(context, "person.all",
                  {area.right() - context.px(8.0f) - button_width, y, button_width, row},
                  tr(all_states ? "person.fewer" : "person.all"),
                  {.selected = all_states, .quiet = false, .tooltip = tr("person.all.tip")}))
    all_states = !all_states;
  y += row + context.px(8.0f);
  const SegmentState& state = context.snapshot.sim->segments[choose_segment(context, muscle)];
  const Rect rest{area.x + pad, y, width, area.bottom() - y};
  if (all_states) {
    draw_all_states(context, state, rest);
  } else {
    draw_plain_states(context, state, rest);
  }
}

}  // namespace ui

#include "ui/panels/finder_panel.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "guide/head_tilt.h"
#include "ui/format.h"
#include "ui/scroll_list.h"
#include "ui/sketch_paint.h"
#include "ui/widgets.h"

namespace ui {
namespace {

using Way = FinderState::Way;

// One line above the list: what it is about, and buttons at its right end.
class Heading {
 public:
  Heading(Context& context, const Rect& area)
      : context_(context),
        line_{area.x, area.y, area.width, context.px(54.0f)},
        right_(area.right()) {}

  bool button(const char* id, const char* key, float width_at_100, bool enabled = true) {
    const float width = context_.px(width_at_100);
    right_ -= width;
    const bool pressed =
        text_button(context_, id,
                    {right_, line_.y + context_.px(3.0f), width, line_.height - context_.px(6.0f)},
                    context_.tr(key), {.enabled = enabled, .quiet = false});
    right_ -= context_.px(8.0f);
    return pressed;
  }
  // One of several, or on and off.
  bool choice(const char* id, const char* key, float width_at_100, bool on) {
    const float width = context_.px(width_at_100);
    right_ -= width;
    const bool pressed = text_button(
        context_, id,
        {right_, line_.y + context_.px(3.0f), width, line_.height - context_.px(6.0f)},
        context_.tr(key), {.selected = on, .tooltip = context_.tr(std::string(id) + ".tip")});
    right_ -= context_.px(2.0f);
    return pressed;
  }
  void words(std::string_view text) {
    const float x = line_.x + context_.px(8.0f);
    draw_text(*ImGui::GetWindowDrawList(), context_.theme.strong,
              {x, line_.y, right_ - x, line_.height}, Align::kLeft, context_.theme.colours.text,
              text);
  }
  float bottom() const { return line_.bottom(); }

 private:
  Context& context_;
  Rect line_;
  float right_;
};

const guide::FinderCondition* find_chosen(const Context& context, const FinderState& state) {
  for (const guide::FinderCondition& condition : context.view.finder->conditions)
    if (condition.id == state.condition) return &condition;
  return nullptr;
}

// A box with a tick: told apart by shape, not by colour alone.
void draw_tick_box(Context& context, ImDrawList& list, ImVec2 centre, bool on) {
  const Palette& c = context.theme.colours;
  const float half = context.px(8.0f);
  const ImVec2 low{centre.x - half, centre.y - half};
  const ImVec2 high{centre.x + half, centre.y + half};
  const float rounding = context.px(4.0f);
  if (!on) {
    list.AddRect(low, high, c.text_muted, rounding, 0, context.px(1.5f));
    return;
  }
  list.AddRectFilled(low, high, c.accent, rounding);
  const ImVec2 tick[3] = {{centre.x - 0.50f * half, centre.y},
                          {centre.x - 0.10f * half, centre.y + 0.42f * half},
                          {centre.x + 0.55f * half, centre.y - 0.42f * half}};
  list.AddPolyline(tick, 3, c.card, 0, context.px(2.0f));
}

void draw_complaints(Context& context, const Rect& area, FinderState& state) {
  Heading heading(context, area);
  heading.words(context.tr("finder.complaint.title"));
  std::vector<std::string> shown;  // those for which there is something to say
  for (const guide::FinderCondition& condition : context.view.finder->conditions)
    if (!condition.choices.empty() || !condition.by_default.empty()) shown.push_back(condition.id);
  const std::size_t rows = (shown.size() + 1) / 2;
  const float row =
      std::min(context.px(48.0f), (area.bottom() - heading.bottom()) /
                                      static_cast<float>(std::max<std::size_t>(rows, 1)));
  for (std::size_t i = 0; i < shown.size(); ++i) {
    const Rect at{area.x + static_cast<float>(i / rows) * 0.5f * area.width,
                  heading.bottom() + static_cast<float>(i % rows) * row, 0.5f * area.width, row};
    const char* name = context.tr("condition." + shown[i]);
    if (button(context, "finder.condition." + shown[i], at, {},
               [&](ImDrawList& list, const Rect& r, ImU32 colour) {
                 draw_text(list, context.theme.body,
                           {r.x + context.px(8.0f), r.y, r.width - context.px(8.0f), r.height},
                           Align::kLeft, colour, name);
               })) {
      state.condition = shown[i];
      state.checked = false;
    }
  }
}

// Returns whether the last row is in view.
bool draw_questions(Context& context, const Rect& area, FinderState& state) {
  const auto& questions = context.view.finder->questions;
  const std::size_t rows = (questions.size() + 1) / 2;
  if (rows == 0) return true;
  const ScrollList shown("finder.questions", area, rows, context.px(48.0f));
  for (std::size_t i = 0; i < questions.size(); ++i) {
    if (i % rows < shown.first() || i % rows >= shown.last()) continue;
    const std::string& id = questions[i].id;
    Rect at = shown.row(i % rows);
    at.width *= 0.5f;
    at.x += static_cast<float>(i / rows) * at.width;
    if (button(context, "finder.question." + id, at, {},
               [&](ImDrawList& list, const Rect& r, ImU32 colour) {
                 draw_tick_box(context, list, {r.x + context.px(16.0f), r.y + 0.5f * r.height},
                               state.is_yes(id));
                 const float x = r.x + context.px(32.0f);
                 draw_text(list, state.is_yes(id) ? context.theme.strong : context.theme.body,
                           {x, r.y, r.right() - x, r.height}, Align::kLeft, colour,
                           context.tr("finder.question." + id));
               }))
      state.toggle(id);
  }
  return shown.last() == rows;
}

void draw_check(Context& context, const Rect& area, FinderState& state) {
  Heading heading(context, area);
  const bool all_seen = draw_questions(
      context, {area.x, heading.bottom(), area.width, area.bottom() - heading.bottom()}, state);
  // Nobody says "none" to questions that were not in view.
  const bool none = state.yes.empty();
  if (heading.button("finder.go", none ? "finder.none" : "finder.go", 128.0f, !none || all_seen))
    (state.way == Way::kHere ? state.here_checked : state.checked) = true;
  if (heading.button("finder.back", "finder.back", 72.0f)) {
    if (state.way == Way::kHere) state.way = Way::kAll;
    state.condition.clear();
  }
  heading.words(context.tr("finder.check.title"));
}

// A place with the reason for it. Returns whether it was pressed.
bool draw_place(Context& context, const Rect& at, const session::PlacementReadout& placement,
                const std::string& reason) {
  const bool had = placement.obstacle.empty();
  const std::string second = had ? reason : context.tr("places.lacking");
  return button(context, "place." + placement.spec.id, at, {.enabled = had},
                [&](ImDrawList& list, const Rect& r, ImU32 colour) {
                  const float x = r.x + context.px(8.0f);
                  const float top = r.y + 0.5f * (r.height - context.px(40.0f));
                  draw_text(list, context.theme.body, {x, top, r.right() - x, context.px(22.0f)},
                            Align::kLeft, colour, context.tr("placement." + placement.spec.id));
                  draw_text(list, context.theme.caption,
                            {x, top + context.px(20.0f), r.right() - x, context.px(20.0f)},
                            Align::kLeft, context.theme.colours.text_muted, second);
                });
}

// Sentences below each other; returns where they end.
float draw_sentences(Context& context, const Rect& area, float y, ImU32 colour,
                     const std::vector<std::string>& sentences) {
  for (const std::string& sentence : sentences)
    y += draw_paragraph(*ImGui::GetWindowDrawList(), context.theme.body,
                        {area.x + context.px(8.0f), y}, area.width - context.px(16.0f), colour,
                        sentence) +
         context.px(6.0f);
  return y;
}

// Only what made it so: beside a red flag nothing else matters.
std::vector<std::string> flag_sentences(const Context& context, const guide::FinderAnswer& answer) {
  std::vector<std::string> sentences;
  for (const guide::FinderQuestion& question : context.view.finder->questions) {
    const bool flagged =
        std::find(answer.flags.begin(), answer.flags.end(), question.id) != answer.flags.end();
    if (flagged && question.yes_means == answer.verdict)
      sentences.push_back(context.tr("finder.flag." + question.id));
  }
  return sentences;
}

void draw_not_today(Context& context, const Rect& area, Heading& heading,
                    const std::vector<std::string>& sentences) {
  const Palette& c = context.theme.colours;
  heading.words(context.tr("finder.not_today"));
  const float y = draw_sentences(context, area, heading.bottom(), c.warning, sentences);
  draw_sentences(context, area, y + context.px(4.0f), c.text,
                 {context.tr("finder.not_today.urgent"), context.tr("finder.not_today.then")});
}

// What the neck holds while the head is bent forward; returns where it ends.
float draw_head_tilt(Context& context, const Rect& area, FinderState& state) {
  const Palette& c = context.theme.colours;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float height = context.px(100.0f);
  const float picture = context.px(132.0f);
  const base::Radians tilt = base::from_degrees(state.tilt_deg);
  paint_sketch(context, {area.x, area.y, picture, height}, guide::make_head_sketch(tilt), {});
  const float x = area.x + picture + context.px(8.0f);
  const float width = area.right() - x - context.px(8.0f);
  char times[16], moment[16];
  std::snprintf(times, sizeof times, "%.1f", static_cast<double>(guide::head_load(tilt)));
  std::snprintf(moment, sizeof moment, "%.1f", static_cast<double>(guide::head_moment_nm(tilt)));
  const float badge = draw_badge(
      context, {area.right() - context.px(8.0f), area.y + context.px(14.0f)}, "badge.physics");
  draw_text(list, context.theme.strong,
            {x, area.y + context.px(2.0f), badge - x - context.px(6.0f), context.px(24.0f)},
            Align::kLeft, c.text,
            fill_in(context.tr("finder.tilt"), std::to_string(std::lround(state.tilt_deg)), times));
  draw_text(list, context.theme.caption, {x, area.y + context.px(26.0f), width, context.px(20.0f)},
            Align::kLeft, c.text_muted, fill_in(context.tr("finder.tilt.note"), moment));
  const Edit edit = slider(
      context, "finder.tilt", {x, area.y + context.px(48.0f), width, context.px(44.0f)},
      state.tilt_deg, base::to_degrees(guide::kMostTilt), 1.0f, context.tr("finder.tilt.tip"));
  if (edit.changed || edit.committed) state.tilt_deg = edit.value;
  return area.y + height;
}

void draw_answer(Context& context, const Rect& area, const guide::FinderAnswer& answer, bool& open,
                 FinderState& state) {
  const Palette& c = context.theme.colours;
  Heading heading(context, area);
  if (heading.button("finder.back", "finder.back", 72.0f)) {
    // Where there was nothing to ask, back to the complaints.
    if (!state.checked) state.condition.clear();
    state.checked = false;
  }
  const std::vector<std::string> sentences = flag_sentences(context, answer);
  float y = heading.bottom();
  if (answer.verdict == guide::Verdict::kNotToday) {
    // What is "not today" by itself is nobody's answer.
    const bool answered = std::any_of(answer.flags.begin(), answer.flags.end(),
                                      [&](const auto& flag) { return state.is_yes(flag); });
    if (answered) state.flagged = state.condition;
    draw_not_today(context, area, heading, sentences);
    return;
  }
  state.flagged.clear();
  if (!state.side_known) state.side = context.document().placement_side;
  state.side_known = true;
  // One-sided places are placed on this side.
  for (const auto& [id, key, side] :
       {std::tuple("finder.both", "finder.both", anatomy::Side::kMedian),
        std::tuple("finder.right", "place.right.word", anatomy::Side::kRight),
        std::tuple("finder.left", "place.left.word", anatomy::Side::kLeft)}) {
    if (heading.choice(id, key, 64.0f, state.side == side)) state.side = side;
  }
  if (heading.choice("finder.person", "finder.person", 136.0f, state.person))
    state.person = !state.person;
  heading.words(context.tr("condition." + state.condition));
  if (answer.verdict != guide::Verdict::kFine) {
    // One sentence holds for all of them, so that the places keep their room.
    const bool ask = answer.verdict == guide::Verdict::kAskFirst;
    y = draw_sentences(context, area, y, c.warning,
                       {sentences.size() == 1
                            ? sentences.front()
                            : std::string(context.tr(ask ? "finder.ask_first" : "finder.gentle"))});
  }
  if (answer.choices.empty()) return;
  if (state.condition == "tech_neck")
    y = draw_head_tilt(context, {area.x, y, area.width, 0}, state);
  const float row =
      std::min(context.px(48.0f), (area.bottom() - y) / static_cast<float>(answer.choices.size()));
  for (const guide::FinderChoice& choice : answer.choices) {
    const auto& all = *context.snapshot.placements;
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (all[i].spec.id != choice.placement) continue;
      if (draw_place(context, {area.x, y, area.width, row}, all[i],
                     context.tr(choice.reason_key))) {
        // All of it is one step of undo.
        // Of both sides the right one first.
        const bool both = state.side == anatomy::Side::kMedian;
        session::Place place{static_cast<int>(i), both ? anatomy::Side::kRight : state.side};
        if (answer.verdict != guide::Verdict::kFine) place.force = guide::gentle_force(all[i].spec);
        if (state.person) place.condition = sim::ConditionChoice{state.condition, state.side};
        context.out.commands.push_back(place);
        open = false;
      }
    }
    y += row;
  }
}

void draw_complaint(Context& context, const Rect& area, bool& open, FinderState& state) {
  const guide::FinderCondition* chosen = find_chosen(context, state);
  if (chosen == nullptr) return draw_complaints(context, area, state);
  const auto answer = guide::answer(*context.view.finder, chosen->id, state.yes);
  if (!answer) return;
  // What is "not today" by itself needs no questions.
  const auto unasked = guide::answer(*context.view.finder, chosen->id, {});
  const bool decided = unasked && unasked->verdict == guide::Verdict::kNotToday;
  if (!decided && !state.checked) return draw_check(context, area, state);
  draw_answer(context, area, *answer, open, state);
}

// What the check of whoever points at a place says; "not today" is remembered.
guide::FinderAnswer check_pointed(Context& context, FinderState& state) {
  const guide::FinderAnswer answer = guide::check(*context.view.finder, state.yes);
  if (answer.verdict == guide::Verdict::kNotToday) state.flagged = kPointed;
  return answer;
}

// Anew where the head or the touch is another one.
void find_here(Context& context, FinderState& state) {
  const tool::HeadPose& head = context.document().head;  // rolling does not shuffle the list
  const int attachment = context.document().attachment;
  const glm::vec3 at = state.touched_m.value_or(head.position_m);
  const bool same = state.here && state.here_m == at && state.here_attachment == attachment &&
                    state.answered_m == state.touched_m;
  if (same) return;
  std::vector<guide::PlacementSpec> specs;
  for (const session::PlacementReadout& placement : *context.snapshot.placements)
    specs.push_back(placement.spec);
  const tool::ToolSpec& tool = *context.snapshot.tool;
  const anatomy::BodyIndex& body = *context.snapshot.index;
  state.here = state.touched_m ? guide::answer_at(at, body, specs, tool)
                               : guide::answer_under(
                                     head, tool.attachments[static_cast<std::size_t>(attachment)],
                                     body, specs, tool);
  state.tender = state.touched_m && context.snapshot.tender_spots != nullptr
                     ? guide::find_tender_here(at, *context.snapshot.tender_spots, body)
                     : std::vector<guide::TenderHere>{};
  state.here_m = at;
  state.here_attachment = attachment;
  state.answered_m = state.touched_m;
}

// One line of words under the last.
class Lines {
 public:
  Lines(Context& context, const Rect& area, float y) : context_(context), area_(area), y_(y) {}

  bool has_room(float height) const { return y_ + height <= area_.bottom(); }
  void skip(float at_100) { y_ += context_.px(at_100); }
  void line(ImFont* font, Colour colour, std::string_view words) {
    draw_text(
        *ImGui::GetWindowDrawList(), font,
        {area_.x + context_.px(8.0f), y_, area_.width - context_.px(16.0f), context_.px(20.0f)},
        Align::kLeft, colour, words);
    y_ += context_.px(20.0f);
  }
  void paragraph(Colour colour, std::string_view words) {
    y_ += draw_paragraph(*ImGui::GetWindowDrawList(), context_.theme.body,
                         {area_.x + context_.px(8.0f), y_}, area_.width - context_.px(16.0f),
                         colour, words) +
          context_.px(4.0f);
  }
  Rect next(float height) {
    const Rect row{area_.x, y_, area_.width, height};
    y_ += height;
    return row;
  }

 private:
  Context& context_;
  Rect area_;
  float y_;
};

void list_muscles(Context& context, const FinderState& state, Lines& lines) {
  constexpr std::size_t kMost = 3;
  const auto& structures = context.body().structures;
  lines.line(context.theme.strong, context.theme.colours.text, context.tr("finder.touch.muscles"));
  const auto& muscles = state.here->muscles;
  for (std::size_t i = 0; i < std::min(kMost, muscles.size()); ++i)
    lines.line(context.theme.body, context.theme.colours.text_muted,
               structures[muscles[i].structure].name);
  if (muscles.empty())
    lines.line(context.theme.body, context.theme.colours.text_muted,
               context.tr("finder.touch.no_muscle"));
  lines.skip(6.0f);
}

void list_places(Context& context, FinderState& state, guide::Verdict verdict, std::size_t most,
                 Lines& lines, bool& open) {
  const auto& all = *context.snapshot.placements;
  const auto& structures = context.body().structures;
  const float row = context.px(48.0f);
  for (std::size_t i = 0; i < std::min(most, state.here->places.size()); ++i) {
    if (!lines.has_room(row)) return;
    const guide::PlaceHere& place = state.here->places[i];
    const auto& readout = all[static_cast<std::size_t>(place.placement)];
    const std::string reason =
        fill_in(context.tr(place.primary ? "finder.touch.primary" : "finder.touch.secondary"),
                structures[place.muscle].name, std::to_string(std::lround(100.0f * place.away_m)));
    if (!draw_place(context, lines.next(row), readout, reason)) continue;
    session::Place command{place.placement, place.side};
    if (verdict != guide::Verdict::kFine) command.force = guide::gentle_force(readout.spec);
    context.out.commands.push_back(command);
    open = false;
  }
}

// Maps are drawn on the body by a press, and taken away by another.
void list_maps(Context& context, const FinderState& state, Lines& lines) {
  const float row = context.px(44.0f);
  if (state.tender.empty() || !lines.has_room(row + context.px(46.0f))) return;
  const Palette& c = context.theme.colours;
  lines.skip(6.0f);
  lines.line(context.theme.strong, c.text, context.tr("finder.touch.maps"));
  lines.line(context.theme.caption, c.text_muted, context.tr("tender.disputed"));
  for (const guide::TenderHere& here : state.tender) {
    if (!lines.has_room(row)) return;
    const auto& spot = (*context.snapshot.tender_spots)[static_cast<std::size_t>(here.spot)];
    const bool shown =
        context.document().tender == here.spot && context.document().tender_side == here.side;
    if (text_button(context, "tender." + spot.id, lines.next(row), context.tr("tender." + spot.id),
                    {.selected = shown, .tooltip = context.tr("tender." + spot.id + ".refers")}))
      context.out.commands.push_back(session::ShowTender{shown ? -1 : here.spot, here.side});
  }
}

}  // namespace

bool draw_red_flag(Context& context, const Rect& area, FinderState& state) {
  if (state.flagged.empty()) return false;
  const bool pointed = state.flagged == kPointed;
  const auto answer = pointed ? guide::check(*context.view.finder, state.yes)
                              : guide::answer(*context.view.finder, state.flagged, state.yes);
  if (!answer || answer->verdict != guide::Verdict::kNotToday) return false;
  Heading heading(context, area);
  if (heading.button("finder.back", "finder.back", 72.0f)) {
    // To the questions that said so.
    state.way = pointed ? Way::kHere : Way::kComplaint;
    state.condition = pointed ? std::string() : state.flagged;
    state.checked = false;
    state.here_checked = false;
    if (pointed) state.flagged.clear();
  }
  draw_not_today(context, area, heading, flag_sentences(context, *answer));
  return true;
}

float draw_finder_ways(Context& context, float right, float y, FinderState& state) {
  constexpr std::tuple<const char*, Way, float> kWays[] = {
      {"finder.here", Way::kHere, 96.0f},
      {"finder.complaint", Way::kComplaint, 112.0f},
      {"finder.all", Way::kAll, 56.0f}};
  for (const auto& [id, way, width_at_100] : kWays) {
    const float width = context.px(width_at_100);
    right -= width;
    if (text_button(
            context, id, {right, y, width, context.px(48.0f)}, context.tr(id),
            {.selected = state.way == way, .tooltip = context.tr(std::string(id) + ".tip")})) {
      state.way = way;
      state.condition.clear();
      state.checked = false;
    }
    right -= context.px(2.0f);
  }
  return right;
}

void draw_finder(Context& context, const Rect& area, bool& open, FinderState& state) {
  if (state.way == Way::kComplaint) return draw_complaint(context, area, open, state);
  if (!state.here_checked) draw_check(context, area, state);
  if (state.here_checked) check_pointed(context, state);
}

void draw_touch(Context& context, bool& open, FinderState& state) {
  const Palette& c = context.theme.colours;
  const Rect& card = context.layout.targets;
  Panel panel(context, "touch", card);
  const float pad = context.px(8.0f);
  const float side = context.px(44.0f);
  const float top = card.y + context.px(4.0f);
  draw_text(*ImGui::GetWindowDrawList(), context.theme.title,
            {card.x + 2.0f * pad, top, card.width - side - 3.0f * pad, side}, Align::kLeft, c.text,
            context.tr("finder.touch.title"));
  if (icon_button(context, "places.close", {card.right() - pad - side, top, side, side},
                  Icon::kClose, {.tooltip = context.tr("places.close.tip")}))
    open = false;
  draw_finder_ways(context, card.right() - pad, top + side, state);
  const Rect area{card.x + pad, top, card.width - 2.0f * pad, card.bottom() - pad - top};
  Lines lines(context, area, top + side + context.px(56.0f));
  const guide::FinderAnswer answer = check_pointed(context, state);
  if (answer.verdict == guide::Verdict::kNotToday) return;
  find_here(context, state);
  if (answer.verdict != guide::Verdict::kFine)
    lines.paragraph(c.warning,
                    context.tr(answer.verdict == guide::Verdict::kAskFirst ? "finder.ask_first"
                                                                           : "finder.gentle"));
  const bool touched = state.touched_m.has_value();
  if (!touched) lines.paragraph(c.text, context.tr("finder.touch.hint"));
  if (touched) list_muscles(context, state, lines);
  const bool none = state.here->places.empty();
  lines.line(context.theme.strong, c.text,
             context.tr(none      ? "finder.touch.nothing"
                        : touched ? "finder.touch.places"
                                  : "finder.here.title"));
  list_places(context, state, answer.verdict, touched ? 3 : 5, lines, open);
  list_maps(context, state, lines);
}

}  // namespace ui

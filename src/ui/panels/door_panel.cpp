// My size, my door: height, weight, doorway and the wanted force on the left; the standing figure
// against the bar, its measures and what to mind on the right; plans to print.
#include <algorithm>
#include <cmath>
#include <string>

#include "anatomy/figure.h"
#include "session/stand_words.h"
#include "ui/format.h"
#include "ui/panels/cover.h"
#include "ui/panels/panels.h"
#include "ui/sketch_paint.h"
#include "ui/widgets.h"

namespace ui {
namespace {

constexpr float kCm = 0.01f;

// A row of the left column: words, their value, a slider below.
class SizeRows {
 public:
  SizeRows(Context& context, float x, float y, float width, float row)
      : context_(context), x_(x), y_(y), width_(width), row_(row) {}

  // The slider goes over [least, most]; returns what became of the value.
  Edit row(const char* id, const std::string& words, float value, float least, float most,
           float step) {
    const Palette& c = context_.theme.colours;
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const float line = context_.px(20.0f);
    draw_text(list, context_.theme.body, {x_, y_, width_, line}, Align::kLeft, c.text_muted,
              context_.tr(id));
    draw_text(list, context_.theme.strong, {x_, y_, width_, line}, Align::kRight, c.text, words);
    Edit edit = slider(context_, id, {x_, y_ + line, width_, row_ - line - context_.px(2.0f)},
                       value - least, most - least, step, context_.tr(id));
    edit.value = std::clamp(edit.value + least, least, most);
    y_ += row_;
    return edit;
  }
  float y() const { return y_; }

 private:
  Context& context_;
  float x_, y_, width_, row_;
};

std::string whole(float value) { return std::to_string(std::lround(value)); }

// The placement that is shown: the document's, until another is asked for.
int shown_placement(const Context& context, const DoorState& state) {
  const auto& all = *context.snapshot.placements;
  if (state.placement >= 0 && state.placement < static_cast<int>(all.size()))
    return state.placement;
  if (context.document().placement >= 0) return context.document().placement;
  for (std::size_t i = 0; i < all.size(); ++i)
    if (all[i].spec.id == "neck_base") return static_cast<int>(i);
  return 0;
}

void edit_size(Context& context, SizeRows& rows) {
  guide::MySize size = context.document().size;
  const auto& tr = context.tr;
  bool changed = false, committed = false;
  const auto take = [&](const Edit& edit, float& field, float value) {
    if (!edit.changed && !edit.committed) return;
    field = value;
    changed = true;
    committed = committed || edit.committed;
  };
  const Edit height =
      rows.row("door.height", fill_in(tr("door.height.value"), whole(size.height_m / kCm)),
               size.height_m, anatomy::kLeastStature_m, anatomy::kMostStature_m, kCm);
  take(height, size.height_m, std::round(height.value / kCm) * kCm);
  const Edit weight =
      rows.row("door.weight", fill_in(tr("door.weight.value"), whole(size.weight_kg)),
               size.weight_kg, guide::kLeastWeightKg, 180.0f, 1.0f);
  take(weight, size.weight_kg, std::round(weight.value));
  const Edit width =
      rows.row("door.width", fill_in(tr("door.width.value"), whole(size.doorway_m / kCm)),
               size.doorway_m, 0.5f, 1.2f, kCm);
  take(width, size.doorway_m, std::round(width.value / kCm) * kCm);
  size.height_m = std::clamp(size.height_m, anatomy::kLeastStature_m, anatomy::kMostStature_m);
  if (changed) context.out.commands.push_back(session::SetMySize{size, !committed});
}

// Figures side by side; returns where they end.
float draw_figures(Context& context, float x, float y, float width,
                   const std::vector<session::NamedFigure>& figures) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const Palette& c = context.theme.colours;
  const float cell = width / static_cast<float>(std::max<std::size_t>(figures.size(), 1));
  for (const session::NamedFigure& figure : figures) {
    draw_text(list, context.theme.caption, {x, y, cell, context.px(18.0f)}, Align::kLeft,
              c.text_muted, figure.name);
    draw_text(list, context.theme.title, {x, y + context.px(17.0f), cell, context.px(24.0f)},
              Align::kLeft, c.text, figure.value);
    x += cell;
  }
  return y + context.px(46.0f);
}

const guide::FinderCondition* find_goal(const Context& context) {
  if (context.view.finder == nullptr) return nullptr;
  for (const guide::FinderCondition& condition : context.view.finder->conditions) {
    if (condition.id == context.document().condition.id && !condition.choices.empty())
      return &condition;
  }
  return nullptr;
}

void draw_prints(Context& context, float x, float y, float width, const std::string& place) {
  const auto& tr = context.tr;
  const bool busy = context.view.planning;
  const float row = context.px(44.0f);
  const auto print = [&](const char* id, const std::string& words, FileRequest::Kind kind,
                         const std::string& goal) {
    if (text_button(context, id, {x, y, width, row}, words, {.enabled = !busy, .quiet = false}))
      context.out.files.push_back({kind, goal});
    y += row + context.px(6.0f);
  };
  print("door.plan.place", tr(busy ? "door.plan.busy" : "door.plan.place"),
        FileRequest::Kind::kPlanPlace, place);
  const guide::FinderCondition* goal = find_goal(context);
  if (goal != nullptr)
    print("door.plan.condition", fill_in(tr("door.plan.condition"), tr("condition." + goal->id)),
          FileRequest::Kind::kPlanCondition, goal->id);
}

// Which place, with the one before and the next.
void draw_place_choice(Context& context, const Rect& r, int chosen, DoorState& state) {
  const auto& all = *context.snapshot.placements;
  const int count = static_cast<int>(all.size());
  const auto go = [&](const char* id, Icon icon, float x, int by) {
    if (icon_button(context, id, {x, r.y, r.height, r.height}, icon,
                    {.tooltip = context.tr(std::string(id) + ".tip")})) {
      state.placement = (chosen + by + count) % count;
      state.force_n = 0.0f;
    }
  };
  go("door.before", Icon::kBefore, r.x, -1);
  go("door.next", Icon::kNext, r.right() - r.height, 1);
  const std::string key = "placement." + all[static_cast<std::size_t>(chosen)].spec.id;
  draw_text(*ImGui::GetWindowDrawList(), context.theme.title,
            {r.x + r.height, r.y, r.width - 2.0f * r.height, r.height}, Align::kCentre,
            context.theme.colours.text, context.tr(key));
}

// The figures and what to mind, under the figure against the bar and the doorway.
void draw_stand(Context& context, const Rect& r, const session::PlacementReadout& readout,
                const guide::PlacementSpec& spec, base::Newtons wanted, anatomy::Side at) {
  const auto& tr = context.tr;
  const Palette& c = context.theme.colours;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const guide::MySize& size = context.document().size;
  const tool::ToolSpec& tool = *context.snapshot.tool;
  const auto placed = guide::place_head(spec, at, *context.snapshot.index, tool);
  base::Result<guide::Stand> stand = tl::unexpected(base::Error{readout.obstacle});
  if (placed) {
    const auto& attachment = tool.attachments[static_cast<std::size_t>(placed->attachment)];
    stand = guide::find_stand(spec, *placed, attachment, context.body(), tool, size, wanted);
  }
  if (!stand) {
    const std::string why = placed ? stand.error().message : tr("places.lacking");
    draw_paragraph(list, context.theme.body, {r.x, r.y + context.px(24.0f)}, r.width, c.warning,
                   why);
    return;
  }
  const std::vector<std::string> sentences = session::stand_sentences(*stand, tr);
  const float line = context.px(19.0f);
  const float words = context.px(46.0f) + line * static_cast<float>(sentences.size() + 1);
  const float drawing = r.height - words - context.px(8.0f);
  const guide::Sketch from_side = guide::make_side_sketch(*stand, size);
  const bool single = tool.attachments[static_cast<std::size_t>(spec.attachment)].balls.size() == 1;
  const guide::Sketch door = guide::make_door_sketch(*stand, size, single ? 1 : 2);
  const float share = 0.52f * r.width;
  paint_sketch(context, {r.x, r.y, share, drawing}, from_side,
               session::sketch_words(from_side, *stand, size, tr));
  paint_sketch(context, {r.x + share, r.y, r.width - share, drawing}, door,
               session::sketch_words(door, *stand, size, tr));
  std::vector<session::NamedFigure> figures = session::stand_figures(*stand, tr);
  figures.push_back({tr("plan.figure.time"), session::time_words(spec.seconds, tr)});
  float y = draw_figures(context, r.x, r.y + drawing + context.px(8.0f), r.width, figures);
  for (const std::string& sentence : sentences) {
    draw_text(list, context.theme.body, {r.x, y, r.width, line}, Align::kLeft, c.text, sentence);
    y += line;
  }
  draw_text(list, context.theme.body, {r.x, y, r.width, line}, Align::kLeft, c.warning,
            tr("placement." + spec.id + ".caution"));
}

}  // namespace

void draw_door(Context& context, bool& open, DoorState& state) {
  const auto& tr = context.tr;
  const Palette& c = context.theme.colours;
  begin_cover(context);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const Rect card = centred(context, context.px(1040.0f), context.px(640.0f));
  draw_card(context, card);
  const float pad = context.px(24.0f);
  const float side = context.px(48.0f);
  const float column = std::min(context.px(296.0f), 0.36f * card.width);
  const float top = card.y + context.px(12.0f);
  draw_text(list, context.theme.title, {card.x + pad, top, column, side}, Align::kLeft, c.text,
            tr("door.title"));
  if (icon_button(context, "door.close", {card.right() - context.px(16.0f) - side, top, side, side},
                  Icon::kClose, {.tooltip = tr("close")}))
    open = false;

  const auto& all = *context.snapshot.placements;
  const int chosen = shown_placement(context, state);
  const auto& readout = all[static_cast<std::size_t>(chosen)];
  const guide::PlacementSpec& spec = readout.spec;
  const bool is_documents = chosen == context.document().placement;
  state.side = is_documents ? context.document().placement_side : anatomy::Side::kRight;
  const auto& attachment =
      context.snapshot.tool->attachments[static_cast<std::size_t>(spec.attachment)];
  // Another way to lean in with the same head; else the placement's own.
  const base::Newtons wanted =
      state.force_n > 0.0f ? base::Newtons{state.force_n} : spec.default_force;

  const float x = card.x + pad;
  float y = top + side + context.px(4.0f);
  const bool low = card.height < context.px(600.0f);
  SizeRows rows(context, x, y, column, context.px(low ? 54.0f : 62.0f));
  edit_size(context, rows);
  const float kg = wanted.value / guide::kGravity;
  const float most = std::floor(attachment.force_limit.value / guide::kGravity);
  const Edit force = rows.row("door.force", fill_in(tr("door.force.value"), whole(kg)),
                              std::min(kg, most), 1.0f, most, 1.0f);
  if (force.changed || force.committed) state.force_n = std::round(force.value) * guide::kGravity;
  y = rows.y();
  const guide::MySize& size = context.document().size;
  if (const std::string wrong = session::doorway_words(size, *context.snapshot.tool, tr);
      !wrong.empty())
    y += draw_paragraph(list, context.theme.strong, {x, y}, column, c.warning, wrong) +
         context.px(6.0f);
  if (!context.view.said.empty())
    y += draw_paragraph(list, context.theme.strong, {x, y}, column, c.accent, context.view.said) +
         context.px(6.0f);
  const float prints = (find_goal(context) != nullptr ? 2.0f : 1.0f) * context.px(50.0f);
  const float bottom = card.bottom() - context.px(16.0f);
  draw_paragraph(list, context.theme.caption, {x, y + context.px(2.0f)}, column, c.text_muted,
                 tr("door.mount"));
  draw_prints(context, x, bottom - prints, column, spec.id);

  const Rect right{x + column + context.px(32.0f), top,
                   card.right() - pad - x - column - context.px(32.0f), bottom - top};
  draw_place_choice(context, {right.x, top, right.width - side, side}, chosen, state);
  const guide::PlacementSpec& spot =
      readout.obstacle.empty() ? context.snapshot.spots->at(chosen).placement : spec;
  draw_stand(context, {right.x, top + side, right.width, right.height - side}, readout, spot,
             wanted, state.side);
  if (is_pressed_beside(card)) open = false;
  ImGui::End();
}

}  // namespace ui

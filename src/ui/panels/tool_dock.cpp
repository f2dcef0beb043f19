// The tool in hand: attachment, angle, pitch, force, hold or roll, mirror.
#include <algorithm>
#include <cmath>
#include <memory_resource>
#include <string>
#include <vector>

#include "ui/format.h"
#include "ui/panels/attachment_tile.h"
#include "ui/panels/panels.h"
#include "ui/widgets.h"

namespace ui {
namespace {

constexpr float kDialSize = 64.0f;
constexpr int kBackmatePlaces = 5;
// What dials, force and buttons need at 100 %.
constexpr float kBesidePictures = 580.0f;

// Degrees and back may miss the limit by a rounding error.
base::Radians from_dial(float degrees, base::Radians low, base::Radians high) {
  return std::clamp(base::from_degrees(degrees), low, high);
}

struct Column {
  Rect rect;  // the whole column inside the dock
  Rect body;  // above its caption
  Rect caption;
};

Column make_column(const Context& context, float x, float width) {
  const Rect& dock = context.layout.dock;
  const float pad = context.px(8.0f);
  const float caption = context.px(24.0f);
  Column column;
  column.rect = {x, dock.y + pad, width, dock.height - 2.0f * pad};
  column.body = {x, column.rect.y, width, column.rect.height - caption};
  column.caption = {x, column.body.bottom(), width, caption};
  return column;
}

void draw_caption(Context& context, const Column& column, std::string_view words) {
  draw_text(*ImGui::GetWindowDrawList(), context.theme.caption, column.caption, Align::kCentre,
            context.theme.colours.text_muted, words);
}

// Those of our own that fit, the chosen one whatever it is, and the way to all of them.
void draw_choice(Context& context, float x, float width, int places, bool& open) {
  const auto& attachments = context.snapshot.tool->attachments;
  const int chosen = context.document().attachment;
  std::pmr::vector<int> shown(context.memory.resource());
  for (std::size_t i = 0; i < attachments.size() && static_cast<int>(shown.size()) < places; ++i) {
    if (attachments[i].family == tool::Family::kBackmate) shown.push_back(static_cast<int>(i));
  }
  const Rect& dock = context.layout.dock;
  const float words = context.px(18.0f);
  const float gap = context.px(4.0f);
  const bool listed = std::find(shown.begin(), shown.end(), chosen) != shown.end();
  if (!listed && places < kBackmatePlaces && !shown.empty()) shown.back() = chosen;
  const float height = dock.height - context.px(12.0f) - words;
  Rect rect{x, dock.y + context.px(6.0f), width, height};
  for (const int i : shown) {
    draw_attachment_tile(context, i, rect, "attachment.");
    rect.x += width + gap;
  }
  // What is compared stands in for the way to the others.
  const bool compares = std::find(shown.begin(), shown.end(), chosen) == shown.end();
  const auto& spec = attachments[static_cast<std::size_t>(chosen)];
  if (button(context, "dock.compare", rect,
             {.selected = open || compares, .tooltip = context.tr("dock.compare.tip")},
             [&](ImDrawList& list, const Rect& r, ImU32 colour) {
               const ImVec2 at{r.x + 0.5f * r.width, r.y + 0.5f * (r.height - context.px(20.0f))};
               if (compares) {
                 draw_attachment(list, spec, at, 0.84f * r.width, context.theme);
               } else {
                 for (int i = -1; i <= 1; ++i)
                   list.AddCircleFilled({at.x + static_cast<float>(i) * context.px(12.0f), at.y},
                                        context.px(3.5f), colour, 16);
               }
               draw_text(
                   list, context.theme.caption,
                   {r.x + context.px(2.0f), r.bottom() - context.px(23.0f),
                    r.width - context.px(4.0f), context.px(20.0f)},
                   Align::kCentre, compares ? colour : context.theme.colours.text_muted,
                   compares ? attachment_short_name(context, spec) : context.tr("dock.compare"));
             }))
    open = !open;
  if (spec.example) {
    draw_text(*ImGui::GetWindowDrawList(), context.theme.caption,
              {x, rect.bottom() + context.px(1.0f), rect.right() - x, words}, Align::kCentre,
              context.theme.colours.text_muted, context.tr("attachment.example"));
  }
}

Rect dial_rect(const Context& context, const Column& column) {
  const float side = context.px(kDialSize);
  return {column.body.x + 0.5f * (column.body.width - side),
          column.body.y + 0.5f * (column.body.height - side), side, side};
}

void draw_angle(Context& context, float x, float width) {
  const Column column = make_column(context, x, width);
  const auto& tool = *context.snapshot.tool;
  const float degrees = base::to_degrees(context.document().head.angle);
  // The picture is the head as one looks at the back: its zero points along the body's left.
  const DialScale scale{base::to_degrees(tool.angle_min), base::to_degrees(tool.angle_max),
                        base::to_degrees(tool.angle_snap), -1.0f, true};
  const Edit edit = dial(context, "dock.angle", dial_rect(context, column), degrees, scale,
                         context.tr("dock.angle.tip"));
  if (edit.changed || edit.committed)
    context.out.commands.push_back(session::SetHeadAngle{
        from_dial(edit.value, tool.angle_min, tool.angle_max), !edit.committed});
  draw_caption(context, column,
               context.join({context.tr("dock.angle"), " ",
                             format_degrees(base::from_degrees(edit.value).value)}));
}

void draw_pitch(Context& context, float x, float width) {
  const Column column = make_column(context, x, width);
  const auto& tool = *context.snapshot.tool;
  const float degrees = base::to_degrees(context.document().head.pitch);
  // Seen from the side: 0 is an arm from behind (right), -90 one from straight above.
  const DialScale scale{base::to_degrees(tool.pitch_min), base::to_degrees(tool.pitch_max),
                        base::to_degrees(tool.angle_snap), 1.0f, false};
  const Edit edit = dial(context, "dock.pitch", dial_rect(context, column), degrees, scale,
                         context.tr("dock.pitch.tip"));
  if (edit.changed || edit.committed)
    context.out.commands.push_back(
        session::SetPitch{from_dial(edit.value, tool.pitch_min, tool.pitch_max), !edit.committed});
  draw_caption(context, column,
               context.join({context.tr("dock.pitch"), " ",
                             format_degrees(base::from_degrees(edit.value).value)}));
}

// How the force feels now: well, nearly too much, too much or at a place that does not take it.
ImU32 comfort_colour(const Context& context) {
  const Palette& c = context.theme.colours;
  ImU32 colour = c.accent;
  for (const guide::SafetyFinding& finding : *context.snapshot.safety) {
    switch (finding.kind) {
      case guide::SafetyKind::kNoGo:
      case guide::SafetyKind::kForceLimit:
      case guide::SafetyKind::kBruiseRisk:
      case guide::SafetyKind::kComfortPain:
      case guide::SafetyKind::kComfortStop:
        return c.warning;
      case guide::SafetyKind::kComfortWarn:
      case guide::SafetyKind::kFreshStrain:
        colour = c.caution;
        break;
      default:
        break;
    }
  }
  return colour;
}

void draw_force(Context& context, float x, float width) {
  const Column column = make_column(context, x, width);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const auto& spec =
      context.snapshot.tool->attachments[static_cast<std::size_t>(context.document().attachment)];
  const float limit = spec.force_limit.value;
  const float now = context.document().force.value;
  const float row = context.px(48.0f);
  Rect track{x, column.rect.bottom() - row, width, row};
  const float step = context.px(48.0f);
  if (width >= context.px(300.0f)) {
    const auto nudge = [&](float by) {
      const float next = std::fmin(limit, std::fmax(0.0f, now + by));
      context.out.commands.push_back(session::SetForce{base::Newtons{next}, false});
    };
    if (icon_button(context, "dock.force.less", {track.x, track.y, step, row}, Icon::kMinus,
                    {.enabled = now > 0.0f, .tooltip = context.tr("dock.force.less.tip")}))
      nudge(-10.0f);
    if (icon_button(context, "dock.force.more", {track.right() - step, track.y, step, row},
                    Icon::kPlus,
                    {.enabled = now < limit, .tooltip = context.tr("dock.force.more.tip")}))
      nudge(10.0f);
    track.x += step;
    track.width -= 2.0f * step;
  }
  const Edit edit = slider(context, "dock.force", track, now, limit, 1.0f,
                           context.tr("dock.force.tip"), comfort_colour(context));
  if (edit.changed || edit.committed)
    context.out.commands.push_back(session::SetForce{base::Newtons{edit.value}, !edit.committed});

  const Rect label{x, column.rect.y, width, context.px(24.0f)};
  draw_text(list, context.theme.strong, label, Align::kLeft, context.theme.colours.text,
            context.join({context.tr("dock.force"), "  ", format_newtons(edit.value)}));
  // How hard one may lean in at this place, beside the force and on its track.
  const session::LimitReadout& here = context.snapshot.limit;
  const bool above = edit.value > here.force_n * 1.0001f;
  const char* most =
      here.no_go() ? context.tr("dock.limit.no_go")
                   : context.fill_in(
                         context.tr(width < context.px(190.0f) ? "dock.limit.short" : "dock.limit"),
                         format_newtons(here.force_n));
  draw_text(list, context.theme.caption,
            {x + context.px(92.0f), label.y, width - context.px(92.0f), label.height},
            Align::kRight, above ? context.theme.colours.warning : context.theme.colours.text_muted,
            most);
  if (here.force_n < limit) {
    const float knob = context.px(13.0f);
    const float at = track.x + knob + here.force_n / limit * (track.width - 2.0f * knob);
    const float middle = track.y + 0.5f * track.height;
    list.AddLine({at, middle - context.px(12.0f)}, {at, middle + context.px(12.0f)},
                 context.theme.colours.warning, context.px(2.0f));
  }
  const Rect kilos{x, label.bottom() - context.px(4.0f), width, context.px(22.0f)};
  const long kg = std::lround(to_kilograms(edit.value));
  draw_text(list, context.theme.caption, kilos, Align::kLeft, context.theme.colours.text_muted,
            edit.value <= 0.0f ? context.tr("dock.force.lifted")
                               : context.fill_in(context.tr("dock.force.kg"), std::to_string(kg)));
}

}  // namespace

void draw_tool_dock(Context& context, bool& attachments_open) {
  const Rect& dock = context.layout.dock;
  Panel panel(context, "dock", dock);
  if (context.view.display.folded.dock) {
    if (button(context, "dock.fold", dock, {.tooltip = context.tr("dock.unfold.tip")},
               [&](ImDrawList& list, const Rect& r, ImU32 colour) {
                 draw_mark(list, {r.x + context.px(28.0f), r.y + 0.5f * r.height},
                           context.px(28.0f), context.theme);
                 draw_text(list, context.theme.strong,
                           {r.x + context.px(52.0f), r.y, r.width - context.px(56.0f), r.height},
                           Align::kLeft, colour, format_newtons(context.document().force.value));
               }))
      fold(context, &Folds::dock, false);
    return;
  }
  ImDrawList& list = *ImGui::GetWindowDrawList();
  // As many pictures as leave the force its room.
  const int fitting = static_cast<int>((dock.width / context.px(1.0f) - kBesidePictures) / 72.0f);
  const bool roomy = fitting >= 4;
  const float pad = context.px(8.0f);
  const float gap = context.px(roomy ? 16.0f : 10.0f);
  const int places = roomy ? std::min(kBackmatePlaces, fitting - 1) : 1;
  const float picture = context.px(roomy ? 68.0f : 92.0f);
  const float column = context.px(roomy ? 84.0f : 82.0f);
  const float actions = context.px(roomy ? 120.0f : 104.0f);
  const auto divide = [&](float x) {
    list.AddLine({x, dock.y + context.px(16.0f)}, {x, dock.bottom() - context.px(16.0f)},
                 context.theme.colours.panel_border);
  };

  float x = dock.x + pad;
  draw_choice(context, x, picture, places, attachments_open);
  const auto tiles = static_cast<float>(places + 1);
  x += tiles * picture + (tiles - 1.0f) * context.px(4.0f) + 0.5f * gap;
  divide(x);
  x += 0.5f * gap;
  draw_angle(context, x, column);
  x += column;
  draw_pitch(context, x, column);
  x += column + 0.5f * gap;
  divide(x);
  x += gap;
  const float side = context.px(48.0f);
  const float right = dock.right() - pad - side - actions;
  draw_force(context, x, right - 0.5f * gap - x - 0.5f * gap);
  divide(right - 0.5f * gap);

  const bool rolls = context.document().motion == session::Motion::kRoll;
  const float height = context.px(48.0f);
  if (icon_text_button(context, "dock.roll", {right, dock.y + pad, actions, height},
                       rolls ? Icon::kHold : Icon::kRoll,
                       context.tr(rolls ? "dock.hold" : "dock.roll"),
                       {.selected = rolls, .tooltip = context.tr("dock.roll.tip")}))
    context.out.commands.push_back(
        session::SetMotion{rolls ? session::Motion::kHold : session::Motion::kRoll});
  if (icon_text_button(context, "dock.mirror",
                       {right, dock.bottom() - pad - height, actions, height}, Icon::kMirror,
                       context.tr("dock.mirror"), {.tooltip = context.tr("dock.mirror.tip")}))
    context.out.commands.push_back(session::MirrorHead{});
  fold_button(context, "dock.fold", {dock.right() - pad - side, dock.y + pad, side, side},
              Icon::kFoldDown, false, &Folds::dock);
}

}  // namespace ui

// All attachments in their families, and what there is to mind about the chosen one.
#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "ui/format.h"
#include "ui/panels/attachment_tile.h"
#include "ui/panels/panels.h"

namespace ui {
namespace {

std::vector<int> find_family(const tool::ToolSpec& tool, tool::Family family) {
  std::vector<int> found;
  for (std::size_t i = 0; i < tool.attachments.size(); ++i) {
    if (tool.attachments[i].family == family) found.push_back(static_cast<int>(i));
  }
  return found;
}

}  // namespace

const char* attachment_short_name(const Context& context, const tool::AttachmentSpec& spec) {
  const char* key = context.join({"dock.attachment.", spec.id});
  return context.tr(context.tr.has(key) ? key : spec.name_key.c_str());
}

bool draw_attachment_tile(Context& context, int attachment, const Rect& rect,
                          std::string_view prefix) {
  const auto& spec = context.snapshot.tool->attachments[static_cast<std::size_t>(attachment)];
  const bool chosen = context.document().attachment == attachment;
  const bool ours = spec.family == tool::Family::kBackmate;
  const char* name = context.tr(spec.name_key);
  const char* tip = ours ? context.fill_in(context.tr("dock.attachment.tip"), name) : name;
  if (spec.example) tip = context.join({tip, "\n", context.tr("attachment.example")});
  const bool pressed =
      button(context, context.join({prefix, spec.id}), rect, {.selected = chosen, .tooltip = tip},
             [&](ImDrawList& list, const Rect& r, ImU32 colour) {
               // Hands are about as tall as they are wide: nothing reaches out of a low tile.
               const float side = std::min(0.84f * r.width, 1.5f * (r.height - context.px(24.0f)));
               draw_attachment(list, spec,
                               {r.x + 0.5f * r.width, r.y + 0.5f * (r.height - context.px(20.0f))},
                               side, context.theme);
               draw_text(list, context.theme.caption,
                         {r.x + context.px(2.0f), r.bottom() - context.px(23.0f),
                          r.width - context.px(4.0f), context.px(20.0f)},
                         Align::kCentre, chosen ? colour : context.theme.colours.text_muted,
                         attachment_short_name(context, spec));
             });
  if (pressed) context.out.commands.push_back(session::SetAttachment{attachment});
  return pressed;
}

void draw_attachments(Context& context, bool& open) {
  const auto& tr = context.tr;
  Rect free = context.layout.free;
  const float pad = context.px(12.0f);
  const float tile = context.px(84.0f), gap = context.px(4.0f);
  const float title = context.px(40.0f);
  float note = context.px(20.0f);
  struct Group {
    const char* key;
    std::vector<int> members;
  };
  const tool::ToolSpec& tool = *context.snapshot.tool;
  const std::array<Group, 2> groups = {
      Group{"attachments.backmate", find_family(tool, tool::Family::kBackmate)},
      Group{"attachments.compare", find_family(tool, tool::Family::kCompare)}};
  std::size_t most = 1;
  for (const Group& group : groups) most = std::max(most, group.members.size());
  const float room = std::min(free.width, static_cast<float>(most) * (tile + gap) + 2.0f * pad);
  const auto columns =
      std::max<std::size_t>(1, static_cast<std::size_t>((room - 2.0f * pad) / (tile + gap)));
  float fixed = 2.0f * pad;
  std::size_t all_rows = 0;
  for (const Group& group : groups) {
    if (!group.members.empty()) fixed += title;
    all_rows += (group.members.size() + columns - 1) / columns;
  }
  // Rows give a little in the smallest window, then the dock and the note give way.
  const float rows_of_fingers = static_cast<float>(all_rows) * (context.px(48.0f) + gap);
  const bool over = fixed + note + rows_of_fingers > free.height;
  if (over) free.height = context.layout.dock.bottom() - free.y;
  if (fixed + note + rows_of_fingers > free.height) note = 0.0f;
  fixed += note;
  const float tall = std::clamp((free.height - fixed) / static_cast<float>(all_rows) - gap,
                                context.px(48.0f), context.px(78.0f));
  const float height = fixed + static_cast<float>(all_rows) * (tall + gap);
  const float width = static_cast<float>(columns) * (tile + gap) + 2.0f * pad;
  const Rect card{std::round(free.x + 0.5f * (free.width - width)), free.bottom() - height, width,
                  height};
  Panel panel(context, "attachments", card, over);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  if (icon_button(context, "attachments.close",
                  {card.right() - context.px(52.0f), card.y + context.px(2.0f), context.px(48.0f),
                   context.px(48.0f)},
                  Icon::kClose, {.tooltip = tr("attachments.close.tip")}))
    open = false;
  float y = card.y + pad;
  for (const Group& group : groups) {
    if (group.members.empty()) continue;
    draw_text(list, context.theme.strong,
              {card.x + pad + context.px(4.0f), y, width - 2.0f * pad - context.px(44.0f), title},
              Align::kLeft, context.theme.colours.text, tr(group.key));
    y += title;
    for (std::size_t i = 0; i < group.members.size(); ++i) {
      const Rect rect{card.x + pad + static_cast<float>(i % columns) * (tile + gap),
                      y + static_cast<float>(i / columns) * (tall + gap), tile, tall};
      draw_attachment_tile(context, group.members[i], rect, "attachments.");
    }
    const std::size_t rows = (group.members.size() + columns - 1) / columns;
    y += static_cast<float>(rows) * (tall + gap);
  }
  if (note <= 0.0f) return;
  draw_text(list, context.theme.caption, {card.x + pad, y, width - 2.0f * pad, note},
            Align::kCentre, context.theme.colours.text_muted, tr("attachments.examples"));
}

void draw_attachment_note(Context& context) {
  const auto& spec =
      context.snapshot.tool->attachments[static_cast<std::size_t>(context.document().attachment)];
  if (spec.caution_key.empty() && !spec.time_limit) return;
  const auto& colours = context.theme.colours;
  const Rect& free = context.layout.free;
  const float pad = context.px(12.0f);
  const float clock = spec.time_limit ? context.px(96.0f) : 0.0f;
  // Between the names of the sides, or under them where there is no room.
  const bool between = free.width >= context.px(720.0f);
  const float width = between ? context.px(540.0f) : free.width - context.px(8.0f);
  const Rect card{std::round(free.x + 0.5f * (free.width - width)),
                  free.y + context.px(between ? 2.0f : 36.0f), width, context.px(46.0f)};
  Panel panel(context, "attachment.note", card);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  if (!spec.caution_key.empty()) {
    draw_paragraph(list, context.theme.caption, {card.x + pad, card.y + context.px(8.0f)},
                   width - 2.0f * pad - clock, colours.text, context.tr(spec.caution_key));
  }
  if (!spec.time_limit) return;
  const double left = static_cast<double>(spec.time_limit->value) - context.snapshot.attachment_s;
  const Rect at{card.right() - pad - clock, card.y + context.px(8.0f), clock, context.px(24.0f)};
  if (left > 0.0) {
    draw_text(list, context.theme.strong, at, Align::kRight, colours.text,
              context.fill_in(context.tr("attachment.time_left"), format_clock(std::ceil(left))));
    const float share = static_cast<float>(left) / spec.time_limit->value;
    draw_bar(list,
             {at.x + context.px(16.0f), at.bottom() + context.px(4.0f),
              at.width - context.px(16.0f), context.px(6.0f)},
             share, colours.track, colours.accent);
  } else {
    draw_paragraph(list, context.theme.strong, {at.x + context.px(8.0f), at.y},
                   at.width - context.px(8.0f), colours.warning, context.tr("attachment.time_up"));
  }
}

}  // namespace ui

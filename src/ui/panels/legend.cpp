// What the colours mean: of the muscles, with units, or of the limits on the skin.
#include <cmath>
#include <string>

#include "ui/format.h"
#include "ui/panels/panels.h"
#include "ui/widgets.h"

namespace ui {
namespace {

constexpr float kWidth = 136.0f;

ImU32 to_colour(glm::vec3 srgb) {
  return ImGui::ColorConvertFloat4ToU32({srgb.r, srgb.g, srgb.b, 1.0f});
}

std::string format_tick(const session::FieldScale& scale, float value) {
  const float shown = value / scale.per_unit;
  const bool whole = std::abs(shown - std::round(shown)) < 0.01f;
  std::string text = whole ? std::to_string(std::lround(shown))
                           : std::to_string(std::lround(10.0f * shown) / 10) + "." +
                                 std::to_string(std::lround(10.0f * shown) % 10);
  // What lies beyond has the colour of the end.
  if (value >= scale.high) text = "\u2265 " + text;
  return text;
}

void draw_field_legend(Context& context, const Rect& card, session::Field field) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const Palette& c = context.theme.colours;
  const auto& tr = context.tr;
  const session::FieldScale& scale = session::scale_of(field);
  const char* key = context.join({"field.", session::to_string(field)});
  const float pad = context.px(12.0f);
  const float width = card.width - 2.0f * pad;
  float y = card.y + context.px(8.0f);
  draw_text(list, context.theme.strong, {card.x + pad, y, width, context.px(22.0f)}, Align::kLeft,
            c.text, tr(key));
  y += context.px(22.0f);
  draw_text(list, context.theme.caption, {card.x + pad, y, width, context.px(18.0f)}, Align::kLeft,
            c.text_muted, tr(context.join({key, ".unit"})));
  y += context.px(28.0f);
  const float note = context.px(72.0f);
  const Rect bar{card.x + pad, y, context.px(22.0f), card.bottom() - note - y};
  const auto& colours = context.view.field_colours;
  const std::size_t steps = colours.size() - 1;
  const auto y_at = [&](float place) { return bar.bottom() - place * bar.height; };
  for (std::size_t i = 0; i < steps; ++i) {
    const float from = static_cast<float>(i) / static_cast<float>(steps);
    const float to = static_cast<float>(i + 1) / static_cast<float>(steps);
    const ImU32 low = to_colour(colours[i]);
    const ImU32 high = to_colour(colours[i + 1]);
    list.AddRectFilledMultiColor({bar.x, y_at(to)}, {bar.right(), y_at(from)}, high, high, low,
                                 low);
  }
  list.AddRect({bar.x, bar.y}, {bar.right(), bar.bottom()}, c.text_disabled);
  for (const float tick : scale.ticks) {
    const float at = std::round(y_at(session::place_of(scale, tick)));
    list.AddLine({bar.right(), at}, {bar.right() + context.px(5.0f), at}, c.text_muted);
    const bool baseline = scale.baseline && tick == *scale.baseline;
    draw_text(list, context.theme.caption,
              {bar.right() + context.px(9.0f), at - context.px(9.0f),
               card.right() - bar.right() - context.px(11.0f), context.px(18.0f)},
              Align::kLeft, c.text,
              baseline ? context.fill_in(tr("legend.baseline"), format_tick(scale, tick))
                       : context.join({format_tick(scale, tick)}));
  }
  const float below = bar.bottom() + context.px(10.0f);
  draw_paragraph(list, context.theme.caption, {card.x + pad, below}, width, c.text_muted,
                 tr("legend.unknown"));
  draw_badge(context, {card.right() - pad, card.bottom() - context.px(16.0f)},
             scale.assumed ? "badge.assumed" : "badge.physics");
}

// A no-go zone's hatching, as on the skin.
void draw_hatching(ImDrawList& list, const Context& context, const Rect& box) {
  list.PushClipRect({box.x, box.y}, {box.right(), box.bottom()}, true);
  const float step = context.px(8.0f);
  for (float x = box.x - box.height; x < box.right(); x += step)
    list.AddLine({x, box.bottom()}, {x + box.height, box.y}, IM_COL32(216, 204, 198, 220),
                 context.px(2.5f));
  list.PopClipRect();
}

void draw_limit_legend(Context& context, const Rect& card) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const Palette& c = context.theme.colours;
  const auto& tr = context.tr;
  const float pad = context.px(12.0f);
  float y = card.y + context.px(8.0f);
  draw_text(list, context.theme.strong,
            {card.x + pad, y, card.width - 2.0f * pad, context.px(22.0f)}, Align::kLeft, c.text,
            tr("limits.title"));
  y += context.px(30.0f);
  const auto& classes = context.view.limit_colours;
  for (std::size_t i = 0; i < classes.size(); ++i) {
    const Rect box{card.x + pad, y, context.px(28.0f), context.px(20.0f)};
    list.AddRectFilled({box.x, box.y}, {box.right(), box.bottom()}, to_colour(classes[i].srgb));
    if (i == 0) draw_hatching(list, context, box);
    list.AddRect({box.x, box.y}, {box.right(), box.bottom()}, c.text_disabled);
    const char* words = tr("limits.no_go");
    if (i > 0 && i + 1 < classes.size())
      words = context.fill_in(tr("limits.up_to"), format_newtons(classes[i].force_n));
    if (i + 1 == classes.size())
      words = context.fill_in(tr("limits.above"), format_newtons(classes[i - 1].force_n));
    draw_text(list, context.theme.caption,
              {box.right() + context.px(8.0f), y, card.right() - box.right() - context.px(12.0f),
               box.height},
              Align::kLeft, c.text, words);
    y += context.px(26.0f);
  }
  draw_badge(context, {card.right() - pad, card.bottom() - context.px(16.0f)}, "badge.assumed");
}

}  // namespace

void draw_legend(Context& context) {
  const session::Document& document = context.document();
  const bool on_skin = document.layer == anatomy::Layer::kSkin;
  const bool limits = document.limits && on_skin && context.body().has_skin();
  const bool covered = (on_skin && !document.xray) || document.layer == anatomy::Layer::kSkeleton;
  const bool field = document.field != session::Field::kNatural && !covered;
  if (!limits && !field) return;
  const Rect& free = context.layout.free;
  const float width = context.px(kWidth);
  const float top = free.y + context.px(40.0f);
  const float height = limits
                           ? context.px(198.0f)
                           : std::min(context.px(320.0f), free.bottom() - context.px(72.0f) - top);
  const Rect card{free.right() - width, top, width, height};
  Panel panel(context, "legend", card);
  if (limits) {
    draw_limit_legend(context, card);
  } else {
    draw_field_legend(context, card, document.field);
  }
}

}  // namespace ui

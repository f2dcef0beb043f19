#include "ui/widgets.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace ui {
namespace {

constexpr float kHalfTurn = 3.14159265f;

ImVec2 corner(const Rect& r) { return {r.x, r.y}; }
ImVec2 far_corner(const Rect& r) { return {r.right(), r.bottom()}; }

// Registers only what can be pressed: fully inside its window's clip (a scrolled list hides rows).
bool register_control(Context& context, std::string_view id, const Rect& rect, bool enabled) {
  const ImVec2 low = ImGui::GetWindowDrawList()->GetClipRectMin();
  const ImVec2 high = ImGui::GetWindowDrawList()->GetClipRectMax();
  const bool whole = rect.x >= low.x - 0.5f && rect.y >= low.y - 0.5f &&
                     rect.right() <= high.x + 0.5f && rect.bottom() <= high.y + 0.5f;
  if (whole) context.controls.add(id, rect, enabled);
  return whole;
}

bool hit_area(Context& context, std::string_view id, const Rect& rect, bool enabled,
              std::string_view tooltip) {
  register_control(context, id, rect, enabled);
  ImGui::SetCursorScreenPos(corner(rect));
  ImGui::BeginDisabled(!enabled);
  const bool pressed = ImGui::InvisibleButton(context.join({id}), {rect.width, rect.height});
  ImGui::EndDisabled();
  const bool keyed = enabled && context.keyboard.press && context.keyboard.is_on(id);
  if (!tooltip.empty() && ImGui::IsItemHovered(ImGuiHoveredFlags_AllowWhenDisabled) &&
      !ImGui::IsItemActive() && ImGui::GetIO().MouseDelta.x == 0.0f) {
    const ImVec2 padding{context.px(10.0f), context.px(7.0f)};
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, padding);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, context.px(8.0f));
    ImGui::PushStyleColor(ImGuiCol_PopupBg, context.theme.colours.inverse);
    ImGui::PushStyleColor(ImGuiCol_Text, context.theme.colours.inverse_text);
    ImGui::PushFont(context.theme.caption);
    ImGui::SetTooltip("%.*s", static_cast<int>(tooltip.size()), tooltip.data());
    ImGui::PopFont();
    ImGui::PopStyleColor(2);
    ImGui::PopStyleVar(2);
  }
  return pressed || keyed;
}

// About what the keyboard is on: a ring outside it and one of the ground's colour, so that it shows
// on any surface.
void draw_focus(Context& context, std::string_view id, const Rect& rect, float rounding) {
  if (!context.keyboard.is_on(id)) return;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float out = context.px(1.0f);
  const float in = context.px(2.0f);
  list.AddRect({rect.x + in, rect.y + in}, {rect.right() - in, rect.bottom() - in},
               context.theme.colours.card, rounding, 0, context.px(2.0f));
  list.AddRect({rect.x - out, rect.y - out}, {rect.right() + out, rect.bottom() + out},
               context.theme.colours.focus, rounding, 0, context.px(3.0f));
}

// Only the rim that shows beside the panel, and each of its pixels once: software GL pays for a
// third of the window several times over otherwise. Three rows of points around the panel: where it
// ends, as dark as three sheets of shadow are, then fading outwards.
void draw_shadow(ImDrawList& list, const Context& context, const Rect& rect, float rounding) {
  constexpr int kArc = 6;  // steps around a corner
  constexpr int kPoints = 4 * (kArc + 1);
  constexpr float kSheets = 3.0f;
  const float drop = context.px(2.0f);
  const ImU32 sheet = context.theme.colours.shadow;
  const float alpha = static_cast<float>(sheet >> IM_COL32_A_SHIFT) / 255.0f;
  const float dark = 1.0f - std::pow(1.0f - alpha, kSheets);
  const ImU32 clear = sheet & ~IM_COL32_A_MASK;
  const ImU32 full = clear | static_cast<ImU32>(std::lround(255.0f * dark)) << IM_COL32_A_SHIFT;
  const std::array<float, 3> radius = {rounding - drop, rounding, rounding + context.px(5.25f)};
  const std::array<ImU32, 3> colour = {full, full, clear};
  list.PrimReserve(2 * 6 * kPoints, 3 * kPoints);
  const ImVec2 white = ImGui::GetFontTexUvWhitePixel();
  const unsigned first = list._VtxCurrentIdx;
  for (int i = 0; i < kPoints; ++i) {
    const int corner = i / (kArc + 1);  // from the lower right, clockwise on the screen
    const float turn =
        0.5f * kHalfTurn * (static_cast<float>(corner) + static_cast<float>(i % (kArc + 1)) / kArc);
    const bool right = corner == 0 || corner == 3;
    const bool low = corner < 2;
    const ImVec2 centre{right ? rect.right() - rounding : rect.x + rounding,
                        drop + (low ? rect.bottom() - rounding : rect.y + rounding)};
    const ImVec2 out{std::cos(turn), std::sin(turn)};
    const unsigned here = first + 3 * static_cast<unsigned>(i);
    const unsigned next = first + 3 * static_cast<unsigned>((i + 1) % kPoints);
    for (unsigned row = 0; row < 3; ++row) {
      list.PrimWriteVtx({centre.x + radius[row] * out.x, centre.y + radius[row] * out.y}, white,
                        colour[row]);
      if (row == 2) break;
      for (const unsigned index :
           {here + row, here + row + 1, next + row + 1, here + row, next + row + 1, next + row})
        list.PrimWriteIdx(static_cast<ImDrawIdx>(index));
    }
  }
}

// The beginning of a text that fits with an ellipsis after it: one line of a panel is no longer.
using CutText = std::array<char, 256>;

std::string_view cut_text(const ImFont* font, std::string_view text, float width, CutText& cut) {
  constexpr std::string_view kEllipsis = "\u2026";
  // Whole characters only: UTF-8 continuation bytes go with their lead byte.
  const auto splits = [&](std::size_t at) {
    return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;
  };
  std::size_t kept = std::min(text.size(), cut.size() - kEllipsis.size());
  while (true) {
    while (kept > 0 && splits(kept)) --kept;
    const auto end = std::copy_n(text.begin(), kept, cut.begin());
    std::copy(kEllipsis.begin(), kEllipsis.end(), end);
    const std::string_view shown(cut.data(), kept + kEllipsis.size());
    if (kept == 0 || text_width(font, shown) <= width) return shown;
    --kept;
  }
}

// A rounded rectangle whose middle is one plain rectangle: a fan of slivers as wide as the panel
// costs a software rasteriser about twice as much.
void fill_panel(ImDrawList& list, const Rect& rect, ImU32 colour, float rounding) {
  const float cap = std::ceil(rounding);
  const ImVec2 low = corner(rect);
  const ImVec2 high = far_corner(rect);
  const float top = low.y + cap;
  const float bottom = high.y - cap;
  if (bottom <= top) {
    list.AddRectFilled(low, high, colour, rounding);
    return;
  }
  list.AddRectFilled({low.x, top}, {high.x, bottom}, colour);
  list.PushClipRect({low.x - 1.0f, low.y - 1.0f}, {high.x + 1.0f, top}, true);
  list.AddRectFilled(low, high, colour, rounding);
  list.PopClipRect();
  list.PushClipRect({low.x - 1.0f, bottom}, {high.x + 1.0f, high.y + 1.0f}, true);
  list.AddRectFilled(low, high, colour, rounding);
  list.PopClipRect();
}

}  // namespace

Panel::Panel(Context& context, const char* name, const Rect& rect, bool over_others) {
  // Panels keep the order in which they came first; what lies over others asks to be there.
  if (over_others) ImGui::SetNextWindowFocus();
  ImGui::SetNextWindowPos(corner(rect));
  ImGui::SetNextWindowSize({rect.width, rect.height});
  ImGui::Begin(name, nullptr,
               ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                   ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoBackground |
                   ImGuiWindowFlags_NoScrollWithMouse | ImGuiWindowFlags_NoNav |
                   (over_others ? 0 : ImGuiWindowFlags_NoBringToFrontOnFocus));
  context.controls.add_surface(rect, over_others);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const Palette& c = context.theme.colours;
  const float rounding = context.px(14.0f);
  list.PushClipRectFullScreen();
  draw_shadow(list, context, rect, rounding);
  fill_panel(list, rect, c.panel, rounding);
  list.AddRect(corner(rect), far_corner(rect), c.panel_border, rounding);
  list.PopClipRect();
}

Panel::~Panel() { ImGui::End(); }

bool button(Context& context, std::string_view id, const Rect& rect, const ButtonLook& look,
            const DrawInside& draw_inside) {
  const bool pressed = hit_area(context, id, rect, look.enabled, look.tooltip);
  const Palette& c = context.theme.colours;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float rounding = context.px(10.0f);
  ImU32 surface = look.quiet ? IM_COL32(0, 0, 0, 0) : c.hover;
  if (look.selected) {
    surface = c.accent_soft;
  } else if (look.enabled && ImGui::IsItemActive()) {
    surface = c.pressed;
  } else if (look.enabled && ImGui::IsItemHovered()) {
    surface = look.quiet ? c.hover : c.pressed;
  }
  list.AddRectFilled(corner(rect), far_corner(rect), surface, rounding);
  if (look.selected)
    list.AddRect(corner(rect), far_corner(rect), c.accent, rounding, 0, context.px(1.5f));
  draw_inside(list, rect, !look.enabled ? c.text_disabled : (look.selected ? c.accent : c.text));
  draw_focus(context, id, rect, rounding);
  return pressed && look.enabled;
}

bool icon_button(Context& context, std::string_view id, const Rect& rect, Icon icon,
                 const ButtonLook& look) {
  return button(context, id, rect, look, [&](ImDrawList& list, const Rect& r, ImU32 colour) {
    draw_icon(list, icon, {r.x + 0.5f * r.width, r.y + 0.5f * r.height}, context.px(20.0f), colour);
  });
}

bool text_button(Context& context, std::string_view id, const Rect& rect, std::string_view label,
                 const ButtonLook& look) {
  return button(context, id, rect, look, [&](ImDrawList& list, const Rect& r, ImU32 colour) {
    draw_text(list, look.selected ? context.theme.strong : context.theme.body, r, Align::kCentre,
              colour, label);
  });
}

bool icon_text_button(Context& context, std::string_view id, const Rect& rect, Icon icon,
                      std::string_view label, const ButtonLook& look) {
  return button(context, id, rect, look, [&](ImDrawList& list, const Rect& r, ImU32 colour) {
    const float side = context.px(20.0f);
    draw_icon(list, icon, {r.x + context.px(22.0f), r.y + 0.5f * r.height}, side, colour);
    const Rect words{r.x + context.px(40.0f), r.y, r.width - context.px(44.0f), r.height};
    draw_text(list, context.theme.body, words, Align::kLeft, colour, label);
  });
}

float text_width(const ImFont* font, std::string_view text) {
  if (text.empty()) return 0.0f;
  return font->CalcTextSizeA(font->FontSize, 1e6f, 0.0f, text.data(), text.data() + text.size()).x;
}

void fold(Context& context, bool Folds::*panel, bool away) {
  DisplaySettings display = context.view.display;
  display.folded.*panel = away;
  context.out.display = display;
}

void fold_button(Context& context, const char* id, const Rect& rect, Icon icon, bool words,
                 bool Folds::*panel) {
  const ButtonLook look{.tooltip = context.tr(context.join({id, ".tip"}))};
  if (words ? icon_text_button(context, id, rect, icon, context.tr(id), look)
            : icon_button(context, id, rect, icon, look))
    fold(context, panel, true);
}

void draw_text(ImDrawList& list, ImFont* font, const Rect& rect, Align align, ImU32 colour,
               std::string_view text) {
  CutText cut;
  if (text_width(font, text) > rect.width + 0.5f) text = cut_text(font, text, rect.width, cut);
  if (text.empty()) return;
  const float width = text_width(font, text);
  float x = rect.x;
  if (align == Align::kCentre) x += 0.5f * (rect.width - width);
  if (align == Align::kRight) x += rect.width - width;
  const float y = rect.y + 0.5f * (rect.height - font->FontSize);
  list.AddText(font, font->FontSize, {std::round(x), std::round(y)}, colour, text.data(),
               text.data() + text.size());
}

float draw_paragraph(ImDrawList& list, ImFont* font, ImVec2 at, float width, ImU32 colour,
                     std::string_view text) {
  const char* begin = text.data();
  const char* end = begin + text.size();
  list.AddText(font, font->FontSize, at, colour, begin, end, width);
  return font->CalcTextSizeA(font->FontSize, 1e6f, width, begin, end).y;
}

float draw_badge(Context& context, ImVec2 right_centre, const char* key) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const char* words = context.tr(key);
  const float width = text_width(context.theme.caption, words) + context.px(14.0f);
  const float height = context.px(18.0f);
  const Rect pill{std::round(right_centre.x - width), std::round(right_centre.y - 0.5f * height),
                  width, height};
  list.AddRect(corner(pill), far_corner(pill), context.theme.colours.panel_border, 0.5f * height, 0,
               context.px(1.0f));
  draw_text(list, context.theme.caption, pill, Align::kCentre, context.theme.colours.text_muted,
            words);
  return pill.x;
}

void draw_bar(ImDrawList& list, const Rect& rect, float share, ImU32 track, ImU32 fill) {
  const float rounding = 0.5f * rect.height;
  list.AddRectFilled(corner(rect), far_corner(rect), track, rounding);
  const float width = rect.width * std::clamp(share, 0.0f, 1.0f);
  if (width < 1.0f) return;
  list.AddRectFilled(corner(rect), {rect.x + std::max(width, rect.height), rect.bottom()}, fill,
                     rounding);
}

Edit slider(Context& context, std::string_view id, const Rect& rect, float value, float top,
            float step, std::string_view tooltip, std::optional<ImU32> fill) {
  hit_area(context, id, rect, true, tooltip);
  const Palette& c = context.theme.colours;
  const ImU32 colour = fill.value_or(c.accent);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float knob = context.px(13.0f);
  const float from = rect.x + knob;
  const float way = rect.width - 2.0f * knob;
  Edit edit;
  edit.value = value;
  if (ImGui::IsItemActive()) {
    const float share = std::clamp((ImGui::GetIO().MousePos.x - from) / way, 0.0f, 1.0f);
    edit.value = std::round(share * top / step) * step;
    edit.changed = edit.value != value;
  }
  edit.committed = ImGui::IsItemDeactivated();
  // A twentieth of the way, by the keyboard.
  if (context.keyboard.step != 0 && context.keyboard.is_on(id)) {
    const float by = std::max(step, step * std::round(0.05f * top / step));
    edit.value = std::clamp(value + static_cast<float>(context.keyboard.step) * by, 0.0f, top);
    edit.changed = edit.committed = edit.value != value;
  }
  draw_focus(context, id, rect, context.px(10.0f));
  const float share = top > 0.0f ? std::clamp(edit.value / top, 0.0f, 1.0f) : 0.0f;
  const float y = rect.y + 0.5f * rect.height;
  const float half = context.px(4.0f);
  draw_bar(list, {from, y - half, way, 2.0f * half}, share, c.track, colour);
  const ImVec2 at{from + share * way, y};
  const bool lit = ImGui::IsItemHovered() || ImGui::IsItemActive();
  if (lit) list.AddCircleFilled(at, knob + context.px(4.0f), c.accent_soft, 32);
  list.AddCircleFilled(at, knob, c.knob, 32);
  list.AddCircle(at, knob, colour, 32, context.px(2.5f));
  return edit;
}

Edit dial(Context& context, std::string_view id, const Rect& rect, float value,
          const DialScale& scale, std::string_view tooltip) {
  hit_area(context, id, rect, true, tooltip);
  const Palette& c = context.theme.colours;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const ImVec2 centre{rect.x + 0.5f * rect.width, rect.y + 0.5f * rect.height};
  const float radius = 0.5f * std::min(rect.width, rect.height) - context.px(3.0f);
  Edit edit;
  edit.value = value;
  if (ImGui::IsItemActive()) {
    const ImVec2 mouse = ImGui::GetIO().MousePos;
    const float dx = mouse.x - centre.x;
    const float dy = mouse.y - centre.y;
    // Near the centre a direction means nothing.
    if (dx * dx + dy * dy > 0.04f * radius * radius) {
      float turned = std::atan2(dy, dx) / (scale.degrees_per_unit * kHalfTurn / 180.0f);
      const float half_turn = std::abs(180.0f / scale.degrees_per_unit);
      if (scale.both_ends) turned -= half_turn * std::round(turned / half_turn);
      if (scale.snap > 0.0f) {
        const float near = scale.snap * std::round(turned / scale.snap);
        if (std::abs(turned - near) < 0.25f * scale.snap) turned = near;
      }
      edit.value = std::clamp(turned, scale.low, scale.high);
      edit.changed = edit.value != value;
    }
  }
  edit.committed = ImGui::IsItemDeactivated();
  if (context.keyboard.step != 0 && context.keyboard.is_on(id)) {
    const float by = scale.snap > 0.0f ? scale.snap : 0.05f * (scale.high - scale.low);
    edit.value =
        std::clamp(value + static_cast<float>(context.keyboard.step) * by, scale.low, scale.high);
    edit.changed = edit.committed = edit.value != value;
  }
  draw_focus(context, id, rect, context.px(10.0f));
  const bool lit = ImGui::IsItemHovered() || ImGui::IsItemActive();
  list.AddCircleFilled(centre, radius, lit ? c.pressed : c.hover, 40);
  list.AddCircle(centre, radius, lit ? c.accent : c.panel_border, 40, context.px(1.5f));
  const float angle = edit.value * scale.degrees_per_unit * kHalfTurn / 180.0f;
  const ImVec2 hand{std::cos(angle) * 0.72f * radius, std::sin(angle) * 0.72f * radius};
  const float ball = context.px(6.0f);
  const ImVec2 tip{centre.x + hand.x, centre.y + hand.y};
  if (scale.both_ends) {
    const ImVec2 tail{centre.x - hand.x, centre.y - hand.y};
    list.AddLine(tail, tip, c.steel, context.px(4.0f));
    list.AddCircleFilled(tail, ball, c.rubber, 24);
  } else {
    list.AddLine(centre, tip, c.steel, context.px(5.0f));
    list.AddCircleFilled(centre, ball, c.rubber, 24);
  }
  list.AddCircleFilled(tip, scale.both_ends ? ball : context.px(4.0f),
                       scale.both_ends ? c.rubber : c.steel, 24);
  return edit;
}

}  // namespace ui

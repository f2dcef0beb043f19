#include "ui/plate.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <glm/geometric.hpp>

#include "base/insertion_sort.h"
#include "ui/widgets.h"

namespace ui {
namespace {

constexpr float kRow = 26.0f;
constexpr float kRowOfTwo = 40.0f;
constexpr float kLine = 16.0f;  // of two in a row
constexpr float kColumn = 212.0f;
constexpr float kColumnShare = 0.26f;  // of the free width, at most
// Room for the names of the sides above, for scale bar and figure below.
constexpr float kAbove = 36.0f;
constexpr float kBelowLeft = 48.0f;
constexpr float kBelowRight = 104.0f;

ImVec2 to_im(glm::vec2 p) { return {p.x, p.y}; }

// A line that reads on light and on dark ground.
void draw_line(ImDrawList& list, const Theme& theme, glm::vec2 from, glm::vec2 to, ImU32 ink) {
  const ImU32 halo = (theme.colours.card & ~IM_COL32_A_MASK) | (150u << IM_COL32_A_SHIFT);
  list.AddLine(to_im(from), to_im(to), halo, theme.px(3.0f));
  list.AddLine(to_im(from), to_im(to), ink, theme.px(1.2f));
}

using TwoLines = std::array<std::string_view, 2>;

// In lines as equal as spaces allow; in one where the words fit whole.
TwoLines break_line(const ImFont* font, std::string_view words, float room) {
  TwoLines best{words, {}};
  float longest = text_width(font, words);
  if (longest <= room) return best;
  for (std::size_t at = words.find(' '); at != std::string_view::npos;
       at = words.find(' ', at + 1)) {
    const TwoLines lines{words.substr(0, at), words.substr(at + 1)};
    const float longer = std::max(text_width(font, lines[0]), text_width(font, lines[1]));
    if (longer >= longest) continue;
    longest = longer;
    best = lines;
  }
  return best;
}

}  // namespace

PlateColumns make_plate_columns(const Rect& area, float scale) {
  PlateColumns columns;
  const float width = std::round(std::min(kColumn * scale, kColumnShare * area.width));
  columns.row = std::round((width < kColumn * scale ? kRowOfTwo : kRow) * scale);
  const float top = area.y + kAbove * scale;
  columns.left = {area.x, top, width, area.bottom() - kBelowLeft * scale - top};
  columns.right = {area.right() - width, top, width, area.bottom() - kBelowRight * scale - top};
  return columns;
}

void draw_plate_labels(ImDrawList& list, const Theme& theme, const Plate& plate,
                       const PlateColumns& columns) {
  const Palette& c = theme.colours;
  const float pad = theme.px(8.0f);
  const float stem = theme.px(10.0f);
  // All lines before all words: a line may pass under another's words, never over them.
  for (const PlateLabel& label : plate.labels) {
    const ImU32 ink = label.strong ? c.accent : c.text_muted;
    draw_line(list, theme, label.port_px, label.at_px, ink);
    list.AddCircleFilled(to_im(label.at_px), theme.px(3.6f), c.card, 16);
    list.AddCircleFilled(to_im(label.at_px), theme.px(2.4f), ink, 16);
  }
  for (const PlateLabel& label : plate.labels) {
    const Rect& column = label.on_left ? columns.left : columns.right;
    const float room = column.width - stem - 2.0f * pad;
    // A long name stays whole rather than bold.
    const bool fits = text_width(theme.strong, label.words) < room;
    ImFont* font = label.strong && fits ? theme.strong : theme.caption;
    const bool may_break = columns.row > theme.px(kRow) + 1.0f;
    const TwoLines lines =
        may_break ? break_line(font, label.words, room) : TwoLines{label.words, {}};
    const bool two = !lines[1].empty();
    const float longest = std::max(text_width(font, lines[0]), text_width(font, lines[1]));
    const float width = std::min(longest + 1.0f, room) + 2.0f * pad;
    const float height = theme.px((two ? kRowOfTwo : kRow) - 4.0f);
    const float x = label.on_left ? label.port_px.x - stem - width : label.port_px.x + stem;
    const Rect pill{x, label.port_px.y - 0.5f * height, width, height};
    const float inner = label.on_left ? pill.right() : pill.x;
    draw_line(list, theme, {inner, label.port_px.y}, label.port_px,
              label.strong ? c.accent : c.text_muted);
    list.AddRectFilled({pill.x, pill.y}, {pill.right(), pill.bottom()}, c.pill,
                       theme.px(0.5f * (kRow - 4.0f)));
    const float line = two ? theme.px(kLine) : pill.height;
    float y = pill.y + 0.5f * (pill.height - (two ? 2.0f : 1.0f) * line);
    for (const std::string_view words : lines) {
      if (words.empty()) break;
      draw_text(list, font, {pill.x + pad, y, pill.width - 2.0f * pad, line},
                label.on_left ? Align::kRight : Align::kLeft, label.strong ? c.accent : c.text,
                words);
      y += line;
    }
  }
}

ScaleStep find_scale_step(float px_per_m, float most_px) {
  ScaleStep found;
  if (!(px_per_m > 0.0f)) return found;
  for (int tenth = -3; tenth <= 1; ++tenth) {
    for (const int digit : {1, 2, 5}) {
      const float metres = static_cast<float>(digit) * std::pow(10.0f, static_cast<float>(tenth));
      if (metres * px_per_m > most_px) return found;
      found.metres = metres;
      const int number = digit * static_cast<int>(std::lround(std::pow(10.0, tenth == -3 ? 0
                                                                             : tenth < 0 ? tenth + 2
                                                                                         : tenth)));
      found.words = std::to_string(number) + (tenth == -3 ? " mm" : tenth < 0 ? " cm" : " m");
    }
  }
  return found;
}

void draw_scale_bar(ImDrawList& list, const Theme& theme, const Plate& plate, const Rect& area) {
  const ScaleStep step = find_scale_step(plate.px_per_m, theme.px(140.0f));
  if (step.metres <= 0.0f) return;
  const float length = step.metres * plate.px_per_m;
  const float words = text_width(theme.caption, step.words);
  const float pad = theme.px(10.0f);
  const Rect pill{area.x, area.bottom() - theme.px(38.0f), std::max(length, words) + 2.0f * pad,
                  theme.px(34.0f)};
  list.AddRectFilled({pill.x, pill.y}, {pill.right(), pill.bottom()}, theme.colours.pill,
                     theme.px(8.0f));
  const float y = pill.bottom() - theme.px(8.0f);
  const float x = pill.x + 0.5f * (pill.width - length);
  const float tick = theme.px(4.0f);
  const ImU32 ink = theme.colours.text;
  list.AddLine({x, y}, {x + length, y}, ink, theme.px(1.5f));
  for (const float end : {x, x + length})
    list.AddLine({end, y - tick}, {end, y + tick}, ink, theme.px(1.5f));
  draw_text(list, theme.caption, {pill.x, pill.y, pill.width, theme.px(22.0f)}, Align::kCentre, ink,
            step.words);
}

void draw_orientation(ImDrawList& list, const Theme& theme, const data::Translator& tr,
                      const Plate& plate, const Rect& area) {
  const float size = theme.px(72.0f);
  const glm::vec2 centre{area.right() - 0.5f * size, area.bottom() - 0.5f * size - theme.px(22.0f)};
  const float unit = 0.42f * size;
  const auto at = [&](glm::vec3 body) {
    const glm::vec3 seen = body * plate.view;  // columns: right, up, towards the viewer
    return glm::vec2(centre.x + seen.x * unit, centre.y - seen.y * unit);
  };
  const auto depth = [&](glm::vec3 body) { return (body * plate.view).z; };
  const Palette& c = theme.colours;
  list.AddCircleFilled(to_im(centre), 0.5f * size, c.pill, 40);
  // Limbs and trunk as round strokes, the furthest first; +X is the patient's left.
  struct Part {
    glm::vec3 from, to;
    float width;
    ImU32 colour;
  };
  const ImU32 body = c.text_muted;
  std::array<Part, 6> parts = {{{{0.0f, 0.20f, 0.0f}, {0.0f, -0.15f, 0.0f}, 0.46f, body},
                                {{0.0f, 0.70f, 0.0f}, {0.0f, 0.70f, 0.0f}, 0.40f, body},
                                {{0.0f, 0.68f, 0.16f}, {0.0f, 0.66f, 0.30f}, 0.12f, body},
                                {{0.38f, 0.34f, 0.0f}, {0.56f, -0.22f, 0.06f}, 0.17f, c.accent},
                                {{-0.38f, 0.34f, 0.0f}, {-0.56f, -0.22f, 0.06f}, 0.17f, body},
                                {{0.0f, -0.2f, 0.0f}, {0.0f, -0.66f, 0.0f}, 0.34f, body}}};
  base::insertion_sort(parts.begin(), parts.end(), [&](const Part& a, const Part& b) {
    return depth(a.from + a.to) < depth(b.from + b.to);
  });
  for (const Part& part : parts) {
    const glm::vec2 from = at(part.from);
    const glm::vec2 to = at(part.to);
    const float half = 0.5f * part.width * unit;
    // A rim in the ground's colour tells parts apart that lie over each other.
    for (const auto& [radius, colour] : {std::pair{half + theme.px(1.2f), c.card | IM_COL32_A_MASK},
                                         std::pair{half, part.colour}}) {
      list.AddLine(to_im(from), to_im(to), colour, 2.0f * radius);
      list.AddCircleFilled(to_im(from), radius, colour, 20);
      list.AddCircleFilled(to_im(to), radius, colour, 20);
    }
  }
  const glm::vec2 hand = at({0.86f, -0.05f, 0.0f});
  const char* letter = tr("side.left.letter");
  const float width = text_width(theme.strong, letter);
  draw_text(list, theme.strong,
            {std::clamp(hand.x, centre.x - 0.5f * size, centre.x + 0.5f * size) - 0.5f * width,
             hand.y - theme.px(9.0f), width + 1.0f, theme.px(18.0f)},
            Align::kCentre, c.accent, letter);
  const char* words = tr("side.left");
  const float room = text_width(theme.caption, words) + theme.px(12.0f);
  const float right = std::min(area.right(), centre.x + 0.5f * room);
  const Rect caption{right - room, area.bottom() - theme.px(20.0f), room, theme.px(20.0f)};
  list.AddRectFilled({caption.x, caption.y}, {caption.right(), caption.bottom()}, c.pill,
                     theme.px(10.0f));
  draw_text(list, theme.caption, caption, Align::kCentre, c.accent, words);
}

}  // namespace ui

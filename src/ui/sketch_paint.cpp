#include "ui/sketch_paint.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace ui {
namespace {

using guide::Ink;

float cross(glm::vec2 a, glm::vec2 b, glm::vec2 c) {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

float area(const std::vector<glm::vec2>& outline) {
  float sum = 0.0f;
  for (std::size_t i = 0; i < outline.size(); ++i) {
    const glm::vec2 a = outline[i];
    const glm::vec2 b = outline[(i + 1) % outline.size()];
    sum += a.x * b.y - a.y * b.x;
  }
  return sum;
}

// A share of one colour over another.
Colour between(Colour under, Colour over, float share) {
  const auto alpha = static_cast<Colour>(share * 255.0f);
  return blend((over & ~(Colour{255} << kAlphaShift)) | alpha << kAlphaShift, under);
}

Colour ink_of(const Palette& c, Ink ink) {
  switch (ink) {
    case Ink::kWall:
      return c.card;
    case Ink::kFloor:
      return c.text_disabled;
    case Ink::kFrame:
      return c.track;
    case Ink::kPerson:
      return between(c.card, c.accent, 0.42f);
    case Ink::kArm:
      return between(c.card, c.accent, 0.58f);
    case Ink::kBar:
      return c.steel;
    case Ink::kBall:
      return c.rubber;
    case Ink::kGuide:
      return between(c.card, c.text_muted, 0.5f);
    case Ink::kMeasure:
      return c.accent;
  }
  return c.text;
}

}  // namespace

std::vector<int> triangulate(const std::vector<glm::vec2>& outline) {
  std::vector<int> triangles;
  if (outline.size() < 3) return triangles;
  std::vector<int> left(outline.size());
  std::iota(left.begin(), left.end(), 0);
  if (area(outline) < 0.0f) std::reverse(left.begin(), left.end());
  const auto at = [&](int i) { return outline[static_cast<std::size_t>(i)]; };
  const auto is_ear = [&](int a, int b, int c) {
    if (cross(at(a), at(b), at(c)) <= 0.0f) return false;
    return std::none_of(left.begin(), left.end(), [&](int p) {
      if (p == a || p == b || p == c) return false;
      return cross(at(a), at(b), at(p)) > 0.0f && cross(at(b), at(c), at(p)) > 0.0f &&
             cross(at(c), at(a), at(p)) > 0.0f;
    });
  };
  while (left.size() > 2) {
    const std::size_t count = left.size();
    std::size_t ear = count;
    for (std::size_t i = 0; i < count && ear == count; ++i) {
      if (is_ear(left[(i + count - 1) % count], left[i], left[(i + 1) % count])) ear = i;
    }
    // What touches itself has no clean ear left: the next corner will do.
    if (ear == count) ear = 0;
    for (const std::size_t corner : {(ear + count - 1) % count, ear, (ear + 1) % count})
      triangles.push_back(left[corner]);
    left.erase(left.begin() + static_cast<std::ptrdiff_t>(ear));
  }
  return triangles;
}

void paint_sketch(Context& context, const Rect& rect, const guide::Sketch& sketch,
                  const std::vector<std::string>& words) {
  const Palette& c = context.theme.colours;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const glm::vec2 size = sketch.high - sketch.low;
  const float scale = std::min(rect.width / size.x, rect.height / size.y);
  const float left = rect.x + 0.5f * (rect.width - scale * size.x);
  const float floor = rect.y + 0.5f * (rect.height - scale * size.y) + scale * sketch.high.y;
  const auto pixel = [&](glm::vec2 p) {
    return ImVec2(left + scale * (p.x - sketch.low.x), floor - scale * p.y);
  };
  for (const guide::SketchShape& shape : sketch.shapes) {
    const Colour colour = ink_of(c, shape.ink);
    std::vector<ImVec2> points;
    for (const glm::vec2 p : shape.points) points.push_back(pixel(p));
    const int count = static_cast<int>(points.size());
    if (!shape.filled) {
      const float width = std::max(context.px(1.0f), scale * shape.width_m);
      list.AddPolyline(points.data(), count, colour, 0, width);
      continue;
    }
    // Smooth edges come from the outline; inner ones would show as seams.
    const ImDrawListFlags before = list.Flags;
    list.Flags &= ~ImDrawListFlags_AntiAliasedFill;
    const std::vector<int> triangles = triangulate(shape.points);
    for (std::size_t i = 0; i + 2 < triangles.size(); i += 3) {
      const auto corner = [&](std::size_t k) {
        return points[static_cast<std::size_t>(triangles[i + k])];
      };
      list.AddTriangleFilled(corner(0), corner(1), corner(2), colour);
    }
    list.Flags = before;
    list.AddPolyline(points.data(), count, colour, ImDrawFlags_Closed, 1.2f);
  }
  for (std::size_t i = 0; i < std::min(sketch.labels.size(), words.size()); ++i) {
    const guide::SketchLabel& label = sketch.labels[i];
    const float width = text_width(context.theme.strong, words[i]);
    const ImVec2 at = pixel(label.at);
    const Rect box{at.x - label.align * width, at.y - context.px(10.0f), width, context.px(20.0f)};
    const float pad = context.px(3.0f);
    list.AddRectFilled({box.x - pad, box.y}, {box.right() + pad, box.bottom()}, c.card,
                       context.px(4.0f));
    draw_text(list, context.theme.strong, {box.x, box.y, box.width + 1.0f, box.height},
              Align::kLeft, c.text, words[i]);
  }
}

}  // namespace ui

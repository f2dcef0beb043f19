// How the tension of the leading muscles eases over time, beside the same person untreated. The
// band of the leading muscle is that of relief in science.md section 6: 100 % either way, that is
// from no difference to the untreated line to twice of it.
#include <algorithm>
#include <array>
#include <cmath>
#include <memory_resource>
#include <string>
#include <vector>

#include "ui/format.h"
#include "ui/panels/panels.h"
#include "ui/widgets.h"

namespace ui {
namespace {

constexpr std::size_t kMaxShownCurves = 3;

// The curves of the muscles that are pressed now, or of the last ones that were.
using Curves = std::pmr::vector<const session::MuscleCurve*>;
using Points = std::pmr::vector<session::CurvePoint>;

Curves choose_curves(const Context& context) {
  Curves chosen(context.memory.resource());
  const auto find = [&](anatomy::StructureIndex structure) -> const session::MuscleCurve* {
    for (const session::MuscleCurve& curve : *context.snapshot.curves) {
      if (curve.structure == structure) return &curve;
    }
    return nullptr;
  };
  for (const sim::MuscleReadout& muscle : *context.snapshot.muscles) {
    if (chosen.size() == kMaxShownCurves) break;
    if (const auto* curve = find(muscle.structure); curve != nullptr && !curve->points.empty())
      chosen.push_back(curve);
  }
  return chosen;
}

// A round number at or above `value`: 0.02, 0.05, 0.1, 0.2, 0.5 ...
float round_up(float value) {
  float step = 0.02f;
  for (const float next : {0.05f, 0.1f, 0.2f, 0.5f, 1.0f}) {
    if (step >= value) break;
    step = next;
  }
  return step;
}

// Seconds between labels, so that three to six of them fit.
float tick_step(float span_s) {
  for (const float step :
       {5.0f, 10.0f, 30.0f, 60.0f, 120.0f, 300.0f, 600.0f, 1800.0f, 3600.0f, 7200.0f, 14400.0f}) {
    if (span_s <= 4.5f * step) return step;
  }
  return 43200.0f;
}

struct Range {
  float from_s = 1e30f, to_s = 0.0f, low = 0.0f, high = 0.0f;
};

float upper_of(const session::CurvePoint& point) {
  return point.untreated + 2.0f * (point.relief - point.untreated);
}

Range range_of(const Curves& curves) {
  Range range;
  for (const auto* curve : curves) {
    range.from_s = std::min(range.from_s, curve->points.front().time_s);
    range.to_s = std::max(range.to_s, curve->points.back().time_s);
    for (const auto& point : curve->points) {
      const float beyond = curve == curves.front() ? upper_of(point) : point.relief;
      range.low = std::min({range.low, point.relief, point.untreated, beyond});
      range.high = std::max({range.high, point.relief, point.untreated, beyond});
    }
  }
  range.high = round_up(range.high);
  range.low = range.low < -0.002f ? -round_up(-range.low) : 0.0f;
  range.to_s = std::max(range.to_s, range.from_s + 10.0f);
  return range;
}

class Plot {
 public:
  Plot(Context& context, const Rect& box, const Range& range)
      : context_(context), list_(*ImGui::GetWindowDrawList()), box_(box), range_(range) {}

  ImVec2 at(float time_s, float relief) const {
    const float x = (time_s - range_.from_s) / (range_.to_s - range_.from_s);
    const float y =
        (std::clamp(relief, range_.low, range_.high) - range_.low) / (range_.high - range_.low);
    return {box_.x + x * box_.width, box_.bottom() - y * box_.height};
  }

  // Of a curve what can be told apart: points at least a pixel from each other, and the last.
  Points thinned(const session::MuscleCurve& curve) const {
    Points kept(context_.memory.resource());
    kept.reserve(std::min(curve.points.size(), static_cast<std::size_t>(box_.width) + 3));
    float next_x = box_.x - 1.0f;
    for (const session::CurvePoint& point : curve.points) {
      const float x = at(point.time_s, 0.0f).x;
      if (x < next_x && &point != &curve.points.back()) continue;
      kept.push_back(point);
      next_x = x + 1.0f;
    }
    return kept;
  }

  void draw_axes() const {
    const Palette& c = context_.theme.colours;
    const float line = context_.px(16.0f);
    const float middle = 0.5f * (range_.low + range_.high);
    for (const float value : {range_.low, middle, range_.high}) {
      const float y = std::round(at(range_.from_s, value).y);
      list_.AddLine({box_.x, y}, {box_.right(), y}, c.track);
      const float percent = 100.0f * value;
      const bool whole = std::abs(percent - std::round(percent)) < 0.01f;
      draw_text(list_, context_.theme.caption,
                {box_.x - context_.px(48.0f), y - 0.5f * line, context_.px(42.0f), line},
                Align::kRight, c.text_muted,
                whole ? std::to_string(std::lround(percent)) + " %" : format_percent(value));
    }
    const float step = tick_step(range_.to_s - range_.from_s);
    for (float t = std::ceil(range_.from_s / step) * step; t <= range_.to_s; t += step) {
      const float x = std::round(at(t, 0.0f).x);
      list_.AddLine({x, box_.bottom()}, {x, box_.bottom() + context_.px(4.0f)}, c.text_disabled);
      const float half = context_.px(24.0f);
      if (x + 0.6f * half > box_.right()) continue;
      draw_text(list_, context_.theme.caption,
                {x - half, box_.bottom() + context_.px(4.0f), 2.0f * half, line}, Align::kCentre,
                c.text_muted, format_clock(static_cast<double>(t)));
    }
  }

  // From no difference to the untreated line to twice of it.
  void draw_band(const Points& points, ImU32 colour) const {
    // Without smoothing: seams between the columns would show.
    const ImDrawListFlags flags = list_.Flags;
    list_.Flags &= ~ImDrawListFlags_AntiAliasedFill;
    const ImU32 pale = (colour & ~IM_COL32_A_MASK) | (34u << IM_COL32_A_SHIFT);
    for (std::size_t i = 0; i + 1 < points.size(); ++i) {
      const auto& a = points[i];
      const auto& b = points[i + 1];
      const ImVec2 quad[4] = {at(a.time_s, a.untreated), at(a.time_s, upper_of(a)),
                              at(b.time_s, upper_of(b)), at(b.time_s, b.untreated)};
      list_.AddTriangleFilled(quad[0], quad[1], quad[2], pale);
      list_.AddTriangleFilled(quad[0], quad[2], quad[3], pale);
    }
    list_.Flags = flags;
  }

  void draw_untreated(const Points& points, ImU32 colour) const {
    // Dashes of equal length on the screen, whatever the points' distances.
    const float dash = context_.px(5.0f);
    float along = 0.0f;
    for (std::size_t i = 0; i + 1 < points.size(); ++i) {
      const ImVec2 a = at(points[i].time_s, points[i].untreated);
      const ImVec2 b = at(points[i + 1].time_s, points[i + 1].untreated);
      const float length = std::hypot(b.x - a.x, b.y - a.y);
      float done = 0.0f;
      while (done < length) {
        const float phase = std::fmod(along, 2.0f * dash);
        const float left = phase < dash ? dash - phase : 2.0f * dash - phase;
        const float part = std::min(std::max(left, 0.01f), length - done);
        const auto point = [&](float way) {
          return ImVec2{a.x + (b.x - a.x) * way / length, a.y + (b.y - a.y) * way / length};
        };
        if (phase < dash) list_.AddLine(point(done), point(done + part), colour, context_.px(1.5f));
        done += part;
        along += part;
      }
    }
  }

  void draw_line(const Points& points, ImU32 colour) const {
    // In pieces: what ImGui sets aside for a line would grow with it.
    constexpr std::size_t kPiece = 64;
    for (std::size_t from = 0; from + 1 < points.size(); from += kPiece) {
      const std::size_t to = std::min(from + kPiece, points.size() - 1);
      for (std::size_t i = from; i <= to; ++i)
        list_.PathLineTo(at(points[i].time_s, points[i].relief));
      list_.PathStroke(colour, 0, context_.px(2.0f));
    }
  }

 private:
  Context& context_;
  ImDrawList& list_;
  Rect box_;
  Range range_;
};

// Curves grow for minutes: room for as many points as the plot has pixels is taken once.
void reserve_curves(ImDrawList& list, float width) {
  constexpr int kVertices = 24,
                kIndices = 72;  // for a point of each curve, the band and the dashes
  const int points = static_cast<int>(width) + 3;
  list.VtxBuffer.reserve(list.VtxBuffer.Size + kVertices * points);
  list.IdxBuffer.reserve(list.IdxBuffer.Size + kIndices * points);
}

// Told apart by shape too: a disc, a square, a triangle.
void draw_marker(ImDrawList& list, std::size_t which, ImVec2 at, float r, ImU32 colour) {
  if (which == 0) {
    list.AddCircleFilled(at, r, colour, 16);
  } else if (which == 1) {
    list.AddRectFilled({at.x - 0.9f * r, at.y - 0.9f * r}, {at.x + 0.9f * r, at.y + 0.9f * r},
                       colour);
  } else {
    list.AddTriangleFilled({at.x, at.y - 1.1f * r}, {at.x + 1.1f * r, at.y + 0.9f * r},
                           {at.x - 1.1f * r, at.y + 0.9f * r}, colour);
  }
}

void draw_key(Context& context, const Rect& row, ImU32 colour) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const Palette& c = context.theme.colours;
  const float y = row.y + 0.5f * row.height;
  for (int i = 0; i < 2; ++i) {
    const float x = row.x + context.px(9.0f) * static_cast<float>(i);
    list.AddLine({x, y}, {x + context.px(5.0f), y}, c.text_muted, context.px(1.5f));
  }
  const char* untreated = context.tr("relief.untreated");
  const float width = text_width(context.theme.caption, untreated) + 1.0f;
  draw_text(list, context.theme.caption, {row.x + context.px(20.0f), row.y, width, row.height},
            Align::kLeft, c.text_muted, untreated);
  const float x = row.x + context.px(34.0f) + width;
  list.AddRectFilled({x, y - context.px(5.0f)}, {x + context.px(14.0f), y + context.px(5.0f)},
                     (colour & ~IM_COL32_A_MASK) | (60u << IM_COL32_A_SHIFT));
  draw_text(list, context.theme.caption,
            {x + context.px(19.0f), row.y, row.right() - x - context.px(19.0f), row.height},
            Align::kLeft, c.text_muted, context.tr("relief.band"));
}

}  // namespace

void draw_curves(Context& context, const Rect& area) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const Palette& c = context.theme.colours;
  const float pad = context.px(12.0f);
  const float row = context.px(20.0f);
  const Rect title{area.x + pad, area.y, area.width - 2.0f * pad, context.px(24.0f)};
  draw_text(list, context.theme.strong, title, Align::kLeft, c.text, context.tr("relief.title"));
  draw_badge(context, {title.right(), title.y + 0.5f * title.height}, "badge.hypothesis");
  const auto curves = choose_curves(context);
  if (curves.empty()) {
    draw_paragraph(list, context.theme.caption, {title.x, title.bottom() + context.px(4.0f)},
                   title.width, c.text_muted, context.tr("relief.empty"));
    return;
  }
  const float axis = context.px(48.0f);
  const float legend = row * static_cast<float>(curves.size() + 1);
  const float top = title.bottom() + context.px(10.0f);
  const Rect box{title.x + axis, top, title.width - axis - context.px(4.0f),
                 area.bottom() - legend - context.px(24.0f) - top};
  reserve_curves(list, box.width);
  const Plot plot(context, box, range_of(curves));
  plot.draw_axes();
  list.PushClipRect({box.x, box.y - context.px(4.0f)},
                    {box.right() + context.px(5.0f), box.bottom() + context.px(4.0f)}, true);
  const Points leading = plot.thinned(*curves[0]);
  plot.draw_band(leading, c.curves[0]);
  plot.draw_untreated(leading, c.text_muted);
  for (std::size_t i = curves.size(); i-- > 0;)
    plot.draw_line(plot.thinned(*curves[i]), c.curves[i]);
  for (std::size_t i = curves.size(); i-- > 0;) {
    const auto& last = curves[i]->points.back();
    draw_marker(list, i, plot.at(last.time_s, last.relief), context.px(4.0f), c.curves[i]);
  }
  list.PopClipRect();
  float y = box.bottom() + context.px(24.0f);
  for (std::size_t i = 0; i < curves.size(); ++i) {
    draw_marker(list, i, {title.x + context.px(5.0f), y + 0.5f * row}, context.px(4.5f),
                c.curves[i]);
    const Rect line{title.x + context.px(16.0f), y, title.width - context.px(16.0f), row};
    draw_text(list, context.theme.caption,
              {line.x, line.y, line.width - context.px(50.0f), line.height}, Align::kLeft, c.text,
              context.body().structures[curves[i]->structure].name);
    draw_text(list, context.theme.caption, line, Align::kRight, c.text,
              format_percent(curves[i]->points.back().relief));
    y += row;
  }
  draw_key(context, {title.x, y, title.width, row}, c.curves[0]);
}

}  // namespace ui

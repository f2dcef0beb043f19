#include "ui/icons.h"

#include <algorithm>
#include <cmath>

namespace ui {
namespace {

constexpr float kPi = 3.14159265f;

// A pen in a square from -1 to 1.
class Pen {
 public:
  Pen(ImDrawList& list, ImVec2 centre, float size, ImU32 colour)
      : list_(list), centre_(centre), half_(0.5f * size), colour_(colour) {
    width_ = std::max(1.5f, size / 12.0f);
  }
  ImVec2 at(float x, float y) const { return {centre_.x + x * half_, centre_.y + y * half_}; }
  void line(float x0, float y0, float x1, float y1) {
    list_.AddLine(at(x0, y0), at(x1, y1), colour_, width_);
  }
  void arc(float radius, float from, float to, float x = 0.0f, float y = 0.0f) {
    list_.PathArcTo(at(x, y), radius * half_, from, to, 24);
    list_.PathStroke(colour_, 0, width_);
  }
  void disc(float x, float y, float radius) {
    list_.AddCircleFilled(at(x, y), radius * half_, colour_, 24);
  }
  void ring(float x, float y, float radius) {
    list_.AddCircle(at(x, y), radius * half_, colour_, 24, width_);
  }
  void frame(float x0, float y0, float x1, float y1, float rounding) {
    list_.AddRect(at(x0, y0), at(x1, y1), colour_, rounding * half_, 0, width_);
  }
  void triangle(float x0, float y0, float x1, float y1, float x2, float y2) {
    list_.AddTriangleFilled(at(x0, y0), at(x1, y1), at(x2, y2), colour_);
  }

 private:
  ImDrawList& list_;
  ImVec2 centre_;
  float half_;
  ImU32 colour_;
  float width_;
};

void draw_turn(Pen pen, float side) {
  // An arrow bent back to the left (side = 1) or right (-1).
  pen.line(-0.75f * side, -0.25f, 0.3f * side, -0.25f);
  const float from = side > 0.0f ? -0.5f * kPi : 0.5f * kPi;
  pen.arc(0.42f, from, from + kPi, 0.3f * side, 0.17f);
  pen.line(0.3f * side, 0.59f, -0.35f * side, 0.59f);
  pen.line(-0.75f * side, -0.25f, -0.4f * side, -0.6f);
  pen.line(-0.75f * side, -0.25f, -0.4f * side, 0.1f);
}

void draw_eye(Pen& pen) {
  pen.arc(1.0f, 1.2f * kPi, 1.8f * kPi, 0.0f, 0.6f);
  pen.arc(1.0f, 0.2f * kPi, 0.8f * kPi, 0.0f, -0.6f);
  pen.disc(0.0f, 0.0f, 0.26f);
}

void draw_arrows_apart(Pen& pen) {
  for (const float side : {-1.0f, 1.0f}) {
    pen.line(0.2f * side, 0.0f, 0.85f * side, 0.0f);
    pen.line(0.85f * side, 0.0f, 0.55f * side, -0.3f);
    pen.line(0.85f * side, 0.0f, 0.55f * side, 0.3f);
  }
}

}  // namespace

void draw_icon(ImDrawList& list, Icon icon, ImVec2 centre, float size, ImU32 colour) {
  Pen pen(list, centre, size, colour);
  switch (icon) {
    case Icon::kUndo:
      draw_turn(pen, 1.0f);
      break;
    case Icon::kRedo:
      draw_turn(pen, -1.0f);
      break;
    case Icon::kFrame:
      for (const float x : {-1.0f, 1.0f}) {
        for (const float y : {-1.0f, 1.0f}) {
          pen.line(0.8f * x, 0.8f * y, 0.35f * x, 0.8f * y);
          pen.line(0.8f * x, 0.8f * y, 0.8f * x, 0.35f * y);
        }
      }
      pen.disc(0.0f, 0.0f, 0.24f);
      break;
    case Icon::kHelp:
      pen.arc(0.38f, -kPi, 0.35f * kPi, 0.0f, -0.35f);
      pen.line(0.17f, 0.0f, 0.0f, 0.2f);
      pen.line(0.0f, 0.2f, 0.0f, 0.38f);
      pen.disc(0.0f, 0.74f, 0.13f);
      break;
    case Icon::kXray:
      pen.frame(-0.8f, -0.8f, 0.8f, 0.8f, 0.3f);
      pen.line(0.0f, -0.55f, 0.0f, 0.55f);
      for (const float y : {-0.35f, 0.0f, 0.35f}) pen.line(-0.4f, y, 0.4f, y);
      break;
    case Icon::kNerves:  // a stem that branches
      pen.line(0.0f, 0.85f, 0.0f, 0.1f);
      pen.line(0.0f, 0.1f, -0.6f, -0.7f);
      pen.line(0.0f, 0.1f, 0.6f, -0.7f);
      pen.line(-0.3f, -0.3f, -0.05f, -0.8f);
      break;
    case Icon::kShowAll:
      draw_eye(pen);
      break;
    case Icon::kHide:
      draw_eye(pen);
      pen.line(-0.7f, 0.7f, 0.7f, -0.7f);
      break;
    case Icon::kIsolate:
      pen.ring(0.0f, 0.0f, 0.8f);
      pen.disc(0.0f, 0.0f, 0.35f);
      break;
    case Icon::kFacts:
      pen.ring(0.0f, 0.0f, 0.85f);
      pen.disc(0.0f, -0.38f, 0.1f);
      pen.line(0.0f, -0.05f, 0.0f, 0.45f);
      break;
    case Icon::kRoll:
      pen.ring(0.0f, 0.05f, 0.34f);
      for (const float side : {-1.0f, 1.0f}) {
        pen.line(0.0f, 0.9f * side, -0.25f, 0.62f * side);
        pen.line(0.0f, 0.9f * side, 0.25f, 0.62f * side);
      }
      break;
    case Icon::kHold:
      pen.line(-0.3f, -0.6f, -0.3f, 0.6f);
      pen.line(0.3f, -0.6f, 0.3f, 0.6f);
      break;
    case Icon::kMirror:
      draw_arrows_apart(pen);
      pen.line(0.0f, -0.75f, 0.0f, 0.75f);
      break;
    case Icon::kStartOver:
      pen.arc(0.7f, -0.35f * kPi, 1.35f * kPi);
      pen.triangle(-0.75f, -0.85f, -0.05f, -0.62f, -0.62f, -0.12f);
      break;
    case Icon::kClose:
      pen.line(-0.55f, -0.55f, 0.55f, 0.55f);
      pen.line(-0.55f, 0.55f, 0.55f, -0.55f);
      break;
    case Icon::kColours:
      for (int i = 0; i < 3; ++i) {
        const float angle = 2.0f * kPi * (static_cast<float>(i) / 3.0f - 0.25f);
        pen.ring(0.36f * std::cos(angle), 0.36f * std::sin(angle), 0.42f);
      }
      break;
    case Icon::kDepth:
      for (const float y : {-0.1f, 0.3f, 0.75f}) pen.line(-0.85f, y, 0.85f, y);
      pen.line(0.0f, -0.9f, 0.0f, 0.1f);
      pen.line(0.0f, 0.1f, -0.22f, -0.16f);
      pen.line(0.0f, 0.1f, 0.22f, -0.16f);
      break;
    case Icon::kLimits:
      pen.line(-0.65f, -0.7f, 0.65f, -0.7f);
      pen.line(-0.65f, -0.7f, -0.65f, 0.1f);
      pen.line(0.65f, -0.7f, 0.65f, 0.1f);
      pen.line(-0.65f, 0.1f, 0.0f, 0.85f);
      pen.line(0.65f, 0.1f, 0.0f, 0.85f);
      pen.line(-0.3f, -0.05f, 0.3f, -0.05f);
      break;
    case Icon::kWarning:
      pen.line(0.0f, -0.8f, 0.9f, 0.75f);
      pen.line(0.9f, 0.75f, -0.9f, 0.75f);
      pen.line(-0.9f, 0.75f, 0.0f, -0.8f);
      pen.line(0.0f, -0.25f, 0.0f, 0.25f);
      pen.disc(0.0f, 0.5f, 0.09f);
      break;
    case Icon::kStop:
      pen.ring(0.0f, 0.0f, 0.85f);
      pen.line(-0.6f, 0.6f, 0.6f, -0.6f);
      break;
    case Icon::kFolder:
      pen.frame(-0.85f, -0.4f, 0.85f, 0.7f, 0.15f);
      pen.line(-0.8f, -0.4f, -0.7f, -0.7f);
      pen.line(-0.7f, -0.7f, -0.15f, -0.7f);
      pen.line(-0.15f, -0.7f, 0.05f, -0.4f);
      break;
    case Icon::kFile:
      pen.frame(-0.6f, -0.85f, 0.6f, 0.85f, 0.15f);
      for (const float y : {-0.3f, 0.05f, 0.4f}) pen.line(-0.28f, y, 0.28f, y);
      break;
    case Icon::kBody:
      pen.disc(0.0f, -0.62f, 0.26f);
      pen.line(-0.75f, -0.12f, 0.75f, -0.12f);
      pen.line(-0.4f, -0.12f, -0.3f, 0.85f);
      pen.line(0.4f, -0.12f, 0.3f, 0.85f);
      pen.line(-0.3f, 0.85f, 0.3f, 0.85f);
      break;
    case Icon::kUp:
      pen.line(0.0f, -0.7f, 0.0f, 0.75f);
      pen.line(0.0f, -0.7f, -0.45f, -0.2f);
      pen.line(0.0f, -0.7f, 0.45f, -0.2f);
      break;
    case Icon::kSave:
      pen.line(0.0f, -0.8f, 0.0f, 0.25f);
      pen.line(0.0f, 0.25f, -0.4f, -0.15f);
      pen.line(0.0f, 0.25f, 0.4f, -0.15f);
      pen.line(-0.8f, 0.2f, -0.8f, 0.75f);
      pen.line(-0.8f, 0.75f, 0.8f, 0.75f);
      pen.line(0.8f, 0.75f, 0.8f, 0.2f);
      break;
    case Icon::kSearch:
      pen.ring(-0.15f, -0.15f, 0.58f);
      pen.line(0.28f, 0.28f, 0.8f, 0.8f);
      break;
    case Icon::kTree:
      pen.line(-0.75f, -0.75f, -0.75f, 0.6f);
      for (const float y : {-0.6f, 0.0f, 0.6f}) {
        pen.line(-0.75f, y, -0.3f, y);
        pen.line(-0.05f, y, 0.85f, y);
      }
      break;
    case Icon::kUnder:
      pen.ring(0.0f, -0.55f, 0.3f);
      for (const float y : {0.05f, 0.4f, 0.75f}) pen.line(-0.8f, y, 0.8f, y);
      break;
    case Icon::kCheck:
      pen.line(-0.6f, 0.0f, -0.15f, 0.5f);
      pen.line(-0.15f, 0.5f, 0.65f, -0.5f);
      break;
    case Icon::kDisplay:
      pen.ring(0.0f, 0.0f, 0.8f);
      for (const float x : {0.12f, 0.36f, 0.58f}) {
        const float y = std::sqrt(0.64f - x * x);
        pen.line(x, -y, x, y);
      }
      break;
    case Icon::kLabels:
      pen.disc(-0.7f, 0.55f, 0.2f);
      pen.line(-0.7f, 0.55f, -0.1f, -0.35f);
      pen.line(-0.1f, -0.35f, 0.85f, -0.35f);
      pen.line(0.1f, 0.05f, 0.85f, 0.05f);
      break;
    case Icon::kViews:
      pen.line(0.0f, -0.85f, 0.75f, -0.42f);
      pen.line(0.75f, -0.42f, 0.75f, 0.42f);
      pen.line(0.75f, 0.42f, 0.0f, 0.85f);
      pen.line(0.0f, 0.85f, -0.75f, 0.42f);
      pen.line(-0.75f, 0.42f, -0.75f, -0.42f);
      pen.line(-0.75f, -0.42f, 0.0f, -0.85f);
      pen.line(-0.75f, -0.42f, 0.0f, 0.0f);
      pen.line(0.75f, -0.42f, 0.0f, 0.0f);
      pen.line(0.0f, 0.0f, 0.0f, 0.85f);
      break;
    case Icon::kDoor:
      pen.line(-0.6f, 0.85f, -0.6f, -0.85f);
      pen.line(-0.6f, -0.85f, 0.6f, -0.85f);
      pen.line(0.6f, -0.85f, 0.6f, 0.85f);
      pen.line(-0.6f, -0.15f, 0.6f, -0.15f);
      pen.disc(-0.16f, -0.15f, 0.17f);
      pen.disc(0.2f, -0.15f, 0.17f);
      break;
    case Icon::kTender:
      pen.ring(0.0f, 0.0f, 0.3f);
      for (const auto& [x, y] :
           {std::pair(-0.65f, -0.5f), std::pair(0.55f, -0.62f), std::pair(0.75f, 0.2f),
            std::pair(-0.72f, 0.32f), std::pair(0.3f, 0.72f), std::pair(-0.3f, 0.78f),
            std::pair(-0.05f, -0.78f)})
        pen.disc(x, y, 0.13f);
      break;
    case Icon::kBefore:
      pen.line(0.3f, -0.6f, -0.3f, 0.0f);
      pen.line(-0.3f, 0.0f, 0.3f, 0.6f);
      break;
    case Icon::kNext:
      pen.line(-0.3f, -0.6f, 0.3f, 0.0f);
      pen.line(0.3f, 0.0f, -0.3f, 0.6f);
      break;
    // To an edge of the window.
    case Icon::kFoldLeft:
      pen.line(-0.7f, -0.6f, -0.7f, 0.6f);
      pen.line(0.5f, -0.5f, -0.1f, 0.0f);
      pen.line(-0.1f, 0.0f, 0.5f, 0.5f);
      break;
    case Icon::kFoldRight:
      pen.line(0.7f, -0.6f, 0.7f, 0.6f);
      pen.line(-0.5f, -0.5f, 0.1f, 0.0f);
      pen.line(0.1f, 0.0f, -0.5f, 0.5f);
      break;
    case Icon::kFoldDown:
      pen.line(-0.6f, 0.7f, 0.6f, 0.7f);
      pen.line(-0.5f, -0.5f, 0.0f, 0.1f);
      pen.line(0.0f, 0.1f, 0.5f, -0.5f);
      break;
    // Bars by load.
    case Icon::kTargets:
      pen.line(-0.7f, -0.6f, 0.7f, -0.6f);
      pen.line(-0.7f, 0.0f, 0.3f, 0.0f);
      pen.line(-0.7f, 0.6f, -0.1f, 0.6f);
      break;
    case Icon::kPlus:
      pen.line(0.0f, -0.6f, 0.0f, 0.6f);
      [[fallthrough]];
    case Icon::kMinus:
      pen.line(-0.6f, 0.0f, 0.6f, 0.0f);
      break;
  }
}

void draw_layer_icon(ImDrawList& list, anatomy::Layer layer, ImVec2 centre, float size,
                     ImU32 colour) {
  const int own = static_cast<int>(layer);
  const float step = size / 7.0f;
  for (int i = anatomy::kLayerCount - 1; i >= 0; --i) {
    const float y = centre.y + (static_cast<float>(i) - 2.0f) * step;
    const ImVec2 points[4] = {{centre.x, y - 0.22f * size},
                              {centre.x + 0.5f * size, y},
                              {centre.x, y + 0.22f * size},
                              {centre.x - 0.5f * size, y}};
    // Layers above the chosen one are taken off.
    if (i < own) continue;
    if (i == own) {
      list.AddConvexPolyFilled(points, 4, colour);
    } else {
      const ImVec2 edge[3] = {points[3], points[2], points[1]};
      list.AddPolyline(edge, 3, colour, 0, std::max(1.2f, size / 18.0f));
    }
  }
}

void draw_mark(ImDrawList& list, ImVec2 centre, float size, const Theme& theme) {
  const float r = 0.27f * size;
  list.AddRectFilled({centre.x - 0.5f * size, centre.y - 0.07f * size},
                     {centre.x + 0.5f * size, centre.y + 0.07f * size}, theme.colours.steel,
                     0.07f * size);
  for (const float side : {-0.27f, 0.27f})
    list.AddCircleFilled({centre.x + side * size, centre.y}, r, theme.colours.accent, 32);
}

}  // namespace ui

// Which controls are on screen: every widget adds itself here when it is drawn, so that scripts,
// tests and screen readers know where to press. Pixels from the top left of the window.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ui {

struct Rect {
  float x = 0.0f;
  float y = 0.0f;
  float width = 0.0f;
  float height = 0.0f;

  float right() const { return x + width; }
  float bottom() const { return y + height; }
  bool contains(float px, float py) const {
    return px >= x && px < right() && py >= y && py < bottom();
  }
  bool contains(const Rect& other) const {
    return other.x >= x && other.y >= y && other.right() <= right() && other.bottom() <= bottom();
  }
  bool overlaps(const Rect& other) const {
    return x < other.right() && other.x < right() && y < other.bottom() && other.y < bottom();
  }
  bool operator==(const Rect&) const = default;
};

struct Control {
  std::string id;  // "layer.deep", "dock.force": stable
  Rect rect_px;
  bool enabled = true;
};

class ControlRegistry {
 public:
  void begin_frame() {
    controls_.clear();
    surfaces_.clear();
  }
  void add(std::string_view id, const Rect& rect, bool enabled) {
    controls_.push_back({std::string(id), rect, enabled});
  }
  // A panel: the pointer over it is not over the body.
  void add_surface(const Rect& rect) { surfaces_.push_back(rect); }

  std::span<const Control> controls() const { return controls_; }
  bool covers(float x, float y) const {
    for (const Rect& surface : surfaces_) {
      if (surface.contains(x, y)) return true;
    }
    return false;
  }

 private:
  std::vector<Control> controls_;
  std::vector<Rect> surfaces_;
};

}  // namespace ui

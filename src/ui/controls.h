// Which controls are on screen: every widget adds itself here when it is drawn, so that scripts,
// tests and screen readers know where to press. Pixels from the top left of the window.
#pragma once

#include <algorithm>
#include <cstddef>
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
  std::size_t surface = 0;  // the panel that it came with
};

// What the keyboard is on: Tab moves it, Enter and Space press, arrows turn what can be turned.
struct KeyboardFocus {
  std::string id;      // empty: nothing yet
  bool shown = false;  // a pointer takes over until Tab is pressed again
  bool press = false;  // for one frame
  int step = 0;        // for one frame: -1 or 1

  bool is_on(std::string_view control) const { return shown && id == control; }
};
// To the next or the one before, panel by panel, within a panel as one reads.
void move_focus(KeyboardFocus& focus, std::span<const Control> controls, int by);

class ControlRegistry {
 public:
  void begin_frame() {
    count_ = 0;
    surfaces_.clear();
  }
  void add(std::string_view id, const Rect& rect, bool enabled) {
    if (count_ == controls_.size()) controls_.emplace_back();
    Control& control = controls_[count_++];
    control.id = id;
    control.rect_px = rect;
    control.enabled = enabled;
    control.surface = surfaces_.size();
  }
  // A panel: the pointer over it is not over the body. What lies `over` others covers their
  // controls, wholly or partly: they cannot be pressed until it goes.
  void add_surface(const Rect& rect, bool over = false) {
    if (over) {
      const auto end = controls_.begin() + static_cast<std::ptrdiff_t>(count_);
      const auto kept = std::remove_if(controls_.begin(), end, [&](const Control& control) {
        return control.rect_px.overlaps(rect);
      });
      count_ = static_cast<std::size_t>(kept - controls_.begin());
    }
    surfaces_.push_back(rect);
  }

  std::span<const Control> controls() const { return std::span(controls_).first(count_); }
  bool covers(float x, float y) const {
    for (const Rect& surface : surfaces_) {
      if (surface.contains(x, y)) return true;
    }
    return false;
  }

 private:
  std::vector<Control> controls_;  // of this frame the first count_; the rest lends its memory
  std::size_t count_ = 0;
  std::vector<Rect> surfaces_;
};

}  // namespace ui

#include "ui/controls.h"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace ui {
namespace {

// Controls whose middles differ by less stand in one line.
constexpr float kLineShare = 0.5f;

std::vector<const Control*> in_reading_order(std::span<const Control> controls) {
  std::vector<const Control*> order;
  for (const Control& control : controls) {
    if (control.enabled) order.push_back(&control);
  }
  std::stable_sort(order.begin(), order.end(), [](const Control* a, const Control* b) {
    return std::tuple(a->surface, a->rect_px.y) < std::tuple(b->surface, b->rect_px.y);
  });
  // Lines: a control that begins well within the one that began the line belongs to it.
  for (std::size_t from = 0; from < order.size();) {
    std::size_t to = from + 1;
    const Rect& first = order[from]->rect_px;
    while (to < order.size() && order[to]->surface == order[from]->surface &&
           order[to]->rect_px.y < first.y + kLineShare * first.height)
      ++to;
    std::stable_sort(
        order.begin() + static_cast<std::ptrdiff_t>(from),
        order.begin() + static_cast<std::ptrdiff_t>(to),
        [](const Control* a, const Control* b) { return a->rect_px.x < b->rect_px.x; });
    from = to;
  }
  return order;
}

}  // namespace

void move_focus(KeyboardFocus& focus, std::span<const Control> controls, int by) {
  const std::vector<const Control*> order = in_reading_order(controls);
  if (order.empty()) return;
  const auto at =
      std::find_if(order.begin(), order.end(), [&](const Control* c) { return c->id == focus.id; });
  const auto count = static_cast<std::ptrdiff_t>(order.size());
  std::ptrdiff_t next = by > 0 ? 0 : count - 1;
  // What it was on is still marked: a pointer has been in between.
  if (at != order.end())
    next = focus.shown ? (at - order.begin() + by + count) % count : at - order.begin();
  focus.id = order[static_cast<std::size_t>(next)]->id;
  focus.shown = true;
}

}  // namespace ui

#include "scene/label_layout.h"

#include <algorithm>
#include <cmath>
#include <glm/geometric.hpp>
#include <utility>

#include "base/insertion_sort.h"

namespace scene {
namespace {

// How far over to the other side, as a share of the way between the columns, before a label
// changes sides.
constexpr float kSideSlack = 0.06f;

float middle_of(const LabelArea& area) { return 0.5f * (area.left + area.right); }

int row_count(const LabelArea& area, bool on_left) {
  const float height =
      on_left ? area.left_bottom - area.left_top : area.right_bottom - area.right_top;
  return std::max(0, static_cast<int>(std::floor(height / area.row)));
}

float row_y(const LabelArea& area, bool on_left, int row) {
  return (on_left ? area.left_top : area.right_top) + (static_cast<float>(row) + 0.5f) * area.row;
}

void put(PlacedLabel& label, const LabelArea& area, int row) {
  label.row = row;
  label.port_px = {label.on_left ? area.left : area.right, row_y(area, label.on_left, row)};
}

float turn(glm::vec2 a, glm::vec2 b, glm::vec2 c) {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

// Crossing lines swap their rows. Each swap shortens the lines together, so it ends; the bound is
// for anchors on one line, where lengths tie.
void uncross(std::vector<PlacedLabel>& labels, const LabelArea& area) {
  const std::size_t most = labels.size() * labels.size() + 1;
  for (std::size_t round = 0; round < most; ++round) {
    bool swapped = false;
    for (std::size_t i = 0; i < labels.size(); ++i) {
      for (std::size_t j = i + 1; j < labels.size(); ++j) {
        PlacedLabel& a = labels[i];
        PlacedLabel& b = labels[j];
        if (a.on_left != b.on_left || !cross(a, b)) continue;
        const int row = a.row;
        put(a, area, b.row);
        put(b, area, row);
        swapped = true;
      }
    }
    if (!swapped) return;
  }
}

// The free row nearest to the anchor's height; -1: none.
int find_row(const std::vector<PlacedLabel>& labels, const LabelArea& area, bool on_left, float y) {
  int best = -1;
  float nearest = 0.0f;
  for (int row = 0; row < row_count(area, on_left); ++row) {
    const bool taken = std::any_of(labels.begin(), labels.end(), [&](const PlacedLabel& label) {
      return label.on_left == on_left && label.row == row;
    });
    const float away = std::abs(row_y(area, on_left, row) - y);
    if (taken || (best >= 0 && away >= nearest)) continue;
    best = row;
    nearest = away;
  }
  return best;
}

}  // namespace

bool cross(const PlacedLabel& a, const PlacedLabel& b) {
  const float ab = turn(a.port_px, a.at_px, b.port_px) * turn(a.port_px, a.at_px, b.at_px);
  const float ba = turn(b.port_px, b.at_px, a.port_px) * turn(b.port_px, b.at_px, a.at_px);
  return ab <= 0.0f && ba <= 0.0f && !(ab == 0.0f && ba == 0.0f);
}

void LabelLayout::update(std::span<const LabelAnchor> anchors, const LabelArea& area, bool admit) {
  const float middle = middle_of(area);
  const float slack = kSideSlack * (area.right - area.left);
  waiting_.clear();
  kept_.clear();
  known_.assign(anchors.size(), 0);
  for (PlacedLabel& label : labels_) {
    const auto anchor = std::find_if(anchors.begin(), anchors.end(),
                                     [&](const LabelAnchor& a) { return a.key == label.key; });
    if (anchor == anchors.end()) continue;
    const float beyond = label.on_left ? anchor->at_px.x - middle : middle - anchor->at_px.x;
    if (beyond > slack || label.row >= row_count(area, label.on_left)) continue;
    known_[static_cast<std::size_t>(anchor - anchors.begin())] = 1;
    label.at_px = anchor->at_px;
    put(label, area, label.row);
    kept_.push_back(label);
  }
  for (std::size_t i = 0; i < anchors.size() && admit; ++i) {
    if (known_[i] == 0) waiting_.push_back(&anchors[i]);
  }
  base::insertion_sort(waiting_.begin(), waiting_.end(),
                       [](const auto* a, const auto* b) { return a->worth > b->worth; });
  for (const LabelAnchor* anchor : waiting_) {
    PlacedLabel label;
    label.key = anchor->key;
    label.at_px = anchor->at_px;
    label.on_left = anchor->at_px.x < middle;
    const int row = find_row(kept_, area, label.on_left, anchor->at_px.y);
    if (row < 0) continue;
    put(label, area, row);
    kept_.push_back(label);
  }
  std::swap(labels_, kept_);
  uncross(labels_, area);
}

}  // namespace scene

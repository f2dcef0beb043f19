// Names beside a picture: apart from each other, lines that never cross, steady while it turns.
#include "scene/label_layout.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <random>
#include <set>
#include <utility>

namespace {

using scene::LabelAnchor;
using scene::LabelArea;
using scene::LabelLayout;
using scene::PlacedLabel;

LabelArea make_area() {
  LabelArea area;
  area.left = 200.0f;
  area.right = 800.0f;
  area.left_top = 100.0f;
  area.right_top = 100.0f;
  area.left_bottom = 620.0f;
  area.right_bottom = 560.0f;
  area.row = 26.0f;
  return area;
}

void expect_lawful(const LabelLayout& layout, const LabelArea& area) {
  const float slack = 0.06f * (area.right - area.left) + 0.01f;
  std::set<std::pair<bool, int>> taken;
  const auto labels = layout.labels();
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const PlacedLabel& label = labels[i];
    EXPECT_TRUE(taken.insert({label.on_left, label.row}).second) << "two names in one row";
    const float top = label.on_left ? area.left_top : area.right_top;
    const float bottom = label.on_left ? area.left_bottom : area.right_bottom;
    EXPECT_GE(label.port_px.y - 0.5f * area.row, top - 0.01f);
    EXPECT_LE(label.port_px.y + 0.5f * area.row, bottom + 0.01f);
    EXPECT_EQ(label.port_px.x, label.on_left ? area.left : area.right);
    const float beyond = label.on_left ? label.at_px.x - 500.0f : 500.0f - label.at_px.x;
    EXPECT_LE(beyond, slack) << "a name on the wrong side";
    for (std::size_t j = i + 1; j < labels.size(); ++j) {
      if (labels[j].on_left != label.on_left) continue;
      EXPECT_FALSE(scene::cross(label, labels[j])) << label.key << " and " << labels[j].key;
    }
  }
}

std::vector<LabelAnchor> scatter(unsigned seed, std::uint32_t count) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<float> x(210.0f, 790.0f);
  std::uniform_real_distribution<float> y(80.0f, 640.0f);
  std::uniform_real_distribution<float> worth(0.0f, 1.0f);
  std::vector<LabelAnchor> anchors;
  for (std::uint32_t i = 0; i < count; ++i)
    anchors.push_back({i, {x(random), y(random)}, worth(random)});
  return anchors;
}

TEST(LabelLayout, CrossingIsWhatTheEyeSees) {
  PlacedLabel a, b;
  a.port_px = {0.0f, 0.0f};
  a.at_px = {10.0f, 10.0f};
  b.port_px = {0.0f, 10.0f};
  b.at_px = {10.0f, 0.0f};
  EXPECT_TRUE(scene::cross(a, b));
  std::swap(a.port_px, b.port_px);
  EXPECT_FALSE(scene::cross(a, b));
}

TEST(LabelLayout, KeepsItsLawsWhateverTheAnchors) {
  for (unsigned seed = 1; seed <= 200; ++seed) {
    LabelLayout layout;
    layout.update(scatter(seed, 5 + seed % 60), make_area(), true);
    expect_lawful(layout, make_area());
    if (testing::Test::HasFailure()) FAIL() << "seed " << seed;
  }
}

TEST(LabelLayout, TheWorthiestAreNamedWhereThereIsNoRoomForAll) {
  const auto anchors = scatter(3, 200);
  LabelLayout layout;
  layout.update(anchors, make_area(), true);
  EXPECT_EQ(layout.labels().size(), 20u + 17u) << "every row is used";
  std::map<std::uint32_t, bool> named;
  for (const PlacedLabel& label : layout.labels()) named[label.key] = label.on_left;
  for (const bool left : {true, false}) {
    float least = 2.0f;
    for (const auto& [key, on_left] : named) {
      if (on_left == left) least = std::min(least, anchors[key].worth);
    }
    for (const LabelAnchor& anchor : anchors) {
      if ((anchor.at_px.x < 500.0f) == left && !named.contains(anchor.key)) {
        EXPECT_LE(anchor.worth, least);
      }
    }
  }
}

// Anchors turn about an upright axis, a degree a picture: names stay lawful in every picture and
// hardly ever change their rows.
TEST(LabelLayout, IsSteadyWhileThePictureTurns) {
  const auto start = scatter(7, 24);
  LabelLayout layout;
  layout.update(start, make_area(), true);
  const std::size_t first = layout.labels().size();
  std::size_t changes = 0;
  std::size_t kept = 0;
  std::map<std::uint32_t, std::pair<bool, int>> before;
  for (int degree = 0; degree <= 20; ++degree) {
    const float angle = static_cast<float>(degree) * 3.14159265f / 180.0f;
    auto turned = start;
    for (LabelAnchor& anchor : turned)
      anchor.at_px.x =
          500.0f + (anchor.at_px.x - 500.0f) * std::cos(angle) + 90.0f * std::sin(angle);
    layout.update(turned, make_area(), false);
    expect_lawful(layout, make_area());
    for (const PlacedLabel& label : layout.labels()) {
      const auto known = before.find(label.key);
      changes += known != before.end() && known->second != std::pair{label.on_left, label.row};
      before[label.key] = {label.on_left, label.row};
    }
    kept = layout.labels().size();
  }
  EXPECT_LE(kept, first) << "nothing new comes while it moves";
  EXPECT_GE(kept, first / 2);
  EXPECT_LE(changes, first) << "in twenty pictures each name moves once, on average, at most";
}

TEST(LabelLayout, WhatIsGoneLosesItsName) {
  auto anchors = scatter(5, 10);
  LabelLayout layout;
  layout.update(anchors, make_area(), true);
  const std::uint32_t gone = anchors.back().key;
  anchors.pop_back();
  layout.update(anchors, make_area(), false);
  for (const PlacedLabel& label : layout.labels()) EXPECT_NE(label.key, gone);
  EXPECT_EQ(layout.labels().size(), 9u);
}

}  // namespace

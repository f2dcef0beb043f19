// Panels of the main screen: apart from each other, inside the window, with room left for the body.
#include "ui/layout.h"

#include <gtest/gtest.h>

#include <array>
#include <utility>

namespace {

using ui::Rect;

// The section stands beside the body, or takes the place of the targets; it never covers the body.
class SectionTest : public testing::TestWithParam<std::pair<int, int>> {};

TEST_P(SectionTest, LeavesTheBodyFree) {
  const auto [width, height] = GetParam();
  const ui::Layout layout = ui::make_layout(width, height, true);
  EXPECT_FALSE(layout.section.overlaps(layout.free));
  EXPECT_FALSE(layout.section.overlaps(layout.view_bar));
  EXPECT_FALSE(layout.section.overlaps(layout.dock));
  EXPECT_FALSE(layout.section.overlaps(layout.rail));
  EXPECT_EQ(layout.section_beside, !layout.section.overlaps(layout.targets));
  EXPECT_GE(layout.free.width, 0.4f * static_cast<float>(width));
  EXPECT_GE(layout.free.height, 0.4f * static_cast<float>(height));
  EXPECT_EQ(layout.section_beside, width >= 1280);
  const bool unmoved = layout.free == ui::make_layout(width, height, false).free;
  EXPECT_EQ(unmoved, !layout.section_beside);
}

INSTANTIATE_TEST_SUITE_P(Sizes, SectionTest,
                         testing::Values(std::pair{1024, 600}, std::pair{1280, 720},
                                         std::pair{1366, 768}, std::pair{1920, 1080},
                                         std::pair{3840, 2160}));

// The card of a placement lies under the body, never on it.
TEST_P(SectionTest, LeavesRoomForAPlacementToo) {
  const auto [width, height] = GetParam();
  const ui::Layout layout = ui::make_layout(width, height, false, true);
  for (const Rect& other :
       {layout.free, layout.dock, layout.rail, layout.targets, layout.view_bar}) {
    EXPECT_FALSE(layout.place.overlaps(other));
  }
  EXPECT_GE(layout.place.height, 48.0f);
  EXPECT_GE(layout.free.height, 0.4f * static_cast<float>(height));
}

class LayoutTest : public testing::TestWithParam<std::pair<int, int>> {};

TEST_P(LayoutTest, PanelsNeitherOverlapNorLeaveTheWindow) {
  const auto [width, height] = GetParam();
  const ui::Layout layout = ui::make_layout(width, height);
  const Rect window{0.0f, 0.0f, static_cast<float>(width), static_cast<float>(height)};
  const std::array<std::pair<const char*, Rect>, 7> rects = {{{"top", layout.top},
                                                              {"rail", layout.rail},
                                                              {"dock", layout.dock},
                                                              {"targets", layout.targets},
                                                              {"footer", layout.footer},
                                                              {"view bar", layout.view_bar},
                                                              {"free", layout.free}}};
  for (std::size_t i = 0; i < rects.size(); ++i) {
    EXPECT_TRUE(window.contains(rects[i].second)) << rects[i].first;
    EXPECT_GT(rects[i].second.width, 0.0f) << rects[i].first;
    EXPECT_GT(rects[i].second.height, 0.0f) << rects[i].first;
    for (std::size_t j = i + 1; j < rects.size(); ++j)
      EXPECT_FALSE(rects[i].second.overlaps(rects[j].second))
          << rects[i].first << " and " << rects[j].first;
  }
  // The body is the main thing: at least 40 % of the width and of the height.
  EXPECT_GE(layout.free.width, 0.4f * window.width);
  EXPECT_GE(layout.free.height, 0.4f * window.height);
}

INSTANTIATE_TEST_SUITE_P(Sizes, LayoutTest,
                         testing::Values(std::pair{1024, 600}, std::pair{1280, 720},
                                         std::pair{1366, 768}, std::pair{1440, 900},
                                         std::pair{1920, 1080}, std::pair{2560, 1440},
                                         std::pair{3840, 2160}, std::pair{1080, 1920},
                                         std::pair{1200, 1920}, std::pair{768, 1024}));

// Larger words and controls: the same holds, as far as the window has room.
TEST_P(LayoutTest, EverySizeFits) {
  const auto [width, height] = GetParam();
  const Rect window{0.0f, 0.0f, static_cast<float>(width), static_cast<float>(height)};
  float before = 0.0f;
  for (const int percent : {100, 125, 150, 175, 200}) {
    for (const bool placed : {false, true}) {
      const ui::Layout layout = ui::make_layout(width, height, false, placed, percent);
      const std::array<Rect, 6> rects = {layout.top,     layout.rail,     layout.dock,
                                         layout.targets, layout.view_bar, layout.free};
      for (std::size_t i = 0; i < rects.size(); ++i) {
        EXPECT_TRUE(window.contains(rects[i])) << i << " at " << percent;
        for (std::size_t j = i + 1; j < rects.size(); ++j)
          EXPECT_FALSE(rects[i].overlaps(rects[j])) << i << " and " << j << " at " << percent;
      }
      EXPECT_GE(layout.free.width, 0.4f * window.width) << percent;
      if (!placed) {
        EXPECT_GE(layout.free.height, 0.33f * window.height) << percent;
      }
      EXPECT_GE(layout.targets.height, 240.0f * layout.scale) << percent;
      EXPECT_GE(layout.scale, before) << "a larger size never shrinks anything";
      before = layout.scale;
      if (percent <= layout.largest_percent) {
        const float wanted = ui::make_layout(width, height).scale * static_cast<float>(percent);
        EXPECT_NEAR(layout.scale, wanted / 100.0f, 0.125f) << percent;
      }
    }
  }
}

// Each panel put away by itself and all of them: nothing overlaps, and the body never loses room.
TEST_P(LayoutTest, FoldedPanelsLeaveTheirRoomToTheBody) {
  const auto [width, height] = GetParam();
  const Rect window{0.0f, 0.0f, static_cast<float>(width), static_cast<float>(height)};
  for (const int percent : {100, 200}) {
    const ui::Layout open = ui::make_layout(width, height, false, false, percent);
    for (int folds = 1; folds < 8; ++folds) {
      const ui::Folds folded{(folds & 1) != 0, (folds & 2) != 0, (folds & 4) != 0};
      for (const bool section : {false, true}) {
        const ui::Layout layout = ui::make_layout(width, height, section, false, percent, folded);
        const std::array<Rect, 6> rects = {layout.top,     layout.rail,     layout.dock,
                                           layout.targets, layout.view_bar, layout.free};
        for (std::size_t i = 0; i < rects.size(); ++i) {
          EXPECT_TRUE(window.contains(rects[i])) << i << " folded " << folds;
          EXPECT_GE(std::min(rects[i].width, rects[i].height), 48.0f) << i << " folded " << folds;
          for (std::size_t j = i + 1; j < rects.size(); ++j)
            EXPECT_FALSE(rects[i].overlaps(rects[j])) << i << " and " << j << " folded " << folds;
        }
        if (section) continue;
        EXPECT_GE(layout.free.width * layout.free.height, open.free.width * open.free.height);
      }
      const ui::Layout layout = ui::make_layout(width, height, false, false, percent, folded);
      const bool wider = layout.free.width > open.free.width;
      EXPECT_EQ(wider, folded.rail || (folded.targets && !layout.portrait)) << folds;
      const bool higher = layout.free.height > open.free.height;
      EXPECT_EQ(higher, folded.dock || (folded.targets && layout.portrait)) << folds;
    }
  }
}

TEST(Layout, GrowsWithTheScreen) {
  EXPECT_EQ(ui::make_layout(1024, 600).scale, 1.0f);
  EXPECT_GE(ui::make_layout(3840, 2160).scale, 2.0f);
}

}  // namespace

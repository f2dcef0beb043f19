// Words can be read in every look: contrast by WCAG 2.1, computed from the theme.
#include "ui/palette.h"

#include <gtest/gtest.h>

namespace {

using ui::Look;

constexpr float kReadable = 4.5f;      // WCAG 2.1 level AA
constexpr float kHighContrast = 7.0f;  // level AAA

TEST(Contrast, IsThatOfTheGuideline) {
  EXPECT_NEAR(ui::contrast(ui::kBlack, ui::kWhite), 21.0f, 1e-3f);
  EXPECT_NEAR(ui::contrast(ui::kWhite, ui::kWhite), 1.0f, 1e-6f);
  // The guideline's own example of a grey that just passes on white.
  EXPECT_NEAR(ui::contrast(ui::rgba(0x76, 0x76, 0x76, 255), ui::kWhite), 4.54f, 0.01f);
  EXPECT_LT(ui::contrast(ui::rgba(0x77, 0x77, 0x77, 255), ui::kWhite), kReadable);
}

TEST(Contrast, WhatShimmersThroughCounts) {
  EXPECT_EQ(ui::blend(ui::rgba(255, 255, 255, 255), ui::kBlack), ui::kWhite);
  EXPECT_EQ(ui::blend(ui::rgba(255, 255, 255, 0), ui::kBlack), ui::kBlack);
  EXPECT_EQ(ui::blend(ui::rgba(255, 255, 255, 51), ui::kBlack), ui::rgba(51, 51, 51, 255));
}

class PaletteTest : public testing::TestWithParam<Look> {};

TEST_P(PaletteTest, EveryTextCanBeReadOnItsGround) {
  const float least = GetParam() == Look::kContrast ? kHighContrast : kReadable;
  for (const ui::Pairing& pairing : ui::text_pairings(ui::palette_of(GetParam())))
    EXPECT_GE(ui::contrast(pairing.text, pairing.ground), least) << pairing.name;
}

// What a person has to find without words: the ring of the keyboard, the edge of a bar.
TEST_P(PaletteTest, FocusAndBarsStandOut) {
  const ui::Palette p = ui::palette_of(GetParam());
  EXPECT_GE(ui::contrast(p.focus, p.card), 3.0f);
  EXPECT_GE(ui::contrast(p.load, p.track), 3.0f);
  EXPECT_GE(ui::contrast(p.accent, p.track), 3.0f);
}

TEST_P(PaletteTest, KeepsItsName) {
  EXPECT_EQ(ui::look_from_string(ui::to_string(GetParam())), GetParam());
  EXPECT_FALSE(ui::look_from_string("grey"));
}

INSTANTIATE_TEST_SUITE_P(Looks, PaletteTest, testing::ValuesIn(ui::kLooks));

}  // namespace

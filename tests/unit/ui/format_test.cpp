// Numbers as people read them.
#include "ui/format.h"

#include <gtest/gtest.h>

namespace {

TEST(Format, PressureHasADecimalOnlyWhereItMatters) {
  EXPECT_EQ(ui::format_kpa(4320.0f), "4.3");
  EXPECT_EQ(ui::format_kpa(43210.0f), "43");
  EXPECT_EQ(ui::format_kpa(-1.0f), "0.0");
}

TEST(Format, ForceIsTheWeightOfAMass) {
  EXPECT_EQ(ui::format_newtons(60.0f), "60 N");
  EXPECT_NEAR(ui::to_kilograms(98.0665f), 10.0f, 1e-4f);
}

TEST(Format, ClockRunsOverTheHour) {
  EXPECT_EQ(ui::format_clock(0.0), "0:00");
  EXPECT_EQ(ui::format_clock(62.9), "1:02");
  EXPECT_EQ(ui::format_clock(3725.0), "1:02:05");
}

TEST(Format, NothingIsMinusZero) {
  EXPECT_EQ(ui::format_percent(-0.0001f), "0.0 %");
  EXPECT_EQ(ui::format_degrees(-1e-7f), "0\u00b0");
}

TEST(Format, ValuesGoIntoWords) {
  EXPECT_EQ(ui::fill_in("about {0} of {1}", "6", "9"), "about 6 of 9");
  EXPECT_EQ(ui::fill_in("no slot", "6"), "no slot");
}

}  // namespace

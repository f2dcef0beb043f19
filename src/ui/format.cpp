#include "ui/format.h"

#include <array>
#include <cmath>
#include <cstdio>

#include "base/quantity.h"
#include "guide/doorway.h"

namespace ui {
namespace {

template <typename... Values>
std::string print(const char* format, Values... values) {
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), format, values...);
  return text.data();
}

// "-0.0" is no number for people.
double rounded(double value, double grain) {
  const double r = std::round(value / grain) * grain;
  return r == 0.0 ? 0.0 : r;
}

}  // namespace

std::string format_kpa(float pascals) {
  const double kpa = static_cast<double>(pascals) * 1e-3;
  return print(kpa < 9.95 ? "%.1f" : "%.0f", rounded(kpa, kpa < 9.95 ? 0.1 : 1.0));
}

std::string format_newtons(float newtons) {
  return print("%.0f N", rounded(static_cast<double>(newtons), 1.0));
}

float to_kilograms(float newtons) { return newtons / guide::kGravity; }

std::string format_degrees(float radians) {
  const double degrees = static_cast<double>(base::to_degrees(base::Radians{radians}));
  return print("%.0f\u00b0", rounded(degrees, 1.0));
}

std::string format_percent(float fraction) {
  return print("%.1f %%", rounded(static_cast<double>(fraction) * 100.0, 0.1));
}

std::string format_clock(double seconds) {
  const auto whole = static_cast<long>(seconds);
  if (whole >= 3600) return print("%ld:%02ld:%02ld", whole / 3600, whole / 60 % 60, whole % 60);
  return print("%ld:%02ld", whole / 60, whole % 60);
}

}  // namespace ui

// How a person wants to see things: kept from one start to the next, never part of a document.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "ui/palette.h"

namespace ui {

// How the body is cut open at the head, while the section is open.
enum class BodyCut : std::uint8_t { kNone, kAlongBar, kAcrossBar };

// Sizes of words and controls that can be chosen, in percent of what suits the window.
inline constexpr std::array<int, 5> kSizes = {100, 125, 150, 175, 200};

// How much a picture may cost.
enum class Quality { kLow, kMedium, kHigh, kBest };
inline constexpr std::array<Quality, 4> kQualities = {Quality::kLow, Quality::kMedium,
                                                      Quality::kHigh, Quality::kBest};
// The words used in options and settings: "low", "medium", "high", "best".
constexpr std::string_view to_string(Quality quality) {
  switch (quality) {
    case Quality::kLow:
      return "low";
    case Quality::kMedium:
      return "medium";
    case Quality::kHigh:
      return "high";
    case Quality::kBest:
      break;
  }
  return "best";
}
constexpr std::optional<Quality> quality_from_string(std::string_view text) {
  for (const Quality quality : kQualities) {
    if (text == to_string(quality)) return quality;
  }
  return std::nullopt;
}

// Panels that are put away, each down to the button that brings it back.
struct Folds {
  bool rail = false;
  bool dock = false;
  bool targets = false;

  bool all() const { return rail && dock && targets; }
  bool operator==(const Folds&) const = default;
};

struct DisplaySettings {
  Look look = Look::kLight;
  int size_percent = 100;
  std::optional<Quality> quality = {};  // nothing: as fast as this machine turns out to be
  bool labels = false;                  // names of what is seen, at the sides of the picture
  bool reduced_motion = false;          // the camera jumps, nothing pulses
  Folds folded = {};

  bool operator==(const DisplaySettings&) const = default;
};

}  // namespace ui

// What colours the muscles, as numbers: the value of a segment, the range that the colours span and
// how it is told to people. Colours themselves are scene's.
//
// Sources: loads and doses of science.md section 3; comfort steps of section 7. The ends of the
// ranges are chosen so that everyday use fills them (assumed): 60 kPa is deep tissue at the skin,
// 60 kPa min a firm session, tension 0.12 twice "desk shoulders", flow twice that at rest.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "sim/sim_state.h"

namespace session {

enum class Field : std::uint8_t { kNatural, kPressure, kDose, kTension, kComfort, kFlow };
inline constexpr int kFieldCount = 6;

// The words used in files, options and keys: "natural", "pressure", "dose", "tension", "comfort",
// "flow".
std::string_view to_string(Field field);
std::optional<Field> field_from_string(std::string_view text);

// How values become places on the legend, 0 (low) to 1 (high).
struct FieldScale {
  float low = 0.0f;   // SI
  float high = 1.0f;  // SI; what lies beyond has the colour of the end
  // Place = ((value - low) / (high - low)) ^ power: below 1, small values are told apart better.
  float power = 1.0f;
  // The baseline of a diverging field lies in the middle of the colours.
  std::optional<float> baseline;
  // Values at or below `quiet` say that nothing is going on there: left in natural colours, which
  // fade out up to twice that. 0: every value counts.
  float quiet = 0.0f;
  float per_unit = 1.0f;         // SI value of one shown unit
  std::span<const float> ticks;  // SI, rising, from low to high
  bool assumed = true;           // rests on assumed inputs, not on physics alone
};

// The scale of a field other than kNatural.
const FieldScale& scale_of(Field field);
// 0 to 1, rising with the value.
float place_of(const FieldScale& scale, float value);
// SI; 0 for kNatural.
float value_of(Field field, const sim::SegmentState& segment);

}  // namespace session

#include "session/field.h"

#include <algorithm>
#include <array>

#include "base/check.h"
#include "base/fmath.h"

namespace session {
namespace {

constexpr std::array<std::string_view, kFieldCount> kWords = {"natural", "pressure", "dose",
                                                              "tension", "comfort",  "flow"};

constexpr std::array<float, 5> kPressureTicks = {0.0f, 5e3f, 15e3f, 30e3f, 60e3f};
constexpr float kKilopascalMinute = 60e3f;
constexpr std::array<float, 5> kDoseTicks = {0.0f, 5.0f * kKilopascalMinute,
                                             15.0f * kKilopascalMinute, 30.0f * kKilopascalMinute,
                                             60.0f * kKilopascalMinute};
constexpr std::array<float, 4> kTensionTicks = {0.0f, 0.04f, 0.08f, 0.12f};
constexpr std::array<float, 5> kComfortTicks = {0.0f, 0.5f, 0.8f, 1.0f, 1.2f};
constexpr std::array<float, 5> kFlowTicks = {0.0f, 0.5f, 1.0f, 1.5f, 2.0f};

const std::array<FieldScale, kFieldCount> kScales = {{
    {},
    {0.0f, 60e3f, 0.5f, {}, 500.0f, 1e3f, kPressureTicks, false},
    {0.0f, 60.0f * kKilopascalMinute, 0.5f, {}, 6e3f, kKilopascalMinute, kDoseTicks, false},
    {0.0f, 0.12f, 1.0f, {}, 0.0f, 0.01f, kTensionTicks, true},
    {0.0f, 1.2f, 1.0f, {}, 0.02f, 1.0f, kComfortTicks, true},
    {0.0f, 2.0f, 1.0f, 1.0f, 0.0f, 0.01f, kFlowTicks, true},
}};

}  // namespace

std::string_view to_string(Field field) { return kWords[static_cast<std::size_t>(field)]; }

std::optional<Field> field_from_string(std::string_view text) {
  const auto at = std::find(kWords.begin(), kWords.end(), text);
  if (at == kWords.end()) return std::nullopt;
  return static_cast<Field>(at - kWords.begin());
}

const FieldScale& scale_of(Field field) {
  BACKMATE_CHECK(field != Field::kNatural);
  return kScales[static_cast<std::size_t>(field)];
}

float place_of(const FieldScale& scale, float value) {
  const float t = std::clamp((value - scale.low) / (scale.high - scale.low), 0.0f, 1.0f);
  return scale.power == 1.0f ? t : base::fpow(t, scale.power);
}

float value_of(Field field, const sim::SegmentState& segment) {
  switch (field) {
    case Field::kPressure:
      return segment.pressure_pa;
    case Field::kDose:
      return static_cast<float>(segment.dose_pa_s);
    case Field::kTension:
      return segment.tension();
    case Field::kComfort:
      return segment.comfort_ratio;
    case Field::kFlow:
      return segment.flow;
    case Field::kNatural:
      break;
  }
  return 0.0f;
}

}  // namespace session

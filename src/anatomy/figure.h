// Whose body the built-in one shows: sex, build and stature. The neutral, medium figure is the one
// that is authored; the others are made from it (forge/figure_map.h) when the program is built. Any
// stature is then a matter of scale (anatomy/stature.h).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace anatomy {

enum class Sex : std::uint8_t { kNeutral, kFemale, kMale };
enum class Build : std::uint8_t { kLight, kMedium, kHeavy };
inline constexpr std::array<Sex, 3> kSexes{Sex::kNeutral, Sex::kFemale, Sex::kMale};
inline constexpr std::array<Build, 3> kBuilds{Build::kLight, Build::kMedium, Build::kHeavy};

// Statures that a person can ask for, metres: beyond the 1st and 99th percentile of either sex.
inline constexpr float kLeastStature_m = 1.40f;
inline constexpr float kMostStature_m = 2.10f;

struct Figure {
  Sex sex = Sex::kNeutral;
  Build build = Build::kMedium;
  float stature_m = 0.0f;  // 0: as that sex is made

  friend bool operator==(const Figure&, const Figure&) = default;
};

// The words used in files, options and names: "neutral", "female", "male"; "light", "medium",
// "heavy".
std::string_view to_string(Sex sex);
std::string_view to_string(Build build);
bool from_string(std::string_view text, Sex& out);
bool from_string(std::string_view text, Build& out);

// Body::id and file name of a figure without its stature: "builtin" for the authored one, else
// "builtin_female_heavy".
std::string figure_id(Sex sex, Build build);

// A figure in one word, as options and files name bodies: its id, and its stature in centimetres
// where that is not the sex's own: "builtin_female_heavy_178cm". Nothing where the text is no such
// word; a stature out of range is one, so that its range can be told.
std::string body_name(const Figure& figure);
std::optional<Figure> parse_body_name(std::string_view name);

}  // namespace anatomy

// Figures with a unit as people type them: "63mm", "6.7kPa", "100 N". The unit must be there.
#pragma once

#include <optional>
#include <string_view>

namespace app {

std::optional<float> read_length_m(std::string_view text);     // mm, cm, m
std::optional<float> read_pressure_pa(std::string_view text);  // Pa, kPa, MPa
std::optional<float> read_force_n(std::string_view text);      // N

}  // namespace app

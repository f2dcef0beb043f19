#include "app/quantity_text.h"

#include <charconv>
#include <cmath>
#include <initializer_list>
#include <utility>

namespace app {
namespace {

using Unit = std::pair<std::string_view, double>;

std::optional<float> read(std::string_view text, std::initializer_list<Unit> units) {
  double value = 0.0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || !std::isfinite(value)) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  for (const auto& [name, factor] : units) {
    if (text == name) return static_cast<float>(value * factor);
  }
  return std::nullopt;
}

}  // namespace

std::optional<float> read_length_m(std::string_view text) {
  return read(text, {{"mm", 1e-3}, {"cm", 1e-2}, {"m", 1.0}});
}

std::optional<float> read_pressure_pa(std::string_view text) {
  return read(text, {{"Pa", 1.0}, {"kPa", 1e3}, {"MPa", 1e6}});
}

std::optional<float> read_force_n(std::string_view text) { return read(text, {{"N", 1.0}}); }

}  // namespace app

#include "anatomy/figure.h"

#include <charconv>
#include <cmath>

namespace anatomy {
namespace {

constexpr std::array<std::string_view, 3> kSexWords{"neutral", "female", "male"};
constexpr std::array<std::string_view, 3> kBuildWords{"light", "medium", "heavy"};

template <typename Word>
bool find_word(const std::array<std::string_view, 3>& words, std::string_view text, Word& out) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] != text) continue;
    out = static_cast<Word>(i);
    return true;
  }
  return false;
}

}  // namespace

std::string_view to_string(Sex sex) { return kSexWords[static_cast<std::size_t>(sex)]; }
std::string_view to_string(Build build) { return kBuildWords[static_cast<std::size_t>(build)]; }
bool from_string(std::string_view text, Sex& out) { return find_word(kSexWords, text, out); }
bool from_string(std::string_view text, Build& out) { return find_word(kBuildWords, text, out); }

std::string figure_id(Sex sex, Build build) {
  std::string id = "builtin";
  if (sex == Sex::kNeutral && build == Build::kMedium) return id;
  return id.append("_").append(to_string(sex)).append("_").append(to_string(build));
}

std::string body_name(const Figure& figure) {
  std::string name = figure_id(figure.sex, figure.build);
  if (figure.stature_m > 0.0f) {
    name.append("_").append(std::to_string(std::lround(100.0f * figure.stature_m))).append("cm");
  }
  return name;
}

std::optional<Figure> parse_body_name(std::string_view name) {
  for (const Sex sex : kSexes) {
    for (const Build build : kBuilds) {
      const std::string id = figure_id(sex, build);
      if (name == id) return Figure{sex, build, 0.0f};
      if (name.size() < id.size() + 4 || name.substr(0, id.size()) != id) continue;
      std::string_view rest = name.substr(id.size());
      if (rest.front() != '_' || !rest.ends_with("cm")) continue;
      rest = rest.substr(1, rest.size() - 3);
      int centimetres = 0;
      const auto read = std::from_chars(rest.data(), rest.data() + rest.size(), centimetres);
      if (read.ec != std::errc() || read.ptr != rest.data() + rest.size()) continue;
      return Figure{sex, build, 0.01f * static_cast<float>(centimetres)};
    }
  }
  return std::nullopt;
}

}  // namespace anatomy

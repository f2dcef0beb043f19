#include "anatomy/figure.h"

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

}  // namespace anatomy

#include "anatomy/name_key.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <vector>

namespace anatomy {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
// Bytes of UTF-8 sequences belong to words.
bool is_word(char c) {
  return is_digit(c) || is_lower(c) || is_upper(c) || static_cast<unsigned char>(c) >= 0x80;
}

std::vector<std::string> split_words(std::string_view name) {
  std::vector<std::string> words;
  std::string word;
  const auto flush = [&] {
    if (!word.empty()) words.push_back(std::move(word));
    word.clear();
  };
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    if (!is_word(c)) {
      flush();
      continue;
    }
    const bool hump = i > 0 && is_upper(c) && is_lower(name[i - 1]);
    // "Rib12" is a word and a number, "L4" and "Th12" are names of vertebrae.
    const bool number = is_digit(c) && word.size() >= 3 && !is_digit(word.back());
    if (hump || number) flush();
    word += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  flush();
  return words;
}

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

bool is_id(const std::string& word) {
  for (const std::string_view prefix : {"fma", "fj", "bp"}) {
    if (word.starts_with(prefix) && all_digits(std::string_view(word).substr(prefix.size()))) {
      return true;
    }
  }
  return word.size() == 3 && word[0] == '0' && all_digits(word);
}

template <std::size_t N>
bool is_one_of(const std::array<std::string_view, N>& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

constexpr std::array<std::string_view, 10> kLeftWords = {
    "left", "lt", "lft", "sin", "sinister", "sinistra", "sinistrum", "sinistri", "sinistrae", "sx"};
constexpr std::array<std::string_view, 10> kRightWords = {
    "right", "rt", "rgt", "dext", "dexter", "dextra", "dextrum", "dextri", "dextrae", "dx"};
// Words that say no more than that something is a structure, or a file.
constexpr std::array<std::string_view, 24> kNoise = {"m",
                                                     "mm",
                                                     "musculus",
                                                     "musculi",
                                                     "musculorum",
                                                     "muscle",
                                                     "muscles",
                                                     "the",
                                                     "of",
                                                     "set",
                                                     "os",
                                                     "bone",
                                                     "ossis",
                                                     "mesh",
                                                     "and",
                                                     "intervertebral",
                                                     "intervertebralis",
                                                     "geo",
                                                     "geom",
                                                     "obj",
                                                     "object",
                                                     "model",
                                                     "grp",
                                                     "shape"};
// Words that every name of a part of a muscle may or may not carry.
constexpr std::array<std::string_view, 8> kPartWords = {"part", "parts", "pars",  "portion",
                                                        "head", "heads", "caput", "belly"};

struct Variant {
  std::string_view word, same_as;
};
// Latin cases and adjectives, and what gyms and scanners say.
constexpr std::array<Variant, 50> kVariants = {{
    {"disk", "disc"},
    {"disks", "disc"},
    {"discus", "disc"},
    {"colli", "cervicis"},
    {"costa", "rib"},
    {"costae", "rib"},
    {"ribs", "rib"},
    {"cartilago", "cartilage"},
    {"costalis", "costal"},
    {"vertebrae", "vertebra"},
    {"vert", "vertebra"},
    {"cervicalis", "cervical"},
    {"thoracica", "thoracic"},
    {"lumbalis", "lumbar"},
    {"trapezii", "trapezius"},
    {"trap", "trapezius"},
    {"traps", "trapezius"},
    {"deltoidei", "deltoid"},
    {"deltoideus", "deltoid"},
    {"deltoids", "deltoid"},
    {"delt", "deltoid"},
    {"majoris", "major"},
    {"minoris", "minor"},
    {"bicipitis", "biceps"},
    {"bicep", "biceps"},
    {"tricipitis", "triceps"},
    {"tricep", "triceps"},
    {"pec", "pectoralis"},
    {"pecs", "pectoralis"},
    {"rhomboideus", "rhomboid"},
    {"rhomboideum", "rhomboid"},
    {"rhomboids", "rhomboid"},
    {"scalene", "scalenus"},
    {"sternocleidomastoideus", "sternocleidomastoid"},
    {"glute", "gluteus"},
    {"descendens", "descending"},
    {"ascendens", "ascending"},
    {"transversa", "transverse"},
    {"clavicularis", "clavicular"},
    {"acromialis", "acromial"},
    {"sternocostalis", "sternocostal"},
    {"abdominalis", "abdominal"},
    {"longum", "long"},
    {"breve", "short"},
    {"laterale", "lateral"},
    {"mediale", "medial"},
    {"clavicula", "clavicle"},
    {"lig", "ligament"},
    {"ligamentum", "ligament"},
    {"proc", "process"},
}};

constexpr std::array<std::string_view, 12> kOrdinals = {"first", "second", "third",    "fourth",
                                                        "fifth", "sixth",  "seventh",  "eighth",
                                                        "ninth", "tenth",  "eleventh", "twelfth"};
constexpr std::array<std::string_view, 12> kRoman = {"i",   "ii",   "iii", "iv", "v",  "vi",
                                                     "vii", "viii", "ix",  "x",  "xi", "xii"};

std::string canonical(const std::string& word) {
  if (const auto it = std::find(kOrdinals.begin(), kOrdinals.end(), word); it != kOrdinals.end()) {
    return std::to_string(it - kOrdinals.begin() + 1);
  }
  if (const auto it = std::find(kRoman.begin(), kRoman.end(), word); it != kRoman.end()) {
    return std::to_string(it - kRoman.begin() + 1);
  }
  if (word.size() >= 3 && word.size() <= 4) {
    const std::string_view ending = std::string_view(word).substr(word.size() - 2);
    const std::string number = word.substr(0, word.size() - 2);
    const bool ordinal = ending == "st" || ending == "nd" || ending == "rd" || ending == "th";
    if (ordinal && all_digits(number)) return number;
  }
  if (word.size() >= 3 && word.starts_with("th") && all_digits(word.substr(2))) {
    return "t" + word.substr(2);
  }
  // "L04" is L4.
  if (word.size() == 3 && word[1] == '0' && is_digit(word[2])) {
    return std::string{word[0], word[2]};
  }
  const auto variant = std::find_if(kVariants.begin(), kVariants.end(),
                                    [&](const Variant& v) { return v.word == word; });
  if (variant != kVariants.end()) return std::string(variant->same_as);
  return word;
}

// "Vertebra L 4", "C-7": letter and number are one word; "L 7th rib" is something else.
void join_levels(std::vector<std::string>& words) {
  constexpr std::array<std::string_view, 5> kLetters = {"c", "t", "th", "l", "s"};
  const bool spine =
      words.size() == 2 || std::any_of(words.begin(), words.end(), [](const auto& w) {
        const std::string word = canonical(w);
        return word == "vertebra" || word == "disc";
      });
  for (std::size_t i = 0; spine && i + 1 < words.size(); ++i) {
    if (!is_one_of(kLetters, words[i]) || !all_digits(words[i + 1])) continue;
    words[i] += words[i + 1];
    words.erase(words.begin() + static_cast<std::ptrdiff_t>(i) + 1);
  }
}

}  // namespace

NameKey make_name_key(std::string_view name) {
  std::vector<std::string> words = split_words(name);
  NameKey result;
  std::erase_if(words, [&](const std::string& word) {
    const bool part = is_one_of(kPartWords, word);
    result.of_part = result.of_part || part;
    return part || is_id(word) || is_one_of(kNoise, word);
  });
  join_levels(words);
  bool left = false;
  bool right = false;
  std::vector<std::string> kept;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    // A lone l or r is a side only where sides are put: in front or behind.
    const bool at_end = words.size() > 1 && (i == 0 || i + 1 == words.size());
    if (is_one_of(kLeftWords, word) || (at_end && word == "l")) {
      left = true;
    } else if (is_one_of(kRightWords, word) || (at_end && word == "r")) {
      right = true;
    } else {
      kept.push_back(canonical(word));
    }
  }
  std::sort(kept.begin(), kept.end());
  kept.erase(std::unique(kept.begin(), kept.end()), kept.end());
  for (const std::string& word : kept) result.key += (result.key.empty() ? "" : " ") + word;
  if (left != right) result.side = left ? Side::kLeft : Side::kRight;
  return result;
}

}  // namespace anatomy

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

constexpr std::array<std::string_view, 8> kLeftWords = {
    "left", "lt", "sin", "sinister", "sinistra", "sinistrum", "sinistri", "sinistrae"};
constexpr std::array<std::string_view, 8> kRightWords = {"right",  "rt",      "dext",   "dexter",
                                                         "dextra", "dextrum", "dextri", "dextrae"};
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
                                                     "part",
                                                     "parts",
                                                     "pars",
                                                     "portion",
                                                     "head",
                                                     "caput",
                                                     "os",
                                                     "bone",
                                                     "belly",
                                                     "ossis",
                                                     "mesh",
                                                     "intervertebral",
                                                     "intervertebralis",
                                                     "and"};

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
  if (word == "disk" || word == "disks" || word == "discus") return "disc";
  if (word == "colli") return "cervicis";
  if (word == "costa" || word == "ribs") return "rib";
  if (word == "cartilago") return "cartilage";
  if (word == "costalis") return "costal";
  if (word == "vertebrae") return "vertebra";
  return word;
}

}  // namespace

NameKey make_name_key(std::string_view name) {
  std::vector<std::string> words = split_words(name);
  std::erase_if(words, is_id);
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
    } else if (!is_one_of(kNoise, word)) {
      kept.push_back(canonical(word));
    }
  }
  std::sort(kept.begin(), kept.end());
  kept.erase(std::unique(kept.begin(), kept.end()), kept.end());
  NameKey result;
  for (const std::string& word : kept) result.key += (result.key.empty() ? "" : " ") + word;
  if (left != right) result.side = left ? Side::kLeft : Side::kRight;
  return result;
}

}  // namespace anatomy

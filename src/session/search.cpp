#include "session/search.h"

#include <algorithm>
#include <array>
#include <optional>
#include <tuple>
#include <utility>

namespace session {
namespace {

constexpr std::size_t kSlipLetters = 5;

// Latin-1 Supplement and Latin Extended-A, from U+00C0 on, as plain letters.
constexpr std::array<std::string_view, 192> kPlain = {
    "a", "a", "a",  "a",  "a", "a", "ae", "c",  "e",  "e", "e", "e", "i",  "i",  "i", "i", "d", "n",
    "o", "o", "o",  "o",  "o", " ", "o",  "u",  "u",  "u", "u", "y", "th", "ss", "a", "a", "a", "a",
    "a", "a", "ae", "c",  "e", "e", "e",  "e",  "i",  "i", "i", "i", "d",  "n",  "o", "o", "o", "o",
    "o", " ", "o",  "u",  "u", "u", "u",  "y",  "th", "y", "a", "a", "a",  "a",  "a", "a", "c", "c",
    "c", "c", "c",  "c",  "c", "c", "d",  "d",  "d",  "d", "e", "e", "e",  "e",  "e", "e", "e", "e",
    "e", "e", "g",  "g",  "g", "g", "g",  "g",  "g",  "g", "h", "h", "h",  "h",  "i", "i", "i", "i",
    "i", "i", "i",  "i",  "i", "i", "ij", "ij", "j",  "j", "k", "k", "k",  "l",  "l", "l", "l", "l",
    "l", "l", "l",  "l",  "l", "n", "n",  "n",  "n",  "n", "n", "n", "n",  "n",  "o", "o", "o", "o",
    "o", "o", "oe", "oe", "r", "r", "r",  "r",  "r",  "r", "s", "s", "s",  "s",  "s", "s", "s", "s",
    "t", "t", "t",  "t",  "t", "t", "u",  "u",  "u",  "u", "u", "u", "u",  "u",  "u", "u", "u", "u",
    "w", "w", "y",  "y",  "y", "z", "z",  "z",  "z",  "z", "z", "s"};

using Word = std::pair<std::uint32_t, std::uint32_t>;

std::vector<Word> split(std::string_view folded) {
  std::vector<Word> words;
  std::size_t at = 0;
  while (at < folded.size()) {
    const std::size_t end = std::min(folded.find(' ', at), folded.size());
    if (end > at)
      words.emplace_back(static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end - at));
    at = end + 1;
  }
  return words;
}

// Whether `word` begins with `typed` but for one letter: wrong, missing, too many or two swapped.
bool is_slip(std::string_view word, std::string_view typed) {
  std::size_t same = 0;
  while (same < word.size() && same < typed.size() && word[same] == typed[same]) ++same;
  const std::string_view word_rest = word.substr(same);
  const std::string_view typed_rest = typed.substr(same);
  if (typed_rest.empty()) return true;
  const auto begins = [](std::string_view text, std::string_view with) {
    return text.substr(0, with.size()) == with;
  };
  if (begins(word_rest, typed_rest.substr(1))) return true;  // one too many
  if (word_rest.empty()) return false;
  if (begins(word_rest.substr(1), typed_rest.substr(1))) return true;  // another one
  if (begins(word_rest.substr(1), typed_rest)) return true;            // one missing
  return typed_rest.size() >= 2 && word_rest.size() >= 2 && typed_rest[0] == word_rest[1] &&
         typed_rest[1] == word_rest[0] && begins(word_rest.substr(2), typed_rest.substr(2));
}

}  // namespace

std::string fold(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  const auto gap = [&out] {
    if (!out.empty() && out.back() != ' ') out += ' ';
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte < 0x80) {
      if (byte >= 'A' && byte <= 'Z') {
        out += static_cast<char>(byte - 'A' + 'a');
      } else if ((byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9')) {
        out += static_cast<char>(byte);
      } else {
        gap();
      }
      continue;
    }
    if (i + 1 < text.size()) {
      const auto next = static_cast<unsigned char>(text[i + 1]);
      // Combining accents (U+0300 to U+036F) say nothing.
      if (byte == 0xCC || (byte == 0xCD && next < 0xB0)) {
        ++i;
        continue;
      }
      const int code = ((byte & 0x1F) << 6) | (next & 0x3F);
      if (byte >= 0xC3 && byte <= 0xC5 && code >= 0xC0 && code < 0xC0 + 192) {
        out += kPlain[static_cast<std::size_t>(code - 0xC0)];
        ++i;
        continue;
      }
    }
    // Dashes, dots and quotes of U+2000 to U+206F are gaps; other letters stay.
    if (byte == 0xE2 && i + 2 < text.size() && static_cast<unsigned char>(text[i + 1]) <= 0x81) {
      gap();
      i += 2;
      continue;
    }
    if (byte == 0xC2) {
      gap();
      ++i;
      continue;
    }
    out += text[i];
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

SearchIndex::SearchIndex(std::vector<SearchEntry> entries) : entries_(std::move(entries)) {
  texts_.reserve(entries_.size());
  for (const SearchEntry& entry : entries_) {
    std::vector<Text>& texts = texts_.emplace_back();
    for (const std::string& text : entry.texts) {
      Text known{fold(text), {}, false};
      known.words = split(known.folded);
      if (!known.words.empty()) texts.push_back(std::move(known));
    }
    Text about{fold(entry.about), {}, true};
    about.words = split(about.folded);
    if (!about.words.empty()) texts.push_back(std::move(about));
  }
}

std::vector<std::size_t> SearchIndex::find(std::string_view words, std::size_t most) const {
  const std::string typed = fold(words);
  const std::vector<Word> parts = split(typed);
  if (parts.empty()) return {};

  // "FMA 33587" is "FMA33587".
  std::string joined = typed;
  std::erase(joined, ' ');
  const auto part_of = [&](const Word& w) {
    return std::string_view(typed).substr(w.first, w.second);
  };
  const auto word_of = [](const Text& text, const Word& w) {
    return std::string_view(text.folded).substr(w.first, w.second);
  };
  const auto begins_word = [&](const Text& text, std::string_view part) {
    return std::any_of(text.words.begin(), text.words.end(), [&](const Word& w) {
      return word_of(text, w).substr(0, part.size()) == part;
    });
  };
  const auto slips = [&](const Text& text, std::string_view part) {
    return part.size() >= kSlipLetters &&
           std::any_of(text.words.begin(), text.words.end(),
                       [&](const Word& w) { return is_slip(word_of(text, w), part); });
  };
  const auto all = [&](const auto& fits) {
    return std::all_of(parts.begin(), parts.end(), [&](const Word& w) { return fits(part_of(w)); });
  };
  // Level of the match and which text it is.
  using Rank = std::pair<int, std::size_t>;
  const auto rank_of = [&](const std::vector<Text>& texts) -> std::optional<Rank> {
    std::optional<Rank> best;
    const auto offer = [&best](int level, std::size_t text) {
      const Rank rank{level, text};
      if (!best || rank < *best) best = rank;
    };
    for (std::size_t t = 0; t < texts.size(); ++t) {
      const Text& text = texts[t];
      if (text.weak) {
        if (all([&](std::string_view part) { return begins_word(text, part); })) offer(3, t);
      } else if (t == 0 && text.folded == typed) {
        offer(0, t);
      } else if (text.folded.compare(0, typed.size(), typed) == 0) {
        offer(1, t);
      } else if (begins_word(text, joined) ||
                 all([&](std::string_view part) { return begins_word(text, part); })) {
        offer(2, t);
      } else if (typed.size() >= 2 && text.folded.find(typed) != std::string::npos) {
        offer(4, t);
      }
    }
    if (best && best->first < 3) return best;
    const auto in_any = [&](const auto& fits) {
      return all([&](std::string_view part) {
        return std::any_of(texts.begin(), texts.end(),
                           [&](const Text& text) { return fits(text, part); });
      });
    };
    if (parts.size() > 1 && in_any(begins_word)) return Rank{3, 0};
    if (best) return best;
    if (in_any([&](const Text& text, std::string_view part) {
          return begins_word(text, part) || slips(text, part);
        }))
      return Rank{5, 0};
    return std::nullopt;
  };

  using Found = std::tuple<int, std::size_t, std::size_t>;
  std::vector<Found> found;
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    if (const auto rank = rank_of(texts_[i])) found.emplace_back(rank->first, rank->second, i);
  }
  const std::size_t count = std::min(most, found.size());
  std::partial_sort(found.begin(), found.begin() + static_cast<std::ptrdiff_t>(count), found.end());
  std::vector<std::size_t> result;
  for (std::size_t i = 0; i < count; ++i) result.push_back(std::get<2>(found[i]));
  return result;
}

}  // namespace session

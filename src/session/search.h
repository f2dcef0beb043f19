// Search over whatever can be named: structures, groups, placements, conditions, commands. Pure:
// words in, ranked entries out; from the first letter, whatever the case and accents.
//
// Ranking, best first: a name that is what was typed; a text that begins with it; words of one text
// that begin with what was typed, in any order; the same over all texts of an entry; what was typed
// within words; one slip of the finger in a word of at least five letters. Among equals, names come
// before Latin, synonyms and ids, then the entries' own order.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace session {

enum class FindKind : std::uint8_t { kGroup, kStructure, kPlacement, kCondition, kCommand };

struct SearchEntry {
  FindKind kind = FindKind::kStructure;
  int index = 0;                   // of what it is, among its kind
  std::string title;               // as shown
  std::string note;                // shown beside it
  std::vector<std::string> texts;  // searched, the name first, then Latin, synonyms, ids
  std::string about = {};          // searched too, but names come first
};

// Lower case without accents; everything that is neither letter nor digit is one space. Letters of
// Latin alphabets become their plain ones ("ä" a, "ß" ss, "œ" oe); others stay as they are.
std::string fold(std::string_view text);

class SearchIndex {
 public:
  SearchIndex() = default;
  explicit SearchIndex(std::vector<SearchEntry> entries);

  const std::vector<SearchEntry>& entries() const { return entries_; }
  // Positions in entries(), the best first; none for words without a letter or digit.
  std::vector<std::size_t> find(std::string_view words, std::size_t most = 10) const;

 private:
  struct Text {
    std::string folded;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> words;  // begin, length
    bool weak = false;                                           // says what it is about
  };
  std::vector<SearchEntry> entries_;
  std::vector<std::vector<Text>> texts_;
};

}  // namespace session

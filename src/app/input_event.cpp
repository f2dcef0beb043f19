#include "app/input_event.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

namespace app {
namespace {

constexpr std::array<std::pair<std::string_view, Key>, 27> kNamed = {
    {{"space", Key::kSpace},
     {"enter", Key::kEnter},
     {"return", Key::kEnter},
     {"escape", Key::kEscape},
     {"esc", Key::kEscape},
     {"tab", Key::kTab},
     {"backspace", Key::kBackspace},
     {"delete", Key::kDelete},
     {"left", Key::kLeft},
     {"right", Key::kRight},
     {"up", Key::kUp},
     {"down", Key::kDown},
     {"home", Key::kHome},
     {"end", Key::kEnd},
     {"plus", Key::kPlus},
     {"=", Key::kPlus},
     {"equal", Key::kPlus},
     {"minus", Key::kMinus},
     {"slash", Key::kSlash},
     {"bracketleft", Key::kBracketLeft},
     {"bracketright", Key::kBracketRight},
     {"leftbracket", Key::kBracketLeft},
     {"rightbracket", Key::kBracketRight},
     {"arrowleft", Key::kLeft},
     {"arrowright", Key::kRight},
     {"arrowup", Key::kUp},
     {"arrowdown", Key::kDown}}};

}  // namespace

std::optional<Key> parse_key(std::string_view name) {
  if (name == " ") return Key::kSpace;
  if (name.size() == 1) {
    const auto c = static_cast<unsigned char>(name[0]);
    if (std::isalnum(c)) return static_cast<Key>(std::toupper(c));
    for (const char symbol : {'+', '-', '/', '[', ']'}) {
      if (name[0] == symbol) return static_cast<Key>(c);
    }
  }
  std::string lower(name);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  for (const auto& [known, key] : kNamed) {
    if (lower == known) return key;
  }
  if (lower.size() >= 2 && lower.size() <= 3 && lower[0] == 'f') {
    int number = 0;
    for (const char c : lower.substr(1)) {
      if (std::isdigit(static_cast<unsigned char>(c)) == 0) return std::nullopt;
      number = number * 10 + (c - '0');
    }
    if (number >= 1 && number <= 12)
      return static_cast<Key>(static_cast<int>(Key::kF1) + number - 1);
  }
  return std::nullopt;
}

}  // namespace app

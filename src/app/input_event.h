// What comes in from a person or a script: the same events for the window and for `play`. Pixels of
// the framebuffer from the top left; one wheel unit is one notch, positive away from the person.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace app {

enum class MouseButton : std::uint8_t { kLeft, kRight, kMiddle };

// Letters and digits are their own ASCII capitals; the rest follows.
enum class Key : std::uint16_t {
  kNone = 0,
  kPlus = '+',
  kMinus = '-',
  kSlash = '/',
  kBracketLeft = '[',
  kBracketRight = ']',
  kSpace = 256,
  kEnter,
  kEscape,
  kTab,
  kBackspace,
  kDelete,
  kLeft,
  kRight,
  kUp,
  kDown,
  kHome,
  kEnd,
  kF1,
  kF11 = kF1 + 10,
  kF12 = kF1 + 11
};

struct Mods {
  bool ctrl = false;
  bool shift = false;
  bool alt = false;
  bool operator==(const Mods&) const = default;
};

enum class EventType : std::uint8_t { kMove, kPress, kRelease, kWheel, kKey, kText, kDrop };

struct InputEvent {
  EventType type = EventType::kMove;
  float x = 0.0f;  // pointer
  float y = 0.0f;
  MouseButton button = MouseButton::kLeft;
  float dy = 0.0f;       // wheel
  Key key = Key::kNone;  // one tap
  Mods mods;
  std::string text;  // UTF-8; of a drop: paths, one a line
};

// "Q", "7", "Space", "F1", "[", "+", "Left" ...: as in product.md, capitals or not.
std::optional<Key> parse_key(std::string_view name);

}  // namespace app

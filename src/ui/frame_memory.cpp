#include "ui/frame_memory.h"

#include <algorithm>
#include <array>

namespace ui {

FrameMemory::FrameMemory()
    : block_(std::make_unique<std::byte[]>(kBytes)), resource_(block_.get(), kBytes) {}

const char* FrameMemory::join(std::initializer_list<std::string_view> parts) {
  std::size_t length = 0;
  for (const std::string_view part : parts) length += part.size();
  auto* const text = static_cast<char*>(resource_.allocate(length + 1, 1));
  char* end = text;
  for (const std::string_view part : parts) end = std::copy(part.begin(), part.end(), end);
  *end = '\0';
  return text;
}

const char* FrameMemory::fill_in(std::string_view words, std::string_view first,
                                 std::string_view second) {
  struct Place {
    std::string_view mark;
    std::string_view value;
  };
  for (const Place& place : {Place{"{0}", first}, Place{"{1}", second}}) {
    const std::size_t at = words.find(place.mark);
    if (at == std::string_view::npos) continue;
    words = join({words.substr(0, at), place.value, words.substr(at + place.mark.size())});
  }
  return join({words});
}

}  // namespace ui

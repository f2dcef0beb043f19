// Memory for what the interface puts together and needs for one frame only: words joined from
// pieces, short lists. One block serves frame after frame, so that a steady picture asks the heap
// for nothing; what does not fit comes from the heap and goes back at the next frame.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <memory>
#include <memory_resource>
#include <string_view>

namespace ui {

class FrameMemory {
 public:
  static constexpr std::size_t kBytes = std::size_t{256} * 1024;

  FrameMemory();
  FrameMemory(const FrameMemory&) = delete;
  FrameMemory& operator=(const FrameMemory&) = delete;

  // Whatever was handed out before is gone.
  void start_frame() { resource_.release(); }

  // For lists: std::pmr::vector<int> shown(memory.resource()).
  std::pmr::memory_resource* resource() { return &resource_; }
  // One after the other; null-terminated, until the next frame.
  const char* join(std::initializer_list<std::string_view> parts);
  // As data::fill_in, until the next frame.
  const char* fill_in(std::string_view words, std::string_view first, std::string_view second = "");

 private:
  std::unique_ptr<std::byte[]> block_;
  std::pmr::monotonic_buffer_resource resource_;
};

}  // namespace ui

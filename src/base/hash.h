// FNV-1a, 64 bit: identity of states and files. Not cryptographic.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>

namespace base {

class Hash {
 public:
  void add_bytes(const void* bytes, std::size_t count) {
    const auto* p = static_cast<const unsigned char*>(bytes);
    for (std::size_t i = 0; i < count; ++i) {
      value_ = (value_ ^ p[i]) * 0x100000001b3ULL;
    }
  }
  template <typename T>
  void add(const T& value) {
    // Padding bytes are not part of a value: only scalars may be hashed by their bytes.
    static_assert(std::is_arithmetic_v<T> || std::is_enum_v<T>);
    add_bytes(&value, sizeof(T));
  }
  std::uint64_t value() const { return value_; }

 private:
  std::uint64_t value_ = 0xcbf29ce484222325ULL;
};

}  // namespace base

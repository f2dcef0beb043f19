// Four numbers side by side, as the smallest vector unit of every desktop processor takes them:
// for the few loops that test four boxes at once. Each lane gives bit for bit what float gives.
#pragma once

#include <algorithm>
#include <array>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace geom {

#if defined(__SSE2__)

class Float4 {
 public:
  explicit Float4(float all) : lanes_(_mm_set1_ps(all)) {}
  explicit Float4(const std::array<float, 4>& lanes) : lanes_(_mm_loadu_ps(lanes.data())) {}
  friend Float4 operator-(Float4 a, Float4 b) { return Float4(_mm_sub_ps(a.lanes_, b.lanes_)); }
  friend Float4 operator+(Float4 a, Float4 b) { return Float4(_mm_add_ps(a.lanes_, b.lanes_)); }
  friend Float4 operator*(Float4 a, Float4 b) { return Float4(_mm_mul_ps(a.lanes_, b.lanes_)); }
  friend Float4 max(Float4 a, Float4 b) { return Float4(_mm_max_ps(a.lanes_, b.lanes_)); }
  friend Float4 min(Float4 a, Float4 b) { return Float4(_mm_min_ps(a.lanes_, b.lanes_)); }
  // Bit k is set where lane k of a is not greater than that of b.
  friend int not_greater(Float4 a, Float4 b) {
    return _mm_movemask_ps(_mm_cmple_ps(a.lanes_, b.lanes_));
  }
  std::array<float, 4> lanes() const {
    std::array<float, 4> out;
    _mm_storeu_ps(out.data(), lanes_);
    return out;
  }

 private:
  explicit Float4(__m128 lanes) : lanes_(lanes) {}
  __m128 lanes_;
};

#else

class Float4 {
 public:
  explicit Float4(float all) { lanes_.fill(all); }
  explicit Float4(const std::array<float, 4>& lanes) : lanes_(lanes) {}
  friend Float4 operator-(Float4 a, Float4 b) {
    return a.each(b, [](float x, float y) { return x - y; });
  }
  friend Float4 operator+(Float4 a, Float4 b) {
    return a.each(b, [](float x, float y) { return x + y; });
  }
  friend Float4 operator*(Float4 a, Float4 b) {
    return a.each(b, [](float x, float y) { return x * y; });
  }
  friend Float4 max(Float4 a, Float4 b) {
    return a.each(b, [](float x, float y) { return x > y ? x : y; });
  }
  friend Float4 min(Float4 a, Float4 b) {
    return a.each(b, [](float x, float y) { return x < y ? x : y; });
  }
  friend int not_greater(Float4 a, Float4 b) {
    int bits = 0;
    for (std::size_t k = 0; k < 4; ++k) bits |= a.lanes_[k] <= b.lanes_[k] ? 1 << k : 0;
    return bits;
  }
  std::array<float, 4> lanes() const { return lanes_; }

 private:
  template <typename Operation>
  Float4 each(Float4 other, Operation operation) const {
    for (std::size_t k = 0; k < 4; ++k) {
      other.lanes_[k] = operation(lanes_[k], other.lanes_[k]);
    }
    return other;
  }
  std::array<float, 4> lanes_;
};

#endif

}  // namespace geom

// Physical quantities as types, so that a force cannot be passed where a pressure is expected.
// Values are SI, single precision; a Quantity costs four bytes. Construction is explicit:
// `Newtons{60.0f}`. Bulk arrays are plain floats with the unit in the name instead.
#pragma once

#include <compare>

namespace base {

template <int Metre, int Kilogram, int Second>
struct Quantity {
  float value = 0.0f;

  constexpr Quantity() = default;
  constexpr explicit Quantity(float in_si) : value(in_si) {}

  constexpr auto operator<=>(const Quantity&) const = default;
  constexpr Quantity operator-() const { return Quantity{-value}; }
  constexpr Quantity& operator+=(Quantity other) {
    value += other.value;
    return *this;
  }
  constexpr Quantity& operator-=(Quantity other) {
    value -= other.value;
    return *this;
  }
};

template <int M, int K, int S>
constexpr Quantity<M, K, S> operator+(Quantity<M, K, S> a, Quantity<M, K, S> b) {
  return Quantity<M, K, S>{a.value + b.value};
}
template <int M, int K, int S>
constexpr Quantity<M, K, S> operator-(Quantity<M, K, S> a, Quantity<M, K, S> b) {
  return Quantity<M, K, S>{a.value - b.value};
}
template <int M, int K, int S>
constexpr Quantity<M, K, S> operator*(Quantity<M, K, S> a, float s) {
  return Quantity<M, K, S>{a.value * s};
}
template <int M, int K, int S>
constexpr Quantity<M, K, S> operator*(float s, Quantity<M, K, S> a) {
  return a * s;
}
template <int M1, int K1, int S1, int M2, int K2, int S2>
constexpr Quantity<M1 + M2, K1 + K2, S1 + S2> operator*(Quantity<M1, K1, S1> a,
                                                        Quantity<M2, K2, S2> b) {
  return Quantity<M1 + M2, K1 + K2, S1 + S2>{a.value * b.value};
}
template <int M1, int K1, int S1, int M2, int K2, int S2>
constexpr Quantity<M1 - M2, K1 - K2, S1 - S2> operator/(Quantity<M1, K1, S1> a,
                                                        Quantity<M2, K2, S2> b) {
  return Quantity<M1 - M2, K1 - K2, S1 - S2>{a.value / b.value};
}

using Metres = Quantity<1, 0, 0>;
using SquareMetres = Quantity<2, 0, 0>;
using Seconds = Quantity<0, 0, 1>;
using MetresPerSecond = Quantity<1, 0, -1>;
using Newtons = Quantity<1, 1, -2>;
using Pascals = Quantity<-1, 1, -2>;
using Kilograms = Quantity<0, 1, 0>;

// An angle in radians. Degrees exist only where text is read or written.
struct Radians {
  float value = 0.0f;
  constexpr Radians() = default;
  constexpr explicit Radians(float radians) : value(radians) {}
  constexpr auto operator<=>(const Radians&) const = default;
};

inline constexpr float kPi = 3.14159265358979f;
constexpr Radians from_degrees(float degrees) { return Radians{degrees * (kPi / 180.0f)}; }
constexpr float to_degrees(Radians angle) { return angle.value * (180.0f / kPi); }

}  // namespace base

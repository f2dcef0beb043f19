// Numbers for people: SI inside, kPa, degrees, kilograms and percent only here.
#pragma once

#include <string>

#include "data/translator.h"

namespace ui {

std::string format_kpa(float pascals);       // "12.3"
std::string format_newtons(float newtons);   // "60 N"
float to_kilograms(float newtons);           // the mass whose weight that is
std::string format_degrees(float radians);   // "-15°"
std::string format_percent(float fraction);  // "1.2 %"
std::string format_clock(double seconds);    // "0:42", "1:02:03"

using data::fill_in;

}  // namespace ui

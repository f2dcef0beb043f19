// How differently spelled names of one structure become equal. "Descending part of left trapezius",
// "trapezius_descending.l" and "Trapezius, descending part (Left)" all give the key "descending
// trapezius" and the side left: the key is the sorted set of the words that tell structures apart.
//
// Dropped: sides, words that every name may or may not carry (muscle, part, head, of ...), ids such
// as FJ383 or FMA33586, running numbers such as ".001". Made equal: ordinals, Roman numerals, disk
// and disc, colli and cervicis, Th4 and T4.
#pragma once

#include <string>
#include <string_view>

#include "anatomy/body.h"

namespace anatomy {

struct NameKey {
  std::string key;
  Side side = Side::kMedian;  // kMedian: the name gives no side, or both
};

NameKey make_name_key(std::string_view name);

}  // namespace anatomy

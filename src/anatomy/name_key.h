// How differently spelled names of one structure become equal. "Descending part of left trapezius",
// "trapezius_descending.l" and "Trapezius, descending part (Left)" all give the key "descending
// trapezius" and the side left: the key is the sorted set of the words that tell structures apart.
//
// Dropped: sides, words that every name may or may not carry (muscle, part, head, of ...), ids such
// as FJ383 or FMA33586, running numbers such as ".001". Made equal: ordinals, Roman numerals, disk
// and disc, colli and cervicis, Th4 and T4 and L04 and "L 4", Latin cases and adjectives
// ("musculi trapezii pars descendens"), short names (pec, trap).
//
// What is not dropped tells strangers apart: "nerve to subclavius", "tendon of biceps" and "bursa
// of piriformis" are none of the muscles.
#pragma once

#include <string>
#include <string_view>

#include "anatomy/body.h"

namespace anatomy {

struct NameKey {
  std::string key;
  Side side = Side::kMedian;  // kMedian: the name gives no side, or both
  bool of_part = false;       // "part", "head" or the like was dropped: of a muscle, no bone
};

NameKey make_name_key(std::string_view name);

}  // namespace anatomy

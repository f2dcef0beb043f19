// A stable sort that takes no memory, for the short lists of a frame or a tick: std::stable_sort
// asks for a buffer at every call. Quadratic; up to some hundred elements that are nearly in order.
#pragma once

#include <algorithm>
#include <iterator>

namespace base {

template <typename Iterator, typename Less>
void insertion_sort(Iterator begin, Iterator end, const Less& less) {
  for (Iterator at = begin; at != end; ++at)
    std::rotate(std::upper_bound(begin, at, *at, less), at, std::next(at));
}

}  // namespace base

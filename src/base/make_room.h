// Room in a list that is filled anew again and again with a little more or less: half as much again
// as is asked for, so that its memory soon stays the same.
#pragma once

#include <cstddef>
#include <vector>

namespace base {

template <typename T>
void make_room(std::vector<T>& list, std::size_t count) {
  if (list.capacity() < count) list.reserve(count + count / 2);
}

}  // namespace base

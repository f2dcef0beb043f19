// parallel_for: runs body(i) for i in [0, count) on up to hardware threads; returns when all are
// done. The body must not throw and must only write what belongs to its own index, so that results
// do not depend on the number of threads. With one core it is a plain loop.
#pragma once

#include <cstddef>
#include <functional>

namespace base {

void parallel_for(std::size_t count, const std::function<void(std::size_t)>& body);

}  // namespace base

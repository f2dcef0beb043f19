// BACKMATE_CHECK: a bug, not an expected failure. On in every build; costs one predictable branch.
#pragma once

namespace base {
[[noreturn]] void check_failed(const char* condition, const char* file, int line);
}  // namespace base

#define BACKMATE_CHECK(condition) \
  ((condition) ? (void)0 : ::base::check_failed(#condition, __FILE__, __LINE__))

// Expected failures. `Result<T>` holds a value or an Error whose message is a sentence for a
// person: what happened, where (file, field, structure) and what to do. Bugs are asserts
// (base/check.h).
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace base {

struct Error {
  std::string message;
};

template <typename T>
using Result = tl::expected<T, Error>;
using Status = Result<void>;

inline tl::unexpected<Error> fail(std::string message) {
  return tl::unexpected<Error>(Error{std::move(message)});
}

}  // namespace base

// The body that a command or the window works on: "builtin" or the path of a pack.
#pragma once

#include <memory>
#include <string_view>

#include "anatomy/body.h"
#include "base/result.h"

namespace app {

inline constexpr std::string_view kBuiltinBody = "builtin";

// Fails with a sentence: no such file, not a pack, damaged, of another version.
// Levels of detail finer than `finest_lod` stay empty (anatomy/pack.h).
base::Result<std::shared_ptr<const anatomy::Body>> load_body(std::string_view name_or_path,
                                                             int finest_lod = 0);

}  // namespace app

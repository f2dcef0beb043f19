// The body that a command or the window works on: the built-in one by its name (anatomy/figure.h:
// "builtin", "builtin_female_heavy_178cm") or the path of a pack.
#pragma once

#include <filesystem>
#include <memory>
#include <string_view>

#include "anatomy/body.h"
#include "base/result.h"
#include "data/resources.h"

namespace app {

inline constexpr std::string_view kBuiltinBody = "builtin";

// Where its pack lies.
std::filesystem::path find_pack(std::string_view name_or_path, const data::ResourceDirs& resources);

// Fails with a sentence: no such stature, no such file, not a pack, damaged, of another version.
// Levels of detail finer than `finest_lod` stay empty (anatomy/pack.h).
base::Result<std::shared_ptr<const anatomy::Body>> load_body(std::string_view name_or_path,
                                                             int finest_lod = 0);

}  // namespace app

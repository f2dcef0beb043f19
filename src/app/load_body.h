// What a command or the window works with. The body: the built-in one by its name
// (anatomy/figure.h: "builtin", "builtin_female_heavy_178cm") or the path of a pack. The tool.
#pragma once

#include <filesystem>
#include <memory>
#include <string_view>

#include "anatomy/body.h"
#include "base/result.h"
#include "data/resources.h"
#include "tool/attachment.h"

namespace app {

inline constexpr std::string_view kBuiltinBody = "builtin";

// Where its pack lies.
std::filesystem::path find_pack(std::string_view name_or_path, const data::ResourceDirs& resources);

// Fails with a sentence: no such stature, no such file, not a pack, damaged, of another version.
// Levels of detail finer than `finest_lod` stay empty (anatomy/pack.h).
base::Result<std::shared_ptr<const anatomy::Body>> load_body(std::string_view name_or_path,
                                                             int finest_lod = 0);

// With all attachments; a wrong one is named in the log and left out.
base::Result<std::shared_ptr<const tool::ToolSpec>> load_tool(const data::ResourceDirs& resources);

}  // namespace app

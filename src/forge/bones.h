// The bones of the built-in body, with discs and costal cartilages, from assets/anatomy/bones.
#pragma once

#include <filesystem>
#include <vector>

#include "base/result.h"
#include "forge/part.h"

namespace forge {

// One part a bone, both sides of paired ones; closed meshes at three levels of detail. Fails in
// words (file, bone, field) when a description is wrong.
base::Result<std::vector<Part>> build_bones(const std::filesystem::path& assets_dir);

}  // namespace forge

// The bones of the built-in body, with discs and costal cartilages, from assets/anatomy/bones.
#pragma once

#include <filesystem>
#include <vector>

#include "base/result.h"
#include "forge/bone_shape.h"
#include "forge/part.h"

namespace forge {

// One part a bone, both sides of paired ones; closed meshes at three levels of detail. Fails in
// words (file, bone, field) when a description is wrong.
base::Result<std::vector<Part>> build_bones(const std::filesystem::path& assets_dir);

// One of them, on the side that is authored (the left one of a pair).
base::Result<Part> build_bone(const BoneSpec& spec);

}  // namespace forge

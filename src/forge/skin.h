// The skin of the built-in body: one closed, smooth surface over muscles, bones and authored filler
// volumes (belly, throat, face, thighs) where the body has no structures yet, as far outside them
// as skin and fat are thick in each region. From assets/anatomy/skin.json (format "backmate-skin");
// the thicknesses and their sources are there.
#pragma once

#include <array>
#include <filesystem>
#include <span>
#include <vector>

#include "base/result.h"
#include "forge/bone_shape.h"
#include "forge/part.h"

namespace forge {

// A place with its thickness of skin and fat together.
struct SkinAnchor {
  glm::vec3 at_m{0.0f};  // on the left or the midline; the right side is the same
  float thickness_m = 0.006f;
};

struct SkinSpec {
  float voxel_m = 0.004f;
  float closing_m = 0.014f;  // furrows narrower than about twice this are bridged
  int smoothing = 3;
  std::array<std::size_t, anatomy::kLodCount> triangles{};
  std::vector<SkinAnchor> anchors;
  BoneSpec filler;
};

base::Result<SkinSpec> load_skin(const std::filesystem::path& assets_dir);

// Thickness anywhere: the anchors' mean, weighted by nearness.
float skin_thickness_m(const SkinSpec& spec, glm::vec3 point_m);

base::Result<Part> build_skin(const std::filesystem::path& assets_dir,
                              std::span<const Part> inside);

}  // namespace forge

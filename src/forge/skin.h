// The skin of the built-in body: one closed, smooth surface over muscles, bones and authored filler
// volumes (belly, throat, face, thighs) where the body has no structures yet, as far outside them
// as skin and fat are thick in each region. From assets/anatomy/skin.json (format "backmate-skin");
// the thicknesses and their sources are there.
#pragma once

#include <array>
#include <filesystem>
#include <functional>
#include <span>
#include <vector>

#include "anatomy/figure.h"
#include "base/progress.h"
#include "base/result.h"
#include "forge/bone_shape.h"
#include "forge/figure_map.h"
#include "forge/part.h"
#include "geom/wrap.h"

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

base::Result<SkinSpec> load_skin(const std::filesystem::path& assets_dir,
                                 anatomy::Sex sex = anatomy::Sex::kNeutral,
                                 anatomy::Build build = anatomy::Build::kMedium);

// Thickness anywhere: the anchors' mean, weighted by nearness.
float skin_thickness_m(const SkinSpec& spec, glm::vec3 point_m);

// The filler volumes as one closed mesh; empty where there are none.
geom::Mesh build_filler(const BoneSpec& filler);

// What a skin goes over, of any body.
struct SkinWrap {
  std::vector<geom::Soup> inside;                   // structures and filler
  std::vector<std::span<const glm::vec3>> covered;  // structures' points, which it never bares
  std::function<float(glm::vec3)> thickness_at;     // metres; called from several threads
  float thickest_m = 0.015f;
  bool even = false;                         // left and right alike
  bool laid_on = false;                      // what smoothing took off is put on again
  const base::Progress* progress = nullptr;  // once it is cancelled, nothing comes back
  std::function<void(float)> report;         // how far it is, 0 .. 1; may be empty
};
// Closed, one piece, at about spec.triangles[0]; without normals. Empty where there is nothing.
geom::Mesh wrap_skin(const SkinSpec& spec, const SkinWrap& wrap);

// `inside` and `padding` are of the figure that the map leads to; the spec's places are authored.
Part build_skin(SkinSpec spec, const FigureMap& map, std::span<const Part> inside,
                const geom::Mesh& padding);

}  // namespace forge

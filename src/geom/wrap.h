// One closed, smooth skin around any heap of triangles: open, split, overlapping, non-manifold.
// Used for the envelope of an imported atlas and for the skin of the built-in body.
//
// How: triangles mark voxels; distance to them is dilated by `closing_m`, what the outside cannot
// reach or hardly sees is solid (so inner cavities and deep hollows vanish), the solid is eroded
// back by the same amount (a morphological closing: gaps up to about 2 * closing_m are bridged),
// `offset_m` is added, and the level set becomes triangles. At last each vertex is moved along its
// normal to where the real surface lies, if one is near; elsewhere the movement is interpolated.
#pragma once

#include <cstddef>
#include <functional>
#include <glm/vec3.hpp>
#include <span>

#include "base/progress.h"
#include "geom/level_set.h"
#include "geom/mesh.h"

namespace geom {

struct Soup {
  std::span<const glm::vec3> positions_m;
  std::span<const std::uint32_t> indices;
};

struct WrapOptions {
  float voxel_m = 0.004f;
  float closing_m = 0.012f;  // gaps up to about twice this are bridged
  // Added outside the real surface; a constant, or a function of the place (smooth; it is called
  // from several threads).
  float offset_m = 0.0f;
  std::function<float(glm::vec3 point_m)> offset_at;
  int smoothing = 2;         // passes over the level set; each rounds about one voxel
  int offset_smoothing = 0;  // the same once the offset is added: takes creases off furrows
  std::size_t target_triangles = 50000;      // the result lies within about a quarter of it
  bool fit = true;                           // the last step, vertices onto the real surface
  const base::Progress* progress = nullptr;  // once it is cancelled, nothing comes back, soon
};

// Empty where no triangle has finite corners; else watertight, one piece (the largest), with
// normals and in Bvh order. A box so large that it would need more than 64 million voxels is
// wrapped with larger ones.
Mesh wrap_surface(std::span<const Soup> soups, const WrapOptions& options);

// The level set alone (negative inside, before offset and fitting), for callers that go on working
// with it. Distances are true outside and down to closing_m inside.
Grid wrap_distance(std::span<const Soup> soups, const WrapOptions& options);

// Triangles of a level set at about the wanted number: sampled again at a spacing that fits.
Mesh polygonise_to(const Grid& grid, std::size_t target_triangles);

}  // namespace geom

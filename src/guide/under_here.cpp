#include "guide/under_here.h"

#include <algorithm>

namespace guide {
namespace {

constexpr float kStartM = 0.02f;  // outside the skin
constexpr float kDeepestM = 0.12f;
// A tool's footprint: the direction that a finger would press in.
constexpr float kTouchRadiusM = 0.012f;

}  // namespace

std::vector<LayerHere> find_layers_here(glm::vec3 point_m, const anatomy::BodyIndex& body) {
  const auto& structures = body.body().structures;
  const glm::vec3 skin = body.find_surface_point(point_m).point_m;
  const glm::vec3 normal = body.mean_surface_normal(skin, kTouchRadiusM);
  std::vector<anatomy::BodyIndex::Hit> hits;
  body.find_all_hits({skin + kStartM * normal, -normal}, kStartM + kDeepestM, hits);
  std::vector<LayerHere> layers;
  for (const anatomy::BodyIndex::Hit& hit : hits) {
    const float depth = std::max(0.0f, hit.ray.distance_m - kStartM);
    const auto known = std::find_if(layers.begin(), layers.end(), [&](const LayerHere& layer) {
      return layer.structure == hit.structure;
    });
    if (known != layers.end()) {
      if (known->thickness_m == 0.0f) known->thickness_m = depth - known->depth_m;
      continue;
    }
    const anatomy::Kind kind = structures[hit.structure].kind;
    layers.push_back({hit.structure, depth, 0.0f});
    if (kind == anatomy::Kind::kBone) break;
  }
  // The closed skin's other side is the other side of the body.
  for (LayerHere& layer : layers)
    if (structures[layer.structure].kind == anatomy::Kind::kSkin) layer.thickness_m = 0.0f;
  return layers;
}

}  // namespace guide

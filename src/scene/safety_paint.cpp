#include "scene/safety_paint.h"

#include "base/parallel.h"
#include "scene/colour_maps.h"

namespace scene {
namespace {

constexpr float kLimitCover = 0.78f;

}  // namespace

std::size_t limit_class(float force_limit_n) {
  std::size_t i = 0;
  while (i + 1 < kLimitClasses.size() && force_limit_n > kLimitClasses[i]) ++i;
  return i;
}

glm::vec3 limit_colour(std::size_t limit_class) {
  constexpr std::array<std::uint32_t, kLimitClasses.size()> kColours = {
      0x4B2545, 0xB4532A, 0xDB9450, 0xEBCB8B, 0xF4EBD3};
  return from_srgb(kColours[limit_class]);
}

std::vector<std::uint16_t> paint_regions(const anatomy::Body& body, std::size_t lod,
                                         const sim::SafetyMap& safety) {
  const anatomy::LodMesh& mesh = body.lods[lod];
  std::vector<std::uint16_t> painted = mesh.vertex_segment;
  painted.resize(mesh.positions_m.size(), anatomy::kNone);
  for (const anatomy::Structure& structure : body.structures) {
    if (structure.kind != anatomy::Kind::kSkin || !structure.usable) continue;
    const anatomy::MeshRange& range = structure.lods[lod];
    base::parallel_for(range.vertex_count, [&](std::size_t i) {
      const std::size_t v = range.first_vertex + i;
      painted[v] = static_cast<std::uint16_t>(
          body.segments.size() + safety.find_region(mesh.positions_m[v], mesh.normals[v]));
    });
  }
  return painted;
}

void append_region_tints(const session::Snapshot& snapshot, bool shown,
                         std::vector<glm::vec4>& tints) {
  for (const sim::SafetyRegion& region : snapshot.model->safety->rules().regions) {
    const bool near =
        snapshot.approach && &region == &snapshot.model->safety->region(snapshot.approach->region);
    const float cover = shown || near ? kLimitCover + (region.no_go() ? 1.0f : 0.0f) : 0.0f;
    tints.emplace_back(limit_colour(limit_class(region.force_limit_n)), cover);
  }
}

}  // namespace scene

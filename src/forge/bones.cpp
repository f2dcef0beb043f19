#include "forge/bones.h"

#include <algorithm>
#include <cmath>

#include "base/parallel.h"
#include "forge/bone_shape.h"
#include "forge/simplify.h"
#include "geom/level_set.h"

namespace forge {
namespace {

// Coarser levels of detail, as fractions of the finest one's triangles.
constexpr float kMiddleShare = 0.42f;
constexpr float kCoarseShare = 0.17f;

// Slides vertices of the polygonised field onto its zero surface: surface nets round corners off.
void fit_to_field(geom::Mesh& mesh, const BoneField& field, float spacing_m) {
  const float h = 0.25f * spacing_m;
  for (glm::vec3& p : mesh.positions_m) {
    for (int pass = 0; pass < 2; ++pass) {
      const float d = field(p);
      glm::vec3 g;
      for (int k = 0; k < 3; ++k) {
        glm::vec3 step(0.0f);
        step[k] = h;
        g[k] = field(p + step) - field(p - step);
      }
      const float length = glm::length(g);
      if (length < 1e-9f) break;
      // Never further than half a cell, so that no triangle turns over.
      p -= g / length * std::clamp(d, -0.35f * spacing_m, 0.35f * spacing_m);
    }
  }
}

// Fine enough for several cells to a triangle of the finest level, and for the thinnest part (the
// blade of the scapula) not to fall between grid points.
float find_spacing(const BoneSpec& spec, const BoneField& field) {
  const glm::vec3 size = field.bounds_m().size();
  const float area = 2.0f * (size.x * size.y + size.y * size.z + size.z * size.x);
  const float wanted = std::sqrt(area / static_cast<float>(spec.triangles)) * 0.55f;
  float thinnest = 1.0f;
  for (const BonePart& part : spec.parts) {
    if (part.form == PartForm::kSweep) {
      for (const SweepStation& s : part.stations) thinnest = std::min(thinnest, s.half_thin_m);
    } else {
      thinnest = std::min({thinnest, part.half_m.x, part.half_m.y, part.half_m.z});
    }
  }
  return std::clamp(std::min(wanted, 0.9f * thinnest), 0.0013f, 0.0026f);
}

Part build_bone(const BoneSpec& spec) {
  const BoneField field(spec);
  const float spacing = find_spacing(spec, field);
  geom::Mesh fine = geom::keep_largest_piece(geom::polygonise(
      geom::sample_distance([&](glm::vec3 p) { return field(p); }, field.bounds_m(), spacing)));
  fit_to_field(fine, field, spacing);
  Part part;
  part.entry_id = spec.entry_id;
  part.side = spec.paired ? anatomy::Side::kLeft : anatomy::Side::kMedian;
  const auto share = [&](float s) {
    return static_cast<std::size_t>(s * static_cast<float>(spec.triangles));
  };
  part.lods[0].mesh = simplify_to(fine, spec.triangles);
  part.lods[1].mesh = simplify_to(part.lods[0].mesh, share(kMiddleShare));
  part.lods[2].mesh =
      simplify_to(part.lods[0].mesh, std::max<std::size_t>(60, share(kCoarseShare)));
  return part;
}

}  // namespace

base::Result<std::vector<Part>> build_bones(const std::filesystem::path& assets_dir) {
  const auto specs = load_bones(assets_dir / "anatomy" / "bones", assets_dir / "schema");
  if (!specs) return tl::unexpected(specs.error());
  std::vector<Part> built(specs->size());
  base::parallel_for(specs->size(), [&](std::size_t i) { built[i] = build_bone((*specs)[i]); });
  std::vector<Part> parts;
  for (std::size_t i = 0; i < built.size(); ++i) {
    if ((*specs)[i].paired) parts.push_back(mirror_part(built[i]));
    parts.push_back(std::move(built[i]));
  }
  return parts;
}

}  // namespace forge

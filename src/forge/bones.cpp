#include "forge/bones.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/parallel.h"
#include "forge/bone_shape.h"
#include "forge/simplify.h"
#include "forge/smooth.h"
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

glm::vec3 place_of(const BonePart& part) {
  return part.form == PartForm::kSweep ? part.stations[part.stations.size() / 2].at_m : part.at_m;
}

// The first piece of the surface that stands by itself outside the largest one. Cavities inside it
// are wound the other way and are no fault; neither are crumbs where two parts graze.
std::optional<glm::vec3> find_loose_piece(const geom::Mesh& mesh) {
  constexpr float kCrumb_m3 = 1e-9f;
  const std::vector<std::uint32_t> piece = geom::find_pieces(mesh);
  std::vector<float> volume(piece.size(), 0.0f);
  for (std::size_t i = 0; i < mesh.indices.size(); i += 3) {
    const auto at = [&](std::size_t k) { return mesh.positions_m[mesh.indices[i + k]]; };
    volume[piece[mesh.indices[i]]] += glm::dot(at(0), glm::cross(at(1), at(2))) / 6.0f;
  }
  const auto largest = std::max_element(volume.begin(), volume.end()) - volume.begin();
  for (std::size_t k = 0; k < volume.size(); ++k) {
    if (static_cast<std::ptrdiff_t>(k) != largest && volume[k] > kCrumb_m3) {
      return mesh.positions_m[k];
    }
  }
  return std::nullopt;
}

std::string describe_loose_piece(const BoneSpec& spec, glm::vec3 piece_m) {
  const auto away = [&](const BonePart& part) {
    return part.carved ? 1e9f
                       : std::min(glm::length(place_of(part) - piece_m),
                                  glm::length(place_of(part) * glm::vec3(-1, 1, 1) - piece_m));
  };
  const auto nearest =
      std::min_element(spec.parts.begin(), spec.parts.end(),
                       [&](const BonePart& a, const BonePart& b) { return away(a) < away(b); });
  return "bone '" + spec.entry_id + "', part '" + nearest->name +
         "': does not touch the rest of the bone. Move it nearer ('at_mm') or make it larger "
         "('half_mm').";
}

}  // namespace

base::Result<Part> build_bone(const BoneSpec& spec) {
  const BoneField field(spec);
  const float spacing = find_spacing(spec, field);
  const geom::Mesh all = geom::polygonise(
      geom::sample_distance([&](glm::vec3 p) { return field(p); }, field.bounds_m(), spacing));
  geom::Mesh fine = geom::keep_largest_piece(all);
  if (const auto loose = find_loose_piece(all)) {
    return base::fail(describe_loose_piece(spec, *loose));
  }
  fit_to_field(fine, field, spacing);
  fair(fine, spec.smoothing);
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

base::Result<std::vector<Part>> build_bones(const std::filesystem::path& assets_dir) {
  const auto specs = load_bones(assets_dir / "anatomy" / "bones", assets_dir / "schema");
  if (!specs) return tl::unexpected(specs.error());
  std::vector<base::Result<Part>> built(specs->size());
  base::parallel_for(specs->size(), [&](std::size_t i) { built[i] = build_bone((*specs)[i]); });
  // All faults at once: forging takes seconds, and their author wants to see them together.
  std::string faults;
  for (const auto& bone : built) {
    if (!bone) faults += (faults.empty() ? "" : " ") + bone.error().message;
  }
  if (!faults.empty()) {
    return base::fail("'" + (assets_dir / "anatomy" / "bones").string() + "': " + faults);
  }
  std::vector<Part> parts;
  for (std::size_t i = 0; i < built.size(); ++i) {
    if ((*specs)[i].paired) parts.push_back(mirror_part(*built[i]));
    parts.push_back(std::move(*built[i]));
  }
  return parts;
}

}  // namespace forge

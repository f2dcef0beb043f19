#include "forge/skin.h"

#include <algorithm>
#include <cmath>

#include "base/parallel.h"
#include "data/json_file.h"
#include "forge/simplify.h"
#include "forge/smooth.h"
#include "geom/bvh.h"
#include "geom/level_set.h"
#include "geom/wrap.h"

namespace forge {
namespace {

constexpr float kMm = 1e-3f;
// Where arm and chest or the buttocks meet, skin folds no sharper than this.
constexpr float kGentleFurrow_m = 0.018f;

// Moves skin outward where a structure comes nearer to it than kLeastCover, or through it: what
// smoothing took off over thin processes.
void cover(geom::Mesh& mesh, std::span<const std::span<const glm::vec3>> inside,
           const std::function<bool()>& cancelled) {
  constexpr float kLeastCover = 0.0010f;
  constexpr float kFurthest = 0.008f;
  constexpr int kRounds = 2;
  for (int round = 0; round < kRounds; ++round) {
    geom::order_triangles(mesh);
    const geom::Bvh skin(mesh.positions_m, mesh.indices);
    const std::vector<glm::vec3> normals = geom::smooth_normals(mesh.positions_m, mesh.indices);
    struct Push {
      std::uint32_t triangle;
      float by_m;
    };
    std::vector<std::vector<Push>> pushes(inside.size());
    base::parallel_for(inside.size(), [&](std::size_t i) {
      if (cancelled()) return;
      for (const glm::vec3 p : inside[i]) {
        const auto nearest = skin.find_closest(p, kFurthest);
        if (!nearest) continue;
        glm::vec3 normal(0.0f);
        for (std::size_t k = 0; k < 3; ++k) {
          normal += normals[mesh.indices[std::size_t{nearest->triangle} * 3 + k]];
        }
        const bool outside = glm::dot(p - nearest->point_m, normal) > 0.0f;
        const float depth = outside ? -nearest->distance_m : nearest->distance_m;
        if (depth < kLeastCover) pushes[i].push_back({nearest->triangle, kLeastCover - depth});
      }
    });
    std::vector<float> move(mesh.positions_m.size(), 0.0f);
    for (const auto& part : pushes) {
      for (const Push& push : part) {
        for (std::size_t k = 0; k < 3; ++k) {
          float& m = move[mesh.indices[std::size_t{push.triangle} * 3 + k]];
          m = std::max(m, push.by_m);
        }
      }
    }
    // Neighbours follow half way, so that no dent or spike appears.
    std::vector<float> spread = move;
    for (std::size_t i = 0; i < mesh.indices.size(); i += 3) {
      float most = 0.0f;
      for (std::size_t k = 0; k < 3; ++k) most = std::max(most, move[mesh.indices[i + k]]);
      for (std::size_t k = 0; k < 3; ++k) {
        float& m = spread[mesh.indices[i + k]];
        m = std::max(m, 0.5f * most);
      }
    }
    for (std::size_t v = 0; v < spread.size(); ++v) mesh.positions_m[v] += normals[v] * spread[v];
  }
}

// Every vertex goes half the way to where the other side has it: triangles differ from side to
// side, so what moves them (cover) does a little too.
void even_sides(geom::Mesh& mesh) {
  constexpr float kFurthest = 0.012f;
  constexpr int kRounds = 2;
  const glm::vec3 mirror(-1.0f, 1.0f, 1.0f);
  for (int round = 0; round < kRounds; ++round) {
    geom::order_triangles(mesh);
    const std::vector<glm::vec3> before = mesh.positions_m;
    const geom::Bvh skin(before, mesh.indices);
    constexpr std::size_t kChunk = 512;
    base::parallel_for((before.size() + kChunk - 1) / kChunk, [&](std::size_t chunk) {
      const std::size_t end = std::min(before.size(), (chunk + 1) * kChunk);
      for (std::size_t v = chunk * kChunk; v < end; ++v) {
        const auto other = skin.find_closest(mirror * before[v], kFurthest);
        if (other) mesh.positions_m[v] = 0.5f * (before[v] + mirror * other->point_m);
      }
    });
  }
}

}  // namespace

base::Result<SkinSpec> load_skin(const std::filesystem::path& assets_dir) {
  const std::filesystem::path file = assets_dir / "anatomy" / "skin.json";
  const auto document = data::read_checked_json(file, "backmate-skin", assets_dir / "schema");
  if (!document) return tl::unexpected(document.error());
  SkinSpec spec;
  spec.voxel_m = (*document)["voxel_mm"].get<float>() * kMm;
  spec.closing_m = (*document)["closing_mm"].get<float>() * kMm;
  spec.smoothing = (*document)["smoothing"];
  for (std::size_t lod = 0; lod < spec.triangles.size(); ++lod) {
    spec.triangles[lod] = (*document)["triangles"][lod];
  }
  for (const data::Json& region : (*document)["thickness"]) {
    for (const data::Json& at : region["at_mm"]) {
      spec.anchors.push_back(
          {glm::vec3(at[0].get<float>(), at[1].get<float>(), at[2].get<float>()) * kMm,
           region["skin_and_fat_mm"].get<float>() * kMm});
    }
  }
  spec.filler.entry_id = "filler";
  spec.filler.blend_m = (*document)["filler_blend_mm"].get<float>() * kMm;
  spec.filler.parts = read_parts((*document)["filler"]);
  if (const std::string fault = find_fault(spec.filler); !fault.empty()) {
    return base::fail("'" + file.string() + "': " + fault);
  }
  return spec;
}

float skin_thickness_m(const SkinSpec& spec, glm::vec3 point_m) {
  // Shepard's interpolation with the fourth power; a floor keeps an anchor from making a dimple.
  constexpr float kFloor2 = 0.02f * 0.02f;
  const glm::vec3 p(std::abs(point_m.x), point_m.y, point_m.z);
  float sum = 0.0f;
  float weights = 0.0f;
  for (const SkinAnchor& anchor : spec.anchors) {
    const glm::vec3 d = anchor.at_m - p;
    const float square = glm::dot(d, d) + kFloor2;
    const float weight = 1.0f / (square * square);
    sum += weight * anchor.thickness_m;
    weights += weight;
  }
  return sum / weights;
}

geom::Mesh build_filler(const BoneSpec& filler) {
  constexpr float kSpacing = 0.005f;
  if (filler.parts.empty()) return {};
  const BoneField field(filler);
  return geom::polygonise(
      geom::sample_distance([&](glm::vec3 p) { return field(p); }, field.bounds_m(), kSpacing));
}

geom::Mesh wrap_skin(const SkinSpec& spec, const SkinWrap& wrap) {
  const auto cancelled = [&] { return wrap.progress != nullptr && wrap.progress->cancelled(); };
  const auto report = [&](float part) {
    if (wrap.report) wrap.report(part);
  };
  geom::WrapOptions options;
  options.voxel_m = spec.voxel_m;
  options.closing_m = spec.closing_m;
  options.smoothing = spec.smoothing;
  options.offset_smoothing = spec.smoothing / 2;
  options.target_triangles = spec.triangles[0];
  options.fit = false;
  options.offset_m = wrap.thickest_m;
  options.offset_at = wrap.thickness_at;
  options.progress = wrap.progress;
  geom::Mesh mesh = geom::wrap_surface(wrap.inside, options);
  if (mesh.indices.empty() || cancelled()) return {};
  report(0.4f);
  // Covering thin processes leaves bumps, smoothing bares them again: a little of each, twice.
  fair(mesh, 20);
  if (cancelled()) return {};
  cover(mesh, wrap.covered, cancelled);
  if (cancelled()) return {};
  report(0.65f);
  fill_furrows(mesh, kGentleFurrow_m, 60);
  if (cancelled()) return {};
  fair(mesh, 5);
  report(0.75f);
  if (wrap.even) even_sides(mesh);
  cover(mesh, wrap.covered, cancelled);
  if (cancelled()) return {};
  if (wrap.even) even_sides(mesh);
  mesh.normals.clear();
  return mesh;
}

base::Result<Part> build_skin(const std::filesystem::path& assets_dir,
                              std::span<const Part> inside) {
  const auto spec = load_skin(assets_dir);
  if (!spec) return tl::unexpected(spec.error());
  const geom::Mesh filler = build_filler(spec->filler);
  SkinWrap wrap;
  wrap.inside.push_back({filler.positions_m, filler.indices});
  for (const Part& part : inside) {
    wrap.inside.push_back({part.lods[0].mesh.positions_m, part.lods[0].mesh.indices});
    wrap.covered.push_back(part.lods[0].mesh.positions_m);
  }
  wrap.thickest_m = 0.0f;
  for (const SkinAnchor& anchor : spec->anchors) {
    wrap.thickest_m = std::max(wrap.thickest_m, anchor.thickness_m);
  }
  wrap.thickness_at = [&](glm::vec3 p) { return skin_thickness_m(*spec, p); };
  wrap.even = true;
  geom::Mesh mesh = wrap_skin(*spec, wrap);

  Part part;
  part.entry_id = "skin";
  part.lods[1].mesh = simplify_to(mesh, spec->triangles[1]);
  part.lods[2].mesh = simplify_to(part.lods[1].mesh, spec->triangles[2]);
  part.lods[0].mesh = std::move(mesh);
  return part;
}

}  // namespace forge

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
  constexpr int kCoverRounds = 2;
  for (int round = 0; round < kCoverRounds; ++round) {
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

// Smoothing takes a millimetre off whatever is convex: where a structure lies right below, the skin
// goes to where the table has it. Hollows that it bridges stay bridged.
void lay_on(geom::Mesh& mesh, const SkinWrap& wrap) {
  constexpr float kOutward_m = 0.0015f;  // at most
  constexpr float kInward_m = 0.0005f;
  constexpr float kBridged = 1.5f;  // times the wanted thickness: a hollow
  constexpr float kBridgedAlso_m = 0.002f;
  constexpr int kSpread = 14;
  geom::Mesh all;
  for (const geom::Soup& soup : wrap.inside) {
    const auto first = static_cast<std::uint32_t>(all.positions_m.size());
    all.positions_m.insert(all.positions_m.end(), soup.positions_m.begin(), soup.positions_m.end());
    for (const std::uint32_t i : soup.indices) all.indices.push_back(first + i);
  }
  geom::order_triangles(all);
  const geom::Bvh tree(all.positions_m, all.indices);
  const std::vector<glm::vec3> normals = geom::smooth_normals(mesh.positions_m, mesh.indices);
  std::vector<float> moves(mesh.positions_m.size(), 0.0f);
  constexpr std::size_t kChunk = 512;
  base::parallel_for((moves.size() + kChunk - 1) / kChunk, [&](std::size_t chunk) {
    const std::size_t end = std::min(moves.size(), (chunk + 1) * kChunk);
    for (std::size_t v = chunk * kChunk; v < end; ++v) {
      const float wanted = wrap.thickness_at(mesh.positions_m[v]);
      const float reach = kBridged * wanted + kBridgedAlso_m;
      const auto below = tree.find_hit({mesh.positions_m[v], -normals[v]}, reach);
      if (below) moves[v] = std::clamp(wanted - below->distance_m, -kInward_m, kOutward_m);
    }
  });
  std::vector<std::vector<std::uint32_t>> around(moves.size());
  for (std::size_t t = 0; t + 2 < mesh.indices.size(); t += 3) {
    for (std::size_t k = 0; k < 3; ++k) {
      around[mesh.indices[t + k]].push_back(mesh.indices[t + (k + 1) % 3]);
    }
  }
  for (int pass = 0; pass < kSpread; ++pass) {
    const std::vector<float> before = moves;
    for (std::size_t v = 0; v < moves.size(); ++v) {
      float sum = 0.0f;
      for (const std::uint32_t other : around[v]) sum += before[other];
      moves[v] =
          0.5f * (before[v] + sum / static_cast<float>(std::max<std::size_t>(around[v].size(), 1)));
    }
  }
  for (std::size_t v = 0; v < moves.size(); ++v) mesh.positions_m[v] += normals[v] * moves[v];
}

// Every vertex goes half the way to where the other side has it: triangles differ from side to
// side, so what moves them (cover) does a little too.
void even_sides(geom::Mesh& mesh) {
  constexpr float kFurthest = 0.012f;
  constexpr int kEvenRounds = 2;
  const glm::vec3 mirror(-1.0f, 1.0f, 1.0f);
  for (int round = 0; round < kEvenRounds; ++round) {
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

// Those of this sex, as large as this build has them.
data::Json select_filler(const data::Json& all, anatomy::Sex sex, anatomy::Build build) {
  data::Json chosen = data::Json::array();
  for (data::Json part : all) {
    if (part.contains("only") && part["only"] != std::string(to_string(sex))) continue;
    if (part.contains("grown")) {
      const float factor = part["grown"][static_cast<std::size_t>(build)];
      for (data::Json& half : part["half_mm"]) half = half.get<float>() * factor;
    }
    chosen.push_back(std::move(part));
  }
  return chosen;
}

}  // namespace

base::Result<SkinSpec> load_skin(const std::filesystem::path& assets_dir, anatomy::Sex sex,
                                 anatomy::Build build) {
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
           figure_of(region["skin_and_fat_mm"], sex, build) * kMm});
    }
  }
  spec.filler.entry_id = "filler";
  spec.filler.blend_m = (*document)["filler_blend_mm"].get<float>() * kMm;
  spec.filler.parts = read_parts(select_filler((*document)["filler"], sex, build));
  if (const std::string fault = find_fault(spec.filler); !fault.empty()) {
    return base::fail("'" + file.string() + "': " + fault);
  }
  return spec;
}

float skin_thickness_m(const SkinSpec& spec, glm::vec3 point_m) {
  return blend_anchors(spec.anchors, point_m, [](const SkinAnchor& a) { return a.thickness_m; });
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
  if (wrap.laid_on) lay_on(mesh, wrap);
  if (wrap.even) even_sides(mesh);
  cover(mesh, wrap.covered, cancelled);
  if (cancelled()) return {};
  if (wrap.even) even_sides(mesh);
  mesh.normals.clear();
  return mesh;
}

Part build_skin(SkinSpec spec, const FigureMap& map, std::span<const Part> inside,
                const geom::Mesh& padding) {
  for (SkinAnchor& anchor : spec.anchors) anchor.at_m = map(anchor.at_m);
  SkinWrap wrap;
  wrap.inside.push_back({padding.positions_m, padding.indices});
  for (const Part& part : inside) {
    wrap.inside.push_back({part.lods[0].mesh.positions_m, part.lods[0].mesh.indices});
    wrap.covered.push_back(part.lods[0].mesh.positions_m);
  }
  wrap.thickest_m = 0.0f;
  for (const SkinAnchor& anchor : spec.anchors) {
    wrap.thickest_m = std::max(wrap.thickest_m, anchor.thickness_m);
  }
  wrap.thickness_at = [&](glm::vec3 p) { return skin_thickness_m(spec, p); };
  wrap.even = true;
  wrap.laid_on = true;
  geom::Mesh mesh = wrap_skin(spec, wrap);

  Part part;
  part.entry_id = "skin";
  part.lods[1].mesh = simplify_to(mesh, spec.triangles[1]);
  part.lods[2].mesh = simplify_to(part.lods[1].mesh, spec.triangles[2]);
  part.lods[0].mesh = std::move(mesh);
  return part;
}

}  // namespace forge

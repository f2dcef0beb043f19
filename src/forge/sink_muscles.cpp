// The last of the order: nets that lie right can still make meshes that come through each other
// between their controls or where ends were laid on bones. Seen from the skin, a muscle that is met
// before one it belongs under sinks in just there.
#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/parallel.h"
#include "forge/muscles.h"
#include "geom/bvh.h"
#include "geom/surface.h"

namespace forge {
namespace {

constexpr float kSinkGap_m = 0.0005f;  // left between the two surfaces
constexpr float kLimit_m = 0.006f;     // nothing sinks further
constexpr float kSinkReach_m =
    0.008f;                           // a cover that begins further in is not this pass's business
constexpr float kOwnWay = 0.9f;       // share of the ray that is the cover's own way to the skin
constexpr float kStart_m = 0.002f;    // outside the skin, for what comes through it
constexpr float kSame_m = 1e-4f;      // two crossings of one triangle, rounding apart
constexpr float kArea_m2 = 4e-6f;     // one point looked at for so much surface
constexpr float kWhole_m = 0.004f;    // around a point everything sinks with it, either face of a
constexpr float kFade_m = 0.013f;     // thin muscle, and fades out to here
constexpr float kMidline_m = 0.002f;  // no nearer to the other side than this
constexpr std::size_t kWays = 4000;   // but no fewer on a small muscle
constexpr float kFew = 0.001f;        // share of a muscle's points
constexpr int kSinkRounds = 5;
constexpr int kSmoothing = 2;

struct Surface {
  explicit Surface(geom::Mesh m) : mesh(std::move(m)) {
    geom::order_triangles(mesh);
    bvh = geom::Bvh(mesh.positions_m, mesh.indices);
  }
  Surface(const Surface&) = delete;
  Surface& operator=(const Surface&) = delete;
  geom::Mesh mesh;
  geom::Bvh bvh;
};

struct Early {
  glm::vec3 at_m{0.0f};
  glm::vec3 push_m{0.0f};
};

struct Cover {
  const Surface* surface = nullptr;
  std::vector<anatomy::SideBySide> beside;
};

struct Scene {
  const Surface* skin = nullptr;
  std::vector<const Surface*> bones;
};

// How far in a point of `deep` must go to be met after the first of its covers.
std::optional<Early> find_early(glm::vec3 at, const Scene& scene, const Surface& deep,
                                const std::vector<Cover>& covers) {
  // Where no cover is near there is none within reach either: spares most points the way to the
  // skin.
  const bool near = std::any_of(covers.begin(), covers.end(), [&](const Cover& cover) {
    return cover.surface->bvh.find_closest(at, kSinkReach_m).has_value();
  });
  if (!near) return std::nullopt;
  const auto at_skin = scene.skin->bvh.find_closest(at, 1.0f);
  if (!at_skin || at_skin->distance_m < kSame_m) return std::nullopt;
  const glm::vec3 inward = (at - at_skin->point_m) / at_skin->distance_m;
  const geom::Ray ray{at_skin->point_m - kStart_m * inward, inward};
  const float here = at_skin->distance_m + kStart_m;
  // Its inner face follows the outer one.
  const auto first = deep.bvh.find_hit(ray, here + kSame_m);
  if (first && first->distance_m < here - kSame_m) return std::nullopt;
  float farthest = 0.0f;
  float end = here + kSinkReach_m;
  bool bones_known = false;
  for (const Cover& cover : covers) {
    const auto hit = cover.surface->bvh.find_hit(ray, end);
    if (!hit || hit->distance_m <= std::max(here, farthest)) continue;
    const bool beside =
        std::any_of(cover.beside.begin(), cover.beside.end(),
                    [&](const anatomy::SideBySide& place) { return place.holds(at, inward); });
    if (beside) continue;
    // Few ways come this far.
    for (std::size_t b = 0; b < scene.bones.size() && !bones_known; ++b) {
      if (const auto stop = scene.bones[b]->bvh.find_hit(ray, end)) end = stop->distance_m;
    }
    bones_known = true;
    if (hit->distance_m >= end) continue;
    const auto depth =
        scene.skin->bvh.find_closest(ray.origin_m + hit->distance_m * inward, hit->distance_m);
    if (!depth || depth->distance_m < kOwnWay * (hit->distance_m - kStart_m)) continue;
    farthest = hit->distance_m;
  }
  if (farthest == 0.0f) return std::nullopt;
  return Early{at, std::min(farthest - here + kSinkGap_m, kLimit_m) * inward};
}

// Empty where they are too few to be worth moving anything.
std::vector<Early> find_all_early(const Scene& scene, const Surface& deep,
                                  const std::vector<Cover>& covers) {
  const auto count =
      std::max(kWays, static_cast<std::size_t>(geom::surface_area_m2(deep.mesh) / kArea_m2));
  const geom::SurfaceSamples samples = geom::sample_surface(deep.mesh, count);
  std::vector<std::optional<Early>> found(samples.points.size());
  base::parallel_for(found.size(), [&](std::size_t k) {
    found[k] = find_early(samples.points[k], scene, deep, covers);
  });
  std::vector<Early> early;
  for (const auto& one : found) {
    if (one) early.push_back(*one);
  }
  if (static_cast<float>(early.size()) <= kFew * static_cast<float>(found.size())) early.clear();
  return early;
}

// The greatest push around a point, faded with distance, along the pushes' mean.
glm::vec3 push_at(glm::vec3 point, const std::vector<Early>& early) {
  float most = 0.0f;
  glm::vec3 way(0.0f);
  for (const Early& one : early) {
    const float away = glm::length(point - one.at_m);
    if (away >= kFade_m) continue;
    const float t = std::clamp((kFade_m - away) / (kFade_m - kWhole_m), 0.0f, 1.0f);
    const float share = t * t * (3.0f - 2.0f * t);
    most = std::max(most, share * glm::length(one.push_m));
    way += share * share * one.push_m;
  }
  const float length = glm::length(way);
  return length > 0.0f ? most / length * way : glm::vec3(0.0f);
}

void smooth(std::vector<glm::vec3>& field, const std::vector<std::uint32_t>& indices) {
  std::vector<glm::vec3> sum(field.size());
  std::vector<float> count(field.size(), 0.0f);
  for (std::size_t i = 0; i < indices.size(); ++i) {
    const std::uint32_t a = indices[i];
    const std::uint32_t b = indices[i % 3 == 2 ? i - 2 : i + 1];
    sum[a] += field[b];
    count[a] += 1.0f;
  }
  for (std::size_t v = 0; v < field.size(); ++v) {
    if (count[v] > 0.0f) field[v] = 0.5f * (field[v] + sum[v] / count[v]);
  }
}

// What every vertex of the finest level moves by. Empty: nothing to do.
std::vector<glm::vec3> find_moves(const geom::Mesh& mesh, const Scene& scene,
                                  const std::vector<Cover>& covers) {
  std::vector<glm::vec3> moves;
  for (int round = 0; round < kSinkRounds; ++round) {
    geom::Mesh moved = mesh;
    for (std::size_t v = 0; v < moves.size(); ++v) moved.positions_m[v] += moves[v];
    const Surface deep(moved);
    const std::vector<Early> early = find_all_early(scene, deep, covers);
    if (early.empty()) break;
    std::vector<glm::vec3> field(mesh.positions_m.size());
    base::parallel_for(field.size(),
                       [&](std::size_t v) { field[v] = push_at(moved.positions_m[v], early); });
    for (int pass = 0; pass < kSmoothing; ++pass) smooth(field, mesh.indices);
    moves.resize(field.size(), glm::vec3(0.0f));
    for (std::size_t v = 0; v < field.size(); ++v) {
      moves[v] += field[v];
      if (const float length = glm::length(moves[v]); length > kLimit_m) {
        moves[v] *= kLimit_m / length;
      }
    }
  }
  return moves;
}

void move_vertex(glm::vec3& p, glm::vec3 move) {
  const float edge = std::max(p.x, -kMidline_m);
  p += move;
  p.x = std::min(p.x, edge);
}

// Coarser levels follow the finest.
void follow(geom::Mesh& level, const Surface& finest, const std::vector<glm::vec3>& moves) {
  for (glm::vec3& p : level.positions_m) {
    const auto near = finest.bvh.find_closest(p, 1.0f);
    if (!near) continue;
    const std::uint32_t* corner = &finest.mesh.indices[3 * near->triangle];
    glm::vec3 sum(0.0f);
    float weights = 0.0f;
    for (int k = 0; k < 3; ++k) {
      const float away = glm::length(finest.mesh.positions_m[corner[k]] - near->point_m);
      const float weight = 1.0f / (away + kSame_m);
      sum += weight * moves[corner[k]];
      weights += weight;
    }
    move_vertex(p, sum / weights);
  }
}

}  // namespace

void sink_muscles(std::span<Part> muscles, std::span<const Part* const> bones,
                  const geom::Mesh& skin_mesh) {
  const Surface skin(skin_mesh);
  std::vector<std::unique_ptr<Surface>> bone_surfaces;
  Scene scene{&skin, {}};
  for (const Part* bone : bones) {
    bone_surfaces.push_back(std::make_unique<Surface>(bone->lods[0].mesh));
    scene.bones.push_back(bone_surfaces.back().get());
  }
  std::map<std::string, std::size_t> by_id;
  for (std::size_t k = 0; k < muscles.size(); ++k) {
    if (muscles[k].side == anatomy::Side::kRight) by_id[muscles[k].entry_id] = k;
  }
  std::map<std::size_t, std::unique_ptr<Surface>> surfaces;
  // Outside first: where a cover has sunk, what lies under it need not sink less. Circles were
  // refused when the nets were ordered.
  const std::function<const Surface*(std::size_t)> settle = [&](std::size_t k) -> const Surface* {
    if (const auto done = surfaces.find(k); done != surfaces.end()) return done->second.get();
    Part& deep = muscles[k];
    std::vector<Cover> covers;
    for (const std::string& id : deep.under) {
      if (const auto found = by_id.find(id); found != by_id.end()) {
        Cover cover{settle(found->second), {}};
        for (const anatomy::SideBySide& place : deep.beside) {
          if (place.cover == id) cover.beside.push_back(place);
        }
        covers.push_back(std::move(cover));
      }
    }
    std::vector<glm::vec3> moves;
    if (!covers.empty()) moves = find_moves(deep.lods[0].mesh, scene, covers);
    if (!moves.empty()) {
      const Surface finest(deep.lods[0].mesh);
      for (std::size_t lod = 1; lod < deep.lods.size(); ++lod) {
        follow(deep.lods[lod].mesh, finest, moves);
      }
      for (std::size_t v = 0; v < moves.size(); ++v) {
        move_vertex(deep.lods[0].mesh.positions_m[v], moves[v]);
      }
    }
    return surfaces.emplace(k, std::make_unique<Surface>(deep.lods[0].mesh)).first->second.get();
  };
  for (const auto& [id, k] : by_id) settle(k);
  for (Part& part : muscles) {
    if (part.side != anatomy::Side::kLeft) continue;
    if (const auto twin = by_id.find(part.entry_id); twin != by_id.end()) {
      part = mirror_part(muscles[twin->second]);
    }
  }
}

}  // namespace forge

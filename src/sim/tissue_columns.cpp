#include "sim/tissue_columns.h"

#include <algorithm>
#include <cmath>
#include <glm/geometric.hpp>
#include <tuple>
#include <unordered_map>

#include "base/check.h"
#include "base/parallel.h"

namespace sim {
namespace {

// Far enough above the skin that a muscle which pokes through an estimated surface is entered from
// outside.
constexpr float kRayStart = 0.015f;
// Muscles overlap bones a little; their far sides are still wanted.
constexpr float kBelowBone = 0.010f;
constexpr float kGridCell = 0.03f;
constexpr float kSmoothing = 0.014f;  // radius over which site normals are averaged

LayerMaterial material_of(anatomy::Kind kind) {
  switch (kind) {
    case anatomy::Kind::kMuscle:
      return LayerMaterial::kMuscle;
    case anatomy::Kind::kTendon:
    case anatomy::Kind::kLigament:
      return LayerMaterial::kTendon;
    case anatomy::Kind::kFascia:
      return LayerMaterial::kFascia;
    case anatomy::Kind::kBone:
    case anatomy::Kind::kCartilage:
    case anatomy::Kind::kDisc:
      return LayerMaterial::kBone;
    case anatomy::Kind::kNerve:
    case anatomy::Kind::kArtery:
    case anatomy::Kind::kVein:
      return LayerMaterial::kVessel;
    case anatomy::Kind::kSkin:
    case anatomy::Kind::kOther:
      break;
  }
  return LayerMaterial::kFat;
}

// Cells of a cubic lattice with a corner at the origin, so that left and right mirror.
glm::vec3 lattice_cell(glm::vec3 p, float spacing) { return glm::floor(p / spacing); }

std::uint64_t lattice_key(glm::vec3 cell) {
  const auto part = [](float f) {
    return static_cast<std::uint64_t>(static_cast<std::int64_t>(f) + (1 << 20)) & 0x1FFFFF;
  };
  return part(cell.x) << 42 | part(cell.y) << 21 | part(cell.z);
}

// Orders candidates for a cell; ties are decided by values that a mirror image shares.
std::tuple<float, float, float, float> rank_in_cell(glm::vec3 p, glm::vec3 cell, float spacing) {
  return {glm::distance(p, (cell + 0.5f) * spacing), p.y, p.z, std::abs(p.x)};
}

struct Sample {
  glm::vec3 point_m;
  glm::vec3 area;  // vector area
};

// Centres of pieces no longer than the site spacing; splitting at edge midpoints treats mirror
// images alike.
void split_triangle(glm::vec3 a, glm::vec3 b, glm::vec3 c, std::vector<Sample>& out) {
  const float longest = std::max({glm::distance(a, b), glm::distance(b, c), glm::distance(c, a)});
  if (longest <= TissueColumns::kSpacing) {
    out.push_back({(a + b + c) / 3.0f, 0.5f * glm::cross(b - a, c - a)});
    return;
  }
  const glm::vec3 ab = 0.5f * (a + b), bc = 0.5f * (b + c), ca = 0.5f * (c + a);
  split_triangle(a, ab, ca, out);
  split_triangle(ab, b, bc, out);
  split_triangle(ca, bc, c, out);
  split_triangle(ab, bc, ca, out);
}

// One stretch of one structure along a ray, as depth below the skin.
struct Stretch {
  float top_m;
  float bottom_m;
  anatomy::StructureIndex structure;
  anatomy::SegmentIndex segment;
};

// Crossings of one structure, by distance, to stretches inside it. A mesh that is open leaves one
// crossing over: a sheet of the assumed thickness.
void pair_crossings(std::span<const anatomy::BodyIndex::Hit> hits, float sheet_m,
                    std::vector<Stretch>& out) {
  constexpr float kSame = 1e-6f;  // an edge reports its crossing for both triangles
  std::size_t i = 0;
  while (i < hits.size()) {
    const anatomy::BodyIndex::Hit& enter = hits[i];
    std::size_t next = i + 1;
    while (next < hits.size() && hits[next].ray.distance_m - enter.ray.distance_m < kSame &&
           hits[next].ray.front == enter.ray.front) {
      ++next;
    }
    if (next == hits.size()) {
      out.push_back(
          {enter.ray.distance_m, enter.ray.distance_m + sheet_m, enter.structure, enter.segment});
      return;
    }
    const anatomy::BodyIndex::Hit& leave = hits[next];
    out.push_back({enter.ray.distance_m, leave.ray.distance_m, enter.structure, enter.segment});
    i = next + 1;
    while (i < hits.size() && hits[i].ray.distance_m - leave.ray.distance_m < kSame &&
           hits[i].ray.front == leave.ray.front) {
      ++i;
    }
  }
}

}  // namespace

TissueColumns::TissueColumns(std::shared_ptr<const anatomy::BodyIndex> body,
                             const Parameters& parameters)
    : body_(std::move(body)), parameters_(parameters) {
  BACKMATE_CHECK(body_ != nullptr);
  for (const anatomy::Structure& structure : body_->body().structures) {
    is_bone_.push_back(material_of(structure.kind) == LayerMaterial::kBone ? 1 : 0);
  }
  build_sites();
  choose_coarse_sites();
  build_grid();
  columns_.resize(sites_.size());
}

void TissueColumns::build_sites() {
  const geom::Mesh& surface = body_->body().contact_surface;
  struct Voxel {
    glm::vec3 area{0.0f};
    Sample best{};
  };
  std::unordered_map<std::uint64_t, std::uint32_t> voxel_of;
  std::vector<Voxel> voxels;
  std::vector<Sample> samples;
  voxel_of.reserve(surface.indices.size() / 6);
  for (std::size_t i = 0; i + 2 < surface.indices.size(); i += 3) {
    samples.clear();
    split_triangle(surface.positions_m[surface.indices[i]],
                   surface.positions_m[surface.indices[i + 1]],
                   surface.positions_m[surface.indices[i + 2]], samples);
    for (const Sample& sample : samples) {
      const glm::vec3 cell = lattice_cell(sample.point_m, kSpacing);
      const auto [it, is_new] =
          voxel_of.try_emplace(lattice_key(cell), static_cast<std::uint32_t>(voxels.size()));
      if (is_new) voxels.emplace_back();
      Voxel& voxel = voxels[it->second];
      voxel.area += sample.area;
      if (is_new || rank_in_cell(sample.point_m, cell, kSpacing) <
                        rank_in_cell(voxel.best.point_m, cell, kSpacing)) {
        voxel.best = sample;
      }
    }
  }
  sites_.reserve(voxels.size());
  for (const Voxel& voxel : voxels) {
    const float area = glm::length(voxel.area);
    if (!(area > 0.0f)) continue;
    sites_.push_back({voxel.best.point_m, voxel.area / area, area, 0.0f});
  }
  // Spatial order keeps a patch's sites together in memory and makes sums independent of the
  // order of triangles.
  std::sort(sites_.begin(), sites_.end(), [](const SkinSite& a, const SkinSite& b) {
    return std::make_tuple(a.point_m.y, a.point_m.z, a.point_m.x) <
           std::make_tuple(b.point_m.y, b.point_m.z, b.point_m.x);
  });
}

void TissueColumns::choose_coarse_sites() {
  std::unordered_map<std::uint64_t, std::uint32_t> site_of;
  std::unordered_map<std::uint64_t, float> area_of;
  for (std::uint32_t s = 0; s < sites_.size(); ++s) {
    const glm::vec3 p = sites_[s].point_m;
    const glm::vec3 cell = lattice_cell(p, kCoarseSpacing);
    const std::uint64_t key = lattice_key(cell);
    area_of[key] += sites_[s].area_m2;
    const auto [it, is_new] = site_of.try_emplace(key, s);
    if (!is_new && rank_in_cell(p, cell, kCoarseSpacing) <
                       rank_in_cell(sites_[it->second].point_m, cell, kCoarseSpacing)) {
      it->second = s;
    }
  }
  for (const auto& [key, s] : site_of) sites_[s].coarse_area_m2 = area_of[key];
}

void TissueColumns::build_grid() {
  for (const SkinSite& site : sites_) bounds_.add(site.point_m);
  if (sites_.empty()) return;
  grid_size_ = glm::ivec3(bounds_.size() / kGridCell) + 1;
  const auto cell_of = [&](glm::vec3 p) {
    const glm::ivec3 c = glm::ivec3((p - bounds_.min) / kGridCell);
    return static_cast<std::size_t>((c.z * grid_size_.y + c.y) * grid_size_.x + c.x);
  };
  grid_first_.assign(static_cast<std::size_t>(grid_size_.x) * grid_size_.y * grid_size_.z + 1, 0);
  for (const SkinSite& site : sites_) ++grid_first_[cell_of(site.point_m) + 1];
  for (std::size_t c = 1; c < grid_first_.size(); ++c) grid_first_[c] += grid_first_[c - 1];
  std::vector<std::uint32_t> next(grid_first_.begin(), grid_first_.end() - 1);
  grid_sites_.resize(sites_.size());
  for (std::uint32_t s = 0; s < sites_.size(); ++s) {
    grid_sites_[next[cell_of(sites_[s].point_m)]++] = s;
  }
}

void TissueColumns::find_sites(glm::vec3 point_m, float radius_m,
                               std::vector<std::uint32_t>& out) const {
  find_sites(std::span(&point_m, 1), radius_m, out);
}

void TissueColumns::find_sites(std::span<const glm::vec3> points_m, float radius_m,
                               std::vector<std::uint32_t>& out) const {
  if (sites_.empty() || points_m.empty()) return;
  const std::size_t begin = out.size();
  const auto cell = [&](glm::vec3 p) {
    return glm::clamp(glm::ivec3(glm::floor((p - bounds_.min) / kGridCell)), glm::ivec3(0),
                      grid_size_ - 1);
  };
  geom::Aabb box;
  for (const glm::vec3 p : points_m) box.add(p);
  const glm::ivec3 low = cell(box.min - radius_m);
  const glm::ivec3 high = cell(box.max + radius_m);
  const float radius2 = radius_m * radius_m;
  for (int z = low.z; z <= high.z; ++z) {
    for (int y = low.y; y <= high.y; ++y) {
      const std::size_t row = static_cast<std::size_t>((z * grid_size_.y + y) * grid_size_.x);
      for (std::uint32_t i = grid_first_[row + low.x]; i < grid_first_[row + high.x + 1]; ++i) {
        const glm::vec3 at = sites_[grid_sites_[i]].point_m;
        const bool near = std::any_of(points_m.begin(), points_m.end(), [&](glm::vec3 p) {
          return glm::dot(at - p, at - p) <= radius2;
        });
        if (near) out.push_back(grid_sites_[i]);
      }
    }
  }
  std::sort(out.begin() + static_cast<std::ptrdiff_t>(begin), out.end());
}

void TissueColumns::find_columns(std::span<const std::uint32_t> sites,
                                 std::vector<const TissueColumn*>& out) const {
  const std::size_t first = out.size();
  std::vector<std::uint32_t> missing;
  {
    const std::scoped_lock lock(mutex_);
    for (const std::uint32_t s : sites) {
      out.push_back(columns_[s].get());
      if (out.back() == nullptr) missing.push_back(s);
    }
  }
  if (missing.empty()) return;
  const auto make = [&](std::size_t i) {
    SkinSite site = sites_[missing[i]];
    site.normal = smooth_normal(missing[i]);
    auto made = std::make_unique<const TissueColumn>(build_column(site));
    const std::scoped_lock lock(mutex_);
    // Somebody else may have been faster; theirs is the same.
    if (columns_[missing[i]] == nullptr) columns_[missing[i]] = std::move(made);
  };
  // A whole patch that nobody has pressed yet is worth a second thread; a few new cells are not.
  constexpr std::size_t kWorthThreads = 64;
  if (missing.size() >= kWorthThreads) {
    base::parallel_for(missing.size(), make);
  } else {
    for (std::size_t i = 0; i < missing.size(); ++i) make(i);
  }
  const std::scoped_lock lock(mutex_);
  for (std::size_t i = 0; i < sites.size(); ++i) out[first + i] = columns_[sites[i]].get();
}

glm::vec3 TissueColumns::smooth_normal(std::uint32_t site) const {
  std::vector<std::uint32_t> near;
  find_sites(sites_[site].point_m, kSmoothing, near);
  const glm::vec3 own = sites_[site].normal;
  glm::vec3 sum(0.0f);
  for (const std::uint32_t s : near) {
    if (glm::dot(sites_[s].normal, own) > 0.2f) sum += sites_[s].area_m2 * sites_[s].normal;
  }
  return glm::normalize(sum);
}

TissueColumn TissueColumns::build_column(const SkinSite& site) const {
  const anatomy::Body& body = body_->body();
  const float skin = parameters_.skin_thickness_m;
  const float limit = parameters_.stack_limit_m;
  const float shift = body.contact_surface_estimated ? skin : 0.0f;
  std::vector<anatomy::BodyIndex::Hit> hits;
  const geom::Ray ray{site.point_m + kRayStart * site.normal, -site.normal};
  // What lies under the first bone does not count, so the ray need not go there; a bone that pokes
  // out of the skin ends nothing.
  const float reach = kRayStart + limit;
  const auto bone = body_->find_hits_down_to(ray, reach, is_bone_, kBelowBone, hits);
  if (bone && *bone <= kRayStart) body_->find_all_hits(ray, reach, hits);
  std::stable_sort(hits.begin(), hits.end(),
                   [](const auto& a, const auto& b) { return a.structure < b.structure; });
  std::vector<Stretch> stretches;
  for (std::size_t i = 0; i < hits.size();) {
    std::size_t end = i;
    while (end < hits.size() && hits[end].structure == hits[i].structure) ++end;
    if (body.structures[hits[i].structure].kind != anatomy::Kind::kSkin) {
      pair_crossings(std::span(hits).subspan(i, end - i), parameters_.sheet_thickness_m, stretches);
    }
    i = end;
  }

  TissueColumn column;
  column.total_m = limit;
  for (Stretch& s : stretches) {
    s.top_m += shift - kRayStart;
    s.bottom_m += shift - kRayStart;
    if (material_of(body.structures[s.structure].kind) == LayerMaterial::kBone &&
        s.bottom_m > 0.0f && s.top_m < column.total_m) {
      column.total_m = std::max(s.top_m, parameters_.stack_minimum_m);
      column.on_bone = true;
    }
  }
  const float skin_bottom = std::min(skin, 0.5f * column.total_m);
  column.layers.push_back(
      {anatomy::kNone, anatomy::kNone, LayerMaterial::kSkin, 0.0f, skin_bottom});

  // Elementary pieces between all boundaries, each owned by the stretch that ends first.
  std::vector<float> cuts = {skin_bottom, column.total_m};
  for (const Stretch& s : stretches) {
    for (const float cut : {s.top_m, s.bottom_m}) {
      if (cut > skin_bottom && cut < column.total_m) cuts.push_back(cut);
    }
  }
  std::sort(cuts.begin(), cuts.end());
  for (std::size_t i = 0; i + 1 < cuts.size(); ++i) {
    if (!(cuts[i + 1] > cuts[i])) continue;
    const float middle = 0.5f * (cuts[i] + cuts[i + 1]);
    const Stretch* owner = nullptr;
    for (const Stretch& s : stretches) {
      if (s.top_m <= middle && s.bottom_m > middle &&
          material_of(body.structures[s.structure].kind) != LayerMaterial::kBone &&
          (owner == nullptr || s.bottom_m < owner->bottom_m)) {
        owner = &s;
      }
    }
    ColumnLayer layer;
    layer.top_m = cuts[i];
    layer.bottom_m = cuts[i + 1];
    if (owner != nullptr) {
      layer.structure = owner->structure;
      layer.segment = owner->segment;
      layer.material = material_of(body.structures[owner->structure].kind);
    }
    ColumnLayer& last = column.layers.back();
    const bool same = last.structure == layer.structure && last.segment == layer.segment &&
                      last.material == layer.material;
    if (same) {
      last.bottom_m = layer.bottom_m;
    } else {
      column.layers.push_back(layer);
    }
  }
  return column;
}

}  // namespace sim

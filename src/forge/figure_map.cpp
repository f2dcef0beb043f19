#include "forge/figure_map.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <glm/mat4x4.hpp>
#include <glm/vec4.hpp>

#include "base/parallel.h"
#include "geom/bvh.h"

namespace forge {
namespace {

constexpr float kSpacing_m = 0.008f;
constexpr float kMargin_m = 0.06f;  // skin and fat lie this far outside muscles at most
// Bones are to keep their shape: their say in the average, against that of soft parts.
constexpr float kBoneSay = 3.0f;
// No muscle is thicker over its bone; what is further off lies on the belly or hangs in the
// padding.
constexpr float kDeepest_m = 0.035f;

// A place of the authored body and where it goes.
struct Pull {
  glm::vec3 at_m;
  glm::vec3 move_m;
  float weight;
};

// Scaled and turned about a point: p -> centre + linear * (p - about).
struct Similar {
  glm::vec3 about_m{0.0f};
  glm::vec3 centre_m{0.0f};
  glm::mat3 linear{1.0f};

  glm::vec3 operator()(glm::vec3 p) const { return centre_m + linear * (p - about_m); }
};

// One of each group, for the left side; `side` mirrors.
class Skeleton {
 public:
  Skeleton(const FigureSpec& spec, float top_m) {
    float growth = 1.0f;
    // What does not grow with stature stands on what does: solved for the stature.
    for (const BoneGroup& group : spec.groups) {
      if (!group.grows) {
        growth = (spec.stature_m - group.scale.y * (top_m - group.about_m.y)) / group.about_m.y;
      }
    }
    for (const BoneGroup& group : spec.groups) {
      Similar map;
      map.about_m = group.about_m;
      map.centre_m = group.parent >= 0
                         ? maps_[static_cast<std::size_t>(group.parent)](group.about_m)
                         : group.about_m * glm::vec3(1.0f, growth, 1.0f);
      const float c = std::cos(group.abduct_rad);
      const float s = std::sin(group.abduct_rad);
      const glm::mat3 turn(glm::vec3(c, s, 0.0f), glm::vec3(-s, c, 0.0f),
                           glm::vec3(0.0f, 0.0f, 1.0f));
      const glm::vec3 scale = group.scale * (group.grows ? growth : 1.0f);
      map.linear = turn * glm::mat3(glm::vec3(scale.x, 0, 0), glm::vec3(0, scale.y, 0),
                                    glm::vec3(0, 0, scale.z));
      maps_.push_back(map);
    }
    growth_ = growth;
  }

  float growth() const { return growth_; }
  glm::vec3 moved(std::size_t group, glm::vec3 p) const {
    const glm::vec3 side(p.x < 0.0f ? -1.0f : 1.0f, 1.0f, 1.0f);
    return side * maps_[group](side * p);
  }

 private:
  std::vector<Similar> maps_;
  float growth_ = 1.0f;
};

std::size_t group_of(const FigureSpec& spec, const std::string& entry) {
  for (std::size_t g = 0; g < spec.groups.size(); ++g) {
    for (const std::string& bone : spec.groups[g].bones) {
      if (names_bone(bone, entry)) return g;
    }
  }
  return 0;
}

bool is_skeletal(anatomy::Kind kind) {
  return kind == anatomy::Kind::kBone || kind == anatomy::Kind::kDisc ||
         kind == anatomy::Kind::kCartilage;
}

bool is_soft(anatomy::Kind kind) {
  return kind == anatomy::Kind::kMuscle || kind == anatomy::Kind::kFascia ||
         kind == anatomy::Kind::kLigament;
}

// Area that each vertex stands for, so that finely meshed parts have no louder voice.
std::vector<float> vertex_areas(const geom::Mesh& mesh) {
  std::vector<float> areas(mesh.positions_m.size(), 0.0f);
  for (std::size_t t = 0; t + 2 < mesh.indices.size(); t += 3) {
    const glm::vec3 a = mesh.positions_m[mesh.indices[t]];
    const glm::vec3 b = mesh.positions_m[mesh.indices[t + 1]];
    const glm::vec3 c = mesh.positions_m[mesh.indices[t + 2]];
    const float third = glm::length(glm::cross(b - a, c - a)) / 6.0f;
    for (std::size_t k = 0; k < 3; ++k) areas[mesh.indices[t + k]] += third;
  }
  return areas;
}

float smooth_step(float from, float to, float x) {
  const float t = std::clamp((x - from) / (to - from), 0.0f, 1.0f);
  return t * t * (3.0f - 2.0f * t);
}

// What the wall of belly and hips moves outward at this point.
glm::vec3 girth_at(const std::vector<GirthStation>& stations, glm::vec3 p) {
  // Arms hang beside the trunk and take no part.
  constexpr float kTrunk_m = 0.150f;
  constexpr float kArm_m = 0.172f;
  constexpr float kSpine_m = 0.030f;
  constexpr float kWall_m = 0.085f;
  const auto above = std::find_if(stations.begin(), stations.end(),
                                  [&](const GirthStation& s) { return s.y_m > p.y; });
  if (above == stations.begin() || above == stations.end()) return glm::vec3(0.0f);
  const GirthStation& low = *(above - 1);
  const float t = smooth_step(low.y_m, above->y_m, p.y);
  const auto mix = [&](float GirthStation::*value) {
    return low.*value * (1.0f - t) + (*above).*value * t;
  };
  const glm::vec3 out(p.x, 0.0f, p.z - mix(&GirthStation::z_m));
  const float away = glm::length(out);
  if (away < kSpine_m) return glm::vec3(0.0f);
  const glm::vec3 way = out / away;
  const float along = way.z > 0.0f ? mix(&GirthStation::front_m) : mix(&GirthStation::back_m);
  const float amount = mix(&GirthStation::side_m) * way.x * way.x + along * way.z * way.z;
  const float beside_arm =
      low.y_m > 0.95f ? 1.0f - smooth_step(kTrunk_m, kArm_m, std::abs(p.x)) : 1.0f;
  return way * (amount * smooth_step(kSpine_m, kWall_m, away) * beside_arm);
}

using Blurred = std::vector<glm::vec4>;  // moves times weights, and weights

// Along one axis; what lies beyond the border counts as nothing.
void blur_axis(Blurred& values, glm::ivec3 size, int axis, float sigma_cells) {
  const int reach = static_cast<int>(std::ceil(3.0f * sigma_cells));
  std::vector<float> kernel(static_cast<std::size_t>(reach) + 1);
  float sum = 0.0f;
  for (int i = 0; i <= reach; ++i) {
    const float x = static_cast<float>(i) / sigma_cells;
    kernel[static_cast<std::size_t>(i)] = std::exp(-0.5f * x * x);
    sum += (i == 0 ? 1.0f : 2.0f) * kernel[static_cast<std::size_t>(i)];
  }
  for (float& k : kernel) k /= sum;
  const std::array<int, 3> strides{1, size.x, size.x * size.y};
  const int across = (axis + 1) % 3;
  const int up = (axis + 2) % 3;
  base::parallel_for(static_cast<std::size_t>(size[up]), [&](std::size_t layer) {
    std::vector<glm::vec4> line(static_cast<std::size_t>(size[axis]));
    for (int row = 0; row < size[across]; ++row) {
      const int start = static_cast<int>(layer) * strides[static_cast<std::size_t>(up)] +
                        row * strides[static_cast<std::size_t>(across)];
      const int stride = strides[static_cast<std::size_t>(axis)];
      for (int i = 0; i < size[axis]; ++i) {
        line[static_cast<std::size_t>(i)] = values[static_cast<std::size_t>(start + i * stride)];
      }
      for (int i = 0; i < size[axis]; ++i) {
        glm::vec4 total = kernel[0] * line[static_cast<std::size_t>(i)];
        for (int k = 1; k <= reach; ++k) {
          if (i - k >= 0) {
            total += kernel[static_cast<std::size_t>(k)] * line[static_cast<std::size_t>(i - k)];
          }
          if (i + k < size[axis]) {
            total += kernel[static_cast<std::size_t>(k)] * line[static_cast<std::size_t>(i + k)];
          }
        }
        values[static_cast<std::size_t>(start + i * stride)] = total;
      }
    }
  });
}

// Means of what pulls nearby; where nothing is near, of what is less near, and so on.
void fill(geom::Lattice& field, const Blurred& pulls) {
  constexpr std::array<float, 4> kSigma_m{0.010f, 0.020f, 0.050f, 0.112f};
  // As much say as an area this large, spread over a blurred neighbourhood.
  constexpr float kOutside = 0.02f;
  glm::vec4 all(0.0f);
  for (const glm::vec4& p : pulls) all += p;
  std::vector<glm::vec3>& moves = field.values();
  std::fill(moves.begin(), moves.end(), glm::vec3(all) / std::max(all.w, 1e-9f));
  for (std::size_t level = kSigma_m.size(); level-- > 0;) {
    Blurred means = pulls;
    for (int axis = 0; axis < 3; ++axis) {
      blur_axis(means, field.size(), axis, kSigma_m[level] / field.spacing_m());
    }
    float most = 0.0f;
    for (const glm::vec4& m : means) most = std::max(most, m.w);
    const float floor = kOutside * most;
    for (std::size_t k = 0; k < moves.size(); ++k) {
      moves[k] = (glm::vec3(means[k]) + floor * moves[k]) / (means[k].w + floor);
    }
  }
}

}  // namespace

FigureMap::FigureMap(const FigureSpec& spec, const anatomy::Ontology& ontology,
                     std::span<const Part> inside, std::span<const geom::Mesh> padding,
                     float top_m) {
  if (spec.is_authored()) return;
  const Skeleton skeleton(spec, top_m);
  geom::Mesh bones;
  std::vector<std::size_t> bone_group;  // of each vertex
  std::vector<Pull> pulls;
  std::vector<const geom::Mesh*> soft;
  for (const Part& part : inside) {
    const anatomy::OntologyEntry* entry = ontology.find_entry(part.entry_id);
    if (entry == nullptr) continue;
    const geom::Mesh& mesh = part.lods[1].mesh;
    if (is_soft(entry->kind)) soft.push_back(&mesh);
    if (!is_skeletal(entry->kind)) continue;
    const std::size_t group = group_of(spec, part.entry_id);
    const auto first = static_cast<std::uint32_t>(bones.positions_m.size());
    const std::vector<float> areas = vertex_areas(mesh);
    for (std::size_t v = 0; v < areas.size(); ++v) {
      const glm::vec3 p = mesh.positions_m[v];
      bones.positions_m.push_back(p);
      bone_group.push_back(group);
      pulls.push_back({p, skeleton.moved(group, p) - p, kBoneSay * areas[v]});
    }
    for (const std::uint32_t i : mesh.indices) bones.indices.push_back(first + i);
  }
  for (const geom::Mesh& mesh : padding) soft.push_back(&mesh);
  geom::order_triangles(bones);
  const geom::Bvh tree(bones.positions_m, bones.indices);
  const std::size_t muscles = soft.size() - padding.size();
  geom::Mesh belly;  // what the wall of the trunk lies on where no bone is near
  for (const geom::Mesh& mesh : padding) {
    const auto first = static_cast<std::uint32_t>(belly.positions_m.size());
    belly.positions_m.insert(belly.positions_m.end(), mesh.positions_m.begin(),
                             mesh.positions_m.end());
    for (const std::uint32_t i : mesh.indices) belly.indices.push_back(first + i);
  }
  geom::order_triangles(belly);
  const geom::Bvh belly_tree(belly.positions_m, belly.indices);
  std::vector<std::vector<Pull>> soft_pulls(soft.size());
  base::parallel_for(soft.size(), [&](std::size_t m) {
    const std::vector<float> areas = vertex_areas(*soft[m]);
    for (std::size_t v = 0; v < areas.size(); ++v) {
      const glm::vec3 p = soft[m]->positions_m[v];
      const auto bone = tree.find_closest(p, 1.0f);
      if (!bone) continue;
      const std::size_t group = bone_group[bones.indices[std::size_t{3} * bone->triangle]];
      const float factor =
          blend_anchors(spec.bulk, p, [](const BulkAnchor& a) { return a.factor; });
      glm::vec3 off = p - bone->point_m;
      if (bone->distance_m > kDeepest_m) {
        const auto wall = belly_tree.find_closest(p, kDeepest_m);
        off = m < muscles && wall ? p - wall->point_m : off * (kDeepest_m / bone->distance_m);
      }
      const glm::vec3 bulk = (factor - 1.0f) * skeleton.growth() * off;
      const glm::vec3 to = skeleton.moved(group, p) + bulk + girth_at(spec.girth, p);
      soft_pulls[m].push_back({p, to - p, areas[v]});
    }
  });
  for (const auto& more : soft_pulls) pulls.insert(pulls.end(), more.begin(), more.end());

  geom::Aabb box;
  for (const Pull& pull : pulls) box.add(pull.at_m);
  // A column of points in the plane of symmetry, and as many on either side.
  const float half =
      std::ceil((std::max(box.max.x, -box.min.x) + kMargin_m) / kSpacing_m) * kSpacing_m;
  box.min = glm::vec3(-half, box.min.y - kMargin_m, box.min.z - kMargin_m);
  box.max = glm::vec3(half, box.max.y + kMargin_m, box.max.z + kMargin_m);
  field_ = geom::Lattice(box, kSpacing_m);
  const glm::ivec3 size = field_.size();
  Blurred sums(field_.values().size(), glm::vec4(0.0f));
  for (const Pull& pull : pulls) {
    const glm::vec3 cell = (pull.at_m - box.min) / kSpacing_m;
    const glm::ivec3 low(glm::floor(cell));
    const glm::vec3 share = cell - glm::vec3(low);
    for (int corner = 0; corner < 8; ++corner) {
      const glm::ivec3 step(corner & 1, (corner >> 1) & 1, corner >> 2);
      const glm::vec3 w = glm::mix(1.0f - share, share, glm::vec3(step));
      const float weight = w.x * w.y * w.z * pull.weight;
      const glm::ivec3 at = glm::min(low + step, size - 1);
      sums[field_.index(at.x, at.y, at.z)] += glm::vec4(pull.move_m * weight, weight);
    }
  }
  fill(field_, sums);

  const glm::vec3 mirror(-1.0f, 1.0f, 1.0f);
  for (int z = 0; z < size.z; ++z) {
    for (int y = 0; y < size.y; ++y) {
      for (int x = 0; 2 * x < size.x; ++x) {
        glm::vec3& here = field_.values()[field_.index(x, y, z)];
        glm::vec3& there = field_.values()[field_.index(size.x - 1 - x, y, z)];
        here = 0.5f * (here + mirror * there);
        there = mirror * here;
      }
    }
  }
}

glm::vec3 FigureMap::operator()(glm::vec3 point_m) const {
  return is_identity() ? point_m : point_m + field_.at(point_m);
}

glm::mat3 FigureMap::gradient(glm::vec3 point_m) const {
  return is_identity() ? glm::mat3(1.0f) : glm::mat3(1.0f) + field_.gradient(point_m);
}

void FigureMap::apply(std::vector<glm::vec3>& positions_m) const {
  if (is_identity()) return;
  for (glm::vec3& p : positions_m) p += field_.at(p);
}

void FigureMap::apply(Part& part) const {
  if (is_identity()) return;
  float stretch = 0.0f;
  float fibres = 0.0f;
  for (PartMesh& lod : part.lods) {
    for (std::size_t v = 0; v < lod.fibre.size(); ++v) {
      const glm::vec3 turned = gradient(lod.mesh.positions_m[v]) * lod.fibre[v];
      const float length = glm::length(turned);
      if (length > 0.0f) lod.fibre[v] = turned / length;
      stretch += length;
      fibres += 1.0f;
    }
    apply(lod.mesh.positions_m);
    lod.mesh.normals.clear();
  }
  if (fibres > 0.0f) part.length_m *= stretch / fibres;
  for (anatomy::SideBySide& place : part.beside) {
    // Authored on the right, like the muscle.
    place.within_m *= std::cbrt(glm::determinant(gradient(place.around_m)));
    place.around_m = (*this)(place.around_m);
  }
}

}  // namespace forge

#include "forge/slips.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace forge {
namespace {

constexpr float kRowStep_m = 0.016f;  // between rows in the belly of a slip, finest level
constexpr float kLong_m = 0.04f;      // from here on a coarse level, too, has a row in the middle

struct Size {
  float length_m = 0.0f;
  float width_m = 0.0f;  // of the widest row
  float thickness_m = 0.0f;
};

Size size_of(const geom::Net& slip) {
  Size size;
  for (int j = 0; j < slip.across; ++j) {
    for (int i = 0; i + 1 < slip.along; ++i) {
      size.length_m += glm::length(slip.at(i + 1, j).position_m - slip.at(i, j).position_m) /
                       static_cast<float>(slip.across);
    }
  }
  for (int i = 0; i < slip.along; ++i) {
    size.width_m = std::max(size.width_m, glm::length(slip.at(i, slip.across - 1).position_m -
                                                      slip.at(i, 0).position_m));
  }
  for (const geom::NetPoint& p : slip.points) {
    size.thickness_m += p.thickness_m / static_cast<float>(slip.points.size());
  }
  return size;
}

// Share of a length that its rounded end takes, not more than `most`.
float rim_share(float rim_m, float length_m, float most) {
  return std::clamp(rim_m / std::max(length_m, 1e-6f), 0.04f, most);
}

// The two ends, a ring in each rounded rim, and `inner` even steps between.
std::vector<float> spread(float rim, int inner, bool ring) {
  std::vector<float> t{0.0f};
  if (ring) t.push_back(0.3f * rim);
  for (int k = 0; k <= inner; ++k) {
    t.push_back(rim + (1.0f - 2.0f * rim) * static_cast<float>(k) / static_cast<float>(inner));
  }
  if (ring) t.push_back(1.0f - 0.3f * rim);
  t.push_back(1.0f);
  return t;
}

}  // namespace

geom::NetGrid sample_slip(const geom::Net& slip, int lod) {
  const Size size = size_of(slip);
  const bool is_long = size.length_m > kLong_m;
  const float end = rim_share(size.thickness_m, size.length_m, 0.25f);
  const float edge = rim_share(0.5f * size.thickness_m, size.width_m, 0.25f);
  if (lod == 0) {
    const int inner = std::max(2, static_cast<int>(std::lround(size.length_m / kRowStep_m)));
    return geom::sample_net(slip, spread(end, inner, true), spread(edge, 2, false));
  }
  if (lod == 1) {
    return geom::sample_net(slip, spread(end, is_long ? 2 : 1, false), spread(edge, 1, false));
  }
  return geom::sample_net(slip,
                          is_long ? spread(end, 1, false) : std::vector<float>{0.0f, 0.5f, 1.0f},
                          {0.0f, 0.5f, 1.0f});
}

void append_mesh(PartMesh& to, const PartMesh& mesh) {
  const auto first = static_cast<std::uint32_t>(to.mesh.positions_m.size());
  const auto append = [](auto& all, const auto& more) {
    all.insert(all.end(), more.begin(), more.end());
  };
  append(to.mesh.positions_m, mesh.mesh.positions_m);
  append(to.mesh.normals, mesh.mesh.normals);
  append(to.fibre, mesh.fibre);
  append(to.tendon, mesh.tendon);
  append(to.along, mesh.along);
  for (const std::uint32_t index : mesh.mesh.indices) to.mesh.indices.push_back(first + index);
}

void lay_along_row(Part& part) {
  const geom::Aabb box = geom::bounds_of(part.lods[0].mesh.positions_m);
  part.length_m = box.size().y;
  for (PartMesh& level : part.lods) {
    for (std::size_t v = 0; v < level.along.size(); ++v) {
      const float height = level.mesh.positions_m[v].y - box.min.y;
      level.along[v] = std::clamp(height / part.length_m, 0.0f, 1.0f);
    }
  }
}

Part join_sides(Part right, const Part& left) {
  Part both = std::move(right);
  both.side = anatomy::Side::kMedian;
  for (std::size_t lod = 0; lod < both.lods.size(); ++lod) {
    append_mesh(both.lods[lod], left.lods[lod]);
  }
  return both;
}

}  // namespace forge

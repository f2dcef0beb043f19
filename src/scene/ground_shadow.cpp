#include "scene/ground_shadow.h"

#include <algorithm>
#include <cmath>
#include <glm/vec2.hpp>
#include <limits>

#include "base/hash.h"

namespace scene {
namespace {

constexpr float kCellM = 0.01f;
// What is higher than this shades nothing that one would see.
constexpr float kHighestM = 0.30f;
// Heights at which the two parts of the shadow have faded to 1/e, and how far they spread: the
// contact itself, and what keeps the light of the sky off.
constexpr float kContactM = 0.012f;
constexpr float kSkyM = 0.10f;
constexpr int kContactCells = 1;
constexpr int kSkyCells = 5;
constexpr int kBlurs = 3;  // boxes in a row come near to a bell
constexpr int kRim = kBlurs * kSkyCells + 1;
constexpr float kGlassShare = 0.4f;
constexpr float kContactDark = 0.62f;
constexpr float kSkyDark = 0.48f;

struct Grid {
  int columns = 0;
  int rows = 0;
  std::vector<float> cells;

  float& at(int column, int row) {
    return cells[static_cast<std::size_t>(row) * static_cast<std::size_t>(columns) +
                 static_cast<std::size_t>(column)];
  }
};

// A mean over 2 * radius + 1 cells in steps of `stride`; outside is nothing.
void blur_line(float* first, int count, int stride, int radius, std::vector<float>& line) {
  line.assign(static_cast<std::size_t>(count), 0.0f);
  for (int i = 0; i < count; ++i) line[static_cast<std::size_t>(i)] = first[i * stride];
  float sum = 0.0f;
  for (int i = 0; i < std::min(radius, count); ++i) sum += line[static_cast<std::size_t>(i)];
  for (int i = 0; i < count; ++i) {
    if (i + radius < count) sum += line[static_cast<std::size_t>(i + radius)];
    if (i - radius - 1 >= 0) sum -= line[static_cast<std::size_t>(i - radius - 1)];
    first[i * stride] = sum / static_cast<float>(2 * radius + 1);
  }
}

Grid blurred(Grid grid, int radius) {
  std::vector<float> line;
  for (int pass = 0; pass < kBlurs; ++pass) {
    for (int row = 0; row < grid.rows; ++row)
      blur_line(&grid.at(0, row), grid.columns, 1, radius, line);
    for (int column = 0; column < grid.columns; ++column)
      blur_line(&grid.at(column, 0), grid.rows, grid.columns, radius, line);
  }
  return grid;
}

// `glass`: the same of what is see-through.
Grid faded(Grid heights, const Grid& glass, float fades_m) {
  for (std::size_t i = 0; i < heights.cells.size(); ++i) {
    const float whole = heights.cells[i], thin = glass.cells[i];
    heights.cells[i] = std::max(whole < kHighestM ? std::exp(-whole / fades_m) : 0.0f,
                                thin < kHighestM ? kGlassShare * std::exp(-thin / fades_m) : 0.0f);
  }
  return heights;
}

// Calls `visit` with points of every triangle that is seen, close enough for cells of a centimetre.
template <typename Visit>
void visit_points(const anatomy::Body& body, std::span<const std::uint8_t> seen, Visit&& visit) {
  constexpr int kLod = anatomy::kLodCount - 1;
  const anatomy::LodMesh& mesh = body.lods[kLod];
  for (std::size_t s = 0; s < body.structures.size() && s < seen.size(); ++s) {
    if (seen[s] == 0) continue;
    const anatomy::MeshRange& range = body.structures[s].lods[kLod];
    for (std::uint32_t i = 0; i + 2 < range.index_count; i += 3) {
      const glm::vec3 a = mesh.positions_m[mesh.indices[range.first_index + i]];
      const glm::vec3 b = mesh.positions_m[mesh.indices[range.first_index + i + 1]];
      const glm::vec3 c = mesh.positions_m[mesh.indices[range.first_index + i + 2]];
      const float longest =
          std::max({glm::distance(a, b), glm::distance(b, c), glm::distance(c, a)});
      const int steps = std::clamp(static_cast<int>(std::ceil(longest / kCellM)), 1, 16);
      for (int u = 0; u <= steps; ++u) {
        for (int v = 0; u + v <= steps; ++v) {
          const float n = 1.0f / static_cast<float>(steps);
          visit(a + (b - a) * (static_cast<float>(u) * n) + (c - a) * (static_cast<float>(v) * n),
                seen[s]);
        }
      }
    }
  }
}

}  // namespace

draw::GroundShadow make_ground_shadow(const anatomy::Body& body,
                                      std::span<const std::uint8_t> seen) {
  draw::GroundShadow shadow;
  const anatomy::LodMesh& mesh = body.lods[anatomy::kLodCount - 1];
  const auto is_seen = [&](std::size_t v) {
    const std::size_t s = mesh.vertex_structure[v];
    return s < seen.size() && seen[s] != 0;
  };
  float floor_m = std::numeric_limits<float>::max();
  for (std::size_t v = 0; v < mesh.positions_m.size(); ++v) {
    if (is_seen(v)) floor_m = std::min(floor_m, mesh.positions_m[v].y);
  }
  geom::Aabb box;
  for (std::size_t v = 0; v < mesh.positions_m.size(); ++v) {
    if (is_seen(v) && mesh.positions_m[v].y < floor_m + kHighestM) box.add(mesh.positions_m[v]);
  }
  if (box.empty()) return shadow;
  Grid heights;
  const glm::vec3 size = box.size();
  heights.columns = static_cast<int>(size.x / kCellM) + 1 + 2 * kRim;
  heights.rows = static_cast<int>(size.z / kCellM) + 1 + 2 * kRim;
  heights.cells.assign(
      static_cast<std::size_t>(heights.columns) * static_cast<std::size_t>(heights.rows),
      kHighestM);
  const glm::vec2 corner =
      glm::vec2(box.min.x, box.min.z) - static_cast<float>(kRim) * glm::vec2(kCellM);
  Grid glass = heights;
  visit_points(body, seen, [&](glm::vec3 p, std::uint8_t how) {
    const float height = p.y - floor_m;
    if (!(height < kHighestM)) return;
    // A triangle that begins low may lean out of the rectangle further up.
    const int column = static_cast<int>((p.x - corner.x) / kCellM);
    const int row = static_cast<int>((p.z - corner.y) / kCellM);
    if (column < kRim || row < kRim || column >= heights.columns - kRim ||
        row >= heights.rows - kRim)
      return;
    float& lowest = (how > 1 ? glass : heights).at(column, row);
    lowest = std::min(lowest, height);
  });
  const Grid contact = blurred(faded(heights, glass, kContactM), kContactCells);
  const Grid sky = blurred(faded(heights, glass, kSkyM), kSkyCells);
  shadow.floor_m = floor_m;
  shadow.corner_m = corner;
  shadow.cell_m = kCellM;
  shadow.columns = heights.columns;
  shadow.rows = heights.rows;
  shadow.cover.resize(heights.cells.size());
  for (std::size_t i = 0; i < shadow.cover.size(); ++i) {
    const float open = (1.0f - kContactDark * contact.cells[i]) * (1.0f - kSkyDark * sky.cells[i]);
    shadow.cover[i] = static_cast<std::uint8_t>(std::lround(255.0f * (1.0f - open)));
  }
  base::Hash version;
  version.add(floor_m);
  version.add(corner.x);
  version.add(corner.y);
  version.add_bytes(shadow.cover.data(), shadow.cover.size());
  shadow.version = version.value();
  return shadow;
}

void GroundShadowMaker::update(const anatomy::Body& body,
                               std::span<const draw::StructureStyle> styles, bool standing,
                               draw::GroundShadow& shadow) {
  now_.resize(styles.size());
  for (std::size_t i = 0; i < styles.size(); ++i)
    now_[i] = !standing || styles[i].opacity <= 0.0f ? 0 : styles[i].opacity < 0.999f ? 2 : 1;
  if (made_ && now_ == seen_) return;
  seen_ = now_;
  made_ = true;
  shadow = make_ground_shadow(body, seen_);
}

}  // namespace scene

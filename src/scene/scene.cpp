#include "scene/scene.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <glm/geometric.hpp>

#include "base/check.h"
#include "base/hash.h"
#include "draw/dent.h"
#include "scene/body_styles.h"
#include "scene/ground_shadow.h"
#include "scene/safety_paint.h"
#include "scene/section_cut.h"
#include "scene/tender_marks.h"
#include "scene/tool_model.h"

namespace scene {
namespace {

using anatomy::Kind;

std::uint64_t identity_of(const anatomy::Body& body, std::size_t lod) {
  const anatomy::LodMesh& mesh = body.lods[lod];
  base::Hash hash;
  hash.add_bytes(body.id.data(), body.id.size());
  hash.add(lod);
  hash.add(mesh.positions_m.size());
  hash.add(mesh.indices.size());
  // A sample is enough to tell two bodies apart.
  for (std::size_t i = 0; i < mesh.positions_m.size(); i += 61) {
    hash.add(mesh.positions_m[i].x);
    hash.add(mesh.positions_m[i].y);
    hash.add(mesh.positions_m[i].z);
  }
  return hash.value();
}

draw::Dent dent_of(const sim::Contact& contact) {
  draw::Dent dent;
  dent.point_m = contact.point_m;
  dent.normal = contact.normal;
  dent.depth_m = contact.indentation.value;
  dent.radius_m = contact.radius.value;
  // Skin follows over about two more contact radii.
  dent.reach_m = contact.radius.value + std::clamp(2.2f * contact.radius.value, 0.02f, 0.05f);
  dent.ball_centre_m = contact.centre_m;
  dent.ball_radius_m = contact.ball_radius.value;
  return dent;
}

// Balls in a row lie inside each other's dents: each takes the share at which the row together is
// as deep as it is. Balls that stand apart keep theirs whole.
void share_dents(std::vector<draw::Dent>& dents) {
  for (draw::Dent& dent : dents) {
    float sum = 0.0f;
    for (const draw::Dent& other : dents) {
      const glm::vec3 way = dent.point_m - other.point_m;
      const float along = glm::dot(way, other.normal);
      const float across = std::sqrt(std::max(0.0f, glm::dot(way, way) - along * along));
      sum += draw::dent_depth_m(across, other);
    }
    if (sum > dent.depth_m) dent.share = dent.depth_m / sum;
  }
}

}  // namespace

draw::Background background_of(Studio studio) {
  draw::Background background;
  if (studio == Studio::kDark) {
    background.top = glm::vec3(0.055f, 0.060f, 0.068f);
    background.bottom = glm::vec3(0.012f, 0.014f, 0.017f);
  }
  if (studio == Studio::kBlack) background.top = background.bottom = glm::vec3(0.0f);
  return background;
}

void find_visible(const anatomy::Body& body, const session::Document& document,
                  std::vector<std::uint8_t>& visible) {
  const std::size_t count = body.structures.size();
  const bool isolating = document.isolated.size() == count &&
                         std::find(document.isolated.begin(), document.isolated.end(),
                                   std::uint8_t{1}) != document.isolated.end();
  visible.assign(count, 0);
  bool skin_covers = false;
  for (std::size_t i = 0; i < count; ++i) {
    const auto index = static_cast<anatomy::StructureIndex>(i);
    visible[i] = document.is_visible(body.structures[i], index, isolating) ? 1 : 0;
    if (visible[i] != 0 && body.structures[i].kind == Kind::kSkin) skin_covers = true;
  }
  // Nobody sees through whole, opaque skin: what is under it need not be drawn.
  if (skin_covers && !document.xray && !isolating) {
    for (std::size_t i = 0; i < count; ++i) {
      if (body.structures[i].kind != Kind::kSkin) visible[i] = 0;
    }
  }
}

geom::Aabb visible_bounds(const anatomy::Body& body, const session::Document& document) {
  std::vector<std::uint8_t> visible;
  find_visible(body, document, visible);
  geom::Aabb box;
  for (std::size_t i = 0; i < visible.size(); ++i) {
    if (visible[i] != 0) box.add(body.structures[i].bounds_m);
  }
  if (!box.empty()) return box;
  for (const anatomy::Structure& structure : body.structures) {
    if (structure.usable) box.add(structure.bounds_m);
  }
  return box;
}

struct SceneBuilder::Impl {
  explicit Impl(std::shared_ptr<const anatomy::Body> shown)
      : body(std::move(shown)), palette(make_palette(*body)) {}

  struct Level {
    draw::MeshSource source;
    std::vector<draw::IndexRange> ranges;
    std::vector<std::uint16_t> painted;  // segments with the skin's regions; empty: never asked for
  };

  // From the first time that limits are shown on, the skin's vertices name their region; that costs
  // a look under each.
  void paint_limits(Level& level, std::size_t lod, const session::Snapshot& snapshot) {
    const bool shown = snapshot.document->limits && snapshot.model != nullptr;
    const bool near = snapshot.approach.has_value() && snapshot.model != nullptr &&
                      snapshot.document->layer == anatomy::Layer::kSkin;
    if ((shown || near) && level.painted.empty()) {
      level.painted = paint_regions(*body, lod, *snapshot.model->safety);
      level.source.segment = level.painted;
      ++level.source.version;
    }
    if (level.painted.empty()) return;
    append_region_tints(snapshot, shown, list.body.segment_tint);
  }

  Level& level(std::size_t lod) {
    std::unique_ptr<Level>& known = levels[lod];
    if (known != nullptr) return *known;
    known = std::make_unique<Level>();
    const anatomy::LodMesh& mesh = body->lods[lod];
    draw::MeshSource& source = known->source;
    source.id = identity_of(*body, lod);
    source.positions_m = mesh.positions_m;
    source.normals = mesh.normals;
    source.structure = mesh.vertex_structure;
    source.segment = mesh.vertex_segment;
    source.fibre = mesh.fibre;
    source.tendon = mesh.tendon;
    source.indices = mesh.indices;
    for (const anatomy::Structure& structure : body->structures) {
      const anatomy::MeshRange& range = structure.lods[lod];
      known->ranges.push_back({range.first_index, range.index_count});
    }
    return *known;
  }

  std::shared_ptr<const anatomy::Body> body;
  std::vector<draw::StructureStyle> palette;
  std::array<std::unique_ptr<Level>, anatomy::kLodCount> levels;
  ToolModel tool;
  TenderMarks tender;
  GroundShadowMaker ground;
  SectionCutMaker cut;
  draw::DrawList list;
};

// Shares the index's ownership: it keeps the body alive.
SceneBuilder::SceneBuilder(std::shared_ptr<const anatomy::BodyIndex> body)
    : impl_(std::make_unique<Impl>(std::shared_ptr<const anatomy::Body>(body, &body->body()))) {}
SceneBuilder::SceneBuilder(std::shared_ptr<const anatomy::Body> body)
    : impl_(std::make_unique<Impl>(std::move(body))) {}
SceneBuilder::~SceneBuilder() = default;

std::span<const CutRegion> SceneBuilder::cut_regions() const { return impl_->cut.regions(); }

const draw::DrawList& SceneBuilder::build(const session::Snapshot& snapshot,
                                          const ViewState& view) {
  BACKMATE_CHECK(snapshot.document != nullptr);
  const anatomy::Body& body = *impl_->body;
  draw::DrawList& list = impl_->list;
  list.background = background_of(view.studio);
  const auto lod = static_cast<std::size_t>(std::clamp(view.lod, 0, anatomy::kLodCount - 1));
  Impl::Level& level = impl_->level(lod);
  list.body.ranges = level.ranges;
  build_styles(body, impl_->palette, snapshot, view, list.body.styles);
  build_segment_tints(body, snapshot, list.body.segment_tint);
  impl_->paint_limits(level, lod, snapshot);
  list.body.mesh = level.source;
  impl_->ground.update(body, list.body.styles, view.standing && !snapshot.document->is_isolating(),
                       list.ground);

  list.dents.clear();
  if (snapshot.sim != nullptr) {
    for (const sim::Contact& contact : snapshot.sim->patch.contacts) {
      if (list.dents.size() < draw::kMaxDents) list.dents.push_back(dent_of(contact));
    }
    // Two balls are further apart than that, and one is alone.
    if (list.dents.size() > 2) share_dents(list.dents);
  }
  list.solids.clear();
  impl_->tool.add_to(list, snapshot, view);
  impl_->tender.add_to(list, snapshot, view);
  impl_->cut.update(body, lod, snapshot, view.cut, list);
  return list;
}

}  // namespace scene

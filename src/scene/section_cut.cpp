#include "scene/section_cut.h"

#include <algorithm>
#include <cmath>
#include <glm/common.hpp>
#include <glm/geometric.hpp>
#include <numeric>

#include "draw/dent.h"
#include "scene/colour_maps.h"
#include "scene/tool_model.h"

namespace scene {
namespace {

using anatomy::Kind;

// Back skin is 2 to 2.5 mm thick (tissue.json, skin_thickness_m).
constexpr float kSkinM = 0.002f;
// Around the head this much is shown.
constexpr float kShownM = 0.10f;
// Far below what is seen.
constexpr float kOverlapM = 0.00004f;
// What is smaller or further from the head needs no name.
constexpr float kLeastNamedM2 = 0.00002f;
constexpr float kNamedWithinM = 0.14f;
constexpr float kLookDownRad = 0.90f;

glm::vec3 colour_of(Kind kind, glm::vec3 style) {
  // A cut muscle is darker and wetter than its surface, a cut bone shows its marrow.
  if (kind == Kind::kMuscle) return style * glm::vec3(0.92f, 0.80f, 0.80f);
  if (kind == Kind::kBone) return from_srgb(0xE9DCBF);
  return style;
}

// What is painted later: where two structures overlap, the harder one is seen.
int rank_of(Kind kind) {
  switch (kind) {
    case Kind::kSkin:
      return 0;
    case Kind::kOther:
    case Kind::kFascia:
      return 2;
    case Kind::kMuscle:
      return 3;
    case Kind::kTendon:
    case Kind::kLigament:
      return 4;
    case Kind::kCartilage:
    case Kind::kDisc:
      return 5;
    case Kind::kBone:
      return 6;
    case Kind::kNerve:
    case Kind::kArtery:
    case Kind::kVein:
      break;
  }
  return 7;
}

bool is_near(const geom::Aabb& box, const geom::PlaneFrame& plane) {
  if (box.empty()) return false;
  return std::abs(plane.height(box.centre())) <= draw::reach_along(box, plane.normal);
}

const sim::Contact* leading_contact(const session::Snapshot& snapshot) {
  if (snapshot.sim == nullptr || snapshot.sim->patch.contacts.empty()) return nullptr;
  const auto& contacts = snapshot.sim->patch.contacts;
  return &*std::max_element(contacts.begin(), contacts.end(), [](const auto& a, const auto& b) {
    return a.force.value < b.force.value;
  });
}

}  // namespace

std::optional<geom::PlaneFrame> find_cut_plane(const session::Snapshot& snapshot, const Cut& cut) {
  if (cut.plane == CutPlane::kNone || snapshot.tool == nullptr) return std::nullopt;
  const HeadPlace place = find_head_place(snapshot);
  glm::vec3 origin = place.centre_m;
  const sim::Contact* leading = leading_contact(snapshot);
  if (cut.plane == CutPlane::kAcrossBar && leading != nullptr) origin = leading->centre_m;
  const bool along = cut.plane == CutPlane::kAlongBar;
  glm::vec3 normal = along ? place.rolling : place.bar;
  if (glm::dot(cut.eye_m - origin, normal) < 0.0f) normal = -normal;
  return geom::make_plane_frame(origin, normal, along ? place.bar : place.rolling);
}

std::optional<CutView> find_cut_view(const session::Snapshot& snapshot, CutPlane plane,
                                     glm::vec3 eye_m) {
  const auto frame = find_cut_plane(snapshot, {plane, eye_m});
  if (!frame) return std::nullopt;
  const HeadPlace place = find_head_place(snapshot);
  glm::vec3 side = frame->normal;
  // A level cut is looked at from above, as at a plate on a table.
  if (std::abs(side.y) > 0.5f && side.y < 0.0f) side = -side;
  const glm::vec3 towards = std::sin(kLookDownRad) * side + std::cos(kLookDownRad) * place.outward;
  CutView view;
  view.yaw_rad = std::atan2(towards.x, towards.z);
  view.pitch_rad = std::asin(std::clamp(towards.y, -1.0f, 1.0f));
  // The tissue below the head is what one wants to see.
  const glm::vec3 centre = frame->origin_m - 0.4f * kShownM * place.outward;
  view.box_m.add(centre - glm::vec3(kShownM));
  view.box_m.add(centre + glm::vec3(kShownM));
  return view;
}

float cut_line_m(const draw::Camera& camera, float height_px) {
  const float m_per_px =
      2.0f * std::tan(0.5f * camera.vertical_fov_rad) * camera.distance_m / height_px;
  return std::clamp(1.6f * m_per_px, 0.0002f, 0.002f);
}

void SectionCutMaker::move_vertices(std::span<const glm::vec3> positions_m,
                                    std::span<const glm::vec3> normals, float inward_m,
                                    std::span<const draw::Dent> dents,
                                    const geom::PlaneFrame& plane) {
  moved_.resize(positions_m.size());
  heights_.resize(positions_m.size());
  for (std::size_t i = 0; i < positions_m.size(); ++i) {
    glm::vec3 p = positions_m[i];
    if (inward_m > 0.0f && i < normals.size()) p -= inward_m * normals[i];
    float height = plane.height(p);
    if (!dents.empty() && std::abs(height) < draw::kFarthestMovedM) {
      p = draw::dented(p, dents);
      height = plane.height(p);
    }
    moved_[i] = p;
    heights_[i] = height;
  }
}

void SectionCutMaker::add_face(const Paint& paint, float line_m, const geom::PlaneFrame& plane,
                               std::vector<draw::CutCorner>& face) {
  corners_.clear();
  cutter_.fill(corners_, kOverlapM);
  for (const glm::vec2 p : corners_) face.push_back({plane.at(p), paint.colour, paint.living});
  const glm::vec3 ink = 0.36f * paint.colour;
  for (const geom::ContourEdge& edge : cutter_.contour()) {
    const glm::vec2 way = edge.b - edge.a;
    const float length = glm::length(way);
    if (!(length > 1e-6f)) continue;
    const glm::vec2 along = way * (0.5f * line_m / length);
    // Within the structure: neighbours do not draw over each other.
    const glm::vec2 inward = 2.0f * glm::vec2(-along.y, along.x);
    const glm::vec2 a = edge.a - 0.5f * along, b = edge.b + 0.5f * along;
    for (const glm::vec2 p : {a, b, b + inward, a, b + inward, a + inward})
      face.push_back({plane.at(p), ink, paint.living});
  }
}

// The face comes in strips of two triangles; the roomiest one holds the label.
void SectionCutMaker::note_region(anatomy::StructureIndex structure, const geom::PlaneFrame& plane,
                                  glm::vec3 focus_m) {
  CutRegion region;
  region.structure = structure;
  float roomiest = 0.0f;
  for (std::size_t i = 0; i + 5 < corners_.size(); i += 6) {
    const glm::vec2 a = corners_[i], b = corners_[i + 1], c = corners_[i + 2], d = corners_[i + 5];
    const float width = 0.5f * ((b.x - a.x) + (c.x - d.x));
    const float height = c.y - b.y;
    region.area_m2 += width * height;
    const float room = std::min(width, 4.0f * height);
    if (!(room > roomiest)) continue;
    roomiest = room;
    region.at_m = plane.at(0.25f * (a + b + c + d));
  }
  if (region.area_m2 < kLeastNamedM2 || glm::distance(region.at_m, focus_m) > kNamedWithinM) return;
  regions_.push_back(region);
}

void SectionCutMaker::order_by_rank(const anatomy::Body& body) {
  if (order_.size() == body.structures.size()) return;
  order_.resize(body.structures.size());
  std::iota(order_.begin(), order_.end(), std::size_t{0});
  std::stable_sort(order_.begin(), order_.end(), [&](std::size_t a, std::size_t b) {
    return rank_of(body.structures[a].kind) < rank_of(body.structures[b].kind);
  });
}

void SectionCutMaker::add_tool(draw::DrawList& list, const geom::PlaneFrame& plane, float line_m) {
  for (const draw::SolidDraw& solid : list.solids) {
    if (solid.on_top || solid.opacity < 0.999f) continue;
    placed_.clear();
    for (const glm::vec3 p : solid.mesh.positions_m)
      placed_.push_back(glm::vec3(solid.transform * glm::vec4(p, 1.0f)));
    move_vertices(placed_, {}, 0.0f, {}, plane);
    cutter_.clear();
    cutter_.add(moved_, heights_, solid.mesh.indices, 0, plane);
    add_face({solid.colour * 0.8f, 1.0f}, line_m, plane, list.cut.face);
  }
}

void SectionCutMaker::update(const anatomy::Body& body, std::size_t lod,
                             const session::Snapshot& snapshot, const Cut& cut,
                             draw::DrawList& list) {
  list.cut.face.clear();
  regions_.clear();
  list.cut.normal = glm::vec3(0.0f);
  const auto plane = find_cut_plane(snapshot, cut);
  if (!plane) return;
  list.cut.normal = plane->normal;
  list.cut.point_m = list.cut.focus_m = plane->origin_m;
  if (const sim::Contact* leading = leading_contact(snapshot)) list.cut.focus_m = leading->point_m;

  const session::Document& document = *snapshot.document;
  const anatomy::LodMesh& mesh = body.lods[lod];
  const bool isolating = document.is_isolating();
  const glm::vec3 filling = from_srgb(0xE8CC90);
  const glm::vec3 skin_colour = from_srgb(0xC98F74);
  const auto add_skin = [&](std::span<const glm::vec3> positions,
                            std::span<const glm::vec3> normals,
                            std::span<const std::uint32_t> indices, std::uint32_t first) {
    move_vertices(positions, normals, 0.0f, list.dents, *plane);
    cutter_.clear();
    cutter_.add(moved_, heights_, indices, first, *plane);
    add_face({skin_colour, 1.0f}, cut.line_m, *plane, list.cut.face);
    move_vertices(positions, normals, kSkinM, list.dents, *plane);
    cutter_.clear();
    cutter_.add(moved_, heights_, indices, first, *plane);
    add_face({filling, 0.0f}, 0.5f * cut.line_m, *plane, list.cut.face);
  };

  // A touched surface stands in for skin that an atlas does not have.
  if (!isolating && !body.has_skin() && !body.contact_surface.indices.empty())
    add_skin(body.contact_surface.positions_m, body.contact_surface.normals,
             body.contact_surface.indices, 0);
  order_by_rank(body);
  for (const std::size_t i : order_) {
    const anatomy::Structure& structure = body.structures[i];
    const anatomy::MeshRange& range = structure.lods[lod];
    const bool hidden = i < document.hidden.size() && document.hidden[i] != 0;
    const bool lone = isolating && (i >= document.isolated.size() || document.isolated[i] == 0);
    const bool strand = anatomy::is_strand(structure.kind) && !document.nerves;
    if (!structure.usable || hidden || lone || strand || range.index_count == 0 ||
        !is_near(structure.bounds_m, *plane))
      continue;
    const auto positions =
        std::span(mesh.positions_m).subspan(range.first_vertex, range.vertex_count);
    const auto normals = std::span(mesh.normals).subspan(range.first_vertex, range.vertex_count);
    const auto indices = std::span(mesh.indices).subspan(range.first_index, range.index_count);
    if (structure.kind == Kind::kSkin) {
      add_skin(positions, normals, indices, range.first_vertex);
      continue;
    }
    const draw::StructureStyle& style = list.body.styles[i];
    const bool bends = style.deforms && draw::may_reach(list.dents, structure.bounds_m);
    move_vertices(positions, normals, 0.0f,
                  bends ? std::span<const draw::Dent>(list.dents) : std::span<const draw::Dent>(),
                  *plane);
    cutter_.clear();
    cutter_.add(moved_, heights_, indices, range.first_vertex, *plane);
    add_face({colour_of(structure.kind, style.colour), 1.0f}, cut.line_m, *plane, list.cut.face);
    note_region(static_cast<anatomy::StructureIndex>(i), *plane, list.cut.focus_m);
  }
  add_tool(list, *plane, cut.line_m);
}

}  // namespace scene

#include "scene/tender_marks.h"

#include <cmath>
#include <glm/geometric.hpp>
#include <glm/gtc/constants.hpp>

#include "base/hash.h"
#include "scene/colour_maps.h"
#include "scene/shapes.h"

namespace scene {
namespace {

constexpr float kDotRadiusM = 0.0019f;
constexpr float kDotLiftM = 0.0014f;  // above the skin, which is drawn coarser than it is
constexpr int kDotCorners = 7;
constexpr float kMarkRadiusM = 0.011f;
constexpr float kMarkThicknessM = 0.0013f;
constexpr float kMarkLiftM = 0.003f;
constexpr float kFingerM = 0.010f;
constexpr std::uint64_t kFingerId = 0xF1;

// Flat discs on the skin.
geom::Mesh make_dots(const guide::TenderMap& map) {
  geom::Mesh mesh;
  for (const guide::TenderDot& dot : map.dots) {
    const glm::vec3 right = tool::reference_direction(dot.normal);
    const glm::vec3 up = glm::cross(dot.normal, right);
    const glm::vec3 middle = dot.point_m + kDotLiftM * dot.normal;
    const auto first = static_cast<std::uint32_t>(mesh.positions_m.size());
    mesh.positions_m.push_back(middle);
    mesh.normals.push_back(dot.normal);
    for (int i = 0; i < kDotCorners; ++i) {
      const float turn = glm::two_pi<float>() * static_cast<float>(i) / kDotCorners;
      mesh.positions_m.push_back(middle +
                                 kDotRadiusM * (std::cos(turn) * right + std::sin(turn) * up));
      mesh.normals.push_back(dot.normal);
      const auto corner = static_cast<std::uint32_t>(i);
      for (const std::uint32_t index : {0u, 1u + corner, 1u + (corner + 1u) % kDotCorners})
        mesh.indices.push_back(first + index);
    }
  }
  return mesh;
}

draw::SolidDraw solid_of(const geom::Mesh& mesh, std::uint64_t id, glm::vec3 colour) {
  draw::SolidDraw solid;
  solid.mesh.id = id;
  solid.mesh.positions_m = mesh.positions_m;
  solid.mesh.normals = mesh.normals;
  solid.mesh.indices = mesh.indices;
  solid.colour = colour;
  solid.material = draw::Material::kFlat;
  return solid;
}

}  // namespace

struct TenderMarks::Impl {
  std::uint64_t of = 0;  // what the dots were made from
  geom::Mesh dots;
  geom::Mesh ring = make_torus(kMarkRadiusM, kMarkThicknessM);
  geom::Mesh middle = make_ball(2.2f * kMarkThicknessM, 0);
  geom::Mesh finger = make_ball(kFingerM, 0);
};

TenderMarks::TenderMarks() : impl_(std::make_unique<Impl>()) {}
TenderMarks::~TenderMarks() = default;

void TenderMarks::add_to(draw::DrawList& list, const session::Snapshot& snapshot,
                         const ViewState& view) {
  if (view.touched_m) {
    list.solids.push_back(solid_of(impl_->finger, kFingerId, from_srgb(0x22A3AE)));
    list.solids.back().transform[3] = glm::vec4(*view.touched_m, 1.0f);
    list.solids.back().on_top = true;
  }
  if (snapshot.tender == nullptr) return;
  const guide::TenderMap& map = *snapshot.tender;
  base::Hash hash;
  for (const guide::TenderDot& dot : map.dots) {
    hash.add(dot.point_m.x);
    hash.add(dot.point_m.y);
  }
  if (impl_->of != hash.value()) {
    impl_->of = hash.value();
    impl_->dots = make_dots(map);
  }
  const glm::vec3 violet = from_srgb(0x7B1FA2);
  if (!impl_->dots.indices.empty()) list.solids.push_back(solid_of(impl_->dots, impl_->of, violet));
  const glm::vec3 z = map.spot.normal;
  const glm::vec3 x = tool::reference_direction(z);
  const glm::vec3 at = map.spot.point_m + kMarkLiftM * z;
  const glm::mat4 frame(glm::vec4(x, 0.0f), glm::vec4(glm::cross(z, x), 0.0f), glm::vec4(z, 0.0f),
                        glm::vec4(at, 1.0f));
  // Found whatever lies over it: the mark is what the map is about.
  for (const auto& [mesh, id] : {std::pair(&impl_->ring, 1u), std::pair(&impl_->middle, 2u)}) {
    base::Hash mark;
    mark.add(id);
    mark.add(mesh->positions_m.size());
    list.solids.push_back(solid_of(*mesh, mark.value(), from_srgb(0x4A0D6B)));
    list.solids.back().transform = frame;
    list.solids.back().on_top = true;
  }
}

}  // namespace scene

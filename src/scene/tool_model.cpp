#include "scene/tool_model.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <glm/gtc/matrix_transform.hpp>
#include <map>
#include <string>

#include "base/hash.h"
#include "scene/colour_maps.h"
#include "scene/shapes.h"

namespace scene {
namespace {

constexpr float kHandleGap = 0.030f;
constexpr float kHandleThickness = 0.0017f;
constexpr float kKnobRadius = 0.0085f;
constexpr float kGhostOpacity = 0.4f;

struct Part {
  geom::Mesh mesh;
  std::uint64_t id = 0;
};

Part make_part(geom::Mesh mesh) {
  base::Hash hash;
  for (const glm::vec3 p : mesh.positions_m) {
    hash.add(p.x);
    hash.add(p.y);
    hash.add(p.z);
  }
  return {std::move(mesh), hash.value()};
}

draw::MeshSource source_of(const Part& part) {
  draw::MeshSource source;
  source.id = part.id;
  source.positions_m = part.mesh.positions_m;
  source.normals = part.mesh.normals;
  source.indices = part.mesh.indices;
  return source;
}

void add(draw::DrawList& list, const Part& part, const glm::mat4& transform, glm::vec3 colour,
         draw::Material material) {
  draw::SolidDraw solid;
  solid.mesh = source_of(part);
  solid.transform = transform;
  solid.colour = colour;
  solid.material = material;
  list.solids.push_back(solid);
}

glm::mat4 frame_matrix(glm::vec3 x, glm::vec3 y, glm::vec3 z, glm::vec3 origin) {
  return {glm::vec4(x, 0.0f), glm::vec4(y, 0.0f), glm::vec4(z, 0.0f), glm::vec4(origin, 1.0f)};
}

const tool::AttachmentSpec& attachment_of(const session::Snapshot& snapshot) {
  return snapshot.tool->attachments[static_cast<std::size_t>(snapshot.document->attachment)];
}

}  // namespace

HeadPlace find_head_place(const session::Snapshot& snapshot) {
  const HeadSize size = find_head_size(attachment_of(snapshot));
  const tool::HeadPose& pose = snapshot.head_now;
  const glm::mat3 frame = tool::head_frame(pose);
  HeadPlace place;
  place.bar = frame[0];
  place.rolling = frame[1];
  place.outward = frame[2];
  place.centre_m = pose.position_m + pose.normal * size.rest_m;
  if (snapshot.sim != nullptr) {
    const sim::ContactPatch& patch = snapshot.sim->patch;
    if (!patch.contacts.empty()) {
      const session::ShownHead settled = snapshot.head_shown.value_or(
          session::ShownHead{patch.head_centre_m, patch.bar_axis, patch.outward});
      place.centre_m = settled.centre_m;
      place.bar = glm::normalize(settled.bar_axis);
      place.outward =
          glm::normalize(settled.outward - place.bar * glm::dot(settled.outward, place.bar));
      place.rolling = glm::cross(place.outward, place.bar);
    } else {
      place.centre_m += pose.normal * patch.gap.value;
    }
  }
  const float pitch = pose.pitch.value;
  place.arm = std::cos(pitch) * place.outward + std::sin(pitch) * place.rolling;
  // Without slip a ball turns by way over radius. The way is read off the place itself, so that a
  // picture depends on nothing but its snapshot.
  place.roll_rad = -glm::dot(place.centre_m, place.rolling) / std::max(size.ball_radius_m, 1e-3f);
  return place;
}

struct ToolModel::Impl {
  struct Placed {
    Part part;
    HeadPart look;
  };
  std::map<std::string, std::vector<Placed>> heads;  // by attachment id

  const std::vector<Placed>& parts_of(const tool::ToolSpec& tool, int index) {
    const auto& attachment = tool.attachments[static_cast<std::size_t>(index)];
    auto head = heads.find(attachment.id);
    if (head != heads.end()) return head->second;
    head = heads.emplace(attachment.id, std::vector<Placed>{}).first;
    for (HeadPart& look : make_head_parts(attachment, tool.bar_diameter.value)) {
      Part part = make_part(std::move(look.mesh));
      head->second.push_back({std::move(part), std::move(look)});
    }
    return head->second;
  }
  void add_ghost(draw::DrawList& list, const session::Snapshot& snapshot);
  Part ring, knob;
  float ring_radius = 0.0f;
};

// Where the chosen placement wants the head, as long as the head is somewhere else: what touches,
// see-through, seen through the body.
void ToolModel::Impl::add_ghost(draw::DrawList& list, const session::Snapshot& snapshot) {
  if (!snapshot.placement || snapshot.placement->is_reached()) return;
  const auto chosen = static_cast<std::size_t>(snapshot.document->placement);
  const int attachment = (*snapshot.placements)[chosen].spec.attachment;
  const auto& spec = snapshot.tool->attachments[static_cast<std::size_t>(attachment)];
  const tool::HeadPose& pose = snapshot.placement->pose;
  const glm::mat3 frame = tool::head_frame(pose);
  const glm::mat4 at = frame_matrix(frame[0], frame[1], frame[2],
                                    pose.position_m + pose.normal * find_head_size(spec).rest_m);
  for (const Placed& placed : parts_of(*snapshot.tool, attachment)) {
    if (placed.look.frame == HeadPart::Frame::kArm) continue;
    add(list, placed.part, glm::translate(at, placed.look.at_m), from_srgb(0x22A3AE),
        draw::Material::kPlastic);
    list.solids.back().opacity = kGhostOpacity;
    list.solids.back().on_top = true;
  }
}

ToolModel::ToolModel() : impl_(std::make_unique<Impl>()) {}
ToolModel::~ToolModel() = default;

void ToolModel::add_to(draw::DrawList& list, const session::Snapshot& snapshot,
                       const ViewState& view) {
  if (snapshot.tool == nullptr || snapshot.tool->attachments.empty()) return;
  const HeadPlace place = find_head_place(snapshot);
  const glm::mat4 in_head = frame_matrix(place.bar, place.rolling, place.outward, place.centre_m);
  const glm::mat4 in_arm =
      frame_matrix(place.bar, glm::cross(place.arm, place.bar), place.arm, place.centre_m);
  for (const Impl::Placed& placed :
       impl_->parts_of(*snapshot.tool, snapshot.document->attachment)) {
    glm::mat4 at = placed.look.frame == HeadPart::Frame::kArm ? in_arm : in_head;
    at = glm::translate(at, placed.look.at_m);
    if (placed.look.frame == HeadPart::Frame::kRolling) {
      at = glm::rotate(at, place.roll_rad, glm::vec3(1.0f, 0.0f, 0.0f));
    }
    add(list, placed.part, at, placed.look.colour, placed.look.material);
  }
  impl_->add_ghost(list, snapshot);

  if (!view.show_handle) return;
  const HandleRing ring = find_handle_ring(snapshot);
  if (impl_->ring_radius != ring.radius_m) {
    impl_->ring = make_part(make_torus(ring.radius_m, kHandleThickness));
    impl_->knob = make_part(make_ball(kKnobRadius, 0));
    impl_->ring_radius = ring.radius_m;
  }
  const glm::vec3 colour = from_srgb(view.handle_hot ? 0x4FE0E8 : 0x22A3AE);
  const glm::mat4 at = frame_matrix(place.bar, place.rolling, place.outward, ring.centre_m);
  add(list, impl_->ring, at, colour, draw::Material::kFlat);
  list.solids.back().on_top = true;
  list.solids.back().opacity = view.handle_hot ? 0.95f : 0.62f;
  add(list, impl_->knob, glm::translate(glm::mat4(1.0f), ring.grip_m), colour,
      draw::Material::kPlastic);
  list.solids.back().on_top = true;
}

HandleRing find_handle_ring(const session::Snapshot& snapshot) {
  HandleRing ring;
  if (snapshot.tool == nullptr || snapshot.tool->attachments.empty()) return ring;
  const HeadPlace place = find_head_place(snapshot);
  ring.centre_m = place.centre_m;
  ring.normal = place.outward;
  ring.radius_m = find_head_size(attachment_of(snapshot)).half_width_m + kHandleGap;
  ring.grip_m = place.centre_m + place.bar * ring.radius_m;
  return ring;
}

}  // namespace scene

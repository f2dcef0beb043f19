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

constexpr int kBallGrooves = 10;
constexpr float kAxleRadius = 0.0055f;
constexpr float kYokeRadius = 0.0065f;
constexpr float kYokeGap = 0.007f;   // between a ball and the yoke
constexpr float kArmLength = 0.11f;  // shown; the rest of the bar would only hide the body
constexpr float kHandleGap = 0.030f;
constexpr float kHandleThickness = 0.0017f;
constexpr float kKnobRadius = 0.0085f;

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

struct HeadParts {
  std::vector<Part> balls;
  std::vector<Part> hubs;
  Part axle, yoke, collar, arm;
};

// Out from the axle's ends, round the balls, together at the arm: rounded corners.
std::vector<glm::vec3> yoke_path(float half, float depth) {
  const float corner = std::min(0.016f, 0.6f * half);
  std::vector<glm::vec3> path;
  path.emplace_back(-half, 0.0f, 0.0f);
  constexpr int kSteps = 6;
  for (int i = 0; i <= kSteps; ++i) {
    const float a = 1.5707963f * static_cast<float>(i) / kSteps;
    path.emplace_back(-half + corner * (1.0f - std::cos(a)), 0.0f,
                      depth - corner * (1.0f - std::sin(a)));
  }
  for (int i = kSteps; i >= 0; --i) {
    const float a = 1.5707963f * static_cast<float>(i) / kSteps;
    path.emplace_back(half - corner * (1.0f - std::cos(a)), 0.0f,
                      depth - corner * (1.0f - std::sin(a)));
  }
  path.emplace_back(half, 0.0f, 0.0f);
  return path;
}

geom::Mesh along_z(geom::Mesh mesh) {
  // (x, y, z) -> (-z, y, x): a quarter turn about y, so windings stay.
  for (glm::vec3& p : mesh.positions_m) p = {-p.z, p.y, p.x};
  for (glm::vec3& n : mesh.normals) n = {-n.z, n.y, n.x};
  return mesh;
}

HeadParts make_head(const tool::AttachmentSpec& attachment, float bar_diameter) {
  HeadParts parts;
  for (const tool::BallSpec& ball : attachment.balls) {
    const float r = ball.radius.value;
    parts.balls.push_back(make_part(make_ball(r, kBallGrooves)));
    const std::array<glm::vec2, 6> hub = {
        glm::vec2(-1.02f * r, 0.20f * r), glm::vec2(-1.0f * r, 0.26f * r),
        glm::vec2(-0.90f * r, 0.27f * r), glm::vec2(0.90f * r, 0.27f * r),
        glm::vec2(1.0f * r, 0.26f * r),   glm::vec2(1.02f * r, 0.20f * r)};
    parts.hubs.push_back(make_part(make_lathe(hub)));
  }
  const HeadSize size = find_head_size(attachment);
  const float half = size.half_width_m + kYokeGap;
  const float depth = size.ball_radius_m + 0.016f;
  const std::array<glm::vec3, 2> axle = {glm::vec3(-half, 0.0f, 0.0f), glm::vec3(half, 0.0f, 0.0f)};
  parts.axle = make_part(make_tube(axle, kAxleRadius));
  parts.yoke = make_part(make_tube(yoke_path(half, depth), kYokeRadius));
  const float r = 0.5f * bar_diameter;
  const std::array<glm::vec2, 6> collar = {
      glm::vec2(depth - 0.008f, 0.55f * r), glm::vec2(depth - 0.006f, 0.62f * r),
      glm::vec2(depth + 0.020f, 0.80f * r), glm::vec2(depth + 0.022f, 1.00f * r),
      glm::vec2(depth + 0.034f, 1.00f * r), glm::vec2(depth + 0.036f, 0.90f * r)};
  parts.collar = make_part(along_z(make_lathe(collar)));
  const std::array<glm::vec2, 5> arm = {
      glm::vec2(depth + 0.034f, 0.86f * r), glm::vec2(depth + 0.036f, 0.86f * r),
      glm::vec2(depth + kArmLength - 0.002f, 0.86f * r), glm::vec2(depth + kArmLength, 0.80f * r),
      glm::vec2(depth + kArmLength + 0.0005f, 0.60f * r)};
  parts.arm = make_part(along_z(make_lathe(arm)));
  return parts;
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

HeadSize find_head_size(const tool::AttachmentSpec& attachment) {
  HeadSize size;
  for (const tool::BallSpec& ball : attachment.balls) {
    size.half_width_m = std::max(size.half_width_m, std::abs(ball.centre_m.x) + ball.radius.value);
    size.ball_radius_m = std::max(size.ball_radius_m, ball.radius.value);
  }
  return size;
}

HeadPlace find_head_place(const session::Snapshot& snapshot) {
  const HeadSize size = find_head_size(attachment_of(snapshot));
  const tool::HeadPose& pose = snapshot.head_now;
  const glm::mat3 frame = tool::head_frame(pose);
  HeadPlace place;
  place.bar = frame[0];
  place.rolling = frame[1];
  place.outward = frame[2];
  place.centre_m = pose.position_m + pose.normal * size.ball_radius_m;
  if (snapshot.sim != nullptr) {
    const sim::ContactPatch& patch = snapshot.sim->patch;
    if (!patch.contacts.empty()) {
      place.centre_m = patch.head_centre_m;
      place.bar = glm::normalize(patch.bar_axis);
      place.outward =
          glm::normalize(patch.outward - place.bar * glm::dot(patch.outward, place.bar));
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
  std::map<std::string, HeadParts> heads;  // by attachment id
  Part ring, knob;
  float ring_radius = 0.0f;
};

ToolModel::ToolModel() : impl_(std::make_unique<Impl>()) {}
ToolModel::~ToolModel() = default;

void ToolModel::add_to(draw::DrawList& list, const session::Snapshot& snapshot,
                       const ViewState& view) {
  if (snapshot.tool == nullptr || snapshot.tool->attachments.empty()) return;
  const tool::AttachmentSpec& attachment = attachment_of(snapshot);
  auto head = impl_->heads.find(attachment.id);
  if (head == impl_->heads.end()) {
    head = impl_->heads
               .emplace(attachment.id, make_head(attachment, snapshot.tool->bar_diameter.value))
               .first;
  }
  const HeadParts& parts = head->second;
  const HeadPlace place = find_head_place(snapshot);

  const glm::mat4 in_head = frame_matrix(place.bar, place.rolling, place.outward, place.centre_m);
  for (std::size_t i = 0; i < attachment.balls.size(); ++i) {
    const glm::mat4 at = glm::rotate(glm::translate(in_head, attachment.balls[i].centre_m),
                                     place.roll_rad, glm::vec3(1.0f, 0.0f, 0.0f));
    add(list, parts.balls[i], at, attachment.colour, draw::Material::kRubber);
    add(list, parts.hubs[i], at, from_srgb(0x2FA7B0), draw::Material::kPlastic);
  }
  const glm::mat4 in_arm =
      frame_matrix(place.bar, glm::cross(place.arm, place.bar), place.arm, place.centre_m);
  const glm::vec3 steel = from_srgb(0x9AA0A6);
  add(list, parts.axle, in_arm, steel, draw::Material::kMetal);
  add(list, parts.yoke, in_arm, from_srgb(0x3C4247), draw::Material::kPlastic);
  add(list, parts.collar, in_arm, from_srgb(0x2A2E32), draw::Material::kPlastic);
  add(list, parts.arm, in_arm, steel, draw::Material::kMetal);

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

#include "scene/hand_parts.h"

#include <initializer_list>
#include <utility>

#include "scene/shapes.h"

namespace scene {
namespace {

struct Joint {
  glm::vec3 at_m;
  float radius_m;
};

geom::Mesh limb(std::initializer_list<Joint> joints) {
  std::vector<glm::vec3> path;
  std::vector<float> radii;
  for (const Joint& joint : joints) {
    path.push_back(joint.at_m);
    radii.push_back(joint.radius_m);
  }
  return make_limb(path, radii);
}

// Wider across the bar than thick: palms and wrists.
geom::Mesh widened(geom::Mesh mesh, float factor) {
  for (glm::vec3& p : mesh.positions_m) p.x *= factor;
  mesh.normals = geom::smooth_normals(mesh.positions_m, mesh.indices);
  return mesh;
}

// A finger bent at its middle joint, which is at `joint`: from the hand's knuckle down to it, back
// up and in.
geom::Mesh bent_finger(glm::vec3 joint, float r) {
  return limb({{joint + glm::vec3(0.0f, -0.012f, 0.046f), 1.12f * r},
               {joint + glm::vec3(0.0f, -0.008f, 0.022f), 1.0f * r},
               {joint, r},
               {joint + glm::vec3(0.0f, 0.020f, 0.012f), 0.92f * r},
               {joint + glm::vec3(0.0f, 0.027f, 0.030f), 0.88f * r},
               {joint + glm::vec3(0.0f, 0.016f, 0.042f), 0.82f * r}});
}

}  // namespace

void add_hand(const tool::AttachmentSpec& attachment, std::vector<HeadPart>& parts) {
  const float r = attachment.balls[0].radius.value;
  const auto add = [&](geom::Mesh mesh) {
    parts.push_back({std::move(mesh), attachment.colour, draw::Material::kSkin,
                     HeadPart::Frame::kHead, attachment.balls[0].centre_m});
  };
  using V = glm::vec3;
  switch (attachment.look) {
    case tool::Look::kThumb:
      // The thumb stands on its pad, the fingers are closed beside it.
      add(limb({{V(0.0f), r},
                {V(0.0f, -0.010f, 0.026f), 0.93f * r},
                {V(0.0f, -0.014f, 0.036f), 1.02f * r},
                {V(0.002f, -0.020f, 0.062f), 1.05f * r},
                {V(0.006f, -0.022f, 0.084f), 1.45f * r},
                {V(0.012f, -0.018f, 0.118f), 1.9f * r}}));
      for (int i = 0; i < 4; ++i) {
        const float out = static_cast<float>(i);
        add(bent_finger(V(0.026f + 0.019f * out, -0.012f, 0.050f + 0.002f * out * out), 0.0098f));
      }
      add(widened(limb({{V(0.032f, -0.020f, 0.094f), 0.021f},
                        {V(0.031f, -0.016f, 0.125f), 0.022f},
                        {V(0.028f, -0.012f, 0.158f), 0.018f},
                        {V(0.027f, -0.008f, 0.200f), 0.0185f}}),
                  1.65f));
      break;
    case tool::Look::kKnuckle:
      for (int i = -1; i <= 2; ++i) {
        const auto out = static_cast<float>(i);
        add(bent_finger(V(0.0205f * out, 0.0f, i == 0 ? 0.0f : 0.006f), i == 0 ? r : 0.93f * r));
      }
      add(widened(limb({{V(0.006f, -0.012f, 0.052f), 0.017f},
                        {V(0.006f, -0.010f, 0.080f), 0.019f},
                        {V(0.006f, -0.004f, 0.115f), 0.017f},
                        {V(0.006f, 0.000f, 0.160f), 0.0175f}}),
                  2.3f));
      // The thumb along the side.
      add(limb({{V(-0.034f, -0.010f, 0.098f), 0.015f},
                {V(-0.042f, 0.008f, 0.070f), 0.0115f},
                {V(-0.034f, 0.026f, 0.050f), 0.0105f},
                {V(-0.018f, 0.034f, 0.040f), 0.0095f}}));
      break;
    case tool::Look::kElbow:
      add(limb({{V(0.0f), r},
                {V(0.0f, -0.024f, 0.030f), 1.75f * r},
                {V(0.0f, -0.060f, 0.090f), 2.1f * r},
                {V(0.0f, -0.100f, 0.160f), 2.3f * r}}));
      add(limb({{V(0.0f), r},
                {V(0.0f, 0.030f, 0.026f), 1.75f * r},
                {V(0.0f, 0.080f, 0.066f), 2.0f * r},
                {V(0.0f, 0.160f, 0.130f), 1.6f * r},
                {V(0.0f, 0.220f, 0.178f), 1.35f * r}}));
      break;
    default:
      break;
  }
}

}  // namespace scene

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
  // Where the picture of an arm ends, clothing begins.
  const auto add_sleeve = [&](V from, V to, float radius, float wider) {
    parts.push_back({limb({{from, radius}, {to, wider}}), glm::vec3(0.035f, 0.075f, 0.085f),
                     draw::Material::kRubber, HeadPart::Frame::kHead,
                     attachment.balls[0].centre_m});
  };
  switch (attachment.look) {
    case tool::Look::kThumb:
      // The thumb stands on its pad, the fingers are closed beside it.
      add(limb({{V(0.0f), r},
                {V(0.0f, -0.008f, 0.026f), 0.93f * r},
                {V(0.0f, -0.012f, 0.036f), 1.02f * r},
                {V(0.002f, -0.018f, 0.062f), 1.05f * r},
                {V(0.008f, -0.024f, 0.082f), 1.45f * r},
                {V(0.016f, -0.040f, 0.096f), 1.8f * r}}));
      for (int i = 0; i < 4; ++i) {
        const float out = static_cast<float>(i);
        add(bent_finger(V(0.026f + 0.019f * out, -0.010f, 0.048f + 0.002f * out * out), 0.0098f));
      }
      add(widened(limb({{V(0.033f, -0.016f, 0.090f), 0.020f},
                        {V(0.032f, -0.050f, 0.098f), 0.022f},
                        {V(0.030f, -0.088f, 0.108f), 0.0175f},
                        {V(0.029f, -0.130f, 0.124f), 0.0185f}}),
                  1.6f));
      add_sleeve(V(0.046f, -0.122f, 0.121f), V(0.046f, -0.175f, 0.140f), 0.031f, 0.035f);
      break;
    case tool::Look::kKnuckle:
      for (int i = -1; i <= 2; ++i) {
        const auto out = static_cast<float>(i);
        add(bent_finger(V(0.0205f * out, 0.0f, i == 0 ? 0.0f : 0.006f), i == 0 ? r : 0.93f * r));
      }
      add(widened(limb({{V(0.0045f, -0.012f, 0.050f), 0.017f},
                        {V(0.0045f, -0.022f, 0.076f), 0.019f},
                        {V(0.0045f, -0.052f, 0.100f), 0.0165f},
                        {V(0.0045f, -0.100f, 0.122f), 0.0170f}}),
                  2.2f));
      // The thumb along the side.
      add(limb({{V(-0.032f, -0.018f, 0.078f), 0.0145f},
                {V(-0.042f, 0.006f, 0.060f), 0.0115f},
                {V(-0.034f, 0.026f, 0.048f), 0.0105f},
                {V(-0.018f, 0.034f, 0.040f), 0.0095f}}));
      add_sleeve(V(0.010f, -0.098f, 0.121f), V(0.010f, -0.150f, 0.143f), 0.0385f, 0.042f);
      break;
    case tool::Look::kElbow:
      // One bent arm, seen from its elbow: the fist to one side, the shoulder to the other.
      add(limb({{V(-0.118f, -0.105f, 0.112f), 2.15f * r},
                {V(-0.070f, -0.062f, 0.068f), 2.0f * r},
                {V(-0.022f, -0.020f, 0.024f), 1.5f * r},
                {V(0.0f), r},
                {V(0.030f, -0.010f, 0.022f), 1.55f * r},
                {V(0.080f, -0.036f, 0.048f), 1.8f * r},
                {V(0.150f, -0.074f, 0.080f), 1.45f * r},
                {V(0.200f, -0.102f, 0.102f), 1.25f * r}}));
      // The fist.
      add(limb({{V(0.205f, -0.104f, 0.104f), 1.3f * r},
                {V(0.228f, -0.118f, 0.112f), 1.9f * r},
                {V(0.258f, -0.134f, 0.124f), 1.75f * r}}));
      add_sleeve(V(-0.098f, -0.087f, 0.094f), V(-0.150f, -0.133f, 0.140f), 0.0455f, 0.050f);
      break;
    default:
      break;
  }
}

}  // namespace scene

#include "scene/head_parts.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "scene/colour_maps.h"
#include "scene/hand_parts.h"
#include "scene/shapes.h"

namespace scene {
namespace {

using Frame = HeadPart::Frame;

constexpr int kBallGrooves = 10;
constexpr float kAxleRadius = 0.0055f;
constexpr float kYokeRadius = 0.0065f;
constexpr float kYokeGap = 0.007f;   // between a ball and the yoke
constexpr float kArmLength = 0.11f;  // shown; the rest of the bar would only hide the body
constexpr float kRibDepth = 0.0028f;
constexpr float kHalfPi = 1.5707963f;

// Out from the axle's ends, round the balls, together at the arm: rounded corners.
std::vector<glm::vec3> yoke_path(float half, float depth) {
  const float corner = std::min(0.016f, 0.6f * half);
  std::vector<glm::vec3> path;
  path.emplace_back(-half, 0.0f, 0.0f);
  constexpr int kSteps = 6;
  for (int i = 0; i <= kSteps; ++i) {
    const float a = kHalfPi * static_cast<float>(i) / kSteps;
    path.emplace_back(-half + corner * (1.0f - std::cos(a)), 0.0f,
                      depth - corner * (1.0f - std::sin(a)));
  }
  for (int i = kSteps; i >= 0; --i) {
    const float a = kHalfPi * static_cast<float>(i) / kSteps;
    path.emplace_back(half - corner * (1.0f - std::cos(a)), 0.0f,
                      depth - corner * (1.0f - std::sin(a)));
  }
  path.emplace_back(half, 0.0f, 0.0f);
  return path;
}

// What holds the head: axle, yoke, collar, arm.
void add_mount(const HeadSize& size, float bar_diameter, std::vector<HeadPart>& parts) {
  const float half = size.half_width_m + kYokeGap;
  const float depth = size.ball_radius_m + 0.016f;
  const glm::vec3 steel = from_srgb(0x9AA0A6);
  const auto add = [&](geom::Mesh mesh, glm::vec3 colour, draw::Material material) {
    parts.push_back({std::move(mesh), colour, material, Frame::kArm, glm::vec3(0.0f)});
  };
  const std::array<glm::vec3, 2> axle = {glm::vec3(-half, 0.0f, 0.0f), glm::vec3(half, 0.0f, 0.0f)};
  add(make_tube(axle, kAxleRadius), steel, draw::Material::kMetal);
  add(make_tube(yoke_path(half, depth), kYokeRadius), from_srgb(0x3C4247),
      draw::Material::kPlastic);
  const float r = 0.5f * bar_diameter;
  const std::array<glm::vec2, 6> collar = {
      glm::vec2(depth - 0.008f, 0.55f * r), glm::vec2(depth - 0.006f, 0.62f * r),
      glm::vec2(depth + 0.020f, 0.80f * r), glm::vec2(depth + 0.022f, 1.00f * r),
      glm::vec2(depth + 0.034f, 1.00f * r), glm::vec2(depth + 0.036f, 0.90f * r)};
  add(turned_to_z(make_lathe(collar)), from_srgb(0x2A2E32), draw::Material::kPlastic);
  const std::array<glm::vec2, 5> arm = {
      glm::vec2(depth + 0.034f, 0.86f * r), glm::vec2(depth + 0.036f, 0.86f * r),
      glm::vec2(depth + kArmLength - 0.002f, 0.86f * r), glm::vec2(depth + kArmLength, 0.80f * r),
      glm::vec2(depth + kArmLength + 0.0005f, 0.60f * r)};
  add(turned_to_z(make_lathe(arm)), steel, draw::Material::kMetal);
}

void add_balls(const tool::AttachmentSpec& attachment, std::vector<HeadPart>& parts) {
  for (const tool::BallSpec& ball : attachment.balls) {
    const float r = ball.radius.value;
    parts.push_back({make_ball(r, kBallGrooves), attachment.colour, draw::Material::kRubber,
                     Frame::kRolling, ball.centre_m});
    const std::array<glm::vec2, 6> hub = {
        glm::vec2(-1.02f * r, 0.20f * r), glm::vec2(-1.0f * r, 0.26f * r),
        glm::vec2(-0.90f * r, 0.27f * r), glm::vec2(0.90f * r, 0.27f * r),
        glm::vec2(1.0f * r, 0.26f * r),   glm::vec2(1.02f * r, 0.20f * r)};
    parts.push_back({make_lathe(hub), from_srgb(0x2FA7B0), draw::Material::kPlastic,
                     Frame::kRolling, ball.centre_m});
  }
}

// One side of a roller, from x0 to x1: rounded edges, round ribs between narrow valleys.
geom::Mesh make_roller_side(float x0, float x1, float radius, int ribs) {
  const float edge = std::min(0.006f, 0.2f * (x1 - x0));
  std::vector<glm::vec2> profile;
  profile.emplace_back(x0, radius - 1.6f * edge);
  constexpr int kRound = 5;
  for (int i = 0; i <= kRound; ++i) {
    const float a = kHalfPi * static_cast<float>(i) / kRound;
    profile.emplace_back(x0 + edge * (1.0f - std::cos(a)), radius - edge * (1.0f - std::sin(a)));
  }
  const float from = x0 + edge, to = x1 - edge;
  const int steps = 12 * std::max(ribs, 1);
  for (int i = 1; i < steps; ++i) {
    const float t = static_cast<float>(i) / static_cast<float>(steps);
    // Valleys between ribs only: the ends are round already.
    const float wave = std::abs(std::sin(kHalfPi * 2.0f * t * static_cast<float>(ribs)));
    const float depth = ribs > 1 ? kRibDepth * std::pow(1.0f - wave, 2.0f) : 0.0f;
    profile.emplace_back(from + t * (to - from), radius - depth);
  }
  for (int i = kRound; i >= 0; --i) {
    const float a = kHalfPi * static_cast<float>(i) / kRound;
    profile.emplace_back(x1 - edge * (1.0f - std::cos(a)), radius - edge * (1.0f - std::sin(a)));
  }
  profile.emplace_back(x1, radius - 1.6f * edge);
  return make_lathe(profile);
}

void add_roller(const tool::RollerSpec& roller, glm::vec3 colour, bool loose,
                std::vector<HeadPart>& parts) {
  const float half = 0.5f * roller.length.value;
  const float groove = 0.5f * roller.groove.value;
  const float r = roller.radius.value;
  const auto add = [&](geom::Mesh mesh, glm::vec3 of, draw::Material material) {
    parts.push_back({std::move(mesh), of, material, Frame::kRolling, glm::vec3(0.0f)});
  };
  if (groove > 0.0f) {
    add(make_roller_side(-half, -groove, r, roller.ribs), colour, draw::Material::kRubber);
    add(make_roller_side(groove, half, r, roller.ribs), colour, draw::Material::kRubber);
    // The neck over the spine.
    const std::array<glm::vec2, 4> neck = {
        glm::vec2(-groove - 0.004f, 0.5f * r), glm::vec2(-groove - 0.003f, 0.56f * r),
        glm::vec2(groove + 0.003f, 0.56f * r), glm::vec2(groove + 0.004f, 0.5f * r)};
    add(make_lathe(neck), from_srgb(0x2FA7B0), draw::Material::kPlastic);
  } else {
    add(make_roller_side(-half, half, r, roller.ribs), colour, draw::Material::kRubber);
  }
  // Ends: a hub on an axle, or the hollow core of a loose roller.
  const float core = (loose ? 0.62f : 0.42f) * r;
  const std::array<glm::vec2, 4> hub = {
      glm::vec2(-half - 0.0015f, 0.85f * core), glm::vec2(-half - 0.001f, core),
      glm::vec2(half + 0.001f, core), glm::vec2(half + 0.0015f, 0.85f * core)};
  add(make_lathe(hub), from_srgb(loose ? 0x15181A : 0x2FA7B0), draw::Material::kPlastic);
}

// Faces the skin: a round cap, a ring of another colour, a flat back.
void add_domes(const tool::AttachmentSpec& attachment, std::vector<HeadPart>& parts) {
  const glm::vec3 warm = from_srgb(0xD8622B), cool = from_srgb(0x2E7FC0);
  for (const tool::BallSpec& ball : attachment.balls) {
    const float r = ball.radius.value;
    std::vector<glm::vec2> cap;
    constexpr int kSteps = 18;
    for (int i = 1; i <= kSteps; ++i) {
      const float a = kHalfPi * static_cast<float>(i) / kSteps;
      cap.emplace_back(-r * std::cos(a), r * std::sin(a));
    }
    cap.emplace_back(0.006f, r);
    const std::array<glm::vec2, 6> ring = {
        glm::vec2(0.0045f, 0.90f * r), glm::vec2(0.005f, 1.03f * r), glm::vec2(0.007f, 1.05f * r),
        glm::vec2(0.016f, 1.05f * r),  glm::vec2(0.019f, 0.98f * r), glm::vec2(0.020f, 0.6f * r)};
    // On the left of whoever looks at the back, as on the button.
    const glm::vec3 colour = ball.centre_m.x > 0.0f ? warm : cool;
    parts.push_back({turned_to_z(make_lathe(cap)), colour, draw::Material::kRubber, Frame::kHead,
                     ball.centre_m});
    parts.push_back({turned_to_z(make_lathe(ring)), attachment.colour, draw::Material::kPlastic,
                     Frame::kHead, ball.centre_m});
    // The back says which is which, too: it is what one sees of a head that presses.
    const std::array<glm::vec2, 4> back = {
        glm::vec2(0.012f, 0.80f * r), glm::vec2(0.0205f, 0.84f * r), glm::vec2(0.0225f, 0.80f * r),
        glm::vec2(0.0228f, 0.55f * r)};
    parts.push_back({turned_to_z(make_lathe(back)), colour, draw::Material::kPlastic, Frame::kHead,
                     ball.centre_m});
  }
}

// A knob on a hook, a long shaft beside the body, a second hook the other way: an S.
void add_cane(const tool::AttachmentSpec& attachment, std::vector<HeadPart>& parts) {
  constexpr float kTube = 0.0105f, kBend = 0.085f, kStraight = 0.20f;
  std::vector<glm::vec3> path = {{0.0f, 0.0f, 0.0f}, {0.0f, 0.0f, 0.03f}};
  constexpr int kSteps = 14;
  // Out from the skin and over into the shaft, a little past a right angle.
  for (int i = 1; i <= kSteps; ++i) {
    const float a = kHalfPi * static_cast<float>(i) / kSteps;
    path.emplace_back(0.0f, kBend * (1.0f - std::cos(a)), 0.03f + kBend * std::sin(a));
  }
  const glm::vec3 bend = path.back();
  path.push_back(bend + glm::vec3(0.0f, 0.5f * kStraight, 0.004f));
  const glm::vec3 turn = bend + glm::vec3(0.0f, kStraight, 0.008f);
  for (int i = 0; i <= kSteps + 4; ++i) {
    const float a = kHalfPi * static_cast<float>(i) / kSteps;
    path.push_back(turn + glm::vec3(0.0f, kBend * std::sin(a), kBend * (1.0f - std::cos(a))));
  }
  const glm::vec3 end = path.back();
  const auto add = [&](geom::Mesh mesh, glm::vec3 at) {
    parts.push_back(
        {std::move(mesh), attachment.colour, draw::Material::kPlastic, Frame::kHead, at});
  };
  add(make_tube(path, kTube), glm::vec3(0.0f));
  add(make_ball(attachment.balls[0].radius.value, 0), glm::vec3(0.0f));
  add(make_ball(0.8f * attachment.balls[0].radius.value, 0), end);
  // A peg to hold on to.
  const glm::vec3 middle = bend + glm::vec3(0.0f, 0.6f * kStraight, 0.005f);
  const std::array<glm::vec3, 2> peg = {middle, middle + glm::vec3(0.0f, 0.0f, 0.055f)};
  add(make_tube(peg, 0.009f), glm::vec3(0.0f));
  add(make_ball(0.0135f, 0), peg[1]);
}

}  // namespace

HeadSize find_head_size(const tool::AttachmentSpec& attachment) {
  HeadSize size;
  for (const tool::BallSpec& ball : attachment.balls) {
    size.half_width_m = std::max(size.half_width_m, std::abs(ball.centre_m.x) + ball.radius.value);
    size.ball_radius_m = std::max(size.ball_radius_m, ball.radius.value);
    size.rest_m = std::max(size.rest_m, ball.radius.value - ball.centre_m.z);
  }
  if (attachment.roller) size.half_width_m = 0.5f * attachment.roller->length.value;
  if (attachment.mesh) {
    const geom::Aabb& box = attachment.mesh->bounds();
    size.half_width_m = std::max(-box.min.x, box.max.x);
  }
  return size;
}

std::vector<HeadPart> make_head_parts(const tool::AttachmentSpec& attachment,
                                      float bar_diameter_m) {
  std::vector<HeadPart> parts;
  const HeadSize size = find_head_size(attachment);
  switch (attachment.look) {
    case tool::Look::kHead:
      if (attachment.roller) {
        add_roller(*attachment.roller, attachment.colour, false, parts);
      } else {
        add_balls(attachment, parts);
      }
      add_mount(size, bar_diameter_m, parts);
      break;
    case tool::Look::kDomes:
      add_domes(attachment, parts);
      add_mount(size, bar_diameter_m, parts);
      break;
    case tool::Look::kBall:
      for (const tool::BallSpec& ball : attachment.balls) {
        parts.push_back({make_ball(ball.radius.value, 0), attachment.colour,
                         draw::Material::kRubber, Frame::kRolling, ball.centre_m});
      }
      break;
    case tool::Look::kRoller:
      if (attachment.roller) add_roller(*attachment.roller, attachment.colour, true, parts);
      break;
    case tool::Look::kCane:
      add_cane(attachment, parts);
      break;
    case tool::Look::kThumb:
    case tool::Look::kKnuckle:
    case tool::Look::kElbow:
      add_hand(attachment, parts);
      break;
    case tool::Look::kMesh:
      parts.push_back({attachment.mesh->mesh(), attachment.colour, draw::Material::kPlastic,
                       Frame::kHead, glm::vec3(0.0f)});
      break;
  }
  return parts;
}

}  // namespace scene

#include "tool/head_pose.h"

#include <gtest/gtest.h>

#include <cmath>
#include <glm/geometric.hpp>
#include <glm/matrix.hpp>
#include <random>

#include "support/phantom_body.h"

namespace tool {
namespace {

AttachmentSpec two_balls() {
  AttachmentSpec spec;
  spec.balls = {{{-0.045f, 0.0f, 0.0f}, base::Metres{0.0315f}},
                {{0.045f, 0.0f, 0.0f}, base::Metres{0.0315f}}};
  return spec;
}

float angle_between(glm::vec3 a, glm::vec3 b) {
  return std::acos(std::min(1.0f, std::max(-1.0f, glm::dot(a, b))));
}

TEST(HeadFrame, IsRightHandedOrthonormalAndMeasuredFromBodyX) {
  // On the back (normal -Z) angle 0 is body +X; a quarter turn about the normal is -Y or +Y by the
  // right hand: n x X = (0,0,-1) x (1,0,0) = (0,-1,0).
  HeadPose pose;
  pose.normal = {0.0f, 0.0f, -1.0f};
  EXPECT_NEAR(head_frame(pose)[0].x, 1.0f, 1e-6f);
  pose.angle = base::Radians{base::kPi / 2.0f};
  EXPECT_NEAR(head_frame(pose)[0].y, -1.0f, 1e-6f);
  // On the flank X is no direction in the plane: +Z takes over.
  pose.normal = glm::normalize(glm::vec3(0.95f, 0.1f, 0.0f));
  pose.angle = base::Radians{0.0f};
  EXPECT_NEAR(head_frame(pose)[0].z, 1.0f, 1e-6f);

  std::mt19937 random(3);
  std::normal_distribution<float> place;
  std::uniform_real_distribution<float> turn(-3.2f, 3.2f);
  for (int i = 0; i < 1000; ++i) {
    pose.normal = glm::normalize(glm::vec3(place(random), place(random), place(random)));
    pose.angle = base::Radians{turn(random)};
    const glm::mat3 frame = head_frame(pose);
    const glm::mat3 product = glm::transpose(frame) * frame;
    for (int a = 0; a < 3; ++a)
      for (int b = 0; b < 3; ++b) EXPECT_NEAR(product[a][b], a == b ? 1.0f : 0.0f, 1e-5f);
    EXPECT_NEAR(glm::determinant(frame), 1.0f, 1e-5f);
    EXPECT_NEAR(glm::dot(frame[2], pose.normal), 1.0f, 1e-5f);
    // The angle reads back from the bar axis.
    const glm::vec3 zero = reference_direction(pose.normal);
    const float back =
        std::atan2(glm::dot(frame[0], glm::cross(pose.normal, zero)), glm::dot(frame[0], zero));
    EXPECT_NEAR(std::remainder(back - pose.angle.value, 2.0f * base::kPi), 0.0f, 1e-4f);
  }
}

TEST(PoseOnSkin, RestsOnTheSkinAndFacesOutward) {
  const test_support::PhantomSpec phantom;
  const auto body = test_support::make_phantom(phantom);
  const AttachmentSpec head = two_balls();
  for (float theta = -3.0f; theta < 3.0f; theta += 0.37f) {
    const glm::vec3 normal = test_support::phantom_skin_normal(phantom, theta);
    const glm::vec3 skin = test_support::phantom_skin_point(phantom, theta, 1.2f);
    // Above, on and below the skin: the same pose.
    for (const float off : {0.05f, 0.0f, -0.02f}) {
      const HeadPose pose =
          pose_on_skin(*body, skin + off * normal, base::Radians{0.3f}, base::Radians{0.0f}, head);
      EXPECT_LT(glm::distance(pose.position_m, skin), 2e-3f);
      EXPECT_LT(angle_between(pose.normal, normal), 0.05f);
    }
  }
}

TEST(PoseOnSkin, AlwaysFindsAPlace) {
  const auto body = test_support::make_phantom();
  const AttachmentSpec head = two_balls();
  for (const glm::vec3 far : {glm::vec3(0.0f, 3.0f, 0.0f), glm::vec3(2.0f, 1.2f, -2.0f),
                              glm::vec3(0.0f, 1.2f, 0.0f), glm::vec3(0.0f, -5.0f, 0.1f)}) {
    const HeadPose pose = pose_on_skin(*body, far, base::Radians{}, base::Radians{}, head);
    EXPECT_NEAR(glm::length(pose.normal), 1.0f, 1e-4f);
    EXPECT_NEAR(body->find_surface_point(pose.position_m).distance_m, 0.0f, 1e-5f);
  }
}

// A roughly estimated envelope (1 mm of noise on 6 mm triangles: slopes of 10-20 degrees) must not
// shake the head: its normal stays within a few degrees of the smooth body's and changes by less
// than a degree per millimetre.
TEST(PoseOnSkin, DoesNotShakeOnANoisySurface) {
  test_support::PhantomSpec phantom;
  phantom.surface_noise_m = 0.001f;
  const auto body = test_support::make_phantom(phantom);
  const AttachmentSpec head = two_balls();
  glm::vec3 last(0.0f);
  for (int i = 0; i <= 150; ++i) {
    const float y = 1.05f + 0.001f * static_cast<float>(i);
    const glm::vec3 target = test_support::phantom_skin_point(phantom, 0.2f, y);
    const HeadPose pose = pose_on_skin(*body, target, base::Radians{}, base::Radians{}, head);
    EXPECT_LT(angle_between(pose.normal, test_support::phantom_skin_normal(phantom, 0.2f)), 0.06f);
    if (i > 0) {
      EXPECT_LT(angle_between(pose.normal, last), 0.0175f) << y;
    }
    last = pose.normal;
  }
}

}  // namespace
}  // namespace tool

// Laws of camera moves: what is under the cursor stays under it, an ease ends where it should.
#include "draw/camera_moves.h"

#include <gtest/gtest.h>

#include <cmath>

namespace {

const glm::vec2 kViewport{1280.0f, 720.0f};

draw::Camera tilted() {
  draw::Camera camera;
  camera.yaw_rad = 2.3f;
  camera.pitch_rad = 0.4f;
  return camera;
}

TEST(CameraMoves, ZoomKeepsTheAnchorUnderTheCursor) {
  const draw::Camera camera = tilted();
  const glm::vec3 anchor = camera.pivot_m + glm::vec3(0.12f, 0.2f, -0.05f);
  const glm::vec2 before = camera.project(anchor, kViewport);
  for (const float factor : {0.5f, 0.9f, 1.3f}) {
    const draw::Camera zoomed = draw::zoom_about(camera, anchor, factor);
    const glm::vec2 after = zoomed.project(anchor, kViewport);
    EXPECT_NEAR(before.x, after.x, 0.02f);
    EXPECT_NEAR(before.y, after.y, 0.02f);
    EXPECT_NEAR(zoomed.distance_m, camera.distance_m * factor, 1e-5f);
  }
}

TEST(CameraMoves, ZoomStopsAtItsLimits) {
  draw::Camera camera = tilted();
  for (int i = 0; i < 100; ++i) camera = draw::zoom_to_cursor(camera, {10, 10}, kViewport, 0.8f);
  EXPECT_FLOAT_EQ(camera.distance_m, draw::kMinDistance);
  for (int i = 0; i < 100; ++i) camera = draw::zoom_to_cursor(camera, {10, 10}, kViewport, 1.3f);
  EXPECT_FLOAT_EQ(camera.distance_m, draw::kMaxDistance);
}

TEST(CameraMoves, APannedPointFollowsTheCursor) {
  const draw::Camera camera = tilted();
  const glm::vec2 delta{37.0f, -21.0f};
  const glm::vec2 before = camera.project(camera.pivot_m, kViewport);
  const glm::vec2 after = draw::pan(camera, delta, kViewport).project(camera.pivot_m, kViewport);
  EXPECT_NEAR(after.x - before.x, delta.x, 0.02f);
  EXPECT_NEAR(after.y - before.y, delta.y, 0.02f);
}

TEST(CameraMoves, OrbitKeepsPivotAndDistanceAndStopsAtThePoles) {
  draw::Camera camera = tilted();
  for (int i = 0; i < 50; ++i) camera = draw::orbit(camera, {13, 40}, kViewport);
  EXPECT_NEAR(camera.pitch_rad, 1.5707963f, 1e-5f);
  EXPECT_EQ(camera.pivot_m, tilted().pivot_m);
  EXPECT_EQ(camera.distance_m, tilted().distance_m);
}

TEST(CameraMoves, DraggingRightTurnsTheFrontOfTheBodyRight) {
  const draw::Camera camera;  // from the back
  const glm::vec3 nearest = camera.pivot_m - camera.forward() * 0.1f;
  const glm::vec2 before = camera.project(nearest, kViewport);
  const glm::vec2 after = draw::orbit(camera, {30, 0}, kViewport).project(nearest, kViewport);
  EXPECT_GT(after.x, before.x);
}

TEST(CameraMoves, AnEaseEndsExactlyAndGoesTheShortWayRound) {
  draw::Camera from;
  from.yaw_rad = 3.0f;
  draw::Camera to;
  to.yaw_rad = -3.0f;
  to.distance_m = 0.4f;
  EXPECT_EQ(draw::ease(from, to, 1.0f), to);
  EXPECT_EQ(draw::ease(from, to, 0.0f).distance_m, from.distance_m);
  float last = 3.0f;
  for (float t = 0.0f; t < 1.0f; t += 0.05f) {
    const float yaw = draw::ease(from, to, t).yaw_rad;
    EXPECT_GE(yaw, last - 1e-5f);
    EXPECT_LE(yaw, 3.2831855f + 1e-4f);  // 2 pi - 3
    last = yaw;
  }
}

}  // namespace

// The camera in hand: jumps take their time, gestures none, and it has a history of its own.
#include "app/camera_control.h"

#include <gtest/gtest.h>

namespace {

const geom::Aabb kBox{{-0.25f, 0.8f, -0.15f}, {0.25f, 1.7f, 0.15f}};
const ui::Rect kFree{200.0f, 80.0f, 700.0f, 400.0f};
const glm::vec2 kWindow{1280.0f, 720.0f};

app::CameraControl make_control() {
  app::CameraControl control;
  control.set_viewport(kWindow, kFree);
  control.jump_to_standard(draw::StandardView::kBack, kBox);
  return control;
}

TEST(CameraControl, AStandardViewShowsTheWholeBoxBesideThePanels) {
  app::CameraControl control = make_control();
  for (const auto view : {draw::StandardView::kBack, draw::StandardView::kFront,
                          draw::StandardView::kLeft, draw::StandardView::kTop}) {
    control.go_to_standard(view, kBox);
    control.advance(1.0f);
    for (int corner = 0; corner < 8; ++corner) {
      const glm::vec3 p{(corner & 1) != 0 ? kBox.max.x : kBox.min.x,
                        (corner & 2) != 0 ? kBox.max.y : kBox.min.y,
                        (corner & 4) != 0 ? kBox.max.z : kBox.min.z};
      const glm::vec2 at = control.camera().project(p, kWindow);
      EXPECT_TRUE(kFree.contains(at.x, at.y)) << at.x << ' ' << at.y;
    }
  }
}

TEST(CameraControl, AJumpEasesFor150Milliseconds) {
  app::CameraControl control = make_control();
  const draw::Camera before = control.camera();
  control.go_to_standard(draw::StandardView::kFront, kBox);
  EXPECT_EQ(control.camera(), before);
  control.advance(0.07f);
  EXPECT_TRUE(control.is_moving());
  EXPECT_NE(control.camera().yaw_rad, before.yaw_rad);
  control.advance(0.09f);
  EXPECT_FALSE(control.is_moving());
  EXPECT_NEAR(control.camera().yaw_rad, 0.0f, 1e-6f);
}

TEST(CameraControl, HistoryGoesBackAndForward) {
  app::CameraControl control = make_control();
  const draw::Camera first = control.camera();
  control.begin_gesture();
  control.orbit({120.0f, 30.0f});
  control.orbit({10.0f, 0.0f});
  const draw::Camera second = control.camera();
  control.go_to_standard(draw::StandardView::kTop, kBox);
  control.advance(1.0f);
  control.go_back();
  control.advance(1.0f);
  EXPECT_EQ(control.camera(), second);
  control.go_back();
  control.advance(1.0f);
  EXPECT_EQ(control.camera(), first);
  EXPECT_FALSE(control.can_go_back());
  control.go_forward();
  control.advance(1.0f);
  EXPECT_EQ(control.camera(), second);
}

TEST(CameraControl, ARunOfNotchesIsOneStepAndKeepsTheCursorsPoint) {
  app::CameraControl control = make_control();
  const draw::Camera first = control.camera();
  const glm::vec2 cursor{500.0f, 200.0f};
  const geom::Ray ray = first.ray_through(cursor, kWindow);
  const glm::vec3 point =
      ray.origin_m + ray.direction * (first.distance_m / glm::dot(ray.direction, first.forward()));
  for (int i = 0; i < 4; ++i) control.zoom(cursor, 1.0f);
  EXPECT_LT(control.camera().distance_m, 0.6f * first.distance_m);
  EXPECT_LT(glm::length(control.camera().project(point, kWindow) - cursor), 0.5f);
  control.go_back();
  control.advance(1.0f);
  EXPECT_EQ(control.camera(), first);
}

TEST(CameraControl, BelowIsOppositeOfTop) {
  app::CameraControl control = make_control();
  control.go_below(kBox);
  control.advance(1.0f);
  EXPECT_GT(control.camera().forward().y, 0.99f);
}

}  // namespace

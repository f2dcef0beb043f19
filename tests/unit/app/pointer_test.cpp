// The pointer and the tool: a drag keeps the grabbed spot under the pointer, never loses the head,
// and a click is not a drag.
#include "app/pointer.h"

#include <gtest/gtest.h>

#include "app/state_json.h"
#include "support/phantom_body.h"

namespace {

namespace fs = std::filesystem;
const glm::vec2 kWindow{1280.0f, 720.0f};

class PointerTest : public testing::Test {
 protected:
  void SetUp() override {
    const fs::path assets = fs::path(BACKMATE_SOURCE_DIR) / "assets";
    auto tool = tool::load_tool(assets / "attachments");
    ASSERT_TRUE(tool) << tool.error().message;
    body_ = test_support::make_phantom();
    auto made = session::Session::make(
        {body_, std::make_shared<const tool::ToolSpec>(*tool), assets, "desk_shoulders"});
    ASSERT_TRUE(made) << made.error().message;
    session_ = std::move(*made);
    camera_.set_viewport(kWindow, {0.0f, 0.0f, kWindow.x, kWindow.y});
    camera_.jump_to_standard(draw::StandardView::kBack, body_->surface_bvh().bounds());
  }
  static app::InputEvent at(glm::vec2 pixel, app::MouseButton button = app::MouseButton::kLeft) {
    app::InputEvent event;
    event.x = pixel.x;
    event.y = pixel.y;
    event.button = button;
    return event;
  }
  glm::vec2 screen(glm::vec3 p) const { return camera_.camera().project(p, kWindow); }
  glm::vec2 tool_px() const { return screen(app::find_grab_point(session_->snapshot())); }
  glm::vec3 head() const { return session_->snapshot().document->head.position_m; }
  void apply(const app::Pointer::Result& result) {
    if (!result.command) return;
    const auto status = session_->apply(*result.command);
    ASSERT_TRUE(status) << status.error().message;
  }
  void press(glm::vec2 pixel) {
    apply(pointer_.press(at(pixel), false, session_->snapshot(), camera_, now_ += 1.0));
  }
  void move(glm::vec2 pixel) { apply(pointer_.move(pixel, session_->snapshot(), camera_)); }
  app::Pointer::Result release(glm::vec2 pixel) {
    auto result = pointer_.release(at(pixel), session_->snapshot(), camera_);
    apply(result);
    return result;
  }

  std::shared_ptr<const anatomy::BodyIndex> body_;
  std::unique_ptr<session::Session> session_;
  app::CameraControl camera_;
  app::Pointer pointer_;
  double now_ = 0.0;
};

TEST_F(PointerTest, ADraggedHeadFollowsThePointerExactly) {
  const glm::vec2 start = tool_px();
  const glm::vec2 head_start = screen(head());
  press(start);
  ASSERT_TRUE(pointer_.is_dragging_tool());
  for (const glm::vec2 by : {glm::vec2(5, 10), glm::vec2(-40, 90), glm::vec2(30, 200)}) {
    move(start + by);
    EXPECT_LT(glm::length(screen(head()) - (head_start + by)), 1.0f);
  }
  release(start + glm::vec2(30, 200));
  EXPECT_TRUE(pointer_.is_idle());
  ASSERT_TRUE(session_->apply(session::Undo{}));
  EXPECT_FALSE(session_->snapshot().can_undo) << "one drag, one step";
}

TEST_F(PointerTest, OffTheBodyTheHeadStaysOnTheSilhouette) {
  press(tool_px());
  move(tool_px() + glm::vec2(0, 100));
  const float height = head().y;
  move({kWindow.x - 2.0f, screen(head()).y});
  const auto skin = body_->find_surface_point(head());
  EXPECT_LT(skin.distance_m, 1e-3f) << "still on the skin";
  EXPECT_NEAR(head().y, height, 0.03f);
  EXPECT_GT(std::abs(head().x), 0.16f) << "at the edge of the 0.17 m wide barrel";
  move({-500.0f, -500.0f});
  EXPECT_LT(body_->find_surface_point(head()).distance_m, 1e-3f);
}

TEST_F(PointerTest, AShortMoveIsAClickAndALongOneIsNot) {
  const glm::vec2 beside{200.0f, 500.0f};
  press(beside);
  move(beside + glm::vec2(3, 0));
  EXPECT_TRUE(release(beside + glm::vec2(3, 0)).clicked);
  press(beside);
  move(beside + glm::vec2(5, 0));
  EXPECT_FALSE(release(beside + glm::vec2(5, 0)).clicked);
}

TEST_F(PointerTest, DraggingElsewhereTurnsTheCameraAndLeavesTheHead) {
  const glm::vec3 before = head();
  const float yaw = camera_.camera().yaw_rad;
  press({640.0f, 600.0f});
  move({740.0f, 600.0f});
  release({740.0f, 600.0f});
  EXPECT_NE(camera_.camera().yaw_rad, yaw);
  EXPECT_EQ(head(), before);
  EXPECT_TRUE(camera_.can_go_back());
}

TEST_F(PointerTest, AHiddenHeadIsNotTaken) {
  camera_.jump_to_standard(draw::StandardView::kFront, body_->surface_bvh().bounds());
  press(tool_px());
  EXPECT_FALSE(pointer_.is_dragging_tool());
}

TEST_F(PointerTest, AquarterOfTheRingTurnsTheHeadAQuarter) {
  const auto ring = scene::find_handle_ring(session_->snapshot());
  ASSERT_GT(ring.radius_m, 0.0f);
  const glm::vec3 x = glm::normalize(ring.grip_m - ring.centre_m);
  const glm::vec3 y = glm::cross(ring.normal, x);
  const auto on_ring = [&](float angle) {
    return screen(ring.centre_m + ring.radius_m * (std::cos(angle) * x + std::sin(angle) * y));
  };
  press(on_ring(0.0f));
  ASSERT_TRUE(pointer_.is_dragging_tool());
  move(on_ring(0.5f));
  move(on_ring(base::kPi / 3.0f));
  EXPECT_NEAR(session_->snapshot().document->head.angle.value, base::kPi / 3.0f, 0.03f);
  EXPECT_EQ(head(), session_->snapshot().document->head.position_m);
}

TEST(SettleAngle, StaysInRangeAndSnapsSoftly) {
  tool::ToolSpec tool;
  tool.angle_min = base::from_degrees(-90.0f);
  tool.angle_max = base::from_degrees(90.0f);
  tool.angle_snap = base::from_degrees(15.0f);
  const auto settled = [&](float degrees) {
    return base::to_degrees(app::settle_angle(base::from_degrees(degrees).value, tool));
  };
  EXPECT_NEAR(settled(16.0f), 15.0f, 1e-3f);
  EXPECT_NEAR(settled(22.0f), 22.0f, 1e-3f);
  EXPECT_NEAR(settled(170.0f), -10.0f, 1e-3f) << "the other end of the bar";
  EXPECT_LE(settled(90.001f), 90.001f);
}

}  // namespace

// Laws of the head in the picture: it rests on the skin, its arm follows the pitch, its balls roll,
// the handle lies in its tangent plane.
#include "scene/tool_model.h"

#include <gtest/gtest.h>

#include <glm/geometric.hpp>

#include "support/phantom_body.h"

namespace {

class Head : public ::testing::Test {
 protected:
  Head() : index_(test_support::make_phantom()) {
    tool_ =
        tool::load_tool(std::filesystem::path(BACKMATE_SOURCE_DIR) / "assets/attachments").value();
    document_.hidden.assign(index_->body().structures.size(), 0);
    document_.isolated = document_.selected = document_.hidden;
    snapshot_.index = index_.get();
    snapshot_.document = &document_;
    snapshot_.tool = &tool_;
    place(0.0f, 0.0f);
  }
  void place(float angle_deg, float pitch_deg) {
    snapshot_.head_now =
        tool::pose_on_skin(*index_, {0.0f, 1.2f, -0.3f}, base::from_degrees(angle_deg),
                           base::from_degrees(pitch_deg), tool_.attachments[0]);
  }

  std::shared_ptr<const anatomy::BodyIndex> index_;
  tool::ToolSpec tool_;
  session::Document document_;
  session::Snapshot snapshot_;
};

// product.md: pitch 0 horizontal from behind, -90 degrees straight from above.
TEST_F(Head, TheArmFollowsThePitch) {
  const glm::vec3 level = scene::find_head_place(snapshot_).arm;
  EXPECT_NEAR(glm::dot(level, snapshot_.head_now.normal), 1.0f, 1e-4f);
  place(0.0f, -90.0f);
  const glm::vec3 above = scene::find_head_place(snapshot_).arm;
  EXPECT_GT(above.y, 0.99f);
}

TEST_F(Head, LooseBallsTouchTheSkinFromOutside) {
  const scene::HeadPlace place = scene::find_head_place(snapshot_);
  EXPECT_NEAR(glm::dot(place.centre_m - snapshot_.head_now.position_m, place.outward),
              tool_.attachments[0].balls[0].radius.value, 1e-5f);
}

TEST_F(Head, ContactMovesTheHeadToWhereItSettled) {
  sim::SimState state;
  state.patch.contacts.resize(1);
  state.patch.head_centre_m = {0.01f, 1.21f, -0.14f};
  state.patch.bar_axis = {1.0f, 0.0f, 0.0f};
  state.patch.outward = {0.0f, 0.0f, -1.0f};
  snapshot_.sim = &state;
  EXPECT_EQ(scene::find_head_place(snapshot_).centre_m, state.patch.head_centre_m);
}

TEST_F(Head, BallsRollByWayOverRadius) {
  const scene::HeadPlace before = scene::find_head_place(snapshot_);
  snapshot_.head_now.position_m += 0.01f * before.rolling;
  const scene::HeadPlace after = scene::find_head_place(snapshot_);
  const float radius = tool_.attachments[0].balls[0].radius.value;
  EXPECT_NEAR(std::abs(after.roll_rad - before.roll_rad), 0.01f / radius, 1e-3f);
  // The side of the ball that touches the skin stands still: it moves against the head.
  const float turn = after.roll_rad - before.roll_rad;
  const glm::vec3 to_skin = -before.outward * radius;
  const glm::vec3 slip = 0.01f * before.rolling + turn * glm::cross(before.bar, to_skin);
  EXPECT_LT(glm::length(slip), 1e-4f);
}

TEST_F(Head, TheHandleSurroundsTheHeadWithItsGripOnTheBar) {
  for (const float angle : {0.0f, 45.0f, 90.0f}) {
    place(angle, 0.0f);
    const scene::HandleRing ring = scene::find_handle_ring(snapshot_);
    const scene::HeadPlace head = scene::find_head_place(snapshot_);
    EXPECT_GT(ring.radius_m, scene::find_head_size(tool_.attachments[0]).half_width_m);
    EXPECT_NEAR(glm::length(ring.grip_m - ring.centre_m), ring.radius_m, 1e-5f);
    EXPECT_NEAR(glm::dot(ring.grip_m - ring.centre_m, ring.normal), 0.0f, 1e-5f);
    EXPECT_NEAR(glm::dot(glm::normalize(ring.grip_m - ring.centre_m), head.bar), 1.0f, 1e-5f);
  }
}

TEST_F(Head, EveryAttachmentHasItsBallsInThePicture) {
  scene::ToolModel model;
  for (std::size_t i = 0; i < tool_.attachments.size(); ++i) {
    document_.attachment = static_cast<int>(i);
    draw::DrawList list;
    model.add_to(list, snapshot_, scene::ViewState{});
    std::size_t balls = 0;
    std::size_t on_top = 0;
    for (const draw::SolidDraw& solid : list.solids) {
      if (solid.material == draw::Material::kRubber) ++balls;
      if (solid.on_top) ++on_top;
    }
    EXPECT_EQ(balls, tool_.attachments[i].balls.size());
    EXPECT_EQ(on_top, 2u);
  }
}

}  // namespace

// Laws of the head in the picture: it rests on the skin, its arm follows the pitch, its balls roll,
// the handle lies in its tangent plane.
#include "scene/tool_model.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <glm/geometric.hpp>
#include <glm/vec4.hpp>

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

// What one sees touches where the contact law says it does: nothing of the picture reaches deeper
// than the attachment itself, and something reaches as deep.
TEST_F(Head, EveryAttachmentTouchesWhereItIsDrawn) {
  scene::ToolModel model;
  for (std::size_t i = 0; i < tool_.attachments.size(); ++i) {
    document_.attachment = static_cast<int>(i);
    draw::DrawList list;
    model.add_to(list, snapshot_, scene::ViewState{});
    const scene::HeadPlace place = scene::find_head_place(snapshot_);
    const scene::HeadSize size = scene::find_head_size(tool_.attachments[i]);
    float lowest = 1.0f;
    std::size_t on_top = 0, solids = 0;
    for (const draw::SolidDraw& solid : list.solids) {
      if (solid.on_top) {
        ++on_top;
        continue;
      }
      ++solids;
      ASSERT_EQ(solid.mesh.normals.size(), solid.mesh.positions_m.size());
      for (const glm::vec3 p : solid.mesh.positions_m) {
        const glm::vec3 at(solid.transform * glm::vec4(p, 1.0f));
        lowest = std::min(lowest, glm::dot(at - place.centre_m, place.outward));
      }
    }
    EXPECT_NEAR(lowest, -size.rest_m, 1.5e-3f) << tool_.attachments[i].id;
    EXPECT_GE(solids, 1u);
    EXPECT_EQ(on_top, 2u);
  }
}

// A roller's groove is to be seen: nothing rubber over the spine line.
TEST_F(Head, TheRollerHasItsGroove) {
  const int roller = tool_.find_attachment("roller_wide");
  ASSERT_GE(roller, 0);
  const auto parts =
      scene::make_head_parts(tool_.attachments[static_cast<std::size_t>(roller)], 0.032f);
  int rubber = 0;
  for (const scene::HeadPart& part : parts) {
    if (part.material != draw::Material::kRubber) continue;
    ++rubber;
    for (const glm::vec3 p : part.mesh.positions_m) ASSERT_GE(std::abs(p.x), 0.0149f);
  }
  EXPECT_EQ(rubber, 2);
}

}  // namespace

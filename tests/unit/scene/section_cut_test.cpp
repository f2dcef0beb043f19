// Laws of the section plane: it stands on the skin at the head and faces the eye; its face is the
// body's whole section, never hollow, whichever layer is shown; every structure that it meets is in
// it; what the head presses is pressed in it.
#include "scene/section_cut.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <glm/geometric.hpp>

#include "support/phantom_body.h"

namespace {

constexpr float kPi = 3.14159265f;

class SectionCut : public ::testing::Test {
 protected:
  void SetUp() override {
    body_ = test_support::make_phantom(spec_);
    tool_ =
        tool::load_tool(std::filesystem::path(BACKMATE_SOURCE_DIR) / "assets/attachments").value();
    document_.hidden.assign(body_->body().structures.size(), 0);
    document_.isolated = document_.selected = document_.hidden;
    document_.layer = anatomy::Layer::kSuperficial;
    snapshot_.index = body_.get();
    snapshot_.document = &document_;
    snapshot_.tool = &tool_;
    snapshot_.head_now = tool::pose_on_skin(*body_, {0.0f, 1.25f, -0.3f}, base::Radians{0.0f},
                                            base::Radians{0.0f}, tool_.attachments[0]);
    view_.lod = 0;
    view_.cut = {scene::CutPlane::kAlongBar, {0.0f, 2.5f, -1.0f}};
    builder_ = std::make_unique<scene::SceneBuilder>(body_);
  }
  // Presses both balls 12 mm in.
  void press() {
    const glm::mat3 frame = tool::head_frame(snapshot_.head_now);
    const tool::AttachmentSpec& attachment = tool_.attachments[0];
    const float radius = attachment.balls[0].radius.value;
    sim_.patch.head_centre_m = snapshot_.head_now.position_m + frame[2] * (radius - 0.012f);
    sim_.patch.bar_axis = frame[0];
    sim_.patch.outward = frame[2];
    for (const tool::BallSpec& ball : attachment.balls) {
      sim::Contact contact;
      contact.centre_m = sim_.patch.head_centre_m + frame * ball.centre_m;
      const geom::SurfacePoint at = body_->find_surface_point(contact.centre_m);
      contact.point_m = at.point_m;
      contact.normal = body_->surface_normal(at);
      contact.indentation =
          base::Metres{radius - glm::dot(contact.centre_m - contact.point_m, contact.normal)};
      contact.radius = base::Metres{0.014f};
      contact.ball_radius = ball.radius;
      contact.force = base::Newtons{20.0f};
      sim_.patch.contacts.push_back(contact);
    }
    snapshot_.sim = &sim_;
  }
  draw::SectionCut cut() { return builder_->build(snapshot_, view_).cut; }

  // What the last triangle over a point is; nothing: hollow, or outside.
  static const draw::CutCorner* seen_at(const draw::SectionCut& cut, glm::vec3 p) {
    const draw::CutCorner* seen = nullptr;
    for (std::size_t i = 0; i + 2 < cut.face.size(); i += 3) {
      const glm::vec3 a = cut.face[i].position_m, b = cut.face[i + 1].position_m,
                      c = cut.face[i + 2].position_m;
      const float u = glm::dot(glm::cross(b - a, p - a), cut.normal);
      const float v = glm::dot(glm::cross(c - b, p - b), cut.normal);
      const float w = glm::dot(glm::cross(a - c, p - c), cut.normal);
      if ((u >= 0 && v >= 0 && w >= 0) || (u <= 0 && v <= 0 && w <= 0)) seen = &cut.face[i];
    }
    return seen;
  }

  test_support::PhantomSpec spec_;
  std::shared_ptr<const anatomy::BodyIndex> body_;
  tool::ToolSpec tool_;
  session::Document document_;
  session::Snapshot snapshot_;
  sim::SimState sim_;
  scene::ViewState view_;
  std::unique_ptr<scene::SceneBuilder> builder_;
};

TEST_F(SectionCut, FacesTheEyeAndStandsOnTheSkin) {
  const auto frame = scene::find_cut_plane(snapshot_, view_.cut);
  ASSERT_TRUE(frame.has_value());
  EXPECT_GT(frame->height(view_.cut.eye_m), 0.0f);
  EXPECT_NEAR(glm::dot(frame->normal, snapshot_.head_now.normal), 0.0f, 1e-4f);
  const scene::Cut below{scene::CutPlane::kAlongBar, {0.0f, -2.5f, -1.0f}};
  EXPECT_NEAR(glm::distance(scene::find_cut_plane(snapshot_, below)->normal, -frame->normal), 0.0f,
              1e-5f);
  const scene::Cut across{scene::CutPlane::kAcrossBar, view_.cut.eye_m};
  EXPECT_NEAR(glm::dot(scene::find_cut_plane(snapshot_, across)->normal, frame->normal), 0.0f,
              1e-4f);
}

TEST_F(SectionCut, WithoutAToolOrAPlaneTheBodyIsWhole) {
  view_.cut.plane = scene::CutPlane::kNone;
  EXPECT_FALSE(cut().on());
  view_.cut.plane = scene::CutPlane::kAlongBar;
  EXPECT_TRUE(cut().on());
  snapshot_.tool = nullptr;
  EXPECT_FALSE(cut().on());
  EXPECT_TRUE(cut().face.empty());
}

TEST_F(SectionCut, IsNeverHollowWhicheverLayerIsShown) {
  for (const auto layer :
       {anatomy::Layer::kSkin, anatomy::Layer::kSuperficial, anatomy::Layer::kSkeleton}) {
    document_.layer = layer;
    const draw::SectionCut section = cut();
    ASSERT_FALSE(section.face.empty());
    // The barrel is an ellipse at every height.
    const float y = section.point_m.y;
    for (int ring = 0; ring < 12; ++ring) {
      for (int i = 0; i < 48; ++i) {
        const float share = 0.985f * static_cast<float>(ring + 1) / 12.0f;
        const float t = 2.0f * kPi * (static_cast<float>(i) + 0.3f) / 48.0f;
        const glm::vec3 p(share * spec_.width_radius_m * std::sin(t), y,
                          -share * spec_.depth_radius_m * std::cos(t));
        ASSERT_NE(seen_at(section, p), nullptr) << "hollow at " << p.x << ", " << p.z;
      }
    }
    EXPECT_EQ(seen_at(section, {spec_.width_radius_m + 0.01f, y, 0.0f}), nullptr);
  }
}

TEST_F(SectionCut, ShowsSkinFatMuscleAndBoneAtTheirDepths) {
  view_.cut.line_m = 1e-5f;
  const draw::SectionCut section = cut();
  const float theta = 0.15f;
  const glm::vec3 skin = test_support::phantom_skin_point(spec_, theta, section.point_m.y);
  const glm::vec3 out = test_support::phantom_skin_normal(spec_, theta);
  const auto at = [&](float depth) {
    const draw::CutCorner* seen = seen_at(section, skin - depth * out);
    EXPECT_NE(seen, nullptr) << depth;
    return seen == nullptr ? draw::CutCorner{} : *seen;
  };
  const draw::CutCorner dermis = at(0.001f), fat = at(0.0055f), muscle = at(0.0105f),
                        bone = at(0.045f);
  EXPECT_EQ(dermis.living, 1.0f);
  EXPECT_EQ(fat.living, 0.0f) << "nothing that has a name";
  EXPECT_EQ(muscle.living, 1.0f);
  EXPECT_GT(muscle.colour.r, 2.5f * muscle.colour.b) << "red";
  EXPECT_GT(bone.colour.b, 2.0f * muscle.colour.b) << "pale";
  EXPECT_NE(dermis.colour, fat.colour);
}

TEST_F(SectionCut, WhatIsPressedIsPressedInIt) {
  const draw::SectionCut before = cut();
  press();
  const draw::SectionCut after = cut();
  const sim::Contact& ball = sim_.patch.contacts[0];
  ASSERT_GT(ball.indentation.value, 0.005f);
  // Skin in the whole body, rubber in the pressed one.
  const glm::vec3 in_plane =
      ball.point_m - after.normal * glm::dot(ball.point_m - after.point_m, after.normal);
  const glm::vec3 inside = in_plane - 0.002f * ball.normal;
  const draw::CutCorner* skin = seen_at(before, inside);
  const draw::CutCorner* rubber = seen_at(after, inside);
  ASSERT_TRUE(skin != nullptr && rubber != nullptr);
  EXPECT_GT(skin->colour.r, 0.2f);
  EXPECT_LT(rubber->colour.r, 0.2f);
  // Nothing but the tool sticks out of the skin.
  EXPECT_EQ(seen_at(before, in_plane + 0.01f * ball.normal) == nullptr ||
                seen_at(before, in_plane + 0.01f * ball.normal)->colour.r < 0.4f,
            true);
}

TEST_F(SectionCut, HiddenStructuresAreFilling) {
  view_.cut.line_m = 1e-5f;
  const draw::SectionCut whole = cut();
  const glm::vec3 in_muscle = test_support::phantom_skin_point(spec_, 0.15f, whole.point_m.y) -
                              0.0105f * test_support::phantom_skin_normal(spec_, 0.15f);
  ASSERT_NE(seen_at(whole, in_muscle), nullptr);
  EXPECT_EQ(seen_at(whole, in_muscle)->living, 1.0f);
  for (std::size_t i = 0; i < document_.hidden.size(); ++i)
    document_.hidden[i] = body_->body().structures[i].kind == anatomy::Kind::kMuscle ? 1 : 0;
  const draw::SectionCut bare = cut();
  ASSERT_NE(seen_at(bare, in_muscle), nullptr);
  EXPECT_EQ(seen_at(bare, in_muscle)->living, 0.0f);
}

TEST_F(SectionCut, RegionsLieWithinWhatTheyName) {
  view_.cut.line_m = 1e-5f;
  const draw::DrawList& list = builder_->build(snapshot_, view_);
  const auto regions = builder_->cut_regions();
  ASSERT_GE(regions.size(), 4u);
  for (const scene::CutRegion& region : regions) {
    const auto& structure = body_->body().structures[region.structure];
    const draw::CutCorner* seen = seen_at(list.cut, region.at_m);
    ASSERT_NE(seen, nullptr) << structure.id;
    if (structure.kind == anatomy::Kind::kMuscle) {
      EXPECT_GT(seen->colour.r, 2.0f * seen->colour.b) << structure.id;
    }
    EXPECT_GT(region.area_m2, 0.0f);
    EXPECT_LT(glm::distance(region.at_m, list.cut.focus_m), 0.15f);
  }
  view_.cut.plane = scene::CutPlane::kNone;
  builder_->build(snapshot_, view_);
  EXPECT_TRUE(builder_->cut_regions().empty());
}

}  // namespace

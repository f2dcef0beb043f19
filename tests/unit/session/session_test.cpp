// Laws of a session: what is refused changes nothing, undo is a round trip, a gesture is one step,
// the stroke keeps its length and speed, the head presses on when nobody holds it.
#include "session/session.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "anatomy/pack.h"
#include "session/readouts.h"
#include "session/rolling.h"
#include "support/phantom_body.h"
#include "support/sim_fixture.h"

namespace {

using session::Command;
using session::Document;
using session::Session;

constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
constexpr float kFrame = 1.0f / 60.0f;

class SessionTest : public testing::Test {
 protected:
  void SetUp() override {
    const std::filesystem::path assets = std::filesystem::path(BACKMATE_SOURCE_DIR) / "assets";
    auto spec = tool::load_tool(assets / "attachments");
    ASSERT_TRUE(spec) << spec.error().message;
    setup_ = {test_support::make_phantom(), std::make_shared<const tool::ToolSpec>(*spec), assets,
              "desk_shoulders"};
    auto made = Session::make(setup_);
    ASSERT_TRUE(made) << made.error().message;
    session_ = std::move(*made);
  }
  Document document() const { return *session_->snapshot().document; }
  void apply(const Command& command) {
    const auto status = session_->apply(command);
    ASSERT_TRUE(status) << status.error().message;
  }
  void run(float seconds) {
    for (int i = 0; i < static_cast<int>(std::lround(seconds * 60.0f)); ++i)
      session_->advance(kFrame);
  }
  float contact_force() const {
    float sum = 0.0f;
    for (const auto& contact : session_->snapshot().sim->patch.contacts) sum += contact.force.value;
    return sum;
  }
  session::SessionSetup setup_;
  std::unique_ptr<Session> session_;
};

TEST_F(SessionTest, StartsAtTheBaseOfTheNeck) {
  const auto snapshot = session_->snapshot();
  EXPECT_EQ(setup_.tool->attachments[document().attachment].id, "balls_std");
  EXPECT_EQ(document().force.value, 60.0f);
  EXPECT_EQ(document().head.angle.value, 0.0f);
  EXPECT_EQ(document().condition.id, "desk_shoulders");
  const auto* c7 = setup_.body->body().find_landmark("C7");
  const auto* t2 = setup_.body->body().find_landmark("T2");
  EXPECT_LT(snapshot.head_now.position_m.y, c7->position_m.y);
  EXPECT_GT(snapshot.head_now.position_m.y, t2->position_m.y);
  EXPECT_NEAR(snapshot.head_now.position_m.x, 0.0f, 0.003f);
  EXPECT_NEAR(contact_force(), 60.0f, 0.6f);
}

// Where it has to be sought: under a heavy person's fat, whoever is simulated on that body.
TEST_F(SessionTest, APlacementsSpotBelongsToTheBodyAndNotToTheCondition) {
  const auto pack = anatomy::load_pack(std::filesystem::path(BACKMATE_BINARY_DIR) /
                                       "share/backmate/bodies/builtin_male_heavy.pack");
  ASSERT_TRUE(pack) << pack.error().message;
  setup_.body = std::make_shared<const anatomy::BodyIndex>(*pack);
  std::vector<glm::vec3> heads;
  for (const char* condition : {"desk_shoulders", "healthy", "stiff_neck"}) {
    setup_.condition = {condition, anatomy::Side::kRight};
    auto made = Session::make(setup_);
    ASSERT_TRUE(made) << made.error().message;
    session_ = std::move(*made);
    const auto place = session::choose_placement(*session_->snapshot().placements, "neck_base",
                                                 anatomy::Side::kRight);
    ASSERT_TRUE(place) << place.error().message;
    apply(*place);
    heads.push_back(document().head.position_m);
    apply(session::SetCondition{{"low_back_strain", anatomy::Side::kMedian}});
    ASSERT_TRUE(session_->snapshot().placement);
    EXPECT_EQ(session_->snapshot().placement->away_m, 0.0f);
  }
  EXPECT_EQ(heads[1], heads[0]);
  EXPECT_EQ(heads[2], heads[0]);
}

TEST_F(SessionTest, EveryRefusedCommandLeavesTheDocument) {
  const Document before = document();
  const std::vector<Command> wrong = {
      session::SetLayer{static_cast<anatomy::Layer>(9)},
      session::SetField{static_cast<session::Field>(99)},
      session::Hide{{60000}},
      session::Isolate{{60000}},
      session::Select{{60000}, false},
      session::MoveHead{{kNan, 0, 0}, false},
      session::MoveHead{{1e9f, 0, 0}, true},
      session::SetHeadAngle{base::Radians{kNan}, false},
      session::SetHeadAngle{base::from_degrees(120.0f), true},
      session::SetPitch{base::from_degrees(60.0f), false},
      session::SetPitch{base::Radians{kNan}, true},
      session::SetAttachment{99},
      session::SetAttachment{-1},
      session::SetForce{base::Newtons{-1.0f}, false},
      session::SetForce{base::Newtons{1e6f}, true},
      session::SetForce{base::Newtons{kNan}, false},
      session::SetCondition{"no_such_condition"},
      session::SetTimeRate{7.0f},
      session::SetTimeRate{kNan},
  };
  for (std::size_t i = 0; i < wrong.size(); ++i) {
    const auto status = session_->apply(wrong[i]);
    ASSERT_FALSE(status) << "command " << i;
    EXPECT_GT(status.error().message.size(), 20u) << "a sentence, not a code";
    EXPECT_TRUE(session::is_same(before, document())) << "command " << i;
  }
  EXPECT_FALSE(session_->snapshot().can_undo);
}

TEST_F(SessionTest, UndoAndRedoAreARoundTripOverEveryCommand) {
  std::vector<Document> states = {document()};
  const std::vector<Command> changes = {
      session::SetLayer{anatomy::Layer::kDeep},
      session::SetXray{true},
      session::SetNerves{false},
      session::SetField{session::Field::kFlow},
      session::SetLimits{true},
      session::Hide{{1, 2}},
      session::Isolate{{3}},
      session::UnhideAll{},
      session::Select{{4}, false},
      session::Select{{5}, true},
      session::MoveHead{{0.05f, 1.3f, -0.2f}, false},
      session::SetHeadAngle{base::from_degrees(45.0f), false},
      session::SetPitch{base::from_degrees(-30.0f), false},
      session::MirrorHead{},
      session::SetAttachment{1},
      session::SetForce{base::Newtons{20.0f}, false},
      session::SetMotion{session::Motion::kRoll},
      session::SetMySize{{1.91f, 88.0f, 0.9f}},
  };
  for (const Command& command : changes) {
    apply(command);
    EXPECT_FALSE(session::is_same(states.back(), document()));
    states.push_back(document());
  }
  for (std::size_t i = states.size() - 1; i > 0; --i) {
    apply(session::Undo{});
    EXPECT_TRUE(session::is_same(states[i - 1], document())) << "undo to state " << i - 1;
  }
  EXPECT_FALSE(session_->snapshot().can_undo);
  for (std::size_t i = 1; i < states.size(); ++i) {
    apply(session::Redo{});
    EXPECT_TRUE(session::is_same(states[i], document())) << "redo to state " << i;
  }
  EXPECT_FALSE(session_->snapshot().can_redo);
}

TEST_F(SessionTest, AGestureIsOneStep) {
  const Document before = document();
  for (float y = 1.44f; y > 1.2f; y -= 0.02f) apply(session::MoveHead{{0.0f, y, -0.2f}, true});
  apply(session::MoveHead{{0.0f, 1.2f, -0.2f}, false});
  EXPECT_NEAR(document().head.position_m.y, 1.2f, 0.01f);
  apply(session::Undo{});
  EXPECT_TRUE(session::is_same(before, document()));
  EXPECT_FALSE(session_->snapshot().can_undo);
}

TEST_F(SessionTest, UndoDuringAGestureTakesTheGestureBack) {
  const Document before = document();
  apply(session::SetForce{base::Newtons{30.0f}, true});
  EXPECT_TRUE(session_->snapshot().can_undo);
  apply(session::Undo{});
  EXPECT_TRUE(session::is_same(before, document()));
}

TEST_F(SessionTest, WhatChangesNothingIsNoStep) {
  apply(session::SetForce{base::Newtons{60.0f}, false});
  apply(session::SetLayer{anatomy::Layer::kSuperficial});
  apply(session::Undo{});
  EXPECT_FALSE(session_->snapshot().can_undo);
}

TEST_F(SessionTest, AReleasedHeadKeepsPressingAndForceZeroLiftsIt) {
  apply(session::MoveHead{{0.0f, 1.35f, -0.2f}, false});
  run(2.0f);
  EXPECT_NEAR(contact_force(), 60.0f, 0.6f);
  apply(session::SetForce{base::Newtons{0.0f}, false});
  run(0.5f);
  EXPECT_TRUE(session_->snapshot().sim->patch.contacts.empty());
  EXPECT_GT(session_->snapshot().sim->patch.gap.value, 0.0f);
}

TEST_F(SessionTest, ASofterAttachmentLowersTheForceInOneStep) {
  const auto& attachments = setup_.tool->attachments;
  apply(session::SetForce{attachments[0].force_limit, false});
  const Document before = document();
  const int soft = setup_.tool->find_attachment("balls_soft");
  ASSERT_GE(soft, 0);
  apply(session::SetAttachment{soft});
  EXPECT_EQ(document().force, attachments[static_cast<std::size_t>(soft)].force_limit);
  apply(session::Undo{});
  EXPECT_TRUE(session::is_same(before, document()));
}

TEST_F(SessionTest, TheStrokeIsEightCentimetresAtFourCentimetresASecond) {
  apply(session::MoveHead{{0.0f, 1.25f, -0.2f}, false});
  const glm::vec3 placed = document().head.position_m;
  apply(session::SetMotion{session::Motion::kRoll});
  float low = 0.0f, high = 0.0f, way = 0.0f;
  glm::vec3 last = placed;
  for (int i = 0; i < 240; ++i) {  // one period: 16 cm at 4 cm/s
    session_->advance(kFrame);
    const glm::vec3 p = session_->snapshot().head_now.position_m;
    low = std::min(low, p.y - placed.y);
    high = std::max(high, p.y - placed.y);
    way += glm::length(p - last);
    last = p;
  }
  EXPECT_NEAR(high, 0.04f, 0.001f);
  EXPECT_NEAR(low, -0.04f, 0.001f);
  EXPECT_NEAR(way, 0.16f, 0.003f);
  EXPECT_NEAR(glm::length(last - placed), 0.0f, 0.001f) << "back where it was placed";
}

TEST_F(SessionTest, TheStrokeKeepsItsLengthAcrossTheFlank) {
  apply(session::MoveHead{{0.15f, 1.2f, -0.06f}, false});
  apply(session::SetHeadAngle{base::from_degrees(90.0f), false});
  apply(session::SetMotion{session::Motion::kRoll});
  float way = 0.0f;
  glm::vec3 last = document().head.position_m;
  for (int i = 0; i < 240; ++i) {
    session_->advance(kFrame);
    const glm::vec3 p = session_->snapshot().head_now.position_m;
    way += glm::length(p - last);
    last = p;
  }
  EXPECT_NEAR(way, 0.16f, 0.008f);
}

TEST_F(SessionTest, HoldingAgainStopsWhereTheHeadIs) {
  apply(session::SetMotion{session::Motion::kRoll});
  run(0.6f);
  const glm::vec3 at = session_->snapshot().head_now.position_m;
  apply(session::SetMotion{session::Motion::kHold});
  run(1.0f);
  EXPECT_LT(glm::length(session_->snapshot().head_now.position_m - at), 1e-4f);
}

TEST_F(SessionTest, SixtyFramesAreOneSecondAndTimeLapseMultipliesIt) {
  run(1.0f);
  EXPECT_NEAR(session_->snapshot().time_s, 1.0, 1e-3);
  apply(session::SetTimeRate{10.0f});
  run(1.0f);
  EXPECT_NEAR(session_->snapshot().time_s, 11.0, 1e-2);
}

TEST_F(SessionTest, FrameLengthDoesNotChangeTheSimulation) {
  auto other = Session::make(setup_);
  ASSERT_TRUE(other);
  run(1.0f);
  for (int i = 0; i < 15; ++i) (*other)->advance(4.0f * kFrame);
  EXPECT_EQ(session_->snapshot().sim->tick, (*other)->snapshot().sim->tick);
  EXPECT_EQ(session_->snapshot().sim->hash(), (*other)->snapshot().sim->hash());
}

// Frames that do not fall on ticks show the head between them: steps as even as the frames.
TEST_F(SessionTest, AStrokeIsShownEvenlyBetweenTicks) {
  apply(session::SetMotion{session::Motion::kRoll});
  run(0.5f);
  constexpr float kDisplay = 1.0f / 144.0f;
  std::vector<float> steps;
  glm::vec3 last = session_->snapshot().head_shown->centre_m;
  for (int i = 0; i < 60; ++i) {
    session_->advance(kDisplay);
    const glm::vec3 now = session_->snapshot().head_shown->centre_m;
    if (i >= 4) steps.push_back(glm::distance(last, now));
    last = now;
  }
  // 4 cm/s over a smooth back: every picture is about as far from the last as every other.
  for (const float step : steps) EXPECT_NEAR(step, 0.04f * kDisplay, 0.35f * 0.04f * kDisplay);
  // A held head is shown where it is.
  session_->apply(session::SetMotion{session::Motion::kHold});
  run(1.0f);
  EXPECT_LT(glm::distance(session_->snapshot().head_shown->centre_m,
                          session_->snapshot().sim->patch.head_centre_m),
            1e-4f);
}

TEST_F(SessionTest, StartOverResetsPersonAndCurvesButNotTheTool) {
  apply(session::MoveHead{{0.0f, 1.36f, -0.2f}, false});
  const Document before = document();
  run(10.0f);
  ASSERT_FALSE(session_->snapshot().curves->empty());
  apply(session::StartOver{});
  EXPECT_TRUE(session::is_same(before, document()));
  EXPECT_TRUE(session_->snapshot().curves->empty());
  EXPECT_EQ(session_->snapshot().sim->tick, 0u);
}

TEST_F(SessionTest, LayersAndHidingNeverChangeContactOrMuscles) {
  const auto loads = [this] {
    std::vector<float> out;
    for (const auto& muscle : *session_->snapshot().muscles) out.push_back(muscle.load_pa);
    return out;
  };
  const auto before = loads();
  apply(session::SetLayer{anatomy::Layer::kSkeleton});
  apply(session::Hide{{0, 1, 2, 3}});
  EXPECT_EQ(before, loads());
}

TEST_F(SessionTest, GroupsCarryTheirHighestMember) {
  run(0.5f);
  const auto snapshot = session_->snapshot();
  const auto& body = setup_.body->body();
  float last = std::numeric_limits<float>::max();
  for (const auto& group : *snapshot.groups) {
    float highest = 0.0f;
    for (const auto& muscle : *snapshot.muscles) {
      const auto& of = body.structures[muscle.structure].groups;
      if (std::find(of.begin(), of.end(), group.group) != of.end())
        highest = std::max(highest, muscle.load_pa);
    }
    EXPECT_EQ(group.load_pa, highest);
    EXPECT_LE(group.load_pa, last);
    last = group.load_pa;
  }
  EXPECT_GT(snapshot.groups->front().load_pa, session::kWorkedOnPa);
}

// A muscle that runs through two regions counts in each with the part that lies there only.
TEST(GroupReadout, KeepsToItsRegion) {
  auto body = std::make_shared<anatomy::Body>(*test_support::make_phantom_body());
  body->landmarks.push_back({"T7", {0.0f, 1.30f, -0.12f}});
  const auto muscle = body->find_structure("longissimus_thoracis_left");
  const auto upper = body->structures[muscle].groups.at(0);
  const auto lower = static_cast<anatomy::GroupIndex>(body->groups.size());
  body->groups[upper].above = "T7";
  body->groups.push_back({"lower", "Lower part", "", "T7", {muscle}});
  body->structures[muscle].groups.push_back(lower);
  const auto index = std::make_shared<const anatomy::BodyIndex>(body);
  const auto model = test_support::load_phantom_model(index);
  ASSERT_NE(model, nullptr);

  const auto load_of = [&](float y_m, anatomy::GroupIndex group) {
    sim::SimState state = sim::make_start_state(*model);
    sim::place_head(*model, state,
                    test_support::press_at(*index, test_support::phantom_skin_point({}, 0.2f, y_m),
                                           "point_single", 60.0f));
    const auto muscles = sim::read_muscles(*model, state);
    EXPECT_GT(test_support::load_of(*model, state, "longissimus_thoracis_left"), 5000.0f);
    std::vector<session::GroupReadout> groups;
    session::read_groups(*model, state, muscles, groups);
    for (const auto& readout : groups)
      if (readout.group == group) return readout.load_pa;
    ADD_FAILURE() << "the group is not there";
    return 0.0f;
  };
  EXPECT_GT(load_of(1.42f, upper), 5000.0f);
  EXPECT_EQ(load_of(1.42f, lower), 0.0f);
  EXPECT_GT(load_of(1.20f, lower), 5000.0f);
  EXPECT_EQ(load_of(1.20f, upper), 0.0f);
}

TEST_F(SessionTest, MirrorGoesToTheOtherSideAndBack) {
  apply(session::MoveHead{{0.06f, 1.3f, -0.2f}, false});
  apply(session::SetHeadAngle{base::from_degrees(30.0f), false});
  const Document before = document();
  apply(session::MirrorHead{});
  EXPECT_NEAR(document().head.position_m.x, -before.head.position_m.x, 2e-3f);
  EXPECT_NEAR(document().head.angle.value, -before.head.angle.value, 1e-6f);
  apply(session::Undo{});
  EXPECT_TRUE(session::is_same(before, document()));
}

TEST_F(SessionTest, VersionMovesWithEveryVisibleChange) {
  auto version = session_->snapshot().version;
  for (const Command& command :
       {Command{session::SetXray{true}}, Command{session::SetForce{base::Newtons{40}, true}},
        Command{session::SetTimeRate{10.0f}}, Command{session::StartOver{}}}) {
    apply(command);
    EXPECT_GT(session_->snapshot().version, version);
    version = session_->snapshot().version;
  }
}

// Under time-lapse the clock runs every frame; the body, which a small PC draws slowly, follows a
// few times a second.
TEST_F(SessionTest, TimeLapseDrawsTheBodyNowAndThen) {
  apply(session::SetTimeRate{60.0f});
  run(0.1f);
  const auto before = session_->snapshot();
  run(1.0f);
  const auto after = session_->snapshot();
  EXPECT_GE(after.version, before.version + 50);
  EXPECT_GE(after.body_version, before.body_version + 1);
  EXPECT_LE(after.body_version, before.body_version + 3);
}

TEST(Document, LayersShowThemselvesAndWhatLiesBelow) {
  Document document;
  document.hidden.assign(3, 0);
  document.isolated.assign(3, 0);
  document.layer = anatomy::Layer::kIntermediate;
  const auto visible = [&](anatomy::StructureIndex index, anatomy::Layer layer) {
    anatomy::Structure structure;
    structure.kind = anatomy::Kind::kMuscle;
    structure.layer = layer;
    return document.is_visible(structure, index);
  };
  EXPECT_FALSE(visible(0, anatomy::Layer::kSuperficial));
  EXPECT_TRUE(visible(1, anatomy::Layer::kIntermediate));
  EXPECT_TRUE(visible(2, anatomy::Layer::kSkeleton));
  document.isolated[0] = 1;
  EXPECT_TRUE(visible(0, anatomy::Layer::kSuperficial));
  EXPECT_FALSE(visible(1, anatomy::Layer::kIntermediate));
  document.hidden[0] = 1;
  EXPECT_FALSE(visible(0, anatomy::Layer::kSuperficial));
}

TEST(Stroke, IsATriangleWave) {
  EXPECT_FLOAT_EQ(session::stroke_offset_m(0.0), 0.0f);
  EXPECT_NEAR(session::stroke_offset_m(1.0), 0.04f, 1e-6f);
  EXPECT_NEAR(session::stroke_offset_m(2.0), 0.0f, 1e-6f);
  EXPECT_NEAR(session::stroke_offset_m(3.0), -0.04f, 1e-6f);
  EXPECT_NEAR(session::stroke_offset_m(4.0), 0.0f, 1e-6f);
}

TEST(Stroke, TurnsWhereItsReachEnds) {
  const guide::StrokeReach reach{0.02f, 0.06f};
  EXPECT_NEAR(session::stroke_offset_m(1.5, reach), 0.06f, 1e-6f);
  EXPECT_NEAR(session::stroke_offset_m(3.5, reach), -0.02f, 1e-6f);
  EXPECT_NEAR(session::stroke_offset_m(4.0, reach), 0.0f, 1e-6f);
  EXPECT_FLOAT_EQ(session::stroke_offset_m(2.0, {0.0f, 0.0f}), 0.0f);
}

}  // namespace

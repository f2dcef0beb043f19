// Laws of the fields that colour muscles, of the section under the head, of the untreated line and
// of the limit at hand.
#include "session/field.h"

#include <gtest/gtest.h>

#include <cmath>

#include "session/readouts.h"
#include "session/session.h"
#include "support/phantom_body.h"
#include "support/sim_fixture.h"

namespace {

using session::Field;

const std::vector<Field> kFields = {Field::kPressure, Field::kDose, Field::kTension,
                                    Field::kComfort, Field::kFlow};

TEST(Field, WordsAreARoundTrip) {
  for (int i = 0; i < session::kFieldCount; ++i) {
    const auto field = static_cast<Field>(i);
    EXPECT_EQ(session::field_from_string(session::to_string(field)), field);
  }
  EXPECT_FALSE(session::field_from_string("temperature"));
}

TEST(Field, PlacesRiseOverTheWholeRangeAndStayInIt) {
  for (const Field field : kFields) {
    const auto& scale = session::scale_of(field);
    EXPECT_EQ(session::place_of(scale, scale.low), 0.0f);
    EXPECT_EQ(session::place_of(scale, scale.high), 1.0f);
    EXPECT_EQ(session::place_of(scale, 2.0f * scale.high), 1.0f);
    float last = -1.0f;
    for (int i = 0; i <= 50; ++i) {
      const float value = scale.low + 0.02f * static_cast<float>(i) * (scale.high - scale.low);
      const float place = session::place_of(scale, value);
      EXPECT_GT(place, last);
      last = place;
    }
  }
}

TEST(Field, TicksSpanExactlyTheRange) {
  for (const Field field : kFields) {
    const auto& scale = session::scale_of(field);
    EXPECT_EQ(scale.ticks.front(), scale.low);
    EXPECT_EQ(scale.ticks.back(), scale.high);
    for (std::size_t i = 1; i < scale.ticks.size(); ++i)
      EXPECT_GT(scale.ticks[i], scale.ticks[i - 1]);
  }
}

class FieldSession : public testing::Test {
 protected:
  void SetUp() override {
    const auto assets = test_support::assets_dir();
    auto spec = tool::load_tool(assets / "attachments");
    ASSERT_TRUE(spec) << spec.error().message;
    auto made = session::Session::make({test_support::make_phantom(),
                                        std::make_shared<const tool::ToolSpec>(*spec), assets,
                                        "desk_shoulders"});
    ASSERT_TRUE(made) << made.error().message;
    session_ = std::move(*made);
  }
  void apply(const session::Command& command) {
    const auto status = session_->apply(command);
    ASSERT_TRUE(status) << status.error().message;
  }
  void run(float seconds) {
    for (int i = 0; i < static_cast<int>(seconds * 60.0f); ++i)
      session_->advance(session::kTickSeconds);
  }
  std::unique_ptr<session::Session> session_;
};

TEST_F(FieldSession, AFieldIsShownWhereItCanBeSeenAndUndoneInOneStep) {
  apply(session::SetLayer{anatomy::Layer::kSkin});
  apply(session::SetField{Field::kTension});
  EXPECT_EQ(session_->snapshot().document->layer, anatomy::Layer::kSuperficial);
  apply(session::Undo{});
  EXPECT_EQ(session_->snapshot().document->layer, anatomy::Layer::kSkin);
  EXPECT_EQ(session_->snapshot().document->field, Field::kNatural);
  apply(session::SetLayer{anatomy::Layer::kDeep});
  apply(session::SetLimits{true});
  EXPECT_EQ(session_->snapshot().document->layer, anatomy::Layer::kSkin);
}

TEST_F(FieldSession, AFieldThatDriftsIsPaintedAnew) {
  apply(session::SetField{Field::kDose});
  run(2.0f);
  const auto before = session_->snapshot().body_version;
  run(5.0f);
  EXPECT_GT(session_->snapshot().body_version, before);
}

TEST_F(FieldSession, SectionLayersFollowEachOtherAndSumToTheStack) {
  run(1.0f);
  const auto snapshot = session_->snapshot();
  ASSERT_TRUE(snapshot.section->has_value());
  const session::Section& section = **snapshot.section;
  const auto& contacts = snapshot.sim->patch.contacts;
  const auto leading =
      std::max_element(contacts.begin(), contacts.end(),
                       [](const auto& a, const auto& b) { return a.force < b.force; });
  EXPECT_NEAR(section.total_m, leading->stack.total_m, 1e-5f);
  float depth = 0.0f;
  for (const auto& layer : section.layers) {
    EXPECT_NEAR(layer.top_m, depth, 1e-6f);
    depth += layer.thickness_m;
    // Bone adds a little even near the skin (sim/depth_law.h), less than the law's error.
    EXPECT_LE(layer.middle_pa, 1.01f * section.peak_pa);
    EXPECT_GT(layer.middle_pa, 0.0f);
  }
  EXPECT_NEAR(depth, section.total_m, 1e-6f);
  EXPECT_EQ(section.layers.front().material, sim::LayerMaterial::kSkin);
  EXPECT_NEAR(section.curve_pa.front(), section.peak_pa, 1.0f);
  for (std::size_t i = 1; i < section.curve_pa.size(); ++i)
    EXPECT_LT(section.curve_pa[i], section.curve_pa[i - 1] * 1.005f);
}

TEST_F(FieldSession, ALiftedHeadHasNoSection) {
  apply(session::SetForce{base::Newtons{0.0f}, false});
  EXPECT_FALSE(session_->snapshot().section->has_value());
}

TEST_F(FieldSession, TheUntreatedLineStaysWhereTheTreatedOneRises) {
  run(60.0f);
  const auto snapshot = session_->snapshot();
  ASSERT_FALSE(snapshot.curves->empty());
  const auto& last = snapshot.curves->front().points.back();
  EXPECT_GT(last.relief, 0.005f);
  // Two hours with the condition have passed already: a minute more changes next to nothing.
  EXPECT_LT(std::abs(last.untreated), 0.1f * last.relief);
}

TEST_F(FieldSession, AStateReadBesideItselfIsItsOwnRelief) {
  run(20.0f);
  const auto snapshot = session_->snapshot();
  for (const auto& muscle : *snapshot.muscles) {
    EXPECT_NEAR(session::read_relief_beside(*snapshot.model, *snapshot.sim, *snapshot.sim,
                                            muscle.structure),
                muscle.relief, 1e-5f);
  }
}

TEST_F(FieldSession, TheLimitIsTheLowestOfTheRegionsUnderTheHead) {
  const auto snapshot = session_->snapshot();
  const auto& safety = *snapshot.model->safety;
  for (const auto& contact : snapshot.sim->patch.contacts)
    EXPECT_LE(snapshot.limit.force_n, safety.region(contact.region).force_limit_n);
  EXPECT_EQ(snapshot.limit.force_n, safety.region(snapshot.limit.region).force_limit_n);
}

TEST_F(FieldSession, ThePersonIsReadAsTheStateSays) {
  const auto before = session_->snapshot().person;
  EXPECT_NEAR(before.pain, before.pain_at_start, 1e-3f);
  run(60.0f);
  const auto after = session_->snapshot();
  EXPECT_GT(after.person.calm, before.calm);
  EXPECT_EQ(after.person.calm, static_cast<float>(after.sim->person.calm));
  EXPECT_GE(after.person.pain, 0.0f);
  EXPECT_LE(after.person.pain, 10.0f);
}

// What is drawn over the section is the head itself: a ball's arc, a roller's ribs and groove, a
// mesh's underside.
TEST(Section, TheHeadKeepsItsShape) {
  constexpr std::size_t kCount = 61;
  const auto heights_of = [](const char* head, float half_m) {
    const auto& spec = test_support::attachment(head);
    std::vector<float> heights(kCount);
    session::find_head_profile(spec, spec.balls.size() / 2, half_m, heights);
    return heights;
  };
  const float radius = test_support::attachment("point_single").balls[0].radius.value;
  const auto ball = heights_of("point_single", 0.5f * radius);
  EXPECT_NEAR(ball[kCount / 2], 0.0f, 1e-6f);
  EXPECT_NEAR(ball[0], radius - std::sqrt(0.75f) * radius, 1e-5f);
  EXPECT_TRUE(std::isinf(heights_of("point_single", 2.0f * radius)[0]));  // beside the ball
  const auto roller = heights_of("roller_wide", 0.03f);
  EXPECT_TRUE(std::any_of(roller.begin(), roller.end(), [](float h) { return std::isinf(h); }));
  float deepest = 0.0f;
  for (const float h : roller) deepest = std::isinf(h) ? deepest : std::max(deepest, h);
  EXPECT_GT(deepest, 1e-3f);
  EXPECT_LT(deepest, 4e-3f);
  for (const float h : heights_of("forearm", 0.02f)) EXPECT_GE(h, 0.0f);
}

}  // namespace

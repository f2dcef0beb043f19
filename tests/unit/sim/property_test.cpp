// Laws that hold for everybody: random stacks, balls, bodies, heads, forces, persons and
// conditions, ten thousand cases and more in all. Seeds are fixed.
#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "sim/press.h"
#include "sim/relief.h"
#include "support/sim_fixture.h"

namespace sim {
namespace {

constexpr int kStacks = 6000;
constexpr int kPersons = 3000;
constexpr int kBodies = 6;
constexpr int kPressesPerBody = 200;
static_assert(kStacks + kPersons + kBodies * kPressesPerBody >= 10000);

class Random {
 public:
  explicit Random(unsigned seed) : engine_(seed) {}
  float in(float low, float high) {
    return low + (high - low) * std::uniform_real_distribution<float>(0.0f, 1.0f)(engine_);
  }
  // Even in orders of magnitude.
  float spread(float low, float high) { return std::exp(in(std::log(low), std::log(high))); }
  int index(int count) { return std::uniform_int_distribution<int>(0, count - 1)(engine_); }

 private:
  std::mt19937 engine_;
};

// A ball on any stack: never through to the bone, never wider than itself, more force deeper and
// harder, stress positive and at most a quarter over the peak.
TEST(Properties, AnyBallOnAnyStack) {
  Random random(11);
  for (int i = 0; i < kStacks; ++i) {
    std::vector<PressLayer> layers;
    float thickness = 0.0f;
    for (int l = 0; l <= random.index(7); ++l) {
      layers.push_back({"layer", random.spread(0.0005f, 0.05f), random.spread(1e3f, 1e6f)});
      thickness += layers.back().thickness_m;
    }
    const float ball = random.spread(0.005f, 0.2f);
    const float force = random.spread(0.01f, 300.0f);
    const auto light = press_stack(layers, ball, force);
    const auto firm = press_stack(layers, ball, 1.5f * force);
    ASSERT_TRUE(light && firm);
    for (const Press& press : {*light, *firm}) {
      ASSERT_TRUE(std::isfinite(press.indentation_m) && press.indentation_m > 0.0f);
      ASSERT_LT(press.indentation_m, 0.45f * thickness);
      ASSERT_GT(press.contact_radius_m, 0.0f);
      ASSERT_LE(press.contact_radius_m, 0.95f * 0.5f * ball * 1.00001f);
      for (const PressedLayer& layer : press.layers) {
        ASSERT_GE(layer.middle_pa, 0.0f);
        ASSERT_LE(layer.middle_pa, 1.26f * press.peak_pa);
        ASSERT_LE(layer.bottom_pa, 1.26f * press.peak_pa);
      }
    }
    // The mean over the patch carries the force.
    const float a = light->contact_radius_m;
    ASSERT_NEAR(light->mean_pa * 3.14159265f * a * a / force, 1.0f, 1e-4f);
    ASSERT_GE(firm->indentation_m, light->indentation_m);
    ASSERT_GE(firm->peak_pa, 0.999f * light->peak_pa);
    const auto none = press_stack(layers, ball, 0.0f);
    ASSERT_TRUE(none);
    ASSERT_EQ(none->peak_pa, 0.0f);
  }
}

void expect_sound(const SegmentState& s, const PersonState& person) {
  for (const double x :
       {double(s.pain), double(s.gate), person.calm, person.alarm, double(s.guarding),
        double(s.tone), s.oedema, s.inflammation, s.damage, s.tender, s.bruise, s.macro}) {
    ASSERT_GE(x, 0.0);
    ASSERT_LE(x, 1.0);
  }
  for (const double x :
       {s.thixotropy_fast, s.thixotropy_slow, double(s.flow), s.flow_debt, s.vasodilation,
        s.metabolites, double(s.stiffness_pa), s.tone_set, double(s.skin_flow),
        double(s.habituation), double(s.comfort_ratio), s.dose_pa_s, double(s.activation)}) {
    ASSERT_TRUE(std::isfinite(x));
    ASSERT_GE(x, 0.0);
    ASSERT_LT(x, 1e9);
  }
}

// Any person, pressed anyhow with any step: every state keeps its bounds, doses only grow, and a
// different tick tells the same story.
TEST(Properties, AnyPersonPressedAnyhow) {
  Random random(13);
  const auto tissue = load_tissue_file(test_support::assets_dir() / "anatomy" / "tissue.json",
                                       test_support::assets_dir() / "schema");
  ASSERT_TRUE(tissue);
  for (int i = 0; i < kPersons; ++i) {
    SimModel model;
    model.parameters = tissue->parameters;
    SegmentParameters segment;
    segment.mu_rest_pa = random.spread(5e3f, 25e3f);
    segment.ppt_pa = random.spread(120e3f, 700e3f);
    segment.tone_cause = random.in(0.0f, 0.2f);
    segment.pain_cause = random.index(3) == 0 ? random.in(0.0f, 0.6f) : 0.0f;
    segment.tender_rest = random.index(2) == 0 ? random.in(0.0f, 1.0f) : 0.0f;
    segment.repair_s = random.spread(86400.0f, 2e6f);
    model.segments = {segment};
    SimState state;
    SegmentState start;
    start.tone = segment.tone_cause;
    start.tone_set = static_cast<double>(segment.tone_cause);
    start.tender = static_cast<double>(segment.tender_rest);
    start.inflammation = random.in(0.0f, 1.0f);
    start.damage = random.in(0.0f, 1.0f);
    start.oedema = random.in(0.0f, 1.0f);
    start.stiffness_pa = segment.mu_rest_pa;
    state.segments = {start};
    state.person.alarm = random.in(0.0f, 1.0f);
    state.person.braced = random.index(4) == 0;
    const float mean = random.spread(1e3f, 400e3f);
    const SegmentInput input{mean * random.in(0.02f, 1.0f),
                             mean,
                             1.5f * mean,
                             random.spread(1e-4f, 3e-3f),
                             random.index(2) == 0 ? 0.0f : random.in(0.0f, 0.2f),
                             random.in(0.0f, 1.0f),
                             random.index(5) == 0};
    SimState fine = state, coarse = state;
    for (int t = 0; t < 60; ++t) advance_relief(model, std::span(&input, 1), 1.0f / 120.0f, fine);
    for (int t = 0; t < 15; ++t) advance_relief(model, std::span(&input, 1), 1.0f / 30.0f, coarse);
    expect_sound(fine.segments[0], fine.person);
    if (HasFatalFailure()) return;
    const SegmentState &a = fine.segments[0], &b = coarse.segments[0];
    ASSERT_NEAR(a.dose_pa_s, b.dose_pa_s, 1e-3 * a.dose_pa_s + 1e-9);
    ASSERT_NEAR(a.metabolites, b.metabolites, 1e-3);
    ASSERT_NEAR(a.tone, b.tone, 1e-3);
    // In the middle of a sudden press: guarding rises in 0.4 s, twelve of the longer ticks. (That a
    // whole minute agrees to 0.1 % is another test.)
    ASSERT_NEAR(a.stiffness_pa / b.stiffness_pa, 1.0f, 0.01f);
    ASSERT_LE(a.dose_along_pa_s + a.dose_across_pa_s + a.dose_static_pa_s,
              a.dose_pa_s * (1.0 + 1e-6));
    ASSERT_TRUE(!input.no_go || a.gate == 0.0f);
    const double dose = a.dose_pa_s;
    advance_relief(model, {}, random.spread(0.01f, 3600.0f), fine);
    expect_sound(fine.segments[0], fine.person);
    if (HasFatalFailure()) return;
    ASSERT_EQ(fine.segments[0].dose_pa_s, dose);
  }
}

// Any head on any body of any person: finite, forces that sum up, nothing through the bone; and its
// mirror image on the other side gives the mirrored person the same.
TEST(Properties, AnyHeadOnAnyBody) {
  Random random(17);
  const auto conditions = load_conditions(test_support::assets_dir());
  ASSERT_TRUE(conditions);
  const auto& heads = test_support::shared_tool().attachments;
  for (int b = 0; b < kBodies; ++b) {
    test_support::PhantomSpec spec;
    spec.width_radius_m = random.in(0.13f, 0.22f);
    spec.depth_radius_m = random.in(0.09f, 0.15f);
    spec.bone = b % 3 != 2;
    spec.bone_depth_m = random.in(0.041f, 0.06f);
    spec.skin = b % 2 == 0;
    const auto body = test_support::make_phantom(spec);
    const std::string id =
        (*conditions)[static_cast<std::size_t>(random.index(static_cast<int>(conditions->size())))]
            .id;
    const auto model = load_sim_model(body, test_support::assets_dir(), {id}).value();
    const SimState start = make_start_state(*model);
    for (int i = 0; i < kPressesPerBody; ++i) {
      ToolInput input;
      input.attachment =
          &heads[static_cast<std::size_t>(random.index(static_cast<int>(heads.size())))];
      input.pose = tool::pose_on_skin(
          *body,
          test_support::phantom_skin_point(spec, random.in(-3.1f, 3.1f), random.in(0.95f, 1.47f)),
          base::Radians{random.in(-1.57f, 1.57f)}, base::Radians{random.in(-1.57f, 0.78f)},
          *input.attachment);
      input.force = base::Newtons{random.spread(0.1f, input.attachment->force_limit.value)};
      input.velocity_m_s = random.index(2) == 0 ? glm::vec3(0.0f) : glm::vec3(0.0f, 0.05f, 0.0f);
      input.braced = random.index(4) == 0;
      SimState state = start;
      const int ticks = 1 + random.index(3);
      for (int t = 0; t < ticks; ++t) step(*model, state, input, base::Seconds{1.0f / 60.0f});
      ASSERT_FALSE(state.patch.contacts.empty());
      float sum = 0.0f;
      for (const Contact& contact : state.patch.contacts) {
        sum += contact.force.value;
        ASSERT_TRUE(std::isfinite(contact.peak.value) && contact.peak.value > 0.0f);
        ASSERT_LE(contact.indentation.value, 0.45f * contact.stack.total_m);
        ASSERT_LT(contact.region, model->safety->rules().regions.size());
      }
      ASSERT_NEAR(sum / input.force.value, 1.0f, 1e-3f);
      for (const SegmentState& segment : state.segments) {
        ASSERT_TRUE(std::isfinite(segment.pressure_pa) && segment.pressure_pa >= 0.0f);
        ASSERT_TRUE(std::isfinite(segment.stiffness_pa) && segment.stiffness_pa > 0.0f);
        ASSERT_TRUE(segment.pain >= 0.0f && segment.pain <= 1.0f);
      }
      ASSERT_TRUE(std::isfinite(state.person.alarm) && std::isfinite(state.person.calm));
    }
  }
}

// One-sided persons, mirrored: the right side pressed on the one is the left side on the other.
TEST(Properties, TheMirroredPersonFeelsTheSame) {
  const test_support::PhantomSpec spec;
  const auto body = test_support::make_phantom(spec);
  const auto live = [&](anatomy::Side side) {
    const auto model =
        load_sim_model(body, test_support::assets_dir(), {"stiff_neck", side}).value();
    SimState state = make_start_state(*model);
    const float sign = side == anatomy::Side::kLeft ? 1.0f : -1.0f;
    const auto input =
        test_support::press_at(*body, test_support::phantom_skin_point(spec, 0.4f * sign, 1.36f),
                               "balls_std", 60.0f, 0.3f * sign);
    for (int i = 0; i < 300; ++i) step(*model, state, input, base::Seconds{1.0f / 60.0f});
    return std::pair(model, state);
  };
  const auto [left_model, left] = live(anatomy::Side::kLeft);
  const auto [right_model, right] = live(anatomy::Side::kRight);
  EXPECT_NEAR(left.person.calm, right.person.calm, 2e-3);
  EXPECT_NEAR(left.person.alarm, right.person.alarm, 2e-3);
  for (const MuscleReadout& m : read_muscles(*left_model, left)) {
    std::string id = body->body().structures[m.structure].id;
    if (!id.ends_with("_left") || m.load_pa < 2e3f) continue;
    id.replace(id.size() - 5, 5, "_right");
    for (const MuscleReadout& other : read_muscles(*right_model, right)) {
      if (body->body().structures[other.structure].id != id) continue;
      EXPECT_NEAR(other.load_pa / m.load_pa, 1.0f, 0.03f) << id;
      EXPECT_NEAR(other.tension, m.tension, 2e-3f) << id;
    }
  }
}

}  // namespace
}  // namespace sim

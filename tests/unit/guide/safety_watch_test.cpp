// What should not be done is said, and only that. On the phantom, whose back has few landmarks: its
// regions are made for the test.
#include "guide/safety_watch.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "support/sim_fixture.h"

namespace guide {
namespace {

using test_support::phantom_skin_point;
using test_support::PhantomSpec;
using test_support::press_at;

constexpr base::Seconds kTick{1.0f / 60.0f};

struct World {
  explicit World(const std::string& condition = "healthy") {
    body = test_support::make_phantom(spec);
    auto own = std::make_shared<sim::SimModel>(*test_support::load_phantom_model(body, condition));
    sim::SafetyRules rules = sim::load_safety_rules(test_support::assets_dir()).value();
    rules.regions.clear();
    rules.regions.push_back(
        {"upper", "the upper back", 40.0f, {clause(sim::SafetyBound{"T7", 0.0f}, {})}});
    rules.regions.push_back(
        {"strip", "the strip", 0.0f, {clause({}, sim::SafetyBound{"midline", 0.02f})}});
    rules.regions.push_back({"elsewhere", "elsewhere", 100.0f, {}});
    own->safety = std::make_shared<const sim::SafetyMap>(body, rules);
    model = own;
    state = sim::make_start_state(*model);
  }
  static sim::SafetyClause clause(std::optional<sim::SafetyBound> above,
                                  std::optional<sim::SafetyBound> within) {
    sim::SafetyClause made;
    made.bounds[0] = above;
    made.bounds[3] = within;
    return made;
  }
  sim::ToolInput at(float theta, float y_m, const char* attachment, float force_n) const {
    return press_at(*body, phantom_skin_point(spec, theta, y_m), attachment, force_n);
  }
  std::vector<SafetyFinding> press(const sim::ToolInput& input, float seconds) {
    if (!watch) watch.emplace(model);
    // A held head may take longer steps than a tick.
    const base::Seconds step{seconds > 10.0f ? 0.25f : kTick.value};
    const int steps = static_cast<int>(seconds / step.value + 0.5f);
    for (int i = 0; i < steps; ++i) {
      sim::step(*model, state, input, step);
      watch->observe(state, input, step);
    }
    return watch->now();
  }
  PhantomSpec spec;
  std::shared_ptr<const anatomy::BodyIndex> body;
  std::shared_ptr<const sim::SimModel> model;
  sim::SimState state;
  std::optional<SafetyWatch> watch;
};

bool has(const std::vector<SafetyFinding>& findings, SafetyKind kind) {
  return std::any_of(findings.begin(), findings.end(),
                     [&](const SafetyFinding& f) { return f.kind == kind; });
}

TEST(SafetyWatch, AGentlePressIsFine) {
  World w;
  EXPECT_TRUE(w.press(w.at(0.5f, 1.2f, "balls_std", 40.0f), 2.0f).empty());
}

TEST(SafetyWatch, TheLowestLimitOfAllContactsCounts) {
  World w;
  EXPECT_FALSE(has(w.press(w.at(0.5f, 1.36f, "balls_std", 40.0f), 0.1f), SafetyKind::kForceLimit));
  const auto over = w.press(w.at(0.5f, 1.36f, "balls_std", 41.0f), 0.1f);
  ASSERT_TRUE(has(over, SafetyKind::kForceLimit));
  EXPECT_EQ(over[0].limit, 40.0f);
  EXPECT_EQ(over[0].value, 41.0f);
  EXPECT_NE(describe(*w.model, over[0]).find("the upper back"), std::string::npos);
  EXPECT_FALSE(has(w.press(w.at(0.5f, 1.2f, "balls_std", 41.0f), 0.1f), SafetyKind::kForceLimit));
}

TEST(SafetyWatch, NoGoZonesAreNamedAndDoNoGood) {
  World w("desk_shoulders");
  const auto findings = w.press(w.at(0.0f, 1.2f, "point_single", 30.0f), 60.0f);
  EXPECT_TRUE(has(findings, SafetyKind::kNoGo));
  for (const sim::SegmentState& s : w.state.segments) EXPECT_EQ(s.gate, 0.0f);
  EXPECT_EQ(w.state.person.calm, 0.0);
  World beside("desk_shoulders");
  beside.press(beside.at(0.5f, 1.2f, "point_single", 30.0f), 60.0f);
  EXPECT_GT(beside.state.person.calm, 0.01);
}

TEST(SafetyWatch, ComfortWarnsThenHurtsThenStops) {
  World w;
  auto own = std::make_shared<sim::SimModel>(*w.model);
  for (sim::SegmentParameters& segment : own->segments) segment.ppt_pa = 85e3f;
  w.model = own;
  const sim::SimState rested = w.state;
  int last = 0, seen[4] = {};
  for (float force = 1.0f; force <= 60.0f; force += 1.0f) {
    w.state = rested;
    const auto now = w.press(w.at(0.5f, 1.2f, "point_single", force), 0.05f);
    const int level = has(now, SafetyKind::kComfortStop)   ? 3
                      : has(now, SafetyKind::kComfortPain) ? 2
                      : has(now, SafetyKind::kComfortWarn) ? 1
                                                           : 0;
    EXPECT_GE(level, last) << force;
    last = level;
    ++seen[level];
  }
  for (const int count : seen) EXPECT_GT(count, 0);
}

TEST(SafetyWatch, TimesAreLimited) {
  World w;
  const auto held = w.at(0.5f, 1.2f, "balls_std", 20.0f);
  EXPECT_FALSE(has(w.press(held, 89.0f), SafetyKind::kStaticTooLong));
  EXPECT_TRUE(has(w.press(held, 2.0f), SafetyKind::kStaticTooLong));
  // Another place: the spot is new, the site too; the first one has had its 91 s.
  const auto elsewhere = w.at(-0.55f, 1.1f, "balls_std", 20.0f);
  EXPECT_TRUE(w.press(elsewhere, 1.0f).empty());
  // Rolling over a place is not static, but counts for the site.
  auto rolled = held;
  rolled.velocity_m_s = {0.0f, 0.04f, 0.0f};
  const auto after = w.press(rolled, 215.0f);
  EXPECT_FALSE(has(after, SafetyKind::kStaticTooLong));
  EXPECT_TRUE(has(after, SafetyKind::kSiteTooLong));
  w.watch->start_over();
  EXPECT_FALSE(has(w.press(rolled, 1.0f), SafetyKind::kSiteTooLong));
}

TEST(SafetyWatch, AFreshStrainIsForGentleHands) {
  World fresh("fresh_injury"), old("low_back_strain");
  const auto soft = [](World& w, float force_n) {
    auto own = std::make_shared<sim::SimModel>(*w.model);
    for (sim::SegmentParameters& segment : own->segments) segment.ppt_pa = 85e3f;
    w.model = own;
    w.watch.reset();
    return w.press(w.at(0.5f, 1.2f, "point_single", force_n), 0.2f);
  };
  EXPECT_FALSE(has(soft(fresh, 0.5f), SafetyKind::kFreshStrain));
  EXPECT_TRUE(has(soft(fresh, 30.0f), SafetyKind::kFreshStrain));
  EXPECT_FALSE(has(soft(old, 30.0f), SafetyKind::kFreshStrain));
}

}  // namespace
}  // namespace guide

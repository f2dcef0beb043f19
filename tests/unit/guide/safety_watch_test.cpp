// What should not be done is said, and only that. On the phantom, whose back has few landmarks: its
// regions are made for the test.
#include "guide/safety_watch.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "data/translator.h"
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

// An attachment's own limit, of contact in one go: lifted off or changed, it begins anew.
TEST(SafetyWatch, AWarmHeadHasATimeOfItsOwn) {
  World w;
  ASSERT_TRUE(test_support::attachment("thermal").time_limit);
  const float limit = test_support::attachment("thermal").time_limit->value;
  auto rolled = w.at(0.5f, 1.2f, "thermal", 10.0f);
  rolled.velocity_m_s = {0.0f, 0.04f, 0.0f};
  EXPECT_FALSE(has(w.press(rolled, limit - 1.0f), SafetyKind::kAttachmentTooLong));
  const auto over = w.press(rolled, 2.0f);
  ASSERT_TRUE(has(over, SafetyKind::kAttachmentTooLong));
  const auto finding = std::find_if(over.begin(), over.end(), [](const SafetyFinding& f) {
    return f.kind == SafetyKind::kAttachmentTooLong;
  });
  EXPECT_EQ(finding->limit, limit);
  EXPECT_NE(describe(*w.model, *finding).find("10 min"), std::string::npos);
  auto lifted = rolled;
  lifted.force = base::Newtons{0.0f};
  w.press(lifted, 0.5f);
  EXPECT_FALSE(has(w.press(rolled, 1.0f), SafetyKind::kAttachmentTooLong));
  EXPECT_FALSE(has(w.press(w.at(0.5f, 1.2f, "balls_std", 10.0f), limit + 1.0f),
                   SafetyKind::kAttachmentTooLong));
}

// The middle of the patch is outside the forbidden strip, its edge is not.
TEST(SafetyWatch, AnEdgeInANoGoZoneCounts) {
  for (const char* head : {"point_single", "thumb"}) {
    const auto judge = [&](float theta) {
      World w("desk_shoulders");
      const auto input = w.at(theta, 1.2f, head, 40.0f);
      const auto findings = w.press(input, 20.0f);
      float innermost = 1.0f, middle = 1.0f;
      for (const sim::Contact& c : w.state.patch.contacts) {
        middle = std::min(middle, std::abs(c.point_m.x));
        innermost = std::min(innermost, std::abs(c.point_m.x) - c.radius.value);
      }
      return std::tuple(middle, innermost, has(findings, SafetyKind::kNoGo), w.state.person.calm);
    };
    bool seen_edge = false, seen_free = false;
    for (float theta = 0.0f; theta < 0.45f; theta += 0.02f) {
      const auto [middle, innermost, no_go, calm] = judge(theta);
      if (middle < 0.02f) {
        EXPECT_TRUE(no_go) << head << " " << middle;
      } else if (innermost < 0.02f - 0.006f) {  // sites are 7 mm apart
        seen_edge = true;
        EXPECT_TRUE(no_go) << head << " " << middle << " " << innermost;
        EXPECT_EQ(calm, 0.0) << head;
      } else if (innermost > 0.02f + 0.004f) {
        seen_free = true;
        EXPECT_FALSE(no_go) << head << " " << middle << " " << innermost;
        EXPECT_GT(calm, 0.0) << head;
      }
    }
    EXPECT_TRUE(seen_free) << head;
    EXPECT_TRUE(seen_edge || std::string_view(head) == "thumb");
  }
}

// The groove of a roller is for the spine: what it leaves alone is not pressed.
TEST(SafetyWatch, AGrooveKeepsOffTheStrip) {
  World w;
  auto own = std::make_shared<sim::SimModel>(*w.model);
  sim::SafetyRules rules = w.model->safety->rules();
  rules.regions[1].where = {World::clause({}, sim::SafetyBound{"midline", 0.012f})};
  own->safety = std::make_shared<const sim::SafetyMap>(w.body, rules);
  w.model = own;
  EXPECT_FALSE(has(w.press(w.at(0.0f, 1.2f, "roller_wide", 60.0f), 0.1f), SafetyKind::kNoGo));
  EXPECT_TRUE(has(w.press(w.at(0.2f, 1.2f, "roller_wide", 60.0f), 0.1f), SafetyKind::kNoGo));
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

// Whatever the window may have to say about safety, it has words for; files keep the ids.
TEST(SafetyWatch, EveryRegionAndKindHasWords) {
  const auto tr = data::Translator::load(test_support::assets_dir() / "i18n", "en");
  ASSERT_TRUE(tr);
  const auto rules = sim::load_safety_rules(test_support::assets_dir());
  ASSERT_TRUE(rules);
  for (const sim::SafetyRegion& region : rules->regions) {
    const std::string key = "region." + region.id;
    ASSERT_TRUE(tr->has(key)) << key;
    EXPECT_EQ(std::string((*tr)(key)), region.name);
  }
  for (std::size_t k = 0; k < kSafetyKinds; ++k) {
    const std::string key = "safety." + std::string(to_string(static_cast<SafetyKind>(k)));
    EXPECT_TRUE(tr->has(key)) << key;
  }
}

}  // namespace
}  // namespace guide

// step() as a whole on the phantom: determinism, caches, conditions, fast-forward.
#include "sim/step.h"

#include <gtest/gtest.h>
#include <sched.h>

#include <array>
#include <cmath>
#include <set>
#include <thread>

#include "support/sim_fixture.h"

namespace sim {
namespace {

using test_support::phantom_skin_point;
using test_support::PhantomSpec;
using test_support::press_at;

constexpr base::Seconds kTick{1.0f / 60.0f};

struct World {
  explicit World(const std::string& condition) {
    body = test_support::make_phantom(spec);
    model = test_support::load_phantom_model(body, condition);
    state = make_start_state(*model);
  }
  PhantomSpec spec;
  std::shared_ptr<const anatomy::BodyIndex> body;
  std::shared_ptr<const SimModel> model;
  SimState state;
};

const World& desk_world() {
  static const World world("desk_shoulders");
  return world;
}

MuscleReadout readout_of(const SimModel& model, const SimState& state, const std::string& id) {
  for (const MuscleReadout& m : read_muscles(model, state)) {
    if (model.body->body().structures[m.structure].id == id) return m;
  }
  ADD_FAILURE() << id;
  return {};
}

void play(const World& w, const SimModel& model, SimState& state, int ticks, bool forget_cache) {
  for (int i = 0; i < ticks; ++i) {
    const float y = 1.2f + 0.0007f * static_cast<float>(i % 100);
    ToolInput input = press_at(*w.body, phantom_skin_point(w.spec, 0.3f, y), "balls_std",
                               i % 150 < 120 ? 60.0f : 0.0f);
    input.velocity_m_s = {0.0f, 0.042f, 0.0f};
    if (forget_cache) state.geometry.reset();
    step(model, state, input, kTick);
  }
}

TEST(Step, TheSameSessionGivesTheSameHash) {
  const World& w = desk_world();
  SimState a = w.state, b = w.state, c = w.state, d = w.state;
  play(w, *w.model, a, 300, false);
  play(w, *w.model, b, 300, false);
  EXPECT_EQ(a.hash(), b.hash());
  // Neither the kept geometry nor columns asked for before play a part.
  play(w, *w.model, c, 300, true);
  EXPECT_EQ(a.hash(), c.hash());
  const auto fresh = test_support::load_phantom_model(w.body, "desk_shoulders");
  play(w, *fresh, d, 300, false);
  EXPECT_EQ(a.hash(), d.hash());
  EXPECT_NE(a.hash(), w.state.hash());
}

// Holds this thread, and so whoever asks how many cores there are, to one core.
class OneCore {
 public:
  OneCore() {
    sched_getaffinity(0, sizeof(before_), &before_);
    cpu_set_t one;
    CPU_ZERO(&one);
    for (int cpu = 0; cpu < CPU_SETSIZE && CPU_COUNT(&one) == 0; ++cpu) {
      if (CPU_ISSET(cpu, &before_)) CPU_SET(cpu, &one);
    }
    sched_setaffinity(0, sizeof(one), &one);
  }
  ~OneCore() { sched_setaffinity(0, sizeof(before_), &before_); }
  OneCore(const OneCore&) = delete;
  OneCore& operator=(const OneCore&) = delete;

 private:
  cpu_set_t before_;
};

TEST(Step, TheNumberOfThreadsPlaysNoPart) {
  const World& w = desk_world();
  const auto hash_of = [&](const std::shared_ptr<const SimModel>& model) {
    SimState state = w.state;
    play(w, *model, state, 200, false);
    return state.hash();
  };
  const std::uint64_t expected =
      hash_of(test_support::load_phantom_model(w.body, "desk_shoulders"));
  {
    const OneCore alone;
    EXPECT_EQ(hash_of(test_support::load_phantom_model(w.body, "desk_shoulders")), expected);
  }
  // Others look up the same columns meanwhile.
  const auto model = test_support::load_phantom_model(w.body, "desk_shoulders");
  base::Progress progress;
  std::vector<std::thread> others;
  for (int k = 0; k < 3; ++k) others.emplace_back([&] { prepare_columns(*model, progress); });
  EXPECT_EQ(hash_of(model), expected);
  progress.cancel();
  for (std::thread& other : others) other.join();
}

TEST(Step, AStateIsAValue) {
  const World& w = desk_world();
  SimState a = w.state;
  play(w, *w.model, a, 100, false);
  SimState b = a;
  play(w, *w.model, a, 100, false);
  play(w, *w.model, b, 100, false);
  EXPECT_EQ(a.hash(), b.hash());
}

// A tense person has something to relieve where the head is, and only there.
TEST(Step, PressingEasesWhatIsPressed) {
  const World& w = desk_world();
  SimState state = w.state;
  const auto input = press_at(*w.body, phantom_skin_point(w.spec, 0.3f, 1.36f), "balls_std", 60.0f);
  for (int i = 0; i < 120 * 60; ++i) step(*w.model, state, input, kTick);
  const MuscleReadout left = readout_of(*w.model, state, "trapezius_transverse_left");
  EXPECT_GT(left.load_pa, 5e3f);
  EXPECT_GE(left.load_pa, left.load_mean_pa);
  EXPECT_GT(left.relief, 0.02f);
  EXPECT_LT(left.tension, 0.06f);
  const MuscleReadout chest = readout_of(*w.model, state, "pectoralis_major_sternocostal_right");
  EXPECT_LT(std::abs(chest.relief), 0.02f);
  EXPECT_EQ(chest.load_pa, 0.0f);
  // The head leaves: loads vanish at once, tension comes back over two hours.
  ToolInput lifted = input;
  lifted.force = base::Newtons{0.0f};
  step(*w.model, state, lifted, kTick);
  EXPECT_EQ(readout_of(*w.model, state, "trapezius_transverse_left").load_pa, 0.0f);
  step(*w.model, state, lifted, base::Seconds{7200.0f});
  const MuscleReadout later = readout_of(*w.model, state, "trapezius_transverse_left");
  EXPECT_LT(later.relief, 0.7f * left.relief);
  EXPECT_GT(later.tension, left.tension);
}

TEST(Step, StartsAtReliefZeroWithTheConditionsTension) {
  const World& w = desk_world();
  for (const MuscleReadout& m : read_muscles(*w.model, w.state)) {
    EXPECT_EQ(m.relief, 0.0f);
    EXPECT_EQ(m.load_pa, 0.0f);
    // Desk work tightens shoulders, chest and lumbar erectors, and leaves the thoracic ones.
    const std::string& id = w.body->body().structures[m.structure].id;
    if (id.starts_with("longissimus_thoracis")) {
      EXPECT_NEAR(m.tension, 0.02f, 1e-3f) << id;
    } else {
      EXPECT_GT(m.tension, 0.05f) << id;
    }
  }
  const World healthy("healthy");
  for (const MuscleReadout& m : read_muscles(*healthy.model, healthy.state)) {
    EXPECT_NEAR(m.tension, 0.02f, 1e-3f);
  }
}

// Between ticks a picture may be asked for: it shows the dent as it is, not as if nothing had
// pressed before, and leaves the rest of the state alone.
TEST(Step, ThePlacedHeadAgreesWithTheStep) {
  const World& w = desk_world();
  SimState state = w.state;
  const auto input = press_at(*w.body, phantom_skin_point(w.spec, 0.3f, 1.36f), "balls_std", 60.0f);
  place_head(*w.model, state, input);
  EXPECT_GT(readout_of(*w.model, state, "trapezius_transverse_left").load_pa, 5e3f);
  for (int i = 0; i < 600; ++i) step(*w.model, state, input, kTick);
  const float depth = state.patch.contacts.at(0).indentation.value;
  const float load = readout_of(*w.model, state, "trapezius_transverse_left").load_pa;
  SimState placed = state;
  place_head(*w.model, placed, input);
  EXPECT_NEAR(placed.patch.contacts.at(0).indentation.value / depth, 1.0f, 2e-3f);
  EXPECT_NEAR(readout_of(*w.model, placed, "trapezius_transverse_left").load_pa / load, 1.0f,
              5e-3f);
  EXPECT_NEAR(find_contact(*w.model, state, input).contacts.at(0).indentation.value / depth, 1.0f,
              2e-3f);
  EXPECT_EQ(placed.person.calm, state.person.calm);
  EXPECT_EQ(placed.tick, state.tick);
}

TEST(Step, ColumnsMayBePreparedBesideIt) {
  const World& w = desk_world();
  const auto prepared = test_support::load_phantom_model(w.body, "desk_shoulders");
  base::Progress progress;
  std::thread beside([&] { prepare_columns(*prepared, progress); });
  SimState a = w.state, b = w.state;
  play(w, *prepared, a, 60, false);
  beside.join();
  EXPECT_EQ(progress.fraction(), 1.0f);
  play(w, *w.model, b, 60, false);
  EXPECT_EQ(a.hash(), b.hash());
}

// Under a constant force the tissue creeps: deeper, and never back.
TEST(Step, TheDentCreeps) {
  const World& w = desk_world();
  SimState state = w.state;
  const auto input =
      press_at(*w.body, phantom_skin_point(w.spec, 0.3f, 1.0f), "point_single", 40.0f);
  step(*w.model, state, input, kTick);
  const float first = state.patch.contacts.at(0).indentation.value;
  float last = first;
  for (int i = 0; i < 1200; ++i) {
    step(*w.model, state, input, kTick);
    EXPECT_GE(state.patch.contacts.at(0).indentation.value, last - 2e-6f);
    last = state.patch.contacts[0].indentation.value;
    EXPECT_NEAR(state.patch.contacts[0].force.value, 40.0f, 0.4f);
  }
  EXPECT_GT(last / first, 1.1f);
  EXPECT_LT(last / first, 1.8f);
}

// One step of a second at rest under the head against sixty ticks: what time-lapse needs.
TEST(Step, CoarseStepsAgreeWithFineOnes) {
  const World& w = desk_world();
  const auto input = press_at(*w.body, phantom_skin_point(w.spec, 0.3f, 1.36f), "balls_std", 60.0f);
  SimState fine = w.state, coarse = w.state;
  for (int i = 0; i < 60 * 60; ++i) step(*w.model, fine, input, kTick);
  for (int i = 0; i < 60; ++i) step(*w.model, coarse, input, base::Seconds{1.0f});
  const auto a = readout_of(*w.model, fine, "trapezius_transverse_left");
  const auto b = readout_of(*w.model, coarse, "trapezius_transverse_left");
  EXPECT_NEAR(b.load_pa / a.load_pa, 1.0f, 0.01f);
  EXPECT_NEAR(b.tension / a.tension, 1.0f, 0.02f);
  EXPECT_NEAR(b.relief, a.relief, 0.01f);
}

TEST(Conditions, UnknownOnesAreRefusedWithTheKnownOnes) {
  const World& w = desk_world();
  for (const char* id : {"no_such", "", "../anatomy/tissue", "Healthy"}) {
    const auto model = load_sim_model(w.body, test_support::assets_dir(), {id});
    ASSERT_FALSE(model) << id;
    EXPECT_NE(model.error().message.find("desk_shoulders"), std::string::npos)
        << model.error().message;
  }
}

// A one-sided condition leaves the other side as a healthy person's but for what the whole person
// feels, and choosing the other side is its mirror image.
TEST(Conditions, OneSidedOnesKeepToTheirSide) {
  const World& w = desk_world();
  const auto start = [&](anatomy::Side side) {
    const auto model =
        load_sim_model(w.body, test_support::assets_dir(), {"stiff_neck", side}).value();
    const SimState state = make_start_state(*model);
    return std::array{readout_of(*model, state, "levator_scapulae_left").tension,
                      readout_of(*model, state, "levator_scapulae_right").tension};
  };
  const auto left = start(anatomy::Side::kLeft);
  const auto right = start(anatomy::Side::kRight);
  EXPECT_GT(left[0], 0.08f);
  EXPECT_GT(left[0], left[1] + 0.05f);
  EXPECT_NEAR(left[0], right[1], 1e-6f);
  EXPECT_NEAR(left[1], right[0], 1e-6f);
}

TEST(Conditions, TheListHoldsEveryOneInItsOrder) {
  const auto all = load_conditions(test_support::assets_dir());
  ASSERT_TRUE(all) << all.error().message;
  std::set<std::string> ids;
  for (std::size_t i = 0; i < all->size(); ++i) {
    ids.insert((*all)[i].id);
    if (i > 0) {
      EXPECT_GT((*all)[i].order, (*all)[i - 1].order) << (*all)[i].id;
    }
  }
  const std::set<std::string> asked = {"healthy",
                                       "desk_shoulders",
                                       "stiff_neck",
                                       "tension_headache",
                                       "tech_neck",
                                       "tight_chest",
                                       "thoracic_tightness",
                                       "low_back_strain",
                                       "fresh_injury",
                                       "pinched_nerve_neck",
                                       "lumbar_nerve_irritation"};
  EXPECT_EQ(ids, asked);
}

TEST(Conditions, EveryFileLoads) {
  const World& w = desk_world();
  int count = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator(test_support::assets_dir() / "conditions")) {
    const auto model =
        load_sim_model(w.body, test_support::assets_dir(), {entry.path().stem().string()});
    EXPECT_TRUE(model) << (model ? "" : model.error().message);
    if (model) {
      const SimState state = make_start_state(**model);
      EXPECT_TRUE(std::isfinite(state.person.alarm));
    }
    ++count;
  }
  EXPECT_GE(count, 2);
}

}  // namespace
}  // namespace sim

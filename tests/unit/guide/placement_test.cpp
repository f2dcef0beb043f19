// Every placement on every body: it works on what it is for, and is safe at its default force
// (product.md, placements; science.md section 7).
#include "guide/placement.h"

#include <gtest/gtest.h>

#include <fstream>

#include "anatomy/pack.h"
#include "guide/safety_watch.h"
#include "support/sim_fixture.h"

namespace guide {
namespace {

namespace fs = std::filesystem;

constexpr float kWorkedOnPa = 5000.0f;  // product.md
constexpr float kSettleS = 2.0f;

struct Person {
  std::shared_ptr<const anatomy::BodyIndex> index;
  std::shared_ptr<const sim::SimModel> model;
};

Person make_person(const fs::path& pack) {
  Person person;
  const auto body = anatomy::load_pack(pack);
  if (!body) {
    ADD_FAILURE() << body.error().message;
    return person;
  }
  person.index = std::make_shared<const anatomy::BodyIndex>(*body);
  person.model = test_support::load_phantom_model(person.index, "desk_shoulders");
  return person;
}

struct Outcome {
  std::vector<sim::MuscleReadout> muscles;
  std::vector<SafetyFinding> findings;
  sim::ContactPatch patch;
};

Outcome press(const Person& person, const PlacedHead& placed, base::Newtons force) {
  sim::ToolInput input;
  input.pose = placed.pose;
  input.attachment =
      &test_support::shared_tool().attachments[static_cast<std::size_t>(placed.attachment)];
  input.force = force;
  sim::SimState state = sim::make_start_state(*person.model);
  SafetyWatch watch(person.model);
  Outcome outcome;
  constexpr base::Seconds kTick{1.0f / 60.0f};
  for (int k = 0; k < static_cast<int>(kSettleS * 60.0f); ++k) {
    sim::step(*person.model, state, input, kTick);
    outcome.findings = watch.observe(state, input, kTick);
  }
  outcome.muscles = sim::read_muscles(*person.model, state);
  outcome.patch = state.patch;
  return outcome;
}

std::string table(const Person& person, const Outcome& outcome) {
  std::string text;
  for (const sim::Contact& c : outcome.patch.contacts) {
    text += "\n    contact " + std::to_string(c.force.value) + " N at " +
            std::to_string(c.point_m.x) + " " + std::to_string(c.point_m.y) + " " +
            std::to_string(c.point_m.z);
  }
  for (std::size_t k = 0; k < std::min<std::size_t>(9, outcome.muscles.size()); ++k) {
    const auto& muscle = outcome.muscles[k];
    text += "\n    " + person.index->body().structures[muscle.structure].id + " " +
            std::to_string(muscle.load_pa / 1000.0f) + " kPa";
  }
  return text;
}

// product.md: a deep primary need not be the most loaded, but must exceed what is neither named in
// its row nor lies above it. The same is asked of a row's most loaded primary.
bool is_deep_primary(const std::string& id) {
  return is_named(id, {"rhomboid", "rectus_capitis", "obliquus_capitis", "longissimus",
                       "iliocostalis", "pectoralis_minor", "quadratus_lumborum"});
}

void check_exceeds_the_unnamed(const Person& person, const PlacementSpec& spec,
                               const Outcome& outcome, const sim::MuscleReadout& primary) {
  const anatomy::Body& body = person.index->body();
  const anatomy::Structure& own = body.structures[primary.structure];
  for (const sim::MuscleReadout& muscle : outcome.muscles) {
    const anatomy::Structure& other = body.structures[muscle.structure];
    const bool named = is_named(other.id, spec.secondary) ||
                       std::any_of(spec.primary.begin(), spec.primary.end(),
                                   [&](const auto& group) { return is_named(other.id, group); });
    if (named || other.side != own.side || other.layer < own.layer) continue;
    EXPECT_LE(muscle.load_pa, primary.load_pa) << own.id << " against " << other.id;
  }
}

const sim::MuscleReadout* most_loaded(const Person& person, const Outcome& outcome,
                                      const std::vector<std::string>& names, anatomy::Side side) {
  for (const sim::MuscleReadout& muscle : outcome.muscles) {  // highest load first
    const anatomy::Structure& structure = person.index->body().structures[muscle.structure];
    if (structure.side == side && is_named(structure.id, names)) return &muscle;
  }
  return nullptr;
}

void check_works_on_its_muscles(const Person& person, const PlacementSpec& spec, anatomy::Side side,
                                const Outcome& outcome) {
  const sim::MuscleReadout* most = nullptr;
  for (const std::vector<std::string>& names : spec.primary) {
    const sim::MuscleReadout* primary = most_loaded(person, outcome, names, side);
    ASSERT_NE(primary, nullptr) << names.front();
    EXPECT_GE(primary->load_pa, kWorkedOnPa) << names.front();
    if (most == nullptr || primary->load_pa > most->load_pa) most = primary;
    if (is_deep_primary(person.index->body().structures[primary->structure].id)) {
      check_exceeds_the_unnamed(person, spec, outcome, *primary);
    }
  }
  check_exceeds_the_unnamed(person, spec, outcome, *most);
}

base::Newtons middle_force(const PlacementSpec& spec) {
  const bool at_most = spec.force[0] == base::Newtons{0.0f};
  return at_most ? spec.force[1] : 0.5f * (spec.force[0] + spec.force[1]);
}

void check_placement(const Person& person, const PlacementSpec& spec, anatomy::Side side) {
  const std::string what =
      person.index->body().id + " " + spec.id + " " + std::string(to_string(side));
  const auto placed = place_head(spec, side, *person.index, test_support::shared_tool());
  ASSERT_TRUE(placed) << what << ": " << placed.error().message;
  const Outcome middle = press(person, *placed, middle_force(spec));
  SCOPED_TRACE(what + table(person, middle));
  check_works_on_its_muscles(person, spec, side, middle);
  for (const SafetyFinding& finding : press(person, *placed, spec.default_force).findings) {
    ADD_FAILURE() << describe(*person.model, finding);
  }
}

void check_all(const Person& person, bool may_lack) {
  const auto files = load_placements(test_support::assets_dir(), test_support::shared_tool());
  ASSERT_EQ(files.placements.size(), 17u);
  EXPECT_TRUE(files.refused.empty());
  int had = 0;
  for (const PlacementSpec& spec : files.placements) {
    for (const anatomy::Side side : {anatomy::Side::kRight, anatomy::Side::kLeft}) {
      if (may_lack && find_obstacle(spec, side, person.index->body())) continue;
      ++had;
      check_placement(person, spec, side);
    }
  }
  EXPECT_GT(had, 20);
}

TEST(Placements, WorkOnWhatTheyAreForOnTheBuiltInBody) {
  const Person person =
      make_person(fs::path(BACKMATE_BINARY_DIR) / "share/backmate/bodies/builtin.pack");
  ASSERT_NE(person.model, nullptr);
  check_all(person, false);
}

TEST(Placements, WorkOnAnAtlas) {
  const char* pack = std::getenv("BACKMATE_BENCH_PACK");
  if (pack == nullptr) GTEST_SKIP() << "skipped: no pack of an atlas in BACKMATE_BENCH_PACK";
  const Person person = make_person(pack);
  ASSERT_NE(person.model, nullptr);
  check_all(person, true);
}

}  // namespace
}  // namespace guide

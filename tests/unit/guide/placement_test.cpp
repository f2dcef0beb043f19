// Every placement on every body: it works on what it is for, and is safe at its default force
// (product.md, placements; science.md section 7).
#include "guide/placement_fit.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <fstream>
#include <glm/geometric.hpp>
#include <iterator>

#include "anatomy/figure.h"
#include "anatomy/pack.h"
#include "anatomy/stature.h"
#include "data/translator.h"
#include "guide/routine_plan.h"
#include "guide/safety_watch.h"
#include "guide/stroke_reach.h"
#include "support/reference.h"
#include "support/run_program.h"
#include "support/scratch_dir.h"
#include "support/sim_fixture.h"

namespace guide {
namespace {

namespace fs = std::filesystem;

constexpr float kWorkedOnPa = 5000.0f;  // product.md
constexpr float kSettleS = 2.0f;
constexpr float kShortestStrokeM = 0.04f;  // half of the usual one

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

Person make_figure(const anatomy::Figure& figure) {
  Person person;
  const auto pack = anatomy::load_pack(fs::path(BACKMATE_BINARY_DIR) / "share/backmate/bodies" /
                                       (anatomy::figure_id(figure.sex, figure.build) + ".pack"));
  if (!pack) {
    ADD_FAILURE() << pack.error().message;
    return person;
  }
  auto body = std::make_shared<anatomy::Body>(**pack);
  if (figure.stature_m > 0.0f) anatomy::scale_to_stature(*body, figure.stature_m);
  body->id = anatomy::body_name(figure);
  person.index = std::make_shared<const anatomy::BodyIndex>(body);
  person.model = test_support::load_phantom_model(person.index, "desk_shoulders");
  return person;
}

struct Outcome {
  std::vector<sim::MuscleReadout> muscles;
  sim::ContactPatch patch;
};

sim::ToolInput input_of(const PlacedHead& placed, base::Newtons force) {
  sim::ToolInput input;
  input.pose = placed.pose;
  input.attachment =
      &test_support::shared_tool().attachments[static_cast<std::size_t>(placed.attachment)];
  input.force = force;
  return input;
}

Outcome press(const Person& person, const PlacedHead& placed, base::Newtons force) {
  const sim::ToolInput input = input_of(placed, force);
  sim::SimState state = sim::make_start_state(*person.model);
  Outcome outcome;
  constexpr base::Seconds kTick{1.0f / 60.0f};
  for (int k = 0; k < static_cast<int>(kSettleS * 60.0f); ++k) {
    sim::step(*person.model, state, input, kTick);
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

// At its default force, for as long as the head lies still in one spot: the patch grows meanwhile,
// as tissue creeps.
void check_rest_is_safe(const Person& person, const PlacementSpec& spec, const PlacedHead& placed) {
  const sim::ToolInput input = input_of(placed, spec.default_force);
  sim::SimState state = sim::make_start_state(*person.model);
  SafetyWatch watch(person.model);
  for (float time_s = 0.0f; time_s < spec.longest_rest().value;) {
    const base::Seconds step{time_s < kSettleS ? 1.0f / 60.0f : 0.5f};
    time_s += step.value;
    sim::step(*person.model, state, input, step);
    for (const SafetyFinding& finding : watch.observe(state, input, step)) {
      ADD_FAILURE() << "after " << time_s << " s: " << describe(*person.model, finding);
      return;
    }
  }
}

void check_stroke_is_safe(const Person& person, const PlacementSpec& spec,
                          const PlacedHead& placed) {
  if (!spec.rolls) return;
  sim::ToolInput input = input_of(placed, spec.default_force);
  const StrokeReach reach = find_stroke_reach(spec, placed.pose, *input.attachment, *person.model);
  constexpr float kHair = 1e-5f;
  EXPECT_GE(reach.length_m(), std::min(spec.stroke.value, kShortestStrokeM) - kHair);
  EXPECT_LE(reach.length_m(), spec.stroke.value + kHair);
  const SkinPath path =
      SkinPath::along_rolling(*person.index, placed.pose, *input.attachment, reach);
  constexpr int kParts = 8;
  for (int k = 0; k <= kParts; ++k) {
    input.pose = path.pose_at(path.length_m() * static_cast<float>(k) / kParts);
    sim::SimState state = sim::make_start_state(*person.model);
    SafetyWatch watch(person.model);
    sim::step(*person.model, state, input, base::Seconds{0.1f});
    for (const SafetyFinding& finding : watch.observe(state, input, base::Seconds{0.1f})) {
      ADD_FAILURE() << "at " << k << "/" << kParts
                    << " of its stroke: " << describe(*person.model, finding);
    }
  }
}

void check_placement(const Person& person, const PlacementSpec& spec, anatomy::Side side) {
  const std::string what =
      person.index->body().id + " " + spec.id + " " + std::string(to_string(side));
  const auto placed = place_head(spec, side, *person.index, test_support::shared_tool());
  ASSERT_TRUE(placed) << what << ": " << placed.error().message;
  const Outcome middle = press(person, *placed, spec.middle_force());
  SCOPED_TRACE(what + table(person, middle));
  check_works_on_its_muscles(person, spec, side, middle);
  check_rest_is_safe(person, spec, *placed);
  check_stroke_is_safe(person, spec, *placed);
}

void check_all(const Person& person, bool may_lack) {
  const auto files = load_placements(test_support::assets_dir(), test_support::shared_tool());
  ASSERT_EQ(files.placements.size(), 17u);
  EXPECT_TRUE(files.refused.empty());
  int had = 0;
  for (const PlacementSpec& named : files.placements) {
    const PlacementFit fit = fit_placement(named, *person.model, test_support::shared_tool());
    const PlacementSpec& spec = fit.placement;
    EXPECT_GE(fit.merit, 0.0f) << spec.id;
    for (const anatomy::Side side : {anatomy::Side::kRight, anatomy::Side::kLeft}) {
      if (may_lack && find_obstacle(spec, side, person.index->body())) continue;
      ++had;
      check_placement(person, spec, side);
    }
  }
  EXPECT_GT(had, 20);
}

// Every sex and build, and the shortest and tallest that anybody is likely to ask for.
class PlacementsOnFigures : public ::testing::TestWithParam<anatomy::Figure> {};

TEST_P(PlacementsOnFigures, WorkOnWhatTheyAreForAndAreSafe) {
  const Person person = make_figure(GetParam());
  ASSERT_NE(person.model, nullptr);
  check_all(person, false);
}

std::vector<anatomy::Figure> all_figures() {
  using anatomy::Build;
  using anatomy::Sex;
  std::vector<anatomy::Figure> figures;
  for (const Sex sex : anatomy::kSexes) {
    for (const Build build : anatomy::kBuilds) figures.push_back({sex, build, 0.0f});
  }
  // The 1st and 99th percentile of women and men, about (ANSUR II).
  const std::array<std::pair<Sex, float>, 6> statures = {{{Sex::kNeutral, 1.50f},
                                                          {Sex::kNeutral, 1.90f},
                                                          {Sex::kFemale, 1.48f},
                                                          {Sex::kFemale, 1.78f},
                                                          {Sex::kMale, 1.60f},
                                                          {Sex::kMale, 1.92f}}};
  for (const auto& [sex, stature_m] : statures) figures.push_back({sex, Build::kMedium, stature_m});
  return figures;
}

INSTANTIATE_TEST_SUITE_P(All, PlacementsOnFigures, ::testing::ValuesIn(all_figures()),
                         [](const auto& each) { return anatomy::body_name(each.param); });

TEST(Placements, WorkOnAnAtlas) {
  const fs::path folder = support::find_reference();
  if (folder.empty()) GTEST_SKIP() << support::kNoReference;
  support::ScratchDir scratch("placements");
  const fs::path pack = scratch.path() / "atlas.pack";
  for (const bool skin : {true, false}) {
    SCOPED_TRACE(skin ? "with an estimated skin" : "without skin");
    std::vector<std::string> words = {"import", folder.string(), "--out", pack.string()};
    if (!skin) words.push_back("--no-skin");
    ASSERT_EQ(support::run_backmate(words).exit_code, 0);
    const Person person = make_person(pack);
    ASSERT_NE(person.model, nullptr);
    EXPECT_EQ(person.index->body().has_skin(), skin);
    check_all(person, true);
  }
}

TEST(Placements, HaveWordsAndTheOtherSideIsTheMirror) {
  const auto tr = data::Translator::load(test_support::assets_dir() / "i18n", "en");
  ASSERT_TRUE(tr);
  const Person person =
      make_person(fs::path(BACKMATE_BINARY_DIR) / "share/backmate/bodies/builtin.pack");
  const auto& tool = test_support::shared_tool();
  for (const PlacementSpec& spec : load_placements(test_support::assets_dir(), tool).placements) {
    for (const char* part : {"", ".for", ".how", ".caution"}) {
      EXPECT_TRUE(tr->has("placement." + spec.id + part)) << spec.id << part;
    }
    const auto right = place_head(spec, anatomy::Side::kRight, *person.index, tool);
    const auto left = place_head(spec, anatomy::Side::kLeft, *person.index, tool);
    ASSERT_TRUE(right && left) << spec.id;
    // The touched surface is wrapped on a grid: its sides mirror each other within a few mm.
    EXPECT_LT(
        glm::distance(left->pose.position_m, right->pose.position_m * glm::vec3(-1.0f, 1.0f, 1.0f)),
        0.004f)
        << spec.id;
    if (spec.centred) {
      EXPECT_LT(std::abs(right->pose.position_m.x), 0.004f) << spec.id;
    } else {
      EXPECT_GT(left->pose.position_m.x, 0.0f) << spec.id;
    }
  }
}

TEST(Placements, ARoutineGoesThereOnEitherSide) {
  const Person person =
      make_person(fs::path(BACKMATE_BINARY_DIR) / "share/backmate/bodies/builtin.pack");
  const auto& tool = test_support::shared_tool();
  const auto files = load_placements(test_support::assets_dir(), tool);
  const auto& spec =
      files.placements[static_cast<std::size_t>(find_placement(files.placements, "levator"))];
  const auto plan = plan_routine(make_placement_routine(spec, StepSide::kBoth, 10.0f),
                                 *person.model, sim::make_start_state(*person.model), tool);
  ASSERT_TRUE(plan) << plan.error().message;
  ASSERT_EQ(plan->legs.size(), 2u);
  for (std::size_t k = 0; k < 2; ++k) {
    const auto side = k == 0 ? anatomy::Side::kRight : anatomy::Side::kLeft;
    const auto placed = place_head(spec, side, *person.index, tool);
    ASSERT_TRUE(placed);
    const tool::HeadPose& pose = plan->legs[k].poses.front();
    EXPECT_LT(glm::distance(pose.position_m, placed->pose.position_m), 1e-4f);
    EXPECT_FLOAT_EQ(pose.angle.value, placed->pose.angle.value);
    EXPECT_EQ(plan->legs[k].ticks, 300u);
  }
}

TEST(Placements, AWrongFileIsNamedAndTheRestStillLoads) {
  support::ScratchDir scratch("placements");
  const fs::path assets = test_support::assets_dir();
  fs::copy(assets / "placements", scratch.path() / "placements");
  fs::copy(assets / "schema", scratch.path() / "schema");
  const auto rewrite = [&](const char* id, const std::string& from, const std::string& to) {
    const fs::path file = scratch.path() / "placements" / (std::string(id) + ".json");
    std::ifstream in(file);
    std::string text((std::istreambuf_iterator<char>(in)), {});
    const auto at = text.find(from);
    ASSERT_NE(at, std::string::npos) << id;
    std::ofstream(file) << text.replace(at, from.size(), to);
  };
  rewrite("deltoid", "balls_soft", "balls_hard");
  rewrite("latissimus", "[30, 50]", "[30, 500]");
  rewrite("levator", "\"default_force_n\": 45", "\"default_force_n\": 90");
  rewrite("suboccipital", "0.55", "0.75");
  const auto files = load_placements(scratch.path(), test_support::shared_tool());
  EXPECT_EQ(files.placements.size(), 13u);
  ASSERT_EQ(files.refused.size(), 4u);
  const std::array<std::array<const char*, 2>, 4> expected = {{{"deltoid.json", "'attachment'"},
                                                               {"latissimus.json", "force_n"},
                                                               {"levator.json", "default_force_n"},
                                                               {"suboccipital.json", "landmarks"}}};
  for (std::size_t k = 0; k < expected.size(); ++k) {
    for (const char* part : expected[k]) {
      EXPECT_NE(files.refused[k].find(part), std::string::npos) << files.refused[k];
    }
  }
}

TEST(Placements, ABodyWithoutTheMuscleSaysSo) {
  anatomy::Body body;
  const auto& tool = test_support::shared_tool();
  const auto files = load_placements(test_support::assets_dir(), tool);
  const auto& spec =
      files.placements[static_cast<std::size_t>(find_placement(files.placements, "neck_base"))];
  const auto no_landmark = find_obstacle(spec, anatomy::Side::kRight, body);
  ASSERT_TRUE(no_landmark);
  EXPECT_NE(no_landmark->find("'C7'"), std::string::npos);
  body.landmarks = {{"C7", {}}, {"T2", {}}};
  const auto no_muscle = find_obstacle(spec, anatomy::Side::kRight, body);
  ASSERT_TRUE(no_muscle);
  EXPECT_NE(no_muscle->find("trapezius descending"), std::string::npos) << *no_muscle;
}

}  // namespace
}  // namespace guide

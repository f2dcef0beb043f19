// Written cases of the finder: touch points and conditions with the placement that a person should
// see first, and those that must end in "not today" (product.md, conditions that choose placements;
// science.md section 7). Expectations come from where the muscles lie, not from the program.
#include "guide/finder.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <set>

#include "anatomy/pack.h"
#include "data/translator.h"
#include "sim/condition.h"
#include "support/scratch_dir.h"
#include "support/sim_fixture.h"

namespace guide {
namespace {

namespace fs = std::filesystem;
using anatomy::Side;

const std::vector<PlacementSpec>& all_placements() {
  static const auto files =
      load_placements(test_support::assets_dir(), test_support::shared_tool());
  return files.placements;
}

const Finder& shared_finder() {
  static const FinderFile file = load_finder(test_support::assets_dir(), all_placements());
  return file.finder;
}

const anatomy::BodyIndex& builtin_body() {
  static const anatomy::BodyIndex index(
      anatomy::load_pack(fs::path(BACKMATE_BINARY_DIR) / "share/backmate/bodies/builtin.pack")
          .value());
  return index;
}

// A finger that comes from one direction to a place beside a landmark.
struct Touch {
  const char* landmark;
  Side side;
  float out_m;  // away from the midline
  float up_m;
  Approach from;
  const char* first;  // the placement, or its beginning where two share a place; "": none
};

constexpr Side kR = Side::kRight;
constexpr Side kL = Side::kLeft;
constexpr Approach kBehind = Approach::kBehind;
constexpr Approach kFront = Approach::kFront;
constexpr Approach kAbove = Approach::kAbove;
constexpr Approach kOutside = Approach::kOutside;

constexpr Touch kTouches[] = {
    // Just under the skull.
    {"occiput", kR, 0.025f, -0.030f, kBehind, "suboccipital"},
    {"occiput", kL, 0.030f, -0.030f, kBehind, "suboccipital"},
    {"C2", kR, 0.020f, 0.010f, kBehind, "suboccipital"},
    {"C2", kL, 0.025f, 0.010f, kBehind, "suboccipital"},
    // The back of the neck.
    {"C4", kR, 0.025f, 0.000f, kBehind, "neck_posterior"},
    {"C5", kL, 0.030f, 0.000f, kBehind, "neck_posterior"},
    {"C5", kR, 0.020f, 0.005f, kBehind, "neck_posterior"},
    {"C6", kL, 0.025f, 0.005f, kBehind, "neck_posterior"},
    // Where the neck meets the shoulders.
    {"C7", kR, 0.045f, 0.000f, kBehind, "neck_base"},
    {"C7", kL, 0.055f, -0.005f, kBehind, "neck_base"},
    {"C7", kR, 0.035f, -0.005f, kBehind, "neck_base"},
    {"C7", kL, 0.040f, 0.010f, kBehind, "neck_base"},
    // The upper corner of the shoulder blade.
    {"scapula_superior_angle", kR, 0.000f, 0.020f, kBehind, "levator"},
    {"scapula_superior_angle", kL, 0.005f, 0.015f, kBehind, "levator"},
    {"scapula_superior_angle", kR, -0.005f, 0.025f, kBehind, "levator"},
    {"scapula_superior_angle", kL, -0.005f, 0.020f, kBehind, "levator"},
    // The ridge of the shoulder: two placements share it.
    {"acromion", kR, -0.040f, 0.000f, kAbove, "shoulder_top"},
    {"acromion", kL, -0.050f, 0.000f, kAbove, "shoulder_top"},
    {"acromion", kR, -0.060f, 0.000f, kAbove, "shoulder_top"},
    // Between the shoulder blades.
    {"T2", kR, 0.045f, 0.000f, kBehind, "interscapular"},
    {"T3", kL, 0.050f, 0.000f, kBehind, "interscapular"},
    {"T3", kR, 0.055f, 0.005f, kBehind, "interscapular"},
    {"T4", kL, 0.045f, 0.000f, kBehind, "interscapular"},
    // Beside the spine of the chest.
    {"T7", kR, 0.035f, 0.000f, kBehind, "thoracic_erectors"},
    {"T8", kL, 0.035f, 0.000f, kBehind, "thoracic_erectors"},
    {"T8", kR, 0.030f, 0.000f, kBehind, "thoracic_erectors"},
    {"T9", kL, 0.030f, 0.000f, kBehind, "thoracic_erectors"},
    // Below and inside the lower corner of the shoulder blade.
    {"T7", kR, 0.070f, 0.000f, kBehind, "lower_trapezius"},
    {"T7", kL, 0.075f, 0.010f, kBehind, "lower_trapezius"},
    // On the shoulder blade.
    {"scapula_inferior_angle", kR, 0.030f, 0.070f, kBehind, "infraspinatus"},
    {"scapula_spine_root", kL, 0.040f, -0.030f, kBehind, "infraspinatus"},
    {"scapula_spine_root", kR, 0.050f, -0.025f, kBehind, "infraspinatus"},
    // The side of the back.
    {"scapula_inferior_angle", kR, 0.040f, -0.080f, kBehind, "latissimus"},
    {"scapula_inferior_angle", kL, 0.030f, -0.100f, kBehind, "latissimus"},
    {"scapula_inferior_angle", kL, 0.050f, -0.060f, kBehind, "latissimus"},
    // The low back.
    {"L1", kR, 0.035f, 0.000f, kBehind, "lumbar_erectors"},
    {"L2", kL, 0.040f, 0.000f, kBehind, "lumbar_erectors"},
    {"L3", kR, 0.035f, 0.000f, kBehind, "lumbar_erectors"},
    {"L4", kL, 0.030f, 0.000f, kBehind, "lumbar_erectors"},
    {"L3", kR, 0.080f, 0.000f, kBehind, "quadratus_lumborum"},
    {"L3", kL, 0.075f, 0.005f, kBehind, "quadratus_lumborum"},
    // The hip, below the crest.
    {"iliac_crest", kR, 0.000f, -0.060f, kBehind, "gluteus_medius"},
    {"iliac_crest", kL, -0.010f, -0.070f, kBehind, "gluteus_medius"},
    {"iliac_crest", kR, -0.010f, -0.085f, kBehind, "gluteus_medius"},
    // The chest.
    {"clavicle_mid", kR, 0.020f, -0.045f, kFront, "pectoral_major"},
    {"clavicle_mid", kL, 0.000f, -0.050f, kFront, "pectoral_major"},
    {"clavicle_mid", kR, -0.010f, -0.070f, kFront, "pectoral_major"},
    {"coracoid", kL, -0.010f, -0.030f, kFront, "pectoral_minor"},
    {"coracoid", kR, -0.010f, -0.040f, kFront, "pectoral_minor"},
    {"coracoid", kL, -0.015f, -0.025f, kFront, "pectoral_minor"},
    // The outside of the shoulder.
    {"acromion", kR, 0.000f, -0.050f, kOutside, "deltoid"},
    {"acromion", kL, 0.000f, -0.040f, kOutside, "deltoid"},
    {"deltoid_tuberosity", kR, 0.000f, 0.030f, kOutside, "deltoid"},
    // Nobody rolls there: the throat and the belly.
    {"sternal_notch", kR, 0.000f, 0.040f, kFront, ""},
    {"sternal_notch", kL, 0.020f, 0.050f, kFront, ""},
    {"xiphoid", kR, 0.030f, -0.120f, kFront, ""},
    {"xiphoid", kL, 0.040f, -0.150f, kFront, ""},
};

glm::vec3 skin_point(const Touch& touch) {
  const anatomy::Body& body = builtin_body().body();
  const bool left = touch.side == kL;
  const std::string name = touch.landmark;
  const auto* landmark = body.find_landmark(name);
  if (landmark == nullptr) landmark = body.find_landmark(name + (left ? "_left" : "_right"));
  if (landmark == nullptr) {
    ADD_FAILURE() << name;
    return {};
  }
  const float outside = left ? 1.0f : -1.0f;
  glm::vec3 away(outside, 0.0f, 0.0f);
  if (touch.from == kBehind) away = {0.0f, 0.0f, -1.0f};
  if (touch.from == kFront) away = {0.0f, 0.0f, 1.0f};
  if (touch.from == kAbove) away = {0.0f, 1.0f, 0.0f};
  const glm::vec3 target =
      landmark->position_m + glm::vec3(outside * touch.out_m, touch.up_m, 0.0f);
  const auto hit = builtin_body().find_surface_hit({target + away, -away}, 2.0f);
  if (!hit) {
    ADD_FAILURE() << name << ": no skin";
    return {};
  }
  return target + (1.0f - hit->distance_m) * away;
}

std::string describe_answer(const AnswerHere& here) {
  const auto& structures = builtin_body().body().structures;
  std::string text;
  for (const MuscleHere& muscle : here.muscles)
    text += "\n    " + structures[muscle.structure].id + " " +
            std::to_string(1000.0f * muscle.depth_m) + " mm";
  for (const PlaceHere& place : here.places)
    text += "\n    -> " + all_placements()[static_cast<std::size_t>(place.placement)].id + " " +
            std::string(to_string(place.side)) + " " + std::to_string(100.0f * place.away_m) +
            (place.primary ? " cm for " : " cm also for ") + structures[place.muscle].id;
  return text;
}

TEST(Finder, ATouchLeadsToThePlacementForTheMuscleUnderIt) {
  const auto& tool = test_support::shared_tool();
  for (const Touch& touch : kTouches) {
    const glm::vec3 point = skin_point(touch);
    const AnswerHere here = answer_at(point, builtin_body(), all_placements(), tool);
    SCOPED_TRACE(std::string(touch.landmark) + " " + std::string(to_string(touch.side)) + " " +
                 std::to_string(touch.out_m) + " " + std::to_string(touch.up_m) +
                 describe_answer(here));
    if (*touch.first == '\0') {
      EXPECT_TRUE(here.places.empty());
      continue;
    }
    ASSERT_FALSE(here.places.empty());
    const PlaceHere& first = here.places.front();
    const std::string& id = all_placements()[static_cast<std::size_t>(first.placement)].id;
    EXPECT_TRUE(id.starts_with(touch.first)) << id << " instead of " << touch.first;
    EXPECT_EQ(first.side, touch.side);
  }
}

TEST(Finder, WhatLiesUnderATouchIsNamedFromOutsideInwardOnItsSide) {
  const auto& structures = builtin_body().body().structures;
  for (const Side side : {kR, kL}) {
    const AnswerHere here =
        answer_at(skin_point({"T3", side, 0.045f, 0.0f, kBehind, ""}), builtin_body(),
                  all_placements(), test_support::shared_tool());
    SCOPED_TRACE(describe_answer(here));
    const auto rank_of = [&](const char* prefix) {
      const auto found =
          std::find_if(here.muscles.begin(), here.muscles.end(), [&](const MuscleHere& muscle) {
            return structures[muscle.structure].id.starts_with(prefix);
          });
      EXPECT_NE(found, here.muscles.end()) << prefix;
      return found - here.muscles.begin();
    };
    EXPECT_LT(rank_of("trapezius"), rank_of("rhomboid"));
    for (std::size_t i = 0; i < here.muscles.size(); ++i) {
      EXPECT_EQ(structures[here.muscles[i].structure].side, side);
      if (i > 0) {
        EXPECT_LE(here.muscles[i - 1].depth_m, here.muscles[i].depth_m);
      }
    }
    // What lines the ribs inside lies behind bone.
    for (const MuscleHere& muscle : here.muscles)
      EXPECT_FALSE(structures[muscle.structure].id.starts_with("transversus_thoracis"));
  }
}

TEST(Finder, AHeadThatIsPlacedIsWhereItsPlacementIs) {
  const auto& tool = test_support::shared_tool();
  for (const PlacementSpec& spec : all_placements()) {
    for (const Side side : {kR, kL}) {
      const auto placed = place_head(spec, side, builtin_body(), tool);
      ASSERT_TRUE(placed);
      const AnswerHere here =
          answer_under(placed->pose, tool.attachments[static_cast<std::size_t>(placed->attachment)],
                       builtin_body(), all_placements(), tool);
      SCOPED_TRACE(spec.id + describe_answer(here));
      ASSERT_FALSE(here.places.empty());
      const PlaceHere& first = here.places.front();
      const std::string& id = all_placements()[static_cast<std::size_t>(first.placement)].id;
      // Two placements share the ridge of the shoulder.
      const bool ridge = spec.id.starts_with("shoulder_top");
      EXPECT_TRUE(id == spec.id || (ridge && id.starts_with("shoulder_top"))) << id;
      // Across the spine it has both sides.
      if (std::abs(placed->pose.position_m.x) > 0.02f) {
        EXPECT_EQ(first.side, side);
      }
      std::set<int> named;
      for (const PlaceHere& place : here.places) {
        EXPECT_TRUE(named.insert(place.placement).second);
      }
    }
  }
}

struct Case {
  const char* condition;
  std::vector<std::string> yes;
  Verdict verdict;
  const char* first;  // placement; "": none
};

TEST(Finder, ConditionsAndAnswersLeadToAPlacementOrToNotToday) {
  using enum Verdict;
  const std::vector<Case> cases = {
      {"stiff_neck", {}, kFine, "levator"},
      {"tension_headache", {}, kFine, "suboccipital"},
      {"tech_neck", {}, kFine, "neck_posterior"},
      {"desk_shoulders", {}, kFine, "neck_base"},
      {"tight_chest", {}, kFine, "pectoral_major"},
      {"thoracic_tightness", {}, kFine, "interscapular"},
      {"healthy", {}, kFine, ""},
      // Older strains: gentle.
      {"low_back_strain", {}, kGentle, "lumbar_erectors"},
      {"stiff_neck", {"old_strain"}, kGentle, "levator"},
      // Nerve signs and fresh injuries by themselves.
      {"pinched_nerve_neck", {}, kNotToday, ""},
      {"lumbar_nerve_irritation", {}, kNotToday, ""},
      {"fresh_injury", {}, kNotToday, ""},
      // Red flags (science.md section 7).
      {"stiff_neck", {"trauma"}, kNotToday, ""},
      {"stiff_neck", {"fever"}, kNotToday, ""},
      {"stiff_neck", {"dizzy"}, kNotToday, ""},
      {"tension_headache", {"headache"}, kNotToday, ""},
      {"tech_neck", {"nerve"}, kNotToday, ""},
      {"tight_chest", {"chest"}, kNotToday, ""},
      {"thoracic_tightness", {"fresh_strain"}, kNotToday, ""},
      {"low_back_strain", {"bladder"}, kNotToday, ""},
      {"low_back_strain", {"fresh_strain"}, kNotToday, ""},
      {"healthy", {"trauma"}, kNotToday, ""},
      {"desk_shoulders", {"blood", "nerve"}, kNotToday, ""},
      // A clinician first, and then gentle.
      {"desk_shoulders", {"blood"}, kAskFirst, "neck_base"},
      {"thoracic_tightness", {"bones"}, kAskFirst, "interscapular"},
      {"tech_neck", {"illness"}, kAskFirst, "neck_posterior"},
      {"tight_chest", {"surgery"}, kAskFirst, "pectoral_major"},
      {"low_back_strain", {"numb_skin"}, kAskFirst, "lumbar_erectors"},
  };
  for (const Case& c : cases) {
    const auto got = answer(shared_finder(), c.condition, c.yes);
    ASSERT_TRUE(got) << got.error().message;
    SCOPED_TRACE(std::string(c.condition) + (c.yes.empty() ? "" : " " + c.yes.front()));
    EXPECT_EQ(to_string(got->verdict), to_string(c.verdict));
    EXPECT_EQ(got->choices.empty() ? "" : got->choices.front().placement, c.first);
    EXPECT_EQ(got->verdict == kFine, got->flags.empty());
    for (const std::string& yes : c.yes)
      EXPECT_NE(std::find(got->flags.begin(), got->flags.end(), yes), got->flags.end());
  }
  const auto serious_first = answer(shared_finder(), "desk_shoulders", {"blood", "nerve"});
  EXPECT_EQ(serious_first->flags, (std::vector<std::string>{"nerve", "blood"}));
  EXPECT_GE(std::size(kTouches) + cases.size(), 60u);
}

// An older strain keeps the comfort ratio at or below .5.
TEST(Finder, WhatAnOlderStrainIsToldToDoIsGentle) {
  const auto& tool = test_support::shared_tool();
  auto body =
      anatomy::load_pack(fs::path(BACKMATE_BINARY_DIR) / "share/backmate/bodies/builtin.pack");
  ASSERT_TRUE(body);
  const auto index = std::make_shared<const anatomy::BodyIndex>(*body);
  for (const FinderCondition& condition : shared_finder().conditions) {
    const auto got = answer(shared_finder(), condition.id, {"old_strain"});
    ASSERT_TRUE(got);
    const auto model = test_support::load_phantom_model(index, condition.id);
    for (const FinderChoice& choice : got->choices) {
      const PlacementSpec& spec = all_placements()[static_cast<std::size_t>(
          find_placement(all_placements(), choice.placement))];
      const auto placed = place_head(spec, kR, *index, tool);
      ASSERT_TRUE(placed);
      sim::ToolInput input;
      input.pose = placed->pose;
      input.attachment = &tool.attachments[static_cast<std::size_t>(placed->attachment)];
      input.force = gentle_force(spec);
      sim::SimState state = sim::make_start_state(*model);
      for (int tick = 0; tick < 120; ++tick)
        sim::step(*model, state, input, base::Seconds{1.0f / 60.0f});
      float most = 0.0f;
      for (const auto& segment : state.segments) most = std::max(most, segment.comfort_ratio);
      SCOPED_TRACE(condition.id + " " + std::to_string(most));
      EXPECT_GT(most, 0.05f) << spec.id;
      EXPECT_LE(most, model->safety->rules().comfort_gentle) << spec.id;
    }
  }
}

// A one-sided complaint on both sides is that of either side at once.
TEST(Finder, AComplaintOfBothSidesIsOnEither) {
  const auto index = std::make_shared<const anatomy::BodyIndex>(
      anatomy::load_pack(fs::path(BACKMATE_BINARY_DIR) / "share/backmate/bodies/builtin.pack")
          .value());
  const auto model = [&](Side side) {
    return sim::load_sim_model(index, test_support::assets_dir(), {"stiff_neck", side}).value();
  };
  const auto left = model(Side::kLeft), right = model(Side::kRight), both = model(Side::kMedian);
  const auto& segments = index->body().segments;
  int sore = 0;
  for (std::size_t s = 0; s < segments.size(); ++s) {
    const Side side = index->body().structures[segments[s].structure].side;
    if (side == Side::kMedian) continue;
    const auto& own = (side == Side::kLeft ? left : right)->start_segments[s];
    EXPECT_EQ(both->start_segments[s].tone_set, own.tone_set);
    EXPECT_EQ(both->start_segments[s].tender, own.tender);
    sore += own.tender > 0.1f;
  }
  EXPECT_GT(sore, 10);
}

TEST(Finder, AnyRedFlagEndsEveryConditionInNotToday) {
  int red = 0;
  for (const FinderQuestion& question : shared_finder().questions) {
    if (question.yes_means != Verdict::kNotToday) continue;
    ++red;
    for (const FinderCondition& condition : shared_finder().conditions) {
      const auto got = answer(shared_finder(), condition.id, {question.id});
      ASSERT_TRUE(got);
      EXPECT_EQ(got->verdict, Verdict::kNotToday) << condition.id << " " << question.id;
      EXPECT_TRUE(got->choices.empty());
    }
  }
  EXPECT_GE(red, 8);
}

TEST(Finder, UnknownConditionsAndQuestionsAreRefused) {
  const auto condition = answer(shared_finder(), "hiccups", {});
  ASSERT_FALSE(condition);
  EXPECT_NE(condition.error().message.find("'hiccups'"), std::string::npos);
  const auto question = answer(shared_finder(), "stiff_neck", {"hungry"});
  ASSERT_FALSE(question);
  EXPECT_NE(question.error().message.find("'hungry'"), std::string::npos);
}

TEST(Finder, TheContentIsComplete) {
  const auto tr = data::Translator::load(test_support::assets_dir() / "i18n", "en");
  ASSERT_TRUE(tr);
  EXPECT_TRUE(load_finder(test_support::assets_dir(), all_placements()).refused.empty());
  for (const FinderQuestion& question : shared_finder().questions) {
    EXPECT_TRUE(tr->has("finder.question." + question.id)) << question.id;
    EXPECT_TRUE(tr->has("finder.flag." + question.id)) << question.id;
  }
  // One line each in the smallest window.
  constexpr std::size_t kLine = 75;
  for (const FinderQuestion& question : shared_finder().questions) {
    EXPECT_LE(std::string((*tr)("finder.flag." + question.id)).size(), kLine) << question.id;
    EXPECT_LE(std::string((*tr)("finder.question." + question.id)).size(), 34u) << question.id;
  }
  // The finder knows the same conditions as the simulation.
  const auto conditions = sim::load_conditions(test_support::assets_dir());
  ASSERT_TRUE(conditions);
  std::set<std::string> simulated, found;
  for (const sim::Condition& condition : *conditions) simulated.insert(condition.id);
  for (const FinderCondition& condition : shared_finder().conditions) {
    found.insert(condition.id);
    std::set<std::string> named;
    for (const FinderChoice& choice : condition.choices) {
      EXPECT_GE(find_placement(all_placements(), choice.placement), 0) << choice.placement;
      EXPECT_TRUE(tr->has(choice.reason_key)) << choice.reason_key;
      EXPECT_LE(std::string((*tr)(choice.reason_key)).size(), kLine) << choice.reason_key;
      EXPECT_TRUE(named.insert(choice.placement).second) << condition.id << choice.placement;
    }
  }
  EXPECT_EQ(simulated, found);
}

// Every condition, attachment, placement and caution has its words.
TEST(Content, EverythingHasItsWords) {
  const auto tr = data::Translator::load(test_support::assets_dir() / "i18n", "en");
  ASSERT_TRUE(tr);
  const auto expect_words = [&](const std::string& key) {
    EXPECT_TRUE(key.empty() || (tr->has(key) && *(*tr)(key) != 0)) << key;
  };
  const auto conditions = sim::load_conditions(test_support::assets_dir());
  ASSERT_TRUE(conditions);
  for (const sim::Condition& condition : *conditions) {
    expect_words(condition.name_key);
    expect_words(condition.caution_key);
    // Where nobody should roll, a caution stands under the picture all the time.
    const auto got = answer(shared_finder(), condition.id, {});
    if (got->verdict == Verdict::kNotToday) {
      EXPECT_FALSE(condition.caution_key.empty()) << condition.id;
    }
  }
  for (const tool::AttachmentSpec& attachment : test_support::shared_tool().attachments) {
    expect_words(attachment.name_key);
    expect_words(attachment.caution_key);
    expect_words("dock.attachment." + attachment.id);
  }
  for (const PlacementSpec& placement : all_placements()) {
    for (const char* part : {"", ".for", ".how", ".caution"})
      expect_words("placement." + placement.id + part);
  }
  for (const char* stance : {"back", "face", "side", "under"})
    expect_words(std::string("plan.stance.") + stance);
}

// One broken file of each kind: named with its field, and the program goes on with the rest.
TEST(Content, ABrokenConditionOrAttachmentLeavesTheRest) {
  support::ScratchDir scratch("content");
  const fs::path assets = test_support::assets_dir();
  for (const char* folder : {"schema", "conditions", "attachments"})
    fs::copy(assets / folder, scratch.path() / folder, fs::copy_options::recursive);
  const auto whole_conditions = sim::load_conditions(scratch.path());
  const auto whole_tool = tool::load_tool(scratch.path() / "attachments");
  ASSERT_TRUE(whole_conditions && whole_tool);
  const auto spoil = [&](const fs::path& file, const std::string& from, const std::string& to) {
    std::ifstream in(scratch.path() / file);
    std::string text((std::istreambuf_iterator<char>(in)), {});
    in.close();
    const auto at = text.find(from);
    ASSERT_NE(at, std::string::npos) << file;
    std::ofstream(scratch.path() / file) << text.replace(at, from.size(), to);
  };
  spoil("conditions/tight_chest.json", "\"order\": 6", "\"order\": \"first\"");
  spoil("attachments/thumb.json", "\"force_limit_n\": ", "\"force_limit_n\": -");
  EXPECT_FALSE(sim::load_conditions(scratch.path()));
  EXPECT_FALSE(tool::load_tool(scratch.path() / "attachments"));
  std::vector<std::string> refused;
  const auto conditions = sim::load_conditions(scratch.path(), &refused);
  ASSERT_TRUE(conditions) << conditions.error().message;
  EXPECT_EQ(conditions->size(), whole_conditions->size() - 1);
  ASSERT_EQ(refused.size(), 1u);
  EXPECT_NE(refused[0].find("tight_chest.json"), std::string::npos) << refused[0];
  EXPECT_NE(refused[0].find("order"), std::string::npos) << refused[0];
  const auto tool = tool::load_tool(scratch.path() / "attachments", &refused);
  ASSERT_TRUE(tool) << tool.error().message;
  EXPECT_EQ(tool->attachments.size(), whole_tool->attachments.size() - 1);
  ASSERT_EQ(refused.size(), 2u);
  EXPECT_NE(refused[1].find("thumb.json"), std::string::npos) << refused[1];
  EXPECT_NE(refused[1].find("force_limit_n"), std::string::npos) << refused[1];
}

// finder.json with `from` replaced by `to`.
FinderFile load_changed(const std::string& from, const std::string& to) {
  support::ScratchDir scratch("finder");
  const fs::path assets = test_support::assets_dir();
  fs::copy(assets / "schema", scratch.path() / "schema");
  std::ifstream in(assets / "finder/finder.json");
  std::string text((std::istreambuf_iterator<char>(in)), {});
  const auto at = text.find(from);
  if (at == std::string::npos) {
    ADD_FAILURE() << from;
    return {};
  }
  fs::create_directory(scratch.path() / "finder");
  std::ofstream(scratch.path() / "finder/finder.json") << text.replace(at, from.size(), to);
  return load_finder(scratch.path(), all_placements());
}

TEST(Finder, AWrongEntryIsNamedWithFileAndFieldAndTheRestStillLoads) {
  struct Change {
    const char *from, *to, *field;
    std::size_t questions, conditions;
  };
  const std::size_t questions = shared_finder().questions.size();
  const std::size_t conditions = shared_finder().conditions.size();
  const Change changes[] = {
      {"\"bladder\", \"yes_means\": \"not_today\"", "\"bladder\", \"yes_means\": \"never\"",
       "questions[3].yes_means", questions - 1, conditions},
      {"\"bladder\", \"yes_means\"", "\"chest\", \"yes_means\"", "questions[3].id", questions - 1,
       conditions},
      {"\"id\": \"tension_headache\"", "\"id\": 3", "conditions[1].id", questions, conditions - 1},
      {"\"id\": \"tension_headache\"", "\"id\": \"stiff_neck\"", "conditions[1].id", questions,
       conditions - 1},
      {"\"reason\": \"finder.reason.tension_headache.shoulder_top_horizontal\"", "\"why\": \"x\"",
       "conditions[1].placements[1]", questions, conditions - 1},
      {"\"by_default\": \"old_strain\"", "\"by_default\": \"hungry\"", "conditions[6].by_default",
       questions, conditions - 1},
      // Only the one place is lost.
      {"\"id\": \"levator\"", "\"id\": \"left_ear\"", "conditions[0].placements[0].id", questions,
       conditions},
  };
  for (const Change& change : changes) {
    const FinderFile file = load_changed(change.from, change.to);
    ASSERT_EQ(file.refused.size(), 1u) << change.from;
    EXPECT_NE(file.refused[0].find("finder.json"), std::string::npos) << file.refused[0];
    EXPECT_NE(file.refused[0].find(change.field), std::string::npos) << file.refused[0];
    EXPECT_EQ(file.finder.questions.size(), change.questions) << change.from;
    EXPECT_EQ(file.finder.conditions.size(), change.conditions) << change.from;
  }
  // A file that is no finder at all gives one sentence and nothing else.
  for (const auto& [from, to] :
       {std::pair("\"version\": 1", "\"version\": 7"),
        std::pair("backmate-finder", "backmate-safety"),
        std::pair("\"questions\": [", "\"queries\": ["), std::pair("{", "")}) {
    const FinderFile file = load_changed(from, to);
    EXPECT_EQ(file.refused.size(), 1u) << from;
    EXPECT_TRUE(file.finder.conditions.empty());
  }
}

}  // namespace
}  // namespace guide

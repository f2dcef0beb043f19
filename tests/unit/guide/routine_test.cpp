// Routines: read, refused in words, laid on a body, run. On the phantom.
#include "guide/routine.h"

#include <gtest/gtest.h>

#include <cmath>

#include "anatomy/pack.h"
#include "guide/routine_run.h"
#include "report/routine_report.h"
#include "support/scratch_dir.h"
#include "support/sim_fixture.h"

namespace guide {
namespace {

using test_support::PhantomSpec;

struct World {
  explicit World(const std::string& condition) {
    body = test_support::make_phantom(spec);
    model = test_support::load_phantom_model(body, condition);
    start = sim::make_start_state(*model);
  }
  PhantomSpec spec;
  std::shared_ptr<const anatomy::BodyIndex> body;
  std::shared_ptr<const sim::SimModel> model;
  sim::SimState start;
};
const World& desk() {
  static const World world("desk_shoulders");
  return world;
}

RoutineStep step_at(float theta, float y_m, float force_n, float seconds) {
  RoutineStep step;
  step.at_m = test_support::phantom_skin_point(desk().spec, theta, y_m);
  step.force = base::Newtons{force_n};
  step.seconds = seconds;
  return step;
}
RoutinePlan plan_of(std::vector<RoutineStep> steps) {
  Routine routine;
  routine.source = "test";
  routine.steps = std::move(steps);
  const auto plan = plan_routine(routine, *desk().model, desk().start, test_support::shared_tool());
  EXPECT_TRUE(plan) << (plan ? "" : plan.error().message);
  return *plan;
}
RoutineRun run_of(std::vector<RoutineStep> steps, bool trace = false) {
  base::Progress progress;
  return run_routine(plan_of(std::move(steps)), desk().model, desk().start, trace, progress);
}

base::Result<Routine> load_text(const std::string& text) {
  const support::ScratchDir scratch("routine");
  return load_routine(scratch.write("routine.json", text), test_support::assets_dir(),
                      test_support::shared_tool());
}
std::string with_step(const std::string& step) {
  return R"({"format":"backmate-routine","version":1,"steps":[)" + step + "]}";
}

TEST(Routine, ReadsEveryField) {
  const auto routine = load_text(R"({"format":"backmate-routine","version":1,
    "condition":"stiff_neck","condition_side":"left","braced":true,"steps":[
    {"seconds":60,"attachment":"balls_soft","at_m":[0.05,1.3,-0.02],"side":"both","angle_deg":45,
     "pitch_deg":-30,"force_n":60,"style":"deep","braced":false,
     "stroke":{"path_m":[[0.05,1.3,-0.02],[0.05,1.2,-0.02]],"speed_m_s":0.03}},
    {"seconds":5,"attachment":"point_single","at_m":[0,1,0],"force_n":10}]})");
  ASSERT_TRUE(routine) << routine.error().message;
  EXPECT_EQ(routine->condition.id, "stiff_neck");
  EXPECT_EQ(routine->condition.side, anatomy::Side::kLeft);
  const RoutineStep& step = routine->steps.at(0);
  EXPECT_EQ(step.side, StepSide::kBoth);
  EXPECT_EQ(step.style, Style::kDeep);
  EXPECT_FALSE(step.braced);
  EXPECT_NEAR(base::to_degrees(step.angle), 45.0f, 1e-4f);
  EXPECT_NEAR(base::to_degrees(step.pitch), -30.0f, 1e-4f);
  ASSERT_TRUE(step.stroke);
  EXPECT_EQ(step.stroke->speed_m_s, 0.03f);
  EXPECT_TRUE(routine->steps.at(1).braced);
  EXPECT_EQ(routine->steps[1].style, Style::kCustom);
  EXPECT_EQ(routine->seconds(), 65.0);
}

TEST(Routine, RefusesInWordsWithTheField) {
  const auto expect_refused = [](const std::string& text, const std::string& mentions) {
    const auto routine = load_text(text);
    ASSERT_FALSE(routine) << mentions;
    EXPECT_NE(routine.error().message.find(mentions), std::string::npos) << routine.error().message;
    EXPECT_NE(routine.error().message.find("routine.json"), std::string::npos);
  };
  const std::string start = R"({"attachment":"balls_std","at_m":[0,1.3,0],)";
  expect_refused(with_step(start + R"("force_n":60})"), "steps[0].seconds");
  expect_refused(with_step(start + R"("force_n":60,"seconds":-2})"), "steps[0].seconds");
  expect_refused(with_step(start + R"("force_n":60,"seconds":1e9})"), "steps[0].seconds");
  expect_refused(with_step(start + R"("force_n":60,"seconds":1e999})"), "JSON");
  expect_refused(with_step(start + R"("force_n":151,"seconds":1})"), "150");
  expect_refused(with_step(start + R"("force_n":60,"seconds":1,"angle_deg":91})"), "angle_deg");
  expect_refused(with_step(start + R"("force_n":60,"seconds":1,"pitch_deg":46})"), "pitch_deg");
  expect_refused(with_step(start + R"("force_n":60,"seconds":1,"pace":2})"), "pace");
  expect_refused(with_step(start + R"("force_n":60,"seconds":1,"hold":true,)"
                                   R"("stroke":{"path_m":[[0,1,0],[0,1.1,0]]}})"),
                 "steps[0].hold");
  const std::string press = R"({"attachment":"balls_std","force_n":60,"seconds":1)";
  expect_refused(with_step(press + R"(,"placement":"nowhere"})"), "neck_base");
  expect_refused(with_step(press + R"(,"placement":"neck_base","at_m":[0,1.3,0]})"),
                 "steps[0].at_m");
  expect_refused(with_step(press + "}"), "steps[0].at_m");
  expect_refused(with_step(R"({"attachment":"fork","force_n":60,"seconds":1,"at_m":[0,1,0]})"),
                 "balls_std");
  expect_refused(R"({"format":"backmate-routine","version":1,"steps":[]})", "steps");
  expect_refused(R"({"format":"backmate-routine","version":1,"condition":"flu","steps":[)" + start +
                     R"("force_n":60,"seconds":1}]})",
                 "condition");
  const std::string hour = start + R"("force_n":60,"seconds":3600})";
  expect_refused(with_step(hour + "," + hour + "," + hour), "7200");
}

TEST(Plan, BothSidesAreMirrorImages) {
  RoutineStep step = step_at(0.4f, 1.3f, 60.0f, 10.0f);
  step.side = StepSide::kBoth;
  step.angle = base::from_degrees(30.0f);
  const RoutinePlan plan = plan_of({step});
  ASSERT_EQ(plan.legs.size(), 2u);
  EXPECT_EQ(plan.legs[0].ticks, 300u);
  EXPECT_EQ(plan.legs[1].ticks, 300u);
  const tool::HeadPose& a = plan.legs[0].poses[0];
  const tool::HeadPose& b = plan.legs[1].poses[0];
  EXPECT_NEAR(a.position_m.x, -b.position_m.x, 1e-5f);
  EXPECT_NEAR(a.position_m.y, b.position_m.y, 1e-5f);
  EXPECT_NEAR(a.angle.value, -b.angle.value, 1e-6f);
  step.side = StepSide::kLeft;
  EXPECT_GT(plan_of({step}).legs.at(0).poses[0].position_m.x, 0.0f);
  step.side = StepSide::kRight;
  EXPECT_LT(plan_of({step}).legs.at(0).poses[0].position_m.x, 0.0f);
}

TEST(Plan, StrokesKeepTheirLengthAndSpeed) {
  RoutineStep step = step_at(0.3f, 1.3f, 60.0f, 20.0f);
  Stroke stroke;
  stroke.path_m = {step.at_m, test_support::phantom_skin_point(desk().spec, 0.3f, 1.2f)};
  stroke.speed_m_s = 0.05f;
  step.stroke = stroke;
  const RoutinePlan plan = plan_of({step});
  const Leg& leg = plan.legs.at(0);
  ASSERT_TRUE(leg.rolls());
  EXPECT_EQ(leg.poses.size(), 121u);  // 10 cm at 5 cm/s: 2 s out
  EXPECT_NEAR(glm::distance(leg.poses.front().position_m, leg.poses.back().position_m), 0.1f,
              1e-3f);
  for (std::uint32_t t = 0; t + 1 < 240; ++t) {
    const auto now = leg.input_at(t), next = leg.input_at(t + 1);
    EXPECT_NEAR(glm::length(now.velocity_m_s), 0.05f, 1e-3f);
    EXPECT_NEAR(glm::distance(now.pose.position_m, next.pose.position_m), 0.05f / 60.0f, 1e-4f);
  }
  EXPECT_GT(leg.input_at(200).velocity_m_s.y, 0.0f);  // on the way back
  EXPECT_LT(leg.input_at(10).velocity_m_s.y, 0.0f);
}

// Swedish and deep are inputs: the pressures and paces that science.md section 3 names.
TEST(Plan, StylesChooseForceAndPace) {
  RoutineStep step = step_at(0.3f, 1.3f, 150.0f, 180.0f);
  step.style = Style::kSwedish;
  const auto mean_of = [&](const sim::ToolInput& input) {
    float worst = 0.0f;
    for (const auto& c : sim::find_contact(*desk().model, desk().start, input).contacts) {
      worst = std::max(worst, c.mean.value);
    }
    return worst;
  };
  const RoutinePlan swedish = plan_of({step});
  EXPECT_NEAR(mean_of(swedish.legs[0].input_at(0)), 15e3f, 500.0f);
  EXPECT_EQ(swedish.legs[0].poses.size(), 91u);  // out and back in 3 s
  step.style = Style::kDeep;
  const Leg deep = plan_of({step}).legs[0];
  EXPECT_EQ(deep.ramp_ticks, 3600u);
  EXPECT_NEAR(deep.poses.size(), 251.0, 1.0);  // out and back in 8.3 s
  EXPECT_LT(deep.force_from, deep.force_to);
  EXPECT_LE(mean_of(deep.input_at(deep.ticks - 1)), 60.5e3f);
  EXPECT_EQ(deep.force_from, swedish.legs[0].force_from);
  // Never more than the routine allows.
  step.force = base::Newtons{8.0f};
  EXPECT_EQ(plan_of({step}).legs[0].force_to, base::Newtons{8.0f});
}

// From one style to the other there is a ramp of force and pace, across steps too, where the place
// is the same; a new place is approached gently.
TEST(Plan, StylesRampAcrossSteps) {
  RoutineStep deep = step_at(0.3f, 1.3f, 150.0f, 180.0f), swedish = deep;
  deep.style = Style::kDeep;
  swedish.style = Style::kSwedish;
  const RoutineStep elsewhere = [&] {
    RoutineStep step = step_at(0.3f, 1.15f, 150.0f, 180.0f);
    step.style = Style::kDeep;
    return step;
  }();
  const auto legs = plan_of({swedish, deep, deep, swedish, deep, elsewhere}).legs;
  // Force and pace never jump while the place stays the same.
  for (std::size_t i = 0; i + 1 < 5; ++i) {
    const auto last = legs[i].input_at(legs[i].ticks - 1), next = legs[i + 1].input_at(0);
    EXPECT_NEAR(next.force.value / last.force.value, 1.0f, 0.02f) << i;
    EXPECT_NEAR(glm::length(next.velocity_m_s) / glm::length(last.velocity_m_s), 1.0f, 0.02f) << i;
  }
  EXPECT_EQ(legs[0].ramp_ticks, 0u);
  EXPECT_EQ(legs[1].ramp_ticks, 3600u);
  EXPECT_EQ(legs[2].ramp_ticks, 0u);
  EXPECT_EQ(legs[3].ramp_ticks, 3600u);
  EXPECT_GT(legs[3].force_from, legs[3].force_to);
  EXPECT_EQ(legs[3].force_to, legs[0].force_to);
  EXPECT_EQ(legs[5].ramp_ticks, 3600u);
  EXPECT_LT(legs[5].force_from.value, 0.7f * legs[4].force_to.value);
  // The head moves as fast as it says: 15 kPa strokes of 1.5 s, slowing to deep ones of 4.2 s.
  const Leg& slowing = legs[1];
  float fastest = 0.0f;
  for (std::uint32_t t = 0; t + 30 < slowing.ticks; t += 30) {
    const auto now = slowing.input_at(t);
    bool back = false, then_back = false;
    slowing.pose_index(t, back);
    slowing.pose_index(t + 30, then_back);
    if (back != then_back) continue;
    const float moved =
        glm::distance(now.pose.position_m, slowing.input_at(t + 30).pose.position_m);
    const float speed = glm::length(now.velocity_m_s);
    EXPECT_NEAR(moved / 0.5f, speed, 0.06f * speed + 1e-3f) << t;
    fastest = std::max(fastest, speed);
  }
  EXPECT_NEAR(fastest / glm::length(slowing.input_at(slowing.ticks - 1).velocity_m_s),
              kDeepPeriodS / kSwedishPeriodS, 0.1f);
}

TEST(Plan, RefusesWhatIsNotOnTheBody) {
  const auto refuse = [](RoutineStep step, const std::string& mentions) {
    Routine routine;
    routine.source = "test.json";
    routine.steps = {std::move(step)};
    const auto plan =
        plan_routine(routine, *desk().model, desk().start, test_support::shared_tool());
    ASSERT_FALSE(plan);
    EXPECT_NE(plan.error().message.find(mentions), std::string::npos) << plan.error().message;
    EXPECT_NE(plan.error().message.find("test.json"), std::string::npos);
  };
  RoutineStep step = step_at(0.3f, 1.3f, 60.0f, 10.0f);
  step.at_m.z -= 0.2f;
  refuse(step, "steps[0].at_m");
  step = step_at(0.3f, 1.3f, 60.0f, 10.0f);
  step.stroke = Stroke{{step.at_m, step.at_m + glm::vec3(0.0f, 0.0f, -0.3f)}, {}};
  refuse(step, "stroke.path_m[1]");
  // Straight through the chest to the other side.
  step.stroke = Stroke{{step.at_m, test_support::phantom_skin_point(desk().spec, 3.1f, 1.3f)}, {}};
  refuse(step, "leaves the skin");
  step.stroke = Stroke{{step.at_m, step.at_m}, {}};
  refuse(step, "shorter");
}

TEST(Run, EasesWhatIsPressedBesideTheUntreatedLine) {
  const RoutineRun run = run_of({step_at(0.3f, 1.36f, 60.0f, 60.0f)}, true);
  EXPECT_NEAR(run.end_s, 60.0, 1e-9);
  const data::Json report = report::make_routine_report(run);
  const auto status = data::check_json(report, "report", test_support::assets_dir() / "schema");
  EXPECT_TRUE(status) << status.error().message;
  const data::Json& worked = report["muscles"][0];
  EXPECT_EQ(worked["id"], "trapezius_transverse_left");
  for (const char* field : {"tension", "stiffness_pa"}) {
    const data::Json& moments = worked[field];
    EXPECT_EQ(moments["before"]["value"], moments["before"]["untreated"]);
    EXPECT_LT(moments["end"]["value"], moments["end"]["untreated"]);
    // Relapse: nearer to the untreated line after two hours than at the end.
    EXPECT_LT(moments["after_2_h"]["untreated"].get<double>() -
                  moments["after_2_h"]["value"].get<double>(),
              moments["end"]["untreated"].get<double>() - moments["end"]["value"].get<double>());
    for (const auto& [name, moment] : moments.items()) {
      EXPECT_LE(moment["band"][0], moment["value"]) << name;
      EXPECT_GE(moment["band"][1], moment["value"]) << name;
      EXPECT_LE(moment["band"][0], moment["untreated"]) << name;
      EXPECT_GE(moment["band"][1], moment["untreated"]) << name;
    }
  }
  const data::Json& dose = worked["dose_pa_s"];
  EXPECT_NEAR(dose["band"][0].get<double>() / dose["total"].get<double>(), 0.7, 0.01);
  EXPECT_NEAR(dose["band"][1].get<double>() / dose["total"].get<double>(), 1.3, 0.01);
  EXPECT_LE(dose["with_fibre"].get<double>() + dose["across_fibre"].get<double>() +
                dose["static"].get<double>(),
            1.0001 * dose["total"].get<double>());
  EXPECT_LT(worked["comfort_ratio"]["band"][0], worked["comfort_ratio"]["value"]);
  EXPECT_GT(worked["comfort_ratio"]["band"][1], worked["comfort_ratio"]["value"]);
  EXPECT_EQ(report["person"].size(), 1u + 12u + 120u);
  EXPECT_EQ(run.trace.size(), 1u + 120u + 120u);
}

// The run is step() tick by tick, nothing else.
TEST(Run, IsTheSimulationStepByStep) {
  RoutineStep rolled = step_at(0.3f, 1.3f, 50.0f, 4.0f);
  rolled.style = Style::kSwedish;
  const RoutineRun run = run_of({step_at(0.2f, 1.2f, 80.0f, 3.0f), rolled});
  sim::SimState state = desk().start;
  for (const Leg& leg : run.plan.legs) {
    for (std::uint32_t t = 0; t < leg.ticks; ++t) {
      sim::step(*desk().model, state, leg.input_at(t), base::Seconds{kRoutineTickSeconds});
    }
  }
  const auto& end = run.segments[static_cast<std::size_t>(Person::kNominal)][1];
  for (std::size_t s = 0; s < end.size(); ++s) {
    ASSERT_EQ(end[s].stiffness_pa, state.segments[s].stiffness_pa);
    ASSERT_EQ(end[s].dose_pa_s, state.segments[s].dose_pa_s);
  }
}

TEST(Run, TheSameRoutineGivesTheSameBytes) {
  const auto text = [] {
    const RoutineRun run = run_of({step_at(0.3f, 1.36f, 60.0f, 5.0f)}, true);
    return report::make_routine_report(run).dump() + report::make_trace_csv(run);
  };
  EXPECT_EQ(text(), text());
}

// Jelen 2024: a short Swedish session on a healthy muscle shows almost nothing five minutes later.
TEST(Run, SwedishOnAHealthyPersonLeavesNothing) {
  const World healthy("healthy");
  RoutineStep step = step_at(0.3f, 1.36f, 60.0f, 300.0f);
  step.style = Style::kSwedish;
  Routine routine;
  routine.source = "test";
  routine.steps = {step};
  base::Progress progress;
  const auto plan =
      plan_routine(routine, *healthy.model, healthy.start, test_support::shared_tool());
  ASSERT_TRUE(plan);
  const RoutineRun run = run_routine(*plan, healthy.model, healthy.start, false, progress);
  const data::Json report = report::make_routine_report(run);
  EXPECT_GT(report["muscles"][0]["dose_pa_s"]["total"].get<double>(), 1e5);
  for (const data::Json& muscle : report["muscles"]) {
    const data::Json& later = muscle["stiffness_pa"]["after_5_min"];
    EXPECT_NEAR(later["value"].get<double>() / later["untreated"].get<double>(), 1.0, 0.02)
        << muscle["id"];
  }
  EXPECT_TRUE(report["safety"].empty()) << report["safety"].dump();
}

// What we give away ourselves is fine: read, on the body, nowhere forbidden, under every limit.
TEST(Routines, OursKeepToTheRules) {
  const auto body = std::make_shared<const anatomy::BodyIndex>(
      anatomy::load_pack(std::string(BACKMATE_BINARY_DIR) + "/share/backmate/bodies/builtin.pack")
          .value());
  const auto& tool = test_support::shared_tool();
  int routines = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator(test_support::assets_dir() / "routines")) {
    const auto routine = load_routine(entry.path(), test_support::assets_dir(), tool);
    ASSERT_TRUE(routine) << routine.error().message;
    const auto model =
        sim::load_sim_model(body, test_support::assets_dir(), routine->condition).value();
    const sim::SimState start = sim::make_start_state(*model);
    const auto plan = plan_routine(*routine, *model, start, tool);
    ASSERT_TRUE(plan) << plan.error().message;
    for (const Leg& leg : plan->legs) {
      SafetyWatch watch(model);
      for (const std::size_t k : {std::size_t{0}, leg.poses.size() / 2, leg.poses.size() - 1}) {
        sim::ToolInput input = leg.input_at(leg.ticks - 1);
        input.pose = leg.poses[k];
        sim::SimState state = start;
        sim::step(*model, state, input, base::Seconds{kRoutineTickSeconds});
        for (const SafetyFinding& finding :
             watch.observe(state, input, base::Seconds{kRoutineTickSeconds})) {
          ADD_FAILURE() << entry.path() << ", step " << leg.step << ": "
                        << describe(*model, finding);
        }
      }
    }
    ++routines;
  }
  EXPECT_GE(routines, 1);
}

// A person who braces is stiffer while they do, and lets go afterwards.
TEST(Run, BracedMusclesAreStifferUntilTheyLetGo) {
  RoutineStep step = step_at(0.3f, 1.36f, 60.0f, 60.0f);
  const RoutineRun relaxed = run_of({step});
  step.braced = true;
  const RoutineRun braced = run_of({step});
  const auto& soft = relaxed.segments[0];
  const auto& hard = braced.segments[0];
  for (std::size_t s = 0; s < soft[1].size(); ++s) {
    // Leong 2013, Zhang 2019: activation stiffens by a third to a half.
    EXPECT_GT(hard[1][s].stiffness_pa, 1.25f * soft[1][s].stiffness_pa);
    EXPECT_LT(hard[1][s].stiffness_pa, 1.60f * soft[1][s].stiffness_pa);
    EXPECT_NEAR(hard[3][s].activation, 0.0f, 1e-6f);
    EXPECT_GE(hard[2][s].metabolites, soft[2][s].metabolites - 1e-9);
  }
}

}  // namespace
}  // namespace guide

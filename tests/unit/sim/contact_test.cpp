#include <gtest/gtest.h>

#include <cmath>
#include <glm/geometric.hpp>
#include <map>
#include <random>

#include "sim/contact_geometry.h"
#include "sim/contact_law.h"
#include "sim/depth_law.h"
#include "sim/step.h"
#include "support/sim_fixture.h"

namespace sim {
namespace {

using test_support::attachment;
using test_support::load_of;
using test_support::phantom_skin_normal;
using test_support::phantom_skin_point;
using test_support::PhantomSpec;
using test_support::press_at;

struct World {
  explicit World(const PhantomSpec& phantom = {}, const std::string& condition = "healthy")
      : spec(phantom),
        body(test_support::make_phantom(phantom)),
        model(test_support::load_phantom_model(body, condition)),
        state(make_start_state(*model)) {}
  PhantomSpec spec;
  std::shared_ptr<const anatomy::BodyIndex> body;
  std::shared_ptr<const SimModel> model;
  SimState state;
};

const World& shared_world() {
  static const World world;
  return world;
}

float total_force(const ContactPatch& patch) {
  float sum = 0.0f;
  for (const Contact& contact : patch.contacts) sum += contact.force.value;
  return sum;
}

TEST(Contact, NoForceMeansNoContactAndAGap) {
  const World& w = shared_world();
  const auto input = press_at(*w.body, phantom_skin_point(w.spec, 0.3f, 1.3f), "balls_std", 0.0f);
  const ContactPatch patch = find_contact(*w.model, w.state, input);
  EXPECT_TRUE(patch.contacts.empty());
  EXPECT_GT(patch.gap.value, 0.005f);
  EXPECT_LT(patch.gap.value, 0.05f);
  SimState state = w.state;
  step(*w.model, state, input, base::Seconds{1.0f / 60.0f});
  EXPECT_TRUE(state.patch.contacts.empty());
  EXPECT_GT(state.patch.gap.value, 0.0f);
  for (const MuscleReadout& muscle : read_muscles(*w.model, state)) EXPECT_EQ(muscle.load_pa, 0.0f);
}

// Random places, angles, forces and heads: forces sum up, moments balance unless the joint is at
// its stop, nothing reaches the bone, every number is finite.
TEST(Contact, ForcesAndMomentsBalanceEverywhere) {
  const World& w = shared_world();
  std::mt19937 random(17);
  std::uniform_real_distribution<float> unit(0.0f, 1.0f);
  const char* heads[] = {"balls_std", "balls_soft", "point_single"};
  for (int i = 0; i < 600; ++i) {
    const char* head = heads[i % 3];
    const float force = 1.0f + unit(random) * 149.0f;
    const glm::vec3 target(0.4f * (unit(random) - 0.5f), 0.85f + 0.72f * unit(random),
                           0.3f * (unit(random) - 0.5f));
    const auto input = press_at(*w.body, target, head, force, 6.0f * (unit(random) - 0.5f));
    const ContactPatch patch = find_contact(*w.model, w.state, input);
    ASSERT_FALSE(patch.contacts.empty());
    EXPECT_EQ(patch.gap.value, 0.0f);
    ASSERT_NEAR(total_force(patch) / force, 1.0f, 0.01f) << head << " " << i;
    const auto geometry = build_contact_geometry(*w.model, input.pose, *input.attachment);
    const float tilt =
        std::asin(std::clamp(glm::dot(patch.bar_axis, input.pose.normal), -1.0f, 1.0f));
    float moment = 0.0f;
    for (const Contact& contact : patch.contacts) {
      moment += contact.force.value *
                input.attachment->balls[static_cast<std::size_t>(contact.ball)].centre_m.x;
      EXPECT_GT(contact.indentation.value, 0.0f);
      EXPECT_LE(contact.indentation.value, kLockingFraction * contact.stack.total_m);
      EXPECT_LE(contact.radius.value, 0.9501f * contact.ball_radius.value);
      EXPECT_LE(contact.stack.total_m, 0.1001f);
      EXPECT_TRUE(std::isfinite(contact.peak.value));
      EXPECT_NEAR(contact.mean.value * contact.area.value / contact.force.value, 1.0f, 1e-3f);
      EXPECT_NEAR(contact.peak.value / contact.mean.value, 1.5f, 1e-3f);
    }
    const bool at_stop = std::abs(tilt) > w.model->parameters.tilt_limit_rad - 0.03f;
    if (!at_stop) {
      EXPECT_LT(std::abs(moment), 0.01f * force * 0.05f) << head << " " << i;
    }
    EXPECT_NEAR(glm::length(patch.bar_axis), 1.0f, 1e-4f);
    EXPECT_NEAR(glm::dot(patch.bar_axis, patch.outward), 0.0f, 1e-3f);
  }
}

TEST(Contact, AtTheEdgeOneBallCarriesTheForce) {
  const World& w = shared_world();
  // A vertical bar at the upper rim: its upper ball is above the body.
  const auto input = press_at(*w.body, phantom_skin_point(w.spec, 0.3f, w.spec.y_top_m - 0.004f),
                              "balls_std", 60.0f);
  sim::ToolInput upright = input;
  upright.pose.normal = phantom_skin_normal(w.spec, 0.3f);
  upright.pose.angle = base::Radians{base::kPi / 2.0f};
  const ContactPatch patch = find_contact(*w.model, w.state, upright);
  ASSERT_FALSE(patch.contacts.empty());
  EXPECT_NEAR(total_force(patch), 60.0f, 0.6f);
  float largest = 0.0f;
  for (const Contact& contact : patch.contacts) largest = std::max(largest, contact.force.value);
  EXPECT_GT(largest, 0.9f * 60.0f);
}

// The head rests on the skin: the ball's surface lies at its indentation below the undeformed skin.
TEST(Contact, TheBallSinksExactlyByItsIndentation) {
  const World& w = shared_world();
  for (const float force : {0.5f, 10.0f, 60.0f, 150.0f}) {
    const auto input =
        press_at(*w.body, phantom_skin_point(w.spec, 0.25f, 1.25f), "balls_std", force);
    const ContactPatch patch = find_contact(*w.model, w.state, input);
    ASSERT_EQ(patch.contacts.size(), 2u);
    for (const Contact& contact : patch.contacts) {
      const float above = glm::dot(contact.centre_m - contact.point_m, contact.normal);
      EXPECT_NEAR(contact.ball_radius.value - above, contact.indentation.value, 3e-4f);
      EXPECT_NEAR(w.body->find_surface_point(contact.point_m).distance_m, 0.0f, 1e-5f);
    }
    const glm::vec3 mid = 0.5f * (patch.contacts[0].centre_m + patch.contacts[1].centre_m);
    EXPECT_LT(glm::distance(mid, patch.head_centre_m), 1e-3f);
  }
}

TEST(Contact, MoreForceSinksDeeperAndPressesHarder) {
  const World& w = shared_world();
  float depth = 0.0f, peak = 0.0f;
  for (const float force : {5.0f, 20.0f, 60.0f, 100.0f, 150.0f}) {
    const auto input =
        press_at(*w.body, phantom_skin_point(w.spec, 0.25f, 1.35f), "balls_std", force);
    const ContactPatch patch = find_contact(*w.model, w.state, input);
    EXPECT_GT(patch.contacts[0].indentation.value, depth);
    EXPECT_GT(patch.contacts[0].peak.value, peak);
    depth = patch.contacts[0].indentation.value;
    peak = patch.contacts[0].peak.value;
  }
}

// The stack is the body's own: on the phantom every layer is known.
TEST(Contact, TheStackHasTheLayersOfTheBody) {
  const World& w = shared_world();
  // Single ball over trapezius (8-13), rhomboid (14-19), longissimus (20-35), bone at 40 mm.
  const auto input =
      press_at(*w.body, phantom_skin_point(w.spec, 0.25f, 1.35f), "point_single", 40.0f);
  const ContactPatch patch = find_contact(*w.model, w.state, input);
  ASSERT_EQ(patch.contacts.size(), 1u);
  const TissueStack& stack = patch.contacts[0].stack;
  EXPECT_NEAR(stack.total_m, 0.040f, 0.0015f);
  EXPECT_NEAR(stack.bone_fraction, 1.0f, 1e-3f);
  std::map<std::string, TissueLayer> found;
  float sum = 0.0f, compliance = 0.0f;
  for (const TissueLayer& layer : stack.layers) {
    sum += layer.thickness_m;
    compliance += layer.thickness_m / layer.modulus_pa;
    if (layer.structure != anatomy::kNone)
      found[w.body->body().structures[layer.structure].id] = layer;
  }
  EXPECT_NEAR(sum, stack.total_m, 1e-4f);
  EXPECT_NEAR(stack.effective_modulus_pa, sum / compliance, 0.01f * stack.effective_modulus_pa);
  ASSERT_TRUE(found.contains("trapezius_transverse_left"));
  ASSERT_TRUE(found.contains("rhomboid_major_left"));
  ASSERT_TRUE(found.contains("longissimus_thoracis_left"));
  EXPECT_NEAR(found["trapezius_transverse_left"].thickness_m, 0.005f, 5e-4f);
  EXPECT_NEAR(found["trapezius_transverse_left"].top_m, 0.008f, 5e-4f);
  EXPECT_NEAR(found["rhomboid_major_left"].thickness_m, 0.005f, 5e-4f);
  EXPECT_NEAR(found["longissimus_thoracis_left"].thickness_m, 0.015f, 2e-3f);
  // E = 3 mu of the muscle at rest (trapezius 10.9 kPa, Ewertsen 2018).
  EXPECT_NEAR(found["trapezius_transverse_left"].modulus_pa, 3.0f * 10.9e3f, 400.0f);
  EXPECT_EQ(stack.layers.front().material, LayerMaterial::kSkin);
}

TEST(Contact, WithoutBoneTheStackIsTenCentimetres) {
  PhantomSpec spec;
  spec.bone = false;
  const World w(spec);
  const auto input =
      press_at(*w.body, phantom_skin_point(spec, 0.25f, 1.2f), "point_single", 40.0f);
  const ContactPatch patch = find_contact(*w.model, w.state, input);
  EXPECT_NEAR(patch.contacts[0].stack.total_m, 0.10f, 1e-4f);
  EXPECT_EQ(patch.contacts[0].stack.bone_fraction, 0.0f);
}

TEST(Contact, CurvatureOfTheBodyIsFelt) {
  const World& w = shared_world();
  // Mean curvature of an elliptic cylinder: half of the ellipse's own.
  const float theta = 0.2f;
  const auto input =
      press_at(*w.body, phantom_skin_point(w.spec, theta, 1.25f), "point_single", 20.0f);
  const ContactPatch patch = find_contact(*w.model, w.state, input);
  const float a = w.spec.width_radius_m, b = w.spec.depth_radius_m;
  const float speed = std::hypot(a * std::cos(theta), b * std::sin(theta));
  const float expected = 0.5f * a * b / (speed * speed * speed);
  EXPECT_NEAR(patch.contacts[0].curvature_per_m, expected, 0.6f);
}

// Every muscle under the head is loaded, none elsewhere.
TEST(SegmentLoads, GoToWhatLiesUnderTheHead) {
  const World& w = shared_world();
  SimState state = w.state;
  const auto input =
      press_at(*w.body, phantom_skin_point(w.spec, 0.25f, 1.35f), "point_single", 50.0f);
  step(*w.model, state, input, base::Seconds{1.0f / 60.0f});
  for (const char* under :
       {"trapezius_transverse_left", "rhomboid_major_left", "longissimus_thoracis_left"}) {
    EXPECT_GT(load_of(*w.model, state, under), 5000.0f) << under;
    EXPECT_LT(load_of(*w.model, state, under), state.patch.contacts[0].peak.value) << under;
  }
  for (const char* far :
       {"pectoralis_major_sternocostal_left", "pectoralis_major_sternocostal_right",
        "iliocostalis_lumborum_left", "iliocostalis_lumborum_right"}) {
    EXPECT_EQ(load_of(*w.model, state, far), 0.0f) << far;
  }
  // Sorted by load, then by id.
  const auto muscles = read_muscles(*w.model, state);
  for (std::size_t i = 1; i < muscles.size(); ++i)
    EXPECT_GE(muscles[i - 1].load_pa, muscles[i].load_pa);
}

// The same muscle three times, one below the other: the deeper, the less. And the mean of a segment
// is that of the depth law over its loaded cells, here integrated finely over the known slab.
TEST(SegmentLoads, FallWithDepthAndMatchTheIntegral) {
  PhantomSpec spec;
  spec.cell_m = 0.003f;
  const float tops[] = {.008f, .016f, .024f};
  for (int i = 0; i < 3; ++i) {
    spec.muscles.push_back({"layer_" + std::to_string(i), "trapezius", anatomy::Layer::kSuperficial,
                            tops[i], tops[i] + .006f, .05f, 1.2f, 1.10f, 1.40f, true});
  }
  const World w(spec);
  SimState state = w.state;
  const auto input =
      press_at(*w.body, phantom_skin_point(spec, 0.5f, 1.2625f), "point_single", 50.0f);
  step(*w.model, state, input, base::Seconds{1.0f / 60.0f});
  ASSERT_EQ(state.patch.contacts.size(), 1u);
  const Contact& contact = state.patch.contacts[0];
  const DepthLaw law{contact.radius.value, contact.stack.total_m, contact.peak.value};
  float last = 1e9f;
  for (int i = 0; i < 3; ++i) {
    const float load = load_of(*w.model, state, "layer_" + std::to_string(i) + "_left");
    EXPECT_LT(load, last);
    EXPECT_GT(load, 1000.0f);
    last = load;
    // 2.5 cm segments along y, of 1.10 + 0.025 k: the head stands over the middle of one.
    double stress_area = 0.0, area = 0.0;
    for (float y = -0.01225f; y < 0.0125f; y += 0.0005f) {
      for (float x = -0.09975f; x < 0.1f; x += 0.0005f) {
        const float stress = law.stress_pa(std::hypot(x, y), tops[i] + 0.003f);
        if (stress < 500.0f) continue;
        stress_area += stress;
        area += 1.0;
      }
    }
    EXPECT_NEAR(load / (stress_area / area), 1.0, 0.15) << i;
  }
}

TEST(SegmentLoads, TheChestIsTheChest) {
  const World& w = shared_world();
  SimState state = w.state;
  const auto input =
      press_at(*w.body, phantom_skin_point(w.spec, 2.6f, 1.3f), "balls_soft", 40.0f, 0.0f);
  step(*w.model, state, input, base::Seconds{1.0f / 60.0f});
  const auto muscles = read_muscles(*w.model, state);
  EXPECT_EQ(w.body->body().structures[muscles[0].structure].id,
            "pectoralis_major_sternocostal_left");
  EXPECT_GT(muscles[0].load_pa, 5000.0f);
  EXPECT_EQ(load_of(*w.model, state, "trapezius_transverse_left"), 0.0f);
}

// Deep pressure is bought with force: twice the force, nearly twice the stress in the depth.
TEST(SegmentLoads, GrowWithForce) {
  const World& w = shared_world();
  float last = 0.0f;
  for (const float force : {20.0f, 40.0f, 80.0f, 150.0f}) {
    SimState state = w.state;
    const auto input =
        press_at(*w.body, phantom_skin_point(w.spec, 0.25f, 1.0f), "balls_std", force);
    step(*w.model, state, input, base::Seconds{1.0f / 60.0f});
    const float load = load_of(*w.model, state, "iliocostalis_lumborum_left");
    EXPECT_GT(load, 1.1f * last);
    last = load;
  }
}

// Left and right mirror: the same press on the other side gives the same numbers.
TEST(Contact, LeftAndRightMirror) {
  const World& w = shared_world();
  for (const char* head : {"balls_std", "point_single"}) {
    for (const float theta : {0.2f, 0.5f, 2.6f}) {
      SimState left = w.state, right = w.state;
      for (int i = 0; i < 30; ++i) {
        step(*w.model, left,
             press_at(*w.body, phantom_skin_point(w.spec, theta, 1.3f), head, 50.0f, 0.4f),
             base::Seconds{1.0f / 60.0f});
        step(*w.model, right,
             press_at(*w.body, phantom_skin_point(w.spec, -theta, 1.3f), head, 50.0f, -0.4f),
             base::Seconds{1.0f / 60.0f});
      }
      const auto side = [](std::string id) {
        const std::size_t at = id.rfind("_left");
        if (at == id.size() - 5) return id.substr(0, at) + "_right";
        return id.substr(0, id.rfind("_right")) + "_left";
      };
      for (const MuscleReadout& muscle : read_muscles(*w.model, left)) {
        const std::string id = w.body->body().structures[muscle.structure].id;
        const float other = load_of(*w.model, right, side(id));
        EXPECT_NEAR(other, muscle.load_pa, 0.02f * muscle.load_pa + 20.0f) << id << " " << head;
      }
      EXPECT_NEAR(left.patch.contacts[0].peak.value + left.patch.contacts.back().peak.value,
                  right.patch.contacts[0].peak.value + right.patch.contacts.back().peak.value,
                  0.01f * left.patch.contacts[0].peak.value);
    }
  }
}

// Sliding over the body in steps of half a millimetre changes nothing in jumps.
TEST(Contact, SlidesWithoutJumps) {
  PhantomSpec rough;
  rough.surface_noise_m = 0.0007f;
  const World w(rough);
  ContactPatch last;
  float last_load = 0.0f;
  for (int i = 0; i < 200; ++i) {
    const float y = 1.10f + 0.0005f * static_cast<float>(i);
    const auto input = press_at(*w.body, phantom_skin_point(rough, 0.3f, y), "balls_std", 60.0f);
    SimState state = w.state;
    step(*w.model, state, input, base::Seconds{1.0f / 60.0f});
    const float load = read_muscles(*w.model, state)[0].load_pa;
    if (i > 0) {
      ASSERT_EQ(state.patch.contacts.size(), last.contacts.size());
      EXPECT_LT(glm::distance(state.patch.head_centre_m, last.head_centre_m), 0.002f) << y;
      EXPECT_LT(glm::distance(state.patch.bar_axis, last.bar_axis), 0.03f) << y;
      EXPECT_NEAR(load / last_load, 1.0f, 0.12f) << y;
    }
    last = state.patch;
    last_load = load;
  }
}

}  // namespace
}  // namespace sim

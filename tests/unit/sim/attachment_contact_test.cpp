// Laws of contact that hold for every attachment: rollers as rows of balls, mesh heads on their
// elastic foundation, hands and other tools.
#include <gtest/gtest.h>

#include <cmath>
#include <glm/geometric.hpp>
#include <random>

#include "sim/contact_geometry.h"
#include "sim/contact_law.h"
#include "sim/relief.h"
#include "sim/step.h"
#include "support/sim_fixture.h"

namespace sim {
namespace {

using test_support::attachment;
using test_support::phantom_skin_point;
using test_support::PhantomSpec;
using test_support::press_at;

struct Place {
  explicit Place(const PhantomSpec& phantom = {})
      : spec(phantom),
        body(test_support::make_phantom(phantom)),
        model(test_support::load_phantom_model(body)),
        state(make_start_state(*model)) {}
  ToolInput input(const tool::AttachmentSpec& head, glm::vec3 at, float force,
                  float angle = 0.0f) const {
    ToolInput made;
    made.attachment = &head;
    made.pose = tool::pose_on_skin(*body, at, base::Radians{angle}, base::Radians{}, head);
    made.force = base::Newtons{force};
    return made;
  }
  PhantomSpec spec;
  std::shared_ptr<const anatomy::BodyIndex> body;
  std::shared_ptr<const SimModel> model;
  SimState state;
};

const Place& barrel() {
  static const Place place;
  return place;
}

// A square underside 2 `half` wide, z by `shape`.
template <typename Shape>
std::shared_ptr<const tool::HeadMesh> make_mesh(float half, int cells, const Shape& shape) {
  geom::Mesh mesh;
  for (int y = 0; y <= cells; ++y) {
    for (int x = 0; x <= cells; ++x) {
      const float u = half * (2.0f * static_cast<float>(x) / static_cast<float>(cells) - 1.0f);
      const float v = half * (2.0f * static_cast<float>(y) / static_cast<float>(cells) - 1.0f);
      mesh.positions_m.emplace_back(u, v, shape(u, v));
    }
  }
  const auto at = [&](int x, int y) { return static_cast<std::uint32_t>(y * (cells + 1) + x); };
  for (int y = 0; y < cells; ++y) {
    for (int x = 0; x < cells; ++x) {
      mesh.indices.insert(mesh.indices.end(), {at(x, y), at(x, y + 1), at(x + 1, y), at(x + 1, y),
                                               at(x, y + 1), at(x + 1, y + 1)});
    }
  }
  return std::make_shared<const tool::HeadMesh>(std::move(mesh));
}

tool::AttachmentSpec mesh_head(std::shared_ptr<const tool::HeadMesh> mesh) {
  tool::AttachmentSpec head;
  head.balls = tool::make_stand_ins(*mesh);
  head.mesh = std::move(mesh);
  head.force_limit = base::Newtons{150.0f};
  return head;
}

// Force and moment along the bar that the springs of a settled mesh give, by the law alone.
std::pair<float, float> sum_springs(const ContactGeometry& geometry, const ContactPatch& patch) {
  const float travel = glm::dot(geometry.head_centre_m - patch.head_centre_m, geometry.pose.normal);
  const float slope =
      -glm::dot(patch.bar_axis, geometry.outward) / glm::dot(patch.bar_axis, geometry.bar_axis);
  float force = 0.0f, moment = 0.0f;
  for (const Contact& contact : patch.contacts) {
    const auto ball = static_cast<std::size_t>(contact.ball);
    for (std::uint32_t s = geometry.first_site[ball]; s < geometry.first_site[ball + 1]; ++s) {
      const FoundationSite& site = geometry.foundation[s];
      const float w = (travel + site.arm_m * slope - site.gap_m) * site.press_cos;
      const float own =
          foundation_pressure(contact.stack.effective_modulus_pa, contact.stack.total_m, w) *
          site.area_m2 * site.press_cos;
      force += own;
      moment += own * site.arm_m;
    }
  }
  return {force, moment};
}

TEST(EveryAttachment, CarriesItsForceInBalance) {
  const Place& p = barrel();
  std::mt19937 random(29);
  std::uniform_real_distribution<float> unit(0.0f, 1.0f);
  int free_heads = 0;
  for (const tool::AttachmentSpec& head : test_support::shared_tool().attachments) {
    for (int i = 0; i < 40; ++i) {
      const float force = 2.0f + unit(random) * (head.force_limit.value - 2.0f);
      const glm::vec3 target(0.4f * (unit(random) - 0.5f), 0.95f + 0.5f * unit(random),
                             0.3f * (unit(random) - 0.5f));
      const auto input = p.input(head, target, force, 3.0f * (unit(random) - 0.5f));
      const ContactPatch patch = find_contact(*p.model, p.state, input);
      ASSERT_FALSE(patch.contacts.empty()) << head.id;
      float sum = 0.0f, moment = 0.0f;
      for (const Contact& c : patch.contacts) {
        sum += c.force.value;
        moment += c.force.value * head.balls[static_cast<std::size_t>(c.ball)].centre_m.x;
        ASSERT_GT(c.indentation.value, 0.0f) << head.id;
        ASSERT_LE(c.indentation.value, kLockingFraction * c.stack.total_m) << head.id;
        ASSERT_TRUE(std::isfinite(c.peak.value)) << head.id;
        ASSERT_GE(c.peak.value, c.mean.value) << head.id;
        ASSERT_NEAR(c.mean.value * c.area.value / c.force.value, 1.0f, 1e-3f) << head.id;
        // The field in depth carries the contact's force: p0 and a of a Hertz disc.
        const float a = c.radius.value;
        ASSERT_NEAR(c.peak.value * base::kPi * a * a / (1.5f * c.force.value), 1.0f, 1e-3f)
            << head.id;
      }
      ASSERT_NEAR(sum / force, 1.0f, 0.01f) << head.id << " " << i;
      const auto geometry = build_contact_geometry(*p.model, input.pose, head);
      if (head.mesh) {
        const auto springs = sum_springs(*geometry, patch);
        ASSERT_NEAR(springs.first / force, 1.0f, 0.01f) << head.id;
        moment = springs.second;
      }
      const float tilt =
          std::asin(std::clamp(glm::dot(patch.bar_axis, input.pose.normal), -1.0f, 1.0f));
      if (std::abs(tilt) > p.model->parameters.tilt_limit_rad - 0.03f) continue;
      ++free_heads;
      const float reach = std::max(0.05f, std::abs(head.balls.back().centre_m.x));
      EXPECT_LT(std::abs(moment), 0.01f * force * reach) << head.id << " " << i;
    }
  }
  EXPECT_GT(free_heads, 300);
}

TEST(Roller, OfOneBallIsABall) {
  const Place& p = barrel();
  tool::AttachmentSpec ball = attachment("lacrosse_ball"), roller = ball;
  const tool::RollerSpec spec{base::Metres{0.012f}, ball.balls[0].radius, base::Metres{}, 0};
  roller.roller = spec;
  roller.balls = tool::make_row(spec);
  ASSERT_EQ(roller.balls.size(), 1u);
  const glm::vec3 at = phantom_skin_point(p.spec, 0.3f, 1.2f);
  const ContactPatch a = find_contact(*p.model, p.state, p.input(ball, at, 50.0f));
  const ContactPatch b = find_contact(*p.model, p.state, p.input(roller, at, 50.0f));
  EXPECT_EQ(a.contacts[0].indentation.value, b.contacts[0].indentation.value);
  EXPECT_EQ(a.contacts[0].peak.value, b.contacts[0].peak.value);
}

// The groove is for the spine: nothing presses on the line in its middle, however hard.
TEST(Roller, ItsGrooveLeavesTheSpineAlone) {
  const Place& p = barrel();
  for (const float force : {10.0f, 60.0f, 150.0f}) {
    const ContactPatch patch = find_contact(
        *p.model, p.state,
        press_at(*p.body, phantom_skin_point(p.spec, 0.0f, 1.2f), "roller_wide", force));
    ASSERT_GE(patch.contacts.size(), 4u);
    for (const Contact& c : patch.contacts) {
      EXPECT_GT(std::abs(c.point_m.x), c.radius.value) << force;
      EXPECT_GT(std::abs(c.point_m.x), 0.015f) << force;
    }
  }
}

// Thresholds fall with the area that is pressed: one side of a roller is one area, however finely
// its row is cut, and the groove parts it from the other. Balls are one each.
TEST(Roller, ItsStripsHurtAsOne) {
  const Place& p = barrel();
  const auto inputs_of = [&](const char* head, SimState& state) {
    std::vector<SegmentInput> inputs;
    step(*p.model, state, press_at(*p.body, phantom_skin_point(p.spec, 0.0f, 1.2f), head, 60.0f),
         base::Seconds{1.0f / 60.0f}, inputs);
    return inputs;
  };
  SimState state = p.state;
  int pressed = 0;
  for (const SegmentInput& in : inputs_of("roller_wide", state)) {
    if (!(in.stress_pa > 0.0f)) continue;
    ++pressed;
    float sides[2] = {0.0f, 0.0f};
    for (const Contact& c : state.patch.contacts) sides[c.point_m.x > 0.0f] += c.area.value;
    EXPECT_LT(
        std::min(std::abs(in.area_m2 / sides[0] - 1.0f), std::abs(in.area_m2 / sides[1] - 1.0f)),
        1e-4f);
  }
  EXPECT_GT(pressed, 4);
  state = p.state;
  for (const SegmentInput& in : inputs_of("balls_std", state)) {
    if (!(in.stress_pa > 0.0f)) continue;
    EXPECT_LT(in.area_m2, 1.05f * std::max(state.patch.contacts[0].area.value,
                                           state.patch.contacts[1].area.value));
  }
}

TEST(Roller, LeftAndRightMirror) {
  const Place& p = barrel();
  for (const char* head : {"roller_wide", "thermal", "foam_roller"}) {
    const auto press = [&](float side) {
      return find_contact(*p.model, p.state,
                          press_at(*p.body, phantom_skin_point(p.spec, side * 0.4f, 1.25f), head,
                                   60.0f, side * 0.3f));
    };
    const ContactPatch left = press(1.0f), right = press(-1.0f);
    ASSERT_EQ(left.contacts.size(), right.contacts.size()) << head;
    for (std::size_t i = 0; i < left.contacts.size(); ++i) {
      const Contact& l = left.contacts[i];
      const Contact& r = right.contacts[right.contacts.size() - 1 - i];
      EXPECT_NEAR(l.force.value, r.force.value, 0.02f * 60.0f) << head;
      EXPECT_NEAR(l.point_m.x, -r.point_m.x, 2e-3f) << head;
    }
  }
}

// science.md case 6 on the real path: a paraboloid of R = 30 mm on the foundation that the stack
// gives, against the integral of the law over rings.
TEST(MeshHead, AParaboloidSettlesAtTheIntegral) {
  PhantomSpec flat;
  flat.width_radius_m = flat.depth_radius_m = 1.5f;
  flat.muscles = {{"sheet", "trapezius", anatomy::Layer::kSuperficial, 0.008f, 0.038f, 0.0f, 0.2f,
                   0.92f, 1.50f, true}};
  flat.cell_m = 0.012f;
  const Place p(flat);
  const float radius = 0.030f;
  const auto head = mesh_head(
      make_mesh(0.04f, 80, [&](float u, float v) { return (u * u + v * v) / (2.0f * radius); }));
  for (const float force : {10.0f, 30.0f, 80.0f}) {
    const ContactPatch patch = find_contact(
        *p.model, p.state, p.input(head, phantom_skin_point(flat, 0.08f, 1.2f), force));
    ASSERT_FALSE(patch.contacts.empty());
    float depth = 0.0f;
    const Contact* deepest = &patch.contacts[0];
    for (const Contact& c : patch.contacts) {
      if (c.indentation.value > depth) {
        depth = c.indentation.value;
        deepest = &c;
      }
    }
    const float edge = std::sqrt(2.0f * radius * depth);
    double integral = 0.0;
    constexpr int kRings = 400;
    for (int i = 0; i < kRings; ++i) {
      const float r = edge * (static_cast<float>(i) + 0.5f) / kRings;
      integral += 2.0 * base::kPi * r * edge / kRings *
                  foundation_pressure(deepest->stack.effective_modulus_pa, deepest->stack.total_m,
                                      depth - r * r / (2.0f * radius));
    }
    EXPECT_NEAR(integral / force, 1.0, 0.08) << force;
  }
}

// science.md case 6 itself on the real path: k = 2 MPa/m everywhere and bone too far away to
// matter; F = pi k R d^2 = 18.85 N at a dent of 10 mm, over a disc of 24.49 mm.
TEST(MeshHead, AParaboloidOnABedOfSpringsIsThePublishedOne) {
  PhantomSpec flat;
  flat.width_radius_m = flat.depth_radius_m = 1.5f;
  flat.bone = false;
  flat.muscles = {{"sheet", "trapezius", anatomy::Layer::kSuperficial, 0.008f, 0.038f, 0.0f, 0.01f,
                   0.92f, 0.95f, true}};
  flat.cell_m = 0.012f;
  const Place p(flat);
  SimModel model = *p.model;
  model.parameters.stack_limit_m = 100.0f;
  model.parameters.skin_modulus_pa = model.parameters.fat_modulus_pa = 2e6f * 100.0f;
  model.columns = std::make_shared<const TissueColumns>(p.body, model.parameters);
  const float radius = 0.030f;
  const auto head = mesh_head(
      make_mesh(0.04f, 80, [&](float u, float v) { return (u * u + v * v) / (2.0f * radius); }));
  for (const float y : {1.15f, 1.203f, 1.2485f}) {
    const auto input = p.input(head, phantom_skin_point(flat, 0.1f, y), 18.85f);
    const ContactPatch patch = find_contact(model, p.state, input);
    float depth = 0.0f, area = 0.0f;
    for (const Contact& c : patch.contacts) {
      depth = std::max(depth, c.indentation.value);
      area += c.area.value;
    }
    EXPECT_NEAR(depth / 10e-3f, 1.0f, 0.02f) << y;
    EXPECT_NEAR(std::sqrt(area / base::kPi) / 24.49e-3f, 1.0f, 0.02f) << y;
  }
}

// A mesh that is a ball and the ball itself are not the same law, but the same order of depth; and
// both press on the same muscles.
TEST(MeshHead, PressesWhatABallPresses) {
  const Place& p = barrel();
  const float radius = 0.02f;
  const auto head = mesh_head(make_mesh(0.0195f, 60, [&](float u, float v) {
    return -std::sqrt(std::max(radius * radius - u * u - v * v, 0.0f));
  }));
  const glm::vec3 at = phantom_skin_point(p.spec, 0.25f, 1.35f);
  SimState by_mesh = p.state, by_ball = p.state;
  step(*p.model, by_mesh, p.input(head, at, 40.0f), base::Seconds{1.0f / 60.0f});
  step(*p.model, by_ball, press_at(*p.body, at, "point_single", 40.0f),
       base::Seconds{1.0f / 60.0f});
  for (const char* under : {"trapezius_transverse_left", "rhomboid_major_left"}) {
    const float ball = test_support::load_of(*p.model, by_ball, under);
    const float mesh = test_support::load_of(*p.model, by_mesh, under);
    EXPECT_GT(mesh, 0.5f * ball) << under;
    EXPECT_LT(mesh, 2.0f * ball) << under;
  }
}

TEST(MeshHead, TiltsWithTheSkinAndMirrors) {
  const Place& p = barrel();
  const auto head = mesh_head(
      make_mesh(0.06f, 60, [](float u, float v) { return 4.0f * (u * u + 2.0f * v * v); }));
  const auto press = [&](float side) {
    return find_contact(*p.model, p.state,
                        p.input(head, phantom_skin_point(p.spec, side * 0.5f, 1.2f), 60.0f));
  };
  const ContactPatch left = press(1.0f), right = press(-1.0f);
  EXPECT_NEAR(left.head_centre_m.x, -right.head_centre_m.x, 1e-3f);
  EXPECT_NEAR(left.head_centre_m.z, right.head_centre_m.z, 1e-3f);
  EXPECT_NEAR(left.bar_axis.z, -right.bar_axis.z, 0.02f);
  // Along the skin, not along the horizon.
  EXPECT_GT(std::abs(left.bar_axis.z), 0.1f);
}

// Held, a mesh creeps deeper; moved away and back, it is the same head again.
TEST(MeshHead, CreepsUnderAHeldForce) {
  const Place& p = barrel();
  SimState state = p.state;
  const auto input = press_at(*p.body, phantom_skin_point(p.spec, 0.3f, 1.2f), "forearm", 80.0f);
  step(*p.model, state, input, base::Seconds{1.0f / 60.0f});
  const float first = state.patch.contacts[0].indentation.value;
  for (int i = 0; i < 600; ++i) step(*p.model, state, input, base::Seconds{1.0f / 60.0f});
  EXPECT_GT(state.patch.contacts[0].indentation.value, 1.05f * first);
  float sum = 0.0f;
  for (const Contact& c : state.patch.contacts) sum += c.force.value;
  EXPECT_NEAR(sum, 80.0f, 0.8f);
}

}  // namespace
}  // namespace sim

// Laws of a dent: nothing stays inside the ball, smooth to nothing at the reach, layers keep their
// order.
#include "draw/dent.h"

#include <gtest/gtest.h>

#include <cmath>
#include <glm/geometric.hpp>
#include <random>
#include <vector>

namespace {

draw::Dent make_dent(glm::vec3 point, glm::vec3 normal, float depth, float ball_radius) {
  draw::Dent dent;
  dent.point_m = point;
  dent.normal = normal;
  dent.depth_m = depth;
  dent.ball_radius_m = ball_radius;
  dent.ball_centre_m = point + normal * (ball_radius - depth);
  dent.radius_m = std::sqrt(ball_radius * depth);
  dent.reach_m = dent.radius_m + 0.03f;
  return dent;
}

std::vector<draw::Dent> two_balls() {
  const glm::vec3 n(0.0f, 0.0f, -1.0f);
  return {make_dent({-0.045f, 1.4f, -0.1f}, n, 0.009f, 0.0315f),
          make_dent({0.045f, 1.4f, -0.1f}, n, 0.012f, 0.0315f)};
}

TEST(Dent, NothingStaysInsideTheBalls) {
  const auto dents = two_balls();
  std::mt19937 rng(3);
  std::uniform_real_distribution<float> unit(-1.0f, 1.0f);
  int moved = 0;
  for (int i = 0; i < 20000; ++i) {
    const glm::vec3 p(0.1f * unit(rng), 1.4f + 0.06f * unit(rng), -0.09f + 0.03f * unit(rng));
    const glm::vec3 q = draw::dented(p, dents);
    if (q != p) ++moved;
    for (const draw::Dent& dent : dents) {
      EXPECT_GE(glm::length(q - dent.ball_centre_m), dent.ball_radius_m - 1e-6f);
    }
  }
  EXPECT_GT(moved, 1000);
}

TEST(Dent, TheSkinUnderTheBallGoesDownByItsDepth) {
  const draw::Dent dent = make_dent({0, 1.3f, -0.1f}, {0, 0, -1}, 0.01f, 0.0315f);
  const glm::vec3 q = draw::dented(dent.point_m, dent);
  EXPECT_NEAR(q.z - dent.point_m.z, 0.01f, 0.001f);
}

TEST(Dent, EndsSmoothlyAtItsReach) {
  const draw::Dent dent = make_dent({0, 1.3f, -0.1f}, {0, 0, -1}, 0.01f, 0.0315f);
  float last = 1.0f;
  for (float r = 0.0f; r < 1.3f * dent.reach_m; r += 0.0005f) {
    const glm::vec3 p = dent.point_m + glm::vec3(r, 0, 0);
    const float down = draw::dented(p, dent).z - p.z;
    EXPECT_LE(down, last + 1e-6f);  // monotone outwards
    if (last < 1.0f) {
      EXPECT_LT(last - down, 0.0012f);  // no step
    }
    if (r >= dent.reach_m) {
      EXPECT_EQ(down, 0.0f);
    }
    last = down;
  }
}

TEST(Dent, LayersKeepTheirOrder) {
  const auto dents = two_balls();
  for (float x = -0.1f; x <= 0.1f; x += 0.004f) {
    float above = -1.0f;
    for (float depth = 0.0f; depth < 0.13f; depth += 0.002f) {
      const float z = draw::dented({x, 1.4f, -0.1f + depth}, dents).z;
      EXPECT_GT(z, above);
      above = z;
    }
  }
}

TEST(Dent, TheOtherSideOfTheBodyAndNoPressureMoveNothing) {
  const auto dents = two_balls();
  const glm::vec3 chest(0.045f, 1.4f, 0.1f);
  EXPECT_EQ(draw::dented(chest, dents), chest);
  draw::Dent lifted = dents[0];
  lifted.depth_m = 0.0f;
  EXPECT_EQ(draw::dented(lifted.point_m, lifted), lifted.point_m);
}

TEST(Dent, MayReachWhateverItMovesAndNothingFarAway) {
  const auto dents = two_balls();
  std::mt19937 rng(5);
  std::uniform_real_distribution<float> unit(-1.0f, 1.0f);
  int moved = 0;
  for (int i = 0; i < 20000; ++i) {
    const glm::vec3 p(0.3f * unit(rng), 1.4f + 0.3f * unit(rng), 0.3f * unit(rng));
    if (draw::dented(p, dents) == p) continue;
    ++moved;
    geom::Aabb box;
    box.add(p);
    box.add(p + glm::vec3(0.5f, 0.2f, 0.1f));
    EXPECT_TRUE(draw::may_reach(dents, box));
  }
  EXPECT_GT(moved, 100);
  geom::Aabb calf;
  calf.add({-0.1f, 0.1f, -0.1f});
  calf.add({0.1f, 0.4f, 0.1f});
  EXPECT_FALSE(draw::may_reach(dents, calf));
  EXPECT_FALSE(draw::may_reach({}, calf));
}

}  // namespace

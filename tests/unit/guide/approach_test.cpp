// Zones and limits are told before they are reached: near a no-go zone, near a limit, and nowhere
// else.
#include "guide/approach.h"

#include <gtest/gtest.h>

#include "anatomy/pack.h"
#include "guide/placement.h"
#include "sim/sim_model.h"
#include "sim/step.h"

namespace {

class Approach : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    const std::filesystem::path assets = std::filesystem::path(BACKMATE_SOURCE_DIR) / "assets";
    body_ = std::make_shared<const anatomy::BodyIndex>(
        anatomy::load_pack(std::string(BACKMATE_BINARY_DIR) + "/share/backmate/bodies/builtin.pack")
            .value());
    tool_ = tool::load_tool(assets / "attachments").value();
    model_ = sim::load_sim_model(body_, assets, {}).value();
  }
  static void TearDownTestSuite() {
    model_.reset();
    body_.reset();
  }
  static std::optional<guide::Nearing> approach(const char* landmark, glm::vec3 moved,
                                                 const char* attachment, float force_n) {
    const auto& spec =
        tool_.attachments[static_cast<std::size_t>(tool_.find_attachment(attachment))];
    sim::SimState state = sim::make_start_state(*model_);
    const auto pose = tool::pose_on_skin(
        *body_, body_->body().find_landmark(landmark)->position_m + moved, {}, {}, spec);
    sim::place_head(*model_, state, {pose, &spec, base::Newtons{force_n}, glm::vec3(0.0f)});
    return guide::find_approach(*model_->safety, *body_, state.patch);
  }
  static const std::string& region_of(const std::optional<guide::Nearing>& approach) {
    return model_->safety->region(approach->region).id;
  }
  static inline std::shared_ptr<const anatomy::BodyIndex> body_;
  static inline tool::ToolSpec tool_;
  static inline std::shared_ptr<const sim::SimModel> model_;
};

TEST_F(Approach, FarFromZonesAndWellBelowLimitsThereIsNothingToSay) {
  EXPECT_FALSE(approach("T6", {0.055f, 0.0f, 0.0f}, "point_single", 40.0f));
}

TEST_F(Approach, OneBallMovedTowardsTheSpineIsToldOfTheSpine) {
  const auto near = approach("T6", {0.025f, 0.0f, 0.0f}, "point_single", 40.0f);
  ASSERT_TRUE(near);
  EXPECT_TRUE(near->zone);
  EXPECT_EQ(region_of(near), "spine");
}

TEST_F(Approach, FromFourFifthsOfALimitOnItIsShown) {
  const auto below = approach("T6", {0.055f, 0.0f, 0.0f}, "point_single", 50.0f);
  EXPECT_FALSE(below && !below->zone);
  const auto near = approach("T6", {0.055f, 0.0f, 0.0f}, "point_single", 110.0f);
  ASSERT_TRUE(near);
  EXPECT_FALSE(near->zone);
  EXPECT_GE(near->share, guide::kNearLimit);
  EXPECT_LT(near->share, 1.5f);
}

TEST_F(Approach, ALiftedHeadComesNearNothing) {
  EXPECT_FALSE(approach("C7", {0.0f, 0.0f, 0.0f}, "point_single", 0.0f));
}

}  // namespace

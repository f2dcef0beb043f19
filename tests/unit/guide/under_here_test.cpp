// What is under a point: from the skin to the bone, in order, where anatomy says it is.
#include "guide/under_here.h"

#include <gtest/gtest.h>

#include "anatomy/pack.h"

namespace {

class UnderHere : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    index_ = std::make_shared<const anatomy::BodyIndex>(
        anatomy::load_pack(std::string(BACKMATE_BINARY_DIR) + "/share/backmate/bodies/builtin.pack")
            .value());
  }
  static void TearDownTestSuite() { index_.reset(); }
  static const anatomy::Body& body() { return index_->body(); }
  static glm::vec3 at(const char* landmark, glm::vec3 moved) {
    return body().find_landmark(landmark)->position_m + moved;
  }
  static std::vector<std::string> ids(const std::vector<guide::LayerHere>& layers) {
    std::vector<std::string> ids;
    for (const auto& layer : layers) ids.push_back(body().structures[layer.structure].id);
    return ids;
  }
  static inline std::shared_ptr<const anatomy::BodyIndex> index_;
};

TEST_F(UnderHere, BetweenSpineAndShoulderBladeAreTrapeziusThenRhomboidThenRibOrErectors) {
  const auto layers = guide::find_layers_here(at("T4", {-0.05f, 0.0f, -0.05f}), *index_);
  const auto names = ids(layers);
  const auto place = [&](const std::string& begin) {
    for (std::size_t i = 0; i < names.size(); ++i)
      if (names[i].starts_with(begin)) return static_cast<int>(i);
    return -1;
  };
  EXPECT_EQ(place("skin"), 0);
  EXPECT_GT(place("trapezius"), 0);
  EXPECT_GT(place("rhomboid"), place("trapezius"));
  for (const auto& name : names) EXPECT_FALSE(name.ends_with("_left")) << name;
}

TEST_F(UnderHere, DepthsRiseFromZeroAndEndWithTheFirstBone) {
  for (const auto& landmark : body().landmarks) {
    const auto layers = guide::find_layers_here(landmark.position_m, *index_);
    ASSERT_FALSE(layers.empty()) << landmark.id;
    EXPECT_NEAR(layers.front().depth_m, 0.0f, 0.003f) << landmark.id;
    for (std::size_t i = 0; i < layers.size(); ++i) {
      if (i > 0) {
        EXPECT_GE(layers[i].depth_m, layers[i - 1].depth_m);
      }
      EXPECT_GE(layers[i].thickness_m, 0.0f);
      const bool bone = body().structures[layers[i].structure].kind == anatomy::Kind::kBone;
      EXPECT_EQ(bone && i + 1 < layers.size(), false) << landmark.id;
    }
  }
}

TEST_F(UnderHere, APointFarOffCountsAsTheNearestSkin) {
  const auto near = guide::find_layers_here(at("T7", {0.04f, 0.0f, 0.0f}), *index_);
  const glm::vec3 skin = index_->find_surface_point(at("T7", {0.04f, 0.0f, 0.0f})).point_m;
  EXPECT_EQ(ids(near), ids(guide::find_layers_here(skin, *index_)));
}

}  // namespace

// Laws of what is seen: layers peel, hiding and isolation filter, load lights up, colours can be
// told apart without colour vision.
#include "scene/body_styles.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "scene/colour_maps.h"
#include "support/phantom_body.h"

namespace {

using anatomy::Kind;
using anatomy::Layer;

class Styles : public ::testing::Test {
 protected:
  Styles() : index_(test_support::make_phantom()) {
    document_.hidden.assign(body().structures.size(), 0);
    document_.isolated = document_.selected = document_.hidden;
    snapshot_.index = index_.get();
    snapshot_.document = &document_;
  }
  const anatomy::Body& body() const { return index_->body(); }
  std::vector<draw::StructureStyle> styles() const {
    return scene::build_styles(body(), scene::make_palette(body()), snapshot_, view_);
  }
  anatomy::StructureIndex first_of(Kind kind) const {
    for (std::size_t i = 0; i < body().structures.size(); ++i) {
      if (body().structures[i].kind == kind) return static_cast<anatomy::StructureIndex>(i);
    }
    return anatomy::kNone;
  }

  std::shared_ptr<const anatomy::BodyIndex> index_;
  session::Document document_;
  session::Snapshot snapshot_;
  scene::ViewState view_;
};

TEST_F(Styles, ALayerShowsItselfAndWhatIsBelow) {
  for (const Layer layer :
       {Layer::kSuperficial, Layer::kIntermediate, Layer::kDeep, Layer::kSkeleton}) {
    document_.layer = layer;
    const auto all = styles();
    std::size_t shown = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
      EXPECT_EQ(all[i].opacity > 0.0f, body().structures[i].layer >= layer)
          << body().structures[i].id;
      if (all[i].opacity > 0.0f) ++shown;
    }
    EXPECT_GT(shown, 0u);
  }
}

TEST_F(Styles, WholeSkinHidesWhatIsUnderItUntilXray) {
  document_.layer = Layer::kSkin;
  const auto opaque = styles();
  for (std::size_t i = 0; i < opaque.size(); ++i) {
    EXPECT_EQ(opaque[i].opacity > 0.0f, body().structures[i].kind == Kind::kSkin);
  }
  document_.xray = true;
  const auto glass = styles();
  const auto skin = first_of(Kind::kSkin);
  EXPECT_GT(glass[skin].opacity, 0.0f);
  EXPECT_LT(glass[skin].opacity, 0.5f);
  EXPECT_FLOAT_EQ(glass[first_of(Kind::kBone)].opacity, 1.0f);
}

TEST_F(Styles, ABodyWithoutSkinShowsItsOutermostMuscles) {
  test_support::PhantomSpec spec;
  spec.skin = false;
  index_ = test_support::make_phantom(spec);
  document_.hidden.assign(body().structures.size(), 0);
  document_.isolated = document_.selected = document_.hidden;
  document_.layer = Layer::kSkin;
  const auto shown = styles();
  for (const auto& style : shown) EXPECT_GT(style.opacity, 0.0f);
}

TEST_F(Styles, HidingAndIsolationFilter) {
  const auto muscle = first_of(Kind::kMuscle);
  document_.hidden[muscle] = 1;
  EXPECT_EQ(styles()[muscle].opacity, 0.0f);
  document_.hidden[muscle] = 0;
  document_.isolated[muscle] = 1;
  const auto isolated = styles();
  for (std::size_t i = 0; i < isolated.size(); ++i) {
    EXPECT_EQ(isolated[i].opacity > 0.0f, i == muscle);
  }
}

TEST_F(Styles, HoverAndSelectionAreOutlined) {
  const auto muscle = first_of(Kind::kMuscle);
  view_.hovered = muscle;
  EXPECT_FLOAT_EQ(styles()[muscle].outline, 0.5f);
  document_.selected[muscle] = 1;
  EXPECT_FLOAT_EQ(styles()[muscle].outline, 1.0f);
}

TEST_F(Styles, TheMoreLoadTheBrighterAndTheRestStepsBack) {
  const auto muscle = first_of(Kind::kMuscle);
  std::vector<sim::MuscleReadout> muscles(1);
  muscles[0].structure = muscle;
  snapshot_.muscles = &muscles;
  float last = -1.0f;
  for (const float load : {0.0f, 2e3f, 1e4f, 3e4f, 6e4f}) {
    muscles[0].load_pa = load;
    const float highlight = styles()[muscle].highlight;
    EXPECT_GT(highlight, last);
    last = highlight;
  }
  const auto loaded = styles();
  const auto resting = scene::make_palette(body());
  const auto saturation = [](glm::vec3 c) {
    const float high = std::max({c.r, c.g, c.b});
    return (high - std::min({c.r, c.g, c.b})) / high;
  };
  for (std::size_t i = 0; i < loaded.size(); ++i) {
    if (body().structures[i].kind != Kind::kMuscle || i == muscle) continue;
    EXPECT_LT(saturation(loaded[i].colour), saturation(resting[i].colour));
  }
  EXPECT_EQ(loaded[muscle].colour, resting[muscle].colour);
}

TEST_F(Styles, LeftAndRightAlikeNeighboursApart) {
  const auto palette = scene::make_palette(body());
  std::set<float> reds;
  std::size_t pairs = 0;
  for (std::size_t i = 0; i < palette.size(); ++i) {
    const anatomy::Structure& structure = body().structures[i];
    if (structure.kind != Kind::kMuscle || structure.side != anatomy::Side::kLeft) continue;
    std::string other = structure.id;
    other.replace(other.rfind("left"), 4, "right");
    const auto right = body().find_structure(other);
    ASSERT_NE(right, anatomy::kNone) << other;
    EXPECT_EQ(palette[i].colour, palette[right].colour);
    reds.insert(palette[i].colour.r);
    ++pairs;
  }
  EXPECT_GT(pairs, 3u);
  EXPECT_EQ(reds.size(), pairs);
}

TEST_F(Styles, SegmentsGlowWhereThePressureIs) {
  sim::SimState state;
  state.segments.resize(body().segments.size());
  ASSERT_GT(state.segments.size(), 1u);
  state.segments[1].pressure_pa = 2e4f;
  snapshot_.sim = &state;
  const auto tints = scene::build_segment_tints(body(), snapshot_, scene::Field::kLoad);
  EXPECT_EQ(tints[0].a, 0.0f);
  EXPECT_GT(tints[1].a, 0.1f);
}

// Cividis rises in lightness all the way, so it reads without colour vision too.
TEST(ColourMaps, CividisRisesEvenly) {
  float last = -1.0f;
  for (int i = 0; i <= 100; ++i) {
    const float lightness = std::cbrt(scene::luminance(scene::cividis(0.01f * i)));
    EXPECT_GT(lightness, last);
    last = lightness;
  }
}

}  // namespace

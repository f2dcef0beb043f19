// Laws of what is seen: layers peel, hiding and isolation filter, load lights up, colours can be
// told apart without colour vision.
#include "scene/body_styles.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <set>

#include "scene/colour_maps.h"
#include "scene/safety_paint.h"
#include "support/phantom_body.h"
#include "support/sim_fixture.h"

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
    std::vector<draw::StructureStyle> styles;
    scene::build_styles(body(), scene::make_palette(body()), snapshot_, view_, styles);
    return styles;
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

// The phantom has none: one of its bones is taken for a nerve, two muscles for vessels.
TEST_F(Styles, NervesAndVesselsShowInEveryLayerUnlessSwitchedOff) {
  anatomy::Body made = body();
  int changed = 0;
  for (anatomy::Structure& structure : made.structures) {
    if (structure.kind != Kind::kBone && structure.kind != Kind::kMuscle) continue;
    structure.kind = std::array{Kind::kNerve, Kind::kArtery, Kind::kVein}[changed % 3];
    structure.layer = Layer::kIntermediate;
    if (++changed == 3) break;
  }
  ASSERT_EQ(changed, 3);
  const auto styles_of_made = [&] {
    std::vector<draw::StructureStyle> styles;
    scene::build_styles(made, scene::make_palette(made), snapshot_, view_, styles);
    return styles;
  };
  for (const Layer layer : {Layer::kSuperficial, Layer::kDeep, Layer::kSkeleton}) {
    for (const bool xray : {false, true}) {
      document_.layer = layer;
      document_.xray = xray;
      document_.nerves = true;
      const auto shown = styles_of_made();
      document_.nerves = false;
      const auto without = styles_of_made();
      for (std::size_t i = 0; i < shown.size(); ++i) {
        const anatomy::Structure& structure = made.structures[i];
        if (!anatomy::is_strand(structure.kind)) {
          EXPECT_EQ(shown[i].opacity, without[i].opacity) << structure.id;
          continue;
        }
        // X-ray looks through muscles for them.
        EXPECT_EQ(shown[i].opacity, 1.0f) << structure.id;
        EXPECT_EQ(without[i].opacity, 0.0f) << structure.id;
      }
    }
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
  std::vector<glm::vec4> tints;
  scene::build_segment_tints(body(), snapshot_, tints);
  EXPECT_EQ(tints[0].a, 0.0f);
  EXPECT_GT(tints[1].a, 0.1f);
}

TEST_F(Styles, AFieldColoursBySegmentAndLeavesWhatIsQuiet) {
  sim::SimState state;
  state.segments.resize(body().segments.size());
  state.segments[1].pressure_pa = 2e4f;
  state.segments[2].pressure_pa = 6e4f;
  snapshot_.sim = &state;
  document_.field = session::Field::kPressure;
  std::vector<glm::vec4> pressure;
  scene::build_segment_tints(body(), snapshot_, pressure);
  EXPECT_EQ(pressure[0].a, 0.0f);
  EXPECT_GT(pressure[1].a, 0.5f);
  EXPECT_GT(scene::luminance(pressure[2]), scene::luminance(pressure[1]));
  // Flow at rest is the light middle of its colours, everywhere.
  document_.field = session::Field::kFlow;
  std::vector<glm::vec4> flow;
  scene::build_segment_tints(body(), snapshot_, flow);
  for (const glm::vec4& tint : flow) EXPECT_GT(scene::luminance(tint), 0.85f);
}

TEST(Limits, TheMoreForceTheLighter) {
  float last = -1.0f;
  for (std::size_t i = 0; i < scene::kLimitClasses.size(); ++i) {
    const float light = scene::luminance(scene::limit_colour(i));
    EXPECT_GT(light, last);
    last = light;
  }
  EXPECT_EQ(scene::limit_class(0.0f), 0u);
  EXPECT_EQ(scene::limit_class(25.0f), 1u);
  EXPECT_EQ(scene::limit_class(60.0f), 2u);
  EXPECT_EQ(scene::limit_class(150.0f), 4u);
}

TEST(Limits, SkinNamesItsRegionsAndMusclesKeepTheirSegments) {
  const auto index = test_support::make_phantom();
  const auto model = test_support::load_phantom_model(index);
  ASSERT_NE(model, nullptr);
  const anatomy::Body& body = index->body();
  const auto painted = scene::paint_regions(body, 1, *model->safety);
  const auto& mesh = body.lods[1];
  ASSERT_EQ(painted.size(), mesh.positions_m.size());
  std::vector<glm::vec4> tints(body.segments.size());
  session::Snapshot snapshot;
  snapshot.model = model.get();
  scene::append_region_tints(snapshot, true, tints);
  std::size_t skin = 0;
  for (std::size_t v = 0; v < painted.size(); ++v) {
    if (body.structures[mesh.vertex_structure[v]].kind != Kind::kSkin) {
      EXPECT_EQ(painted[v], mesh.vertex_segment[v]);
      continue;
    }
    ++skin;
    ASSERT_LT(painted[v], tints.size());
    const auto region = static_cast<sim::RegionIndex>(painted[v] - body.segments.size());
    EXPECT_EQ(region, model->safety->find_region(mesh.positions_m[v], mesh.normals[v]));
    EXPECT_EQ(tints[painted[v]].a > 1.0f, model->safety->region(region).no_go());
  }
  EXPECT_GT(skin, 0u);
  const auto& regions = model->safety->rules().regions;
  for (std::size_t i = 0; i < regions.size(); ++i)
    EXPECT_EQ(tints[body.segments.size() + i].a > 1.0f, regions[i].no_go()) << regions[i].id;
}

// Lighter towards the middle from both ends, which are equally dark: no direction looks stronger.
TEST(ColourMaps, BlueRedIsLightestInTheMiddle) {
  const auto lightness = [](float t) { return std::cbrt(scene::luminance(scene::blue_red(t))); };
  for (int i = 0; i < 50; ++i) {
    EXPECT_LT(lightness(0.01f * i), lightness(0.01f * (i + 1)));
    EXPECT_LT(lightness(1.0f - 0.01f * i), lightness(1.0f - 0.01f * (i + 1)));
  }
  const auto& flow = session::scale_of(session::Field::kFlow);
  EXPECT_EQ(scene::colour_of(flow, session::place_of(flow, *flow.baseline)), scene::blue_red(0.5f));
  EXPECT_NEAR(lightness(0.1f), lightness(0.9f), 0.08f);
}

TEST(ColourMaps, SrgbIsARoundTrip) {
  for (const std::uint32_t hex : {0x000000u, 0x123570u, 0xF7F7F7u}) {
    const glm::vec3 srgb = scene::to_srgb(scene::from_srgb(hex));
    EXPECT_NEAR(srgb.r, static_cast<float>(hex >> 16) / 255.0f, 1e-4f);
    EXPECT_NEAR(srgb.b, static_cast<float>(hex & 255u) / 255.0f, 1e-4f);
  }
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

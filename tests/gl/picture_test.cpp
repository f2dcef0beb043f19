// Laws of pictures: what is there is seen, what is hidden is not, the same list gives the same
// picture, drawing order does not matter for glass, every resolution fills its target.
#include <glad/gl.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <numeric>

#include "render/gl/offscreen_context.h"
#include "render/renderer.h"
#include "scene/scene.h"
#include "support/phantom_body.h"

namespace {

constexpr int kWidth = 240;
constexpr int kHeight = 180;

class Picture : public ::testing::Test {
 protected:
  void SetUp() override {
    auto context = render::OffscreenContext::make(kWidth, kHeight);
    ASSERT_TRUE(context) << context.error().message;
    context_ = std::move(*context);
    renderer_ =
        render::Renderer::make(std::filesystem::path(BACKMATE_SOURCE_DIR) / "shaders").value();
    test_support::PhantomSpec spec;
    spec.cell_m = 0.012f;
    body_ = test_support::make_phantom(spec);
    document_.hidden.assign(body_->body().structures.size(), 0);
    document_.isolated = document_.selected = document_.hidden;
    snapshot_.index = body_.get();
    snapshot_.document = &document_;
    builder_ = std::make_unique<scene::SceneBuilder>(body_);
    camera_ = draw::make_standard_view(
        draw::StandardView::kBack, scene::visible_bounds(body_->body(), document_), 4.0f / 3.0f);
    options_.width = kWidth;
    options_.height = kHeight;
  }
  void TearDown() override {
    builder_.reset();
    renderer_.reset();  // before its context
    context_.reset();
  }
  draw::DrawList list() { return builder_->build(snapshot_, view_); }
  render::Image draw(const draw::DrawList& what) {
    renderer_->render(what, camera_, options_, context_->framebuffer());
    return context_->read_pixels();
  }
  static int red(const render::Image& image, int x, int y) {
    return image.rgba[4 * static_cast<std::size_t>(y * image.width + x)];
  }
  static int blue(const render::Image& image, int x, int y) {
    return image.rgba[4 * static_cast<std::size_t>(y * image.width + x) + 2];
  }

  std::unique_ptr<render::OffscreenContext> context_;
  std::unique_ptr<render::Renderer> renderer_;
  std::shared_ptr<const anatomy::BodyIndex> body_;
  std::unique_ptr<scene::SceneBuilder> builder_;
  session::Document document_;
  session::Snapshot snapshot_;
  scene::ViewState view_;
  draw::Camera camera_;
  render::RenderOptions options_;
};

TEST_F(Picture, MusclesAreRedAndTheStudioIsNot) {
  const render::Image image = draw(list());
  EXPECT_GT(red(image, kWidth / 2 + 12, kHeight / 2),
            blue(image, kWidth / 2 + 12, kHeight / 2) + 30);
  EXPECT_LT(std::abs(red(image, 3, 3) - blue(image, 3, 3)), 20);
}

TEST_F(Picture, TheSameListGivesTheSamePicture) {
  const render::Image first = draw(list());
  const render::Image second = draw(list());
  EXPECT_TRUE(render::compare(first, second).identical());
}

TEST_F(Picture, NothingVisibleIsOnlyStudio) {
  draw::DrawList empty = list();
  for (auto& style : empty.body.styles) style.opacity = 0.0f;
  empty.ground = draw::GroundShadow{};
  draw::DrawList bare = empty;
  bare.body = draw::BodyDraw{};
  EXPECT_TRUE(render::compare(draw(empty), draw(bare)).identical());
}

TEST_F(Picture, EveryInnerResolutionFillsTheTarget) {
  const render::Image full = draw(list());
  for (const float scale : {0.5f, 0.75f}) {
    options_.resolution_scale = scale;
    const auto apart = render::compare(full, draw(list()));
    EXPECT_LT(apart.mean_abs, 6.0);
    EXPECT_GT(apart.mean_abs, 0.0);
  }
}

TEST_F(Picture, MultisamplingSmoothsButKeepsThePicture) {
  const render::Image plain = draw(list());
  options_.samples = 4;
  EXPECT_LT(render::compare(plain, draw(list())).mean_abs, 3.0);
}

// Triangles of see-through structures in reverse order: the same picture.
TEST_F(Picture, GlassDoesNotDependOnDrawingOrder) {
  document_.xray = true;
  draw::DrawList forward = list();
  std::vector<std::uint32_t> reversed(forward.body.mesh.indices.begin(),
                                      forward.body.mesh.indices.end());
  for (const draw::IndexRange& range : forward.body.ranges) {
    for (std::uint32_t i = 0; i < range.count / 6; ++i) {
      for (std::uint32_t c = 0; c < 3; ++c) {
        std::swap(reversed[range.first + 3 * i + c],
                  reversed[range.first + range.count - 3 * (i + 1) + c]);
      }
    }
  }
  draw::DrawList backward = forward;
  backward.body.mesh.indices = reversed;
  backward.body.mesh.id += 1;
  EXPECT_LT(render::compare(draw(forward), draw(backward)).mean_abs, 0.02);
}

// The same body with its structures listed the other way round.
TEST_F(Picture, GlassDoesNotDependOnTheOrderOfStructures) {
  document_.layer = anatomy::Layer::kSkin;
  document_.xray = true;
  options_.occlusion = false;
  const draw::DrawList forward = list();
  ASSERT_GT(std::count_if(forward.body.styles.begin(), forward.body.styles.end(),
                          [](const auto& s) { return s.opacity > 0.0f && s.opacity < 1.0f; }),
            4);
  draw::DrawList backward = forward;
  std::reverse(backward.body.styles.begin(), backward.body.styles.end());
  std::reverse(backward.body.ranges.begin(), backward.body.ranges.end());
  std::vector<std::uint16_t> renumbered;
  for (const std::uint16_t structure : forward.body.mesh.structure)
    renumbered.push_back(static_cast<std::uint16_t>(forward.body.styles.size() - 1 - structure));
  backward.body.mesh.structure = renumbered;
  backward.body.mesh.id += 1;
  EXPECT_TRUE(render::compare(draw(forward), draw(backward)).identical());
}

// Glass behind glass: muscles show through the skin.
TEST_F(Picture, MusclesShowThroughSkinOfGlass) {
  document_.layer = anatomy::Layer::kSkin;
  document_.xray = true;
  const draw::DrawList whole = list();
  draw::DrawList bare = whole;
  for (auto& style : bare.body.styles) {
    if (style.material == draw::Material::kMuscle) style.opacity = 0.0f;
  }
  EXPECT_GT(render::compare(draw(whole), draw(bare)).mean_abs, 1.0);
}

// Cut open in the middle and looked at from above: a filled face, and nothing in front of it.
TEST_F(Picture, ACutBodyIsFilledAndNothingHidesItsFace) {
  document_.layer = anatomy::Layer::kSkin;
  camera_.pitch_rad = 0.9f;
  const draw::DrawList whole = list();
  const geom::Aabb box = scene::visible_bounds(body_->body(), document_);
  draw::DrawList cut = whole;
  cut.cut.point_m = cut.cut.focus_m = box.centre();
  cut.cut.normal = {0.0f, 1.0f, 0.0f};
  const render::Image hollow = draw(cut);
  EXPECT_GT(render::compare(draw(whole), hollow).far_fraction, 0.1);
  // A face of one colour that nothing else has.
  const float half = 0.5f * box.size().x;
  const glm::vec3 green(0.05f, 0.7f, 0.05f);
  const glm::vec3 c = box.centre();
  for (const glm::vec3 d :
       {glm::vec3(-half, 0, -half), glm::vec3(-half, 0, half), glm::vec3(half, 0, half),
        glm::vec3(-half, 0, -half), glm::vec3(half, 0, half), glm::vec3(half, 0, -half)})
    cut.cut.face.push_back({c + 0.5f * d, green, 1.0f});
  for (const bool xray : {false, true}) {
    document_.xray = xray;
    draw::DrawList shown = list();
    shown.cut = cut.cut;
    for (const int samples : {1, 4}) {
      options_.samples = samples;
      const render::Image image = draw(shown);
      const glm::vec2 at = camera_.project(c, {kWidth, kHeight});
      const int x = static_cast<int>(at.x), y = static_cast<int>(at.y);
      const std::size_t i = 4 * static_cast<std::size_t>(y * kWidth + x);
      EXPECT_GT(image.rgba[i + 1], image.rgba[i] + 60) << "x-ray " << xray;
    }
  }
  document_.selected[1] = 1;
  document_.xray = true;
  draw::DrawList all = list();
  all.cut = cut.cut;
  draw(all);
  EXPECT_LE(renderer_->body_draw_calls(), 60);
}

TEST_F(Picture, WhoeverStandsDarkensTheFloor) {
  camera_.pitch_rad = 0.3f;
  options_.samples = 4;  // smoothed edges would mix neighbours
  const draw::DrawList standing = list();
  draw::DrawList floating = standing;
  floating.ground = draw::GroundShadow{};
  const render::Image with = draw(standing);
  const render::Image without = draw(floating);
  const auto apart = render::compare(with, without);
  EXPECT_GT(apart.far_fraction, 0.002);
  for (std::size_t i = 0; i < with.rgba.size(); ++i) ASSERT_LE(with.rgba[i], without.rgba[i] + 1);
  // Above the middle nothing has changed: no edge of a floor, nothing on the body.
  const auto middle = static_cast<std::ptrdiff_t>(with.rgba.size() / 2);
  EXPECT_TRUE(std::equal(with.rgba.begin(), with.rgba.begin() + middle, without.rgba.begin()));

  draw::DrawList cut_out = standing;
  cut_out.background.transparent = true;
  floating.background.transparent = true;
  EXPECT_TRUE(render::compare(draw(cut_out), draw(floating)).identical());

  camera_.pitch_rad = -0.5f;  // from below
  floating.background.transparent = false;
  EXPECT_TRUE(render::compare(draw(standing), draw(floating)).identical());
}

TEST_F(Picture, ASelectedMuscleIsOutlined) {
  const render::Image before = draw(list());
  for (std::size_t i = 0; i < document_.selected.size(); ++i) {
    if (body_->body().structures[i].kind == anatomy::Kind::kMuscle) {
      document_.selected[i] = 1;
      break;
    }
  }
  const auto apart = render::compare(before, draw(list()));
  EXPECT_GT(apart.far_fraction, 0.0005);
  EXPECT_LT(apart.far_fraction, 0.2);
}

TEST_F(Picture, ChangedMeshesAreUploadedAgain) {
  draw::DrawList first = list();
  const render::Image before = draw(first);
  std::vector<glm::vec3> moved(first.body.mesh.positions_m.begin(),
                               first.body.mesh.positions_m.end());
  for (glm::vec3& p : moved) p.x += 0.05f;
  draw::DrawList second = first;
  second.body.mesh.positions_m = moved;
  EXPECT_TRUE(render::compare(before, draw(second)).identical()) << "same id and version";
  second.body.mesh.version += 1;
  EXPECT_GT(render::compare(before, draw(second)).mean_abs, 1.0);
}

TEST_F(Picture, AFailedWriteHarmsNothing) {
  const render::Image image = draw(list());
  const auto folder = std::filesystem::temp_directory_path() / "backmate_picture_test";
  std::filesystem::create_directories(folder);
  EXPECT_FALSE(render::save_png(image, folder / "none" / "a.png"));
  ASSERT_TRUE(render::save_png(image, folder / "a.png"));
  const auto back = render::load_png(folder / "a.png");
  ASSERT_TRUE(back) << back.error().message;
  EXPECT_TRUE(render::compare(image, *back).identical());
  std::filesystem::remove_all(folder);
}

TEST(Offscreen, RefusesSizesInWords) {
  for (const int side : {0, -4, 20000}) {
    const auto context = render::OffscreenContext::make(side, 100);
    ASSERT_FALSE(context);
    EXPECT_NE(context.error().message.find("16384"), std::string::npos);
  }
}

TEST_F(Picture, NothingBehindTheBodyIsNothingInThePicture) {
  const render::Image whole = draw(list());
  draw::DrawList cut_out = list();
  cut_out.background.transparent = true;
  for (const int samples : {1, 4}) {
    options_.samples = samples;
    const render::Image image = draw(cut_out);
    const auto alpha = [&](int x, int y) {
      return image.rgba[4 * static_cast<std::size_t>(y * image.width + x) + 3];
    };
    EXPECT_EQ(alpha(2, 2), 0);
    EXPECT_EQ(alpha(kWidth / 2 + 12, kHeight / 2), 255);
    EXPECT_EQ(red(image, kWidth / 2 + 12, kHeight / 2), red(whole, kWidth / 2 + 12, kHeight / 2));
    for (std::size_t i = 0; i < image.rgba.size(); i += 4) {
      for (std::size_t c = i; c < i + 3; ++c)
        ASSERT_LE(image.rgba[c], image.rgba[i + 3] + 1) << "colours are multiplied by coverage";
    }
  }
  // Glass covers partly.
  document_.xray = true;
  draw::DrawList glass = list();
  glass.background.transparent = true;
  options_.samples = 1;
  const render::Image image = draw(glass);
  std::size_t partly = 0;
  for (std::size_t i = 3; i < image.rgba.size(); i += 4)
    partly += image.rgba[i] > 20 && image.rgba[i] < 235;
  EXPECT_GT(partly, 50u);
}

TEST_F(Picture, TheBodyIsFewDrawCalls) {
  draw(list());
  EXPECT_GE(renderer_->body_draw_calls(), 1);
  EXPECT_LE(renderer_->body_draw_calls(), 60);
  document_.xray = true;
  document_.selected[1] = 1;
  draw(list());
  EXPECT_LE(renderer_->body_draw_calls(), 60);
}

// Over the same picture the interface may change as often as it likes.
TEST_F(Picture, RepaintGivesTheSamePicture) {
  EXPECT_FALSE(renderer_->repaint(context_->framebuffer())) << "nothing to paint yet";
  document_.selected[1] = 1;  // an outline
  for (const int samples : {1, 4}) {
    for (const float scale : {1.0f, 0.5f}) {
      options_.samples = samples;
      options_.resolution_scale = scale;
      const render::Image first = draw(list());
      glBindFramebuffer(GL_FRAMEBUFFER, context_->framebuffer());
      glClearColor(1.0f, 0.0f, 1.0f, 1.0f);
      glClear(GL_COLOR_BUFFER_BIT);
      // As an interface leaves it.
      glEnable(GL_BLEND);
      glEnable(GL_SCISSOR_TEST);
      glScissor(0, 0, 10, 10);
      EXPECT_FALSE(render::compare(first, context_->read_pixels()).identical());
      ASSERT_TRUE(renderer_->repaint(context_->framebuffer()));
      EXPECT_TRUE(render::compare(first, context_->read_pixels()).identical());
    }
  }
}

}  // namespace

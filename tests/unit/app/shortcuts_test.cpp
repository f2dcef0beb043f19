// Every key of product.md does what it says there.
#include "app/shortcuts.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "support/phantom_body.h"

namespace {

namespace fs = std::filesystem;

class ShortcutsTest : public testing::Test {
 protected:
  void SetUp() override {
    const fs::path assets = fs::path(BACKMATE_SOURCE_DIR) / "assets";
    auto tool = tool::load_tool(assets / "attachments");
    ASSERT_TRUE(tool) << tool.error().message;
    auto made = session::Session::make({test_support::make_phantom(),
                                        std::make_shared<const tool::ToolSpec>(*tool), assets,
                                        "desk_shoulders"});
    ASSERT_TRUE(made) << made.error().message;
    session_ = std::move(*made);
  }
  app::Wishes tap(const char* name, app::Mods mods = {},
                  anatomy::StructureIndex hovered = anatomy::kNone) {
    const auto wishes =
        app::read_shortcut(*app::parse_key(name), mods, session_->snapshot(), hovered);
    for (const auto& command : wishes.commands) {
      const auto status = session_->apply(command);
      EXPECT_TRUE(status) << name << ": " << status.error().message;
    }
    return wishes;
  }
  const session::Document& document() const { return *session_->snapshot().document; }
  std::unique_ptr<session::Session> session_;
};

TEST_F(ShortcutsTest, QAndETurnTheHeadOppositeWaysAndStopAtTheEnds) {
  tap("Q");
  EXPECT_NEAR(base::to_degrees(document().head.angle), 15.0f, 1e-3f);
  tap("E");
  tap("E");
  EXPECT_NEAR(base::to_degrees(document().head.angle), -15.0f, 1e-3f);
  for (int i = 0; i < 20; ++i) tap("E");
  EXPECT_NEAR(base::to_degrees(document().head.angle), -90.0f, 1e-3f);
}

TEST_F(ShortcutsTest, WAndSPitchWithinTheTool) {
  tap("W");
  EXPECT_LT(document().head.pitch.value, 0.0f);
  for (int i = 0; i < 20; ++i) tap("S");
  EXPECT_NEAR(base::to_degrees(document().head.pitch), 45.0f, 1e-3f);
}

TEST_F(ShortcutsTest, AGoesRoundOurOwnAttachments) {
  const auto& attachments = session_->snapshot().tool->attachments;
  const auto ours = std::count_if(attachments.begin(), attachments.end(), [](const auto& a) {
    return a.family == tool::Family::kBackmate;
  });
  ASSERT_GT(ours, 1);
  ASSERT_LT(ours, static_cast<std::ptrdiff_t>(attachments.size()));
  for (std::ptrdiff_t i = 1; i <= ours; ++i) {
    tap("A");
    EXPECT_EQ(document().attachment, static_cast<int>(i % ours));
  }
}

TEST_F(ShortcutsTest, PlusAndMinusStayWithinTheLimit) {
  for (int i = 0; i < 40; ++i) tap("-");
  EXPECT_EQ(document().force.value, 0.0f);
  for (int i = 0; i < 40; ++i) tap("+");
  EXPECT_EQ(document().force, session_->snapshot().tool->attachments[0].force_limit);
}

TEST_F(ShortcutsTest, ViewFiltersToggle) {
  tap("X");
  EXPECT_TRUE(document().xray);
  tap("N");
  EXPECT_FALSE(document().nerves);
  tap("N");
  EXPECT_TRUE(document().nerves);
  tap("]");
  EXPECT_EQ(document().layer, anatomy::Layer::kIntermediate);
  tap("[");
  tap("[");
  tap("[");
  EXPECT_EQ(document().layer, anatomy::Layer::kSkin);
  tap("H", {}, 2);
  EXPECT_EQ(document().hidden[2], 1);
  tap("I", {}, 3);
  EXPECT_EQ(document().isolated[3], 1);
  tap("I", {}, 3);
  EXPECT_FALSE(document().is_isolating());
  tap("H", {.shift = true});
  EXPECT_EQ(document().hidden[2], 0);
}

TEST_F(ShortcutsTest, UndoAndBothRedos) {
  tap("X");
  tap("Z", {.ctrl = true});
  EXPECT_FALSE(document().xray);
  tap("Y", {.ctrl = true});
  EXPECT_TRUE(document().xray);
  tap("Z", {.ctrl = true});
  tap("Z", {.ctrl = true, .shift = true});
  EXPECT_TRUE(document().xray);
}

TEST_F(ShortcutsTest, SpaceRollsAndHolds) {
  tap("Space");
  EXPECT_EQ(document().motion, session::Motion::kRoll);
  tap("Space");
  EXPECT_EQ(document().motion, session::Motion::kHold);
}

TEST_F(ShortcutsTest, ViewsAndTheirOpposites) {
  using app::ViewRequest;
  const auto view = [this](const char* key, app::Mods mods) {
    const auto wishes = tap(key, mods);
    return wishes.views.size() == 1 ? wishes.views.front() : ViewRequest::kEscape;
  };
  EXPECT_EQ(view("1", {}), ViewRequest::kFront);
  EXPECT_EQ(view("1", {.ctrl = true}), ViewRequest::kBack);
  EXPECT_EQ(view("1", {.shift = true}), ViewRequest::kBack);
  EXPECT_EQ(view("3", {}), ViewRequest::kLeft);
  EXPECT_EQ(view("3", {.ctrl = true}), ViewRequest::kRight);
  EXPECT_EQ(view("7", {}), ViewRequest::kTop);
  EXPECT_EQ(view("7", {.shift = true}), ViewRequest::kBelow);
  EXPECT_EQ(view("F", {}), ViewRequest::kFrame);
  EXPECT_EQ(view("R", {}), ViewRequest::kReset);
  EXPECT_EQ(view("F1", {}), ViewRequest::kHelp);
  EXPECT_EQ(view("F11", {}), ViewRequest::kFullScreen);
  EXPECT_EQ(view("F12", {}), ViewRequest::kScreenshot);
  EXPECT_EQ(view("Left", {.alt = true}), ViewRequest::kCameraBack);
}

}  // namespace

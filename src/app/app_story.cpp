// The window's cutaways: which story is shown, made anew when its side or amount changes.
#include "app/app_impl.h"
#include "base/log.h"

namespace app {
namespace {

constexpr float kWindowMargin = 1.25f;

}  // namespace

void App::Impl::load_stories() {
  guide::StoryFiles files = guide::load_stories(setup.resources.assets());
  for (const std::string& sentence : files.refused) base::log_warning(sentence);
  stories = std::move(files.stories);
  view.stories = &stories;
}

void App::Impl::update_story() {
  if (ui_state.cover != ui::Cover::kStory) {
    if (story == nullptr) return;
    story.reset();
    camera.jump_to(before_story);
    settle_frames = kSettleFrames;
    return;
  }
  const ui::StoryState& wanted = ui_state.story;
  if (story != nullptr && wanted == story_of) return;
  const guide::StorySpec& spec = stories[wanted.index];
  auto moment = guide::build_moment(spec, body->body(), wanted.side, wanted.amount);
  if (!moment) {
    ui_state.cover = ui::Cover::kNone;
    complain(moment.error().message);
    return update_story();
  }
  const bool first = story == nullptr;
  const bool turn = first || wanted.index != story_of.index || wanted.side != story_of.side;
  if (first) before_story = camera.camera();
  view.story_bulge_m = moment->bulge_m;
  view.story_gap_m = moment->gap_m;
  const float aspect = camera.viewport_px().x / camera.viewport_px().y;
  // Panels cover a part of the window.
  if (turn) camera.jump_to(scene::story_camera(*moment, kWindowMargin * spec.width_m, aspect));
  story = std::make_unique<scene::StoryPicture>(std::move(*moment));
  story_of = wanted;
  settle_frames = kSettleFrames;
}

}  // namespace app

#include "app/commands/render_story.h"

#include <algorithm>
#include <cstdio>

#include "app/load_body.h"
#include "base/log.h"
#include "data/resources.h"
#include "data/translator.h"
#include "render/gl/offscreen_context.h"
#include "render/renderer.h"
#include "scene/story_picture.h"

namespace app {
namespace {

base::Result<guide::StorySpec> find_story(const std::filesystem::path& assets,
                                          const std::string& id) {
  const guide::StoryFiles files = guide::load_stories(assets);
  for (const std::string& sentence : files.refused) base::log_warning(sentence);
  std::string ids;
  for (const guide::StorySpec& story : files.stories) {
    if (story.id == id) return story;
    ids += (ids.empty() ? "" : ", ") + story.id;
  }
  return base::fail("--story '" + id + "' is not known. Choose one of: " + ids + ".");
}

void print_words(const data::Translator& tr, const std::string& id,
                 const guide::StoryMoment& moment, bool bulges) {
  const auto print = [&](const std::string& key) {
    std::printf("%s\n", std::string(tr(key)).c_str());
  };
  print("story." + id);
  print("story." + id + ".words");
  if (bulges) {
    std::string words(tr("story.bulge"));
    const auto fill_in = [&](const char* place, float metres) {
      char text[16];
      std::snprintf(text, sizeof text, "%.1f", static_cast<double>(1e3f * metres));
      if (const auto at = words.find(place); at != std::string::npos) words.replace(at, 3, text);
    };
    fill_in("{0}", moment.bulge_m);
    fill_in("{1}", moment.gap_m);
    std::printf("%s\n", words.c_str());
  }
  print("story.notice");
}

}  // namespace

base::Status render_story(const StoryArguments& arguments) {
  if (!(arguments.amount >= 0.0f && arguments.amount <= 1.0f))
    return base::fail("--amount must be between 0 and 1.");
  const auto resources = data::find_resources();
  if (!resources) return tl::unexpected(resources.error());
  const auto story = find_story(resources->assets(), arguments.story);
  if (!story) return tl::unexpected(story.error());
  auto tr = data::Translator::load(resources->assets() / "i18n", "en");
  if (!tr) return tl::unexpected(tr.error());
  const auto body = load_body(arguments.body, 0);
  if (!body) return tl::unexpected(body.error());
  auto moment = guide::build_moment(*story, **body, arguments.side, arguments.amount);
  if (!moment) return tl::unexpected(moment.error());
  auto context = render::OffscreenContext::make(arguments.width, arguments.height);
  if (!context) return tl::unexpected(context.error());
  auto renderer = render::Renderer::make(resources->shaders());
  if (!renderer) return tl::unexpected(renderer.error());
  const float aspect = static_cast<float>(arguments.width) / static_cast<float>(arguments.height);
  const draw::Camera camera = scene::story_camera(*moment, story->width_m, aspect);
  print_words(*tr, story->id, *moment, story->bulge.has_value());
  scene::StoryPicture picture(std::move(*moment));
  scene::ViewState view;
  view.show_handle = false;
  render::RenderOptions options;
  options.width = arguments.width;
  options.height = arguments.height;
  options.samples = arguments.best ? 4 : 1;
  (*renderer)->render(picture.build(view), camera, options, (*context)->framebuffer());
  return render::save_png((*context)->read_pixels(), arguments.out);
}

}  // namespace app

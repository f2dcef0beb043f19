#include "guide/story.h"

#include <algorithm>
#include <glm/geometric.hpp>

#include "data/json_file.h"

namespace guide {
namespace {

base::Result<StorySpec> load_story(const std::filesystem::path& file,
                                   const std::filesystem::path& schemas) {
  constexpr float kMetresPerMm = 1e-3f;
  const auto document = data::read_checked_json(file, "backmate-story", schemas);
  if (!document) return tl::unexpected(document.error());
  const data::Json& json = *document;
  const auto refuse = [&](const std::string& what) {
    return base::fail("'" + file.string() + "': " + what);
  };
  StorySpec story;
  story.id = json["id"];
  if (story.id != file.stem().string())
    return refuse("'id' is '" + story.id + "', but must be the file's name");
  story.order = json["order"];
  story.conditions = json["conditions"];
  const data::Json& view = json["view"];
  story.look_at = view["at"];
  for (int k = 0; k < 3; ++k)
    story.from[k] = view["from"][static_cast<std::size_t>(k)].get<float>();
  if (glm::length(story.from) < 0.1f) return refuse("'view.from' must be a direction");
  story.from = glm::normalize(story.from);
  story.width_m = view["width_mm"].get<float>() * kMetresPerMm;
  if (json.contains("cut_above_mm"))
    story.cut_above_m = json["cut_above_mm"].get<float>() * kMetresPerMm;
  for (const data::Json& item : json["shows"]) {
    story.shows.push_back(
        {item["entry"], item.value("glass", false), item.value("both_sides", false)});
  }
  if (json.contains("bulge") == json.contains("squeeze"))
    return refuse("give either 'bulge' or 'squeeze': something must change with the amount");
  const auto is_shown = [&](const std::string& entry) {
    return std::any_of(story.shows.begin(), story.shows.end(),
                       [&](const StoryShow& show) { return show.entry == entry; });
  };
  std::vector<std::string> needed = {story.look_at};
  if (json.contains("bulge")) {
    const data::Json& b = json["bulge"];
    story.bulge = {b["disc"], b["root"], b["largest_mm"].get<float>() * kMetresPerMm,
                   b["spread_mm"].get<float>() * kMetresPerMm,
                   b["touches_mm"].get<float>() * kMetresPerMm};
    if (story.bulge->touches_m > story.bulge->largest_m)
      return refuse("'bulge.touches_mm' is more than 'bulge.largest_mm': it never gets there");
    needed.insert(needed.end(), {story.bulge->disc, story.bulge->root});
  } else {
    const data::Json& s = json["squeeze"];
    story.squeeze = {s["in_front"], s["behind"], s["nerves"], s["largest_share"].get<float>()};
    needed.insert(needed.end(), {story.squeeze->in_front, story.squeeze->behind});
    needed.insert(needed.end(), story.squeeze->nerves.begin(), story.squeeze->nerves.end());
  }
  for (const std::string& entry : needed) {
    if (!is_shown(entry)) return refuse("'shows' lacks '" + entry + "', which the story is about");
  }
  return story;
}

}  // namespace

StoryFiles load_stories(const std::filesystem::path& assets_dir) {
  StoryFiles result;
  std::error_code error;
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(assets_dir / "stories", error)) {
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  for (const auto& file : files) {
    auto story = load_story(file, assets_dir / "schema");
    if (story) {
      result.stories.push_back(std::move(*story));
    } else {
      result.refused.push_back(story.error().message);
    }
  }
  std::stable_sort(result.stories.begin(), result.stories.end(),
                   [](const StorySpec& a, const StorySpec& b) { return a.order < b.order; });
  return result;
}

}  // namespace guide

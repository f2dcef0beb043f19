// Cutaways that explain how a nerve gets pressed: assets/stories/<id>.json (format
// "backmate-story"). Each says what is shown, what of it is glass, from where, and what changes as
// its amount goes from 0 to 1: a disc that bulges against a root, or two muscles that close the gap
// round nerves. Drawn to explain, not to diagnose: no person is simulated, and no story heals by
// rolling. Described for the left side, mirrored for the right. Metres.
//
// Words live in the translations: "story.<id>" and "story.<id>.words".
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "anatomy/body.h"
#include "base/result.h"

namespace guide {

struct StoryShow {
  std::string entry;
  bool glass = false;
  bool both_sides = false;
};

struct StoryBulge {
  std::string disc;
  std::string root;
  float largest_m = 0.0f;
  float spread_m = 0.0f;   // half its width
  float touches_m = 0.0f;  // the bulge that reaches the root of the built-in body
};

struct StorySqueeze {
  std::string in_front;
  std::string behind;
  std::vector<std::string> nerves;
  float largest_share = 0.0f;  // how much flatter the nerves get
};

struct StorySpec {
  std::string id;
  int order = 0;
  std::vector<std::string> conditions;
  std::string look_at;
  glm::vec3 from{0.0f};  // unit; where one looks from, for the left side
  float width_m = 0.1f;
  std::optional<float> cut_above_m;  // over what is looked at, of all that does not change
  std::vector<StoryShow> shows;
  std::optional<StoryBulge> bulge;
  std::optional<StorySqueeze> squeeze;
};

struct StoryFiles {
  std::vector<StorySpec> stories;    // in the order of lists
  std::vector<std::string> refused;  // a sentence for each file that is wrong
};

// A wrong file is named with its field and left out, the rest still loads.
StoryFiles load_stories(const std::filesystem::path& assets_dir);

// One moment of a story, as a body of its own: the finest level of detail of what is shown, nothing
// else. It can be drawn, but not queried or simulated.
struct StoryMoment {
  std::shared_ptr<const anatomy::Body> body;
  std::vector<std::uint8_t> glass;  // per structure of it
  std::vector<float> pressed;  // per structure: 0 at rest .. 1 pressed as far as the story goes
  glm::vec3 look_at_m{0.0f};
  glm::vec3 from{0.0f};  // unit, for the side
  float bulge_m = 0.0f;  // now
  float gap_m = 0.0f;    // the bulge at which the disc reaches the root
};

// `side` kMedian means left; amount in [0, 1]. Fails in words where the body lacks a structure that
// the story is about; others that it lacks are left out.
base::Result<StoryMoment> build_moment(const StorySpec& story, const anatomy::Body& body,
                                       anatomy::Side side, float amount);

}  // namespace guide

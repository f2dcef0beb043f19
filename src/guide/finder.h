// The finder: from where it hurts to where to place the head. "Places people often roll for this;
// not a diagnosis." Two ways in: a condition, after a short check that can end in "not today"; or
// a place on the skin, whose muscles lead to placements. Pure functions over data
// (assets/finder/finder.json, format "backmate-finder").
//
// Words live in the translations: "finder.question.<id>" and "finder.flag.<id>" of a question; a
// reason is a key of its own. What a yes means follows the red flags of the safety rules; it is a
// cautious choice of ours, not a published rule.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "anatomy/body.h"
#include "base/result.h"
#include "guide/placement.h"

namespace guide {

// From harmless to serious.
enum class Verdict : std::uint8_t {
  kFine,
  kGentle,    // comfort ratio at most SafetyRules::comfort_gentle
  kAskFirst,  // a clinician is asked first, and then gentle
  kNotToday   // see a clinician first: no placement is named
};
// The words used in files: "fine", "gentle", "ask_first", "not_today".
std::string_view to_string(Verdict verdict);

struct FinderQuestion {
  std::string id;
  Verdict yes_means = Verdict::kNotToday;
};

struct FinderChoice {
  std::string placement;   // id
  std::string reason_key;  // one sentence
};

struct FinderCondition {
  std::string id;
  std::string by_default;             // the question that it has answered with yes; empty: none
  std::vector<FinderChoice> choices;  // best first
};

struct Finder {
  std::vector<FinderQuestion> questions;
  std::vector<FinderCondition> conditions;
};

struct FinderFile {
  Finder finder;
  std::vector<std::string> refused;  // a sentence for each entry that is wrong
};

// Wrong entries are named by file and field and left out, the rest still loads.
FinderFile load_finder(const std::filesystem::path& assets_dir,
                       const std::vector<PlacementSpec>& placements);

struct FinderAnswer {
  Verdict verdict = Verdict::kFine;
  std::vector<std::string> flags;     // ids of the questions behind it, the most serious first
  std::vector<FinderChoice> choices;  // best first; none where the verdict is "not today"
};

// `yes`: ids of the questions answered with yes. Refuses an unknown condition or question.
base::Result<FinderAnswer> answer(const Finder& finder, std::string_view condition,
                                  const std::vector<std::string>& yes);

// The check alone, for whoever points at a place instead of naming a complaint: no choices.
FinderAnswer check(const Finder& finder, const std::vector<std::string>& yes);

// How hard to lean in where the verdict is "gentle": the lighter end of what a placement takes; of
// one that only says "at most", half its default.
base::Newtons gentle_force(const PlacementSpec& placement);

// A muscle under a place on the skin.
struct MuscleHere {
  anatomy::StructureIndex structure = anatomy::kNone;
  float depth_m = 0.0f;  // of its outer side, the mean over where it was met
};

// Under a thumb's breadth of skin around the point, the outermost first, down to bone or 6 cm.
std::vector<MuscleHere> find_muscles_at(glm::vec3 skin_point_m, const anatomy::BodyIndex& body);

struct PlaceHere {
  int placement = 0;  // index
  anatomy::Side side = anatomy::Side::kRight;
  anatomy::StructureIndex muscle = anatomy::kNone;  // why: the outermost that it is for
  bool primary = false;
  float away_m = 0.0f;  // from the point to the head's middle; across the spine, to a ball
};

struct AnswerHere {
  std::vector<MuscleHere> muscles;
  std::vector<PlaceHere> places;
};

// Placements for the muscles under the point, on its side of the body: the nearest first, where
// one that only has a muscle of the place as secondary counts as 3 cm further away. None is further
// than 16 cm or on the other face of the body. Whether it is a day for it, check() says.
AnswerHere answer_at(glm::vec3 skin_point_m, const anatomy::BodyIndex& body,
                     const std::vector<PlacementSpec>& placements, const tool::ToolSpec& tool);

// The same for where a head is: under its middle or, of a head across the spine, under its balls on
// either side. A placement is named once, on the side where it is nearer.
AnswerHere answer_under(const tool::HeadPose& head, const tool::AttachmentSpec& attachment,
                        const anatomy::BodyIndex& body,
                        const std::vector<PlacementSpec>& placements, const tool::ToolSpec& tool);

}  // namespace guide

// A plan to print: for one goal the places, how high the bar goes for this person, how to stand,
// how long, how hard, and what to mind. Words and figures here, as plain data; plan_page.h lays
// them out, and pictures are put in by whoever can render.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "data/json_file.h"
#include "guide/finder.h"
#include "guide/placement_fit.h"
#include "session/stand_words.h"

namespace report {

struct PlanPicture {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> rgba;  // top row first, sRGB, opaque
};

struct PlanPlace {
  std::string id;
  anatomy::Side side = anatomy::Side::kRight;
  std::string name;
  std::string muscles;
  std::string reason;  // may be empty
  std::string how;
  std::string how_line;  // with the attachment and how its bar stands
  std::string caution;
  std::vector<std::string> notes;  // how to stand, bar out of reach, turn, the other side
  std::vector<session::NamedFigure> figures;
  guide::Stand stand;
  base::Newtons force;
  std::array<base::Seconds, 2> seconds;
  guide::Sketch sketch;
  std::vector<std::string> sketch_words;  // one for each label of the sketch
  PlanPicture picture;                    // may be empty
};

struct Plan {
  std::string goal;  // id of a condition or a placement
  std::string kicker;
  std::string title;
  std::string person;
  std::string intro;
  guide::MySize size;
  guide::Verdict verdict = guide::Verdict::kFine;
  std::vector<std::string> warnings;  // doorway, "ask a clinician first"
  std::vector<PlanPlace> places;
  std::string stop_title, scale_title, rules_title;
  std::vector<std::string> stop;  // short
  std::string scale, rules;
  std::vector<std::string> footer;
};

// What a plan is made from.
struct PlanSources {
  const sim::SimModel& model;  // with the body; places are at their spots on it
  const tool::ToolSpec& tool;
  const std::vector<guide::PlacementSpec>& placements;
  const guide::Finder& finder;
  const data::Translator& tr;
};

// For a condition, with the questions answered with yes. Where the answer is "not today" there is
// no plan: the sentence says why and what to do. A place that this body lacks is left out.
base::Result<Plan> plan_for_condition(const PlanSources& sources, const std::string& condition,
                                      const std::vector<std::string>& yes, anatomy::Side side,
                                      const guide::MySize& size);
// For one placement; `force` 0: its default.
base::Result<Plan> plan_for_placement(const PlanSources& sources, const std::string& placement,
                                      anatomy::Side side, const guide::MySize& size,
                                      base::Newtons force);

// Format "backmate-plan".
data::Json make_plan_json(const std::vector<Plan>& plans);

}  // namespace report

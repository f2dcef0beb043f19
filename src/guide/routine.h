// A routine as a value: steps with the tool, one after the other (format "backmate-routine",
// assets/schema). Whether it fits a body is found out when it is planned (guide/routine_plan.h).
#pragma once

#include <filesystem>
#include <glm/vec3.hpp>
#include <optional>
#include <string>
#include <vector>

#include "base/quantity.h"
#include "base/result.h"
#include "guide/placement.h"
#include "sim/condition.h"
#include "tool/attachment.h"

namespace guide {

// Swedish and deep tissue are inputs, never ranked (science.md section 3).
enum class Style : std::uint8_t { kCustom, kSwedish, kDeep };
// The words used in files: "custom", "swedish", "deep".
std::string_view to_string(Style style);

enum class StepSide : std::uint8_t { kAsGiven, kLeft, kRight, kBoth };

struct Stroke {
  std::vector<glm::vec3> path_m;  // at least two points
  std::optional<float> speed_m_s;
};

struct RoutineStep {
  float seconds = 0.0f;
  int attachment = 0;  // index in ToolSpec::attachments
  base::Newtons force;
  glm::vec3 at_m{0.0f};
  std::optional<PlacementSpec> placement;  // in place of at_m; angles are those of the right side
  StepSide side = StepSide::kAsGiven;
  base::Radians angle;
  base::Radians pitch;
  Style style = Style::kCustom;
  std::optional<Stroke> stroke;
  bool hold = false;
  bool braced = false;
};

struct Routine {
  std::string source;  // the file, for messages
  std::string name;
  sim::ConditionChoice condition;
  std::vector<RoutineStep> steps;  // never empty

  double seconds() const;
};

// Two hours in all: longer than any session should be by far.
inline constexpr double kLongestRoutine = 7200.0;

// Refuses, naming file and field: what the schema forbids, an unknown attachment or condition, a
// force over the attachment's limit, angles out of the tool's range, a stroke that is held, more
// time than kLongestRoutine.
base::Result<Routine> load_routine(const std::filesystem::path& file,
                                   const std::filesystem::path& assets_dir,
                                   const tool::ToolSpec& tool);

// One step: a placement as it stands in its file, held (kBoth: half of the time on each side).
Routine make_placement_routine(const PlacementSpec& placement, StepSide side, float seconds);

}  // namespace guide

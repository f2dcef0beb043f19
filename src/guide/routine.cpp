#include "guide/routine.h"

#include <cmath>

#include "data/json_file.h"

namespace guide {
namespace {

std::string number(double value) {
  std::string text = std::to_string(value);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

glm::vec3 read_point(const data::Json& array) {
  return {array[0].get<float>(), array[1].get<float>(), array[2].get<float>()};
}

std::string list_attachments(const tool::ToolSpec& tool) {
  std::string ids;
  for (const tool::AttachmentSpec& attachment : tool.attachments) {
    ids += (ids.empty() ? "" : ", ") + attachment.id;
  }
  return ids;
}

base::Result<base::Radians> read_angle(const data::Json& json, const char* name,
                                       const std::string& where, base::Radians least,
                                       base::Radians most) {
  const float degrees = json[name];
  const base::Radians angle = base::from_degrees(degrees);
  constexpr float kRounding = 1e-5f;
  if (angle.value < least.value - kRounding || angle.value > most.value + kRounding) {
    return base::fail(where + name + "' is " + number(degrees) + ", but this tool goes from " +
                      number(std::lround(base::to_degrees(least))) + " to " +
                      number(std::lround(base::to_degrees(most))) + " degrees.");
  }
  return angle;
}

base::Result<RoutineStep> read_step(const data::Json& json, const std::string& where,
                                    const tool::ToolSpec& tool,
                                    const std::vector<PlacementSpec>& placements, bool braced) {
  RoutineStep step;
  step.seconds = json["seconds"];
  const std::string id = json["attachment"];
  step.attachment = tool.find_attachment(id);
  if (step.attachment < 0) {
    return base::fail(where + "attachment' is '" + id +
                      "', which is not known. Choose one of: " + list_attachments(tool) + ".");
  }
  const auto& attachment = tool.attachments[static_cast<std::size_t>(step.attachment)];
  step.force = base::Newtons{json["force_n"].get<float>()};
  if (step.force > attachment.force_limit) {
    return base::fail(where + "force_n' is " + number(step.force.value) + ", but '" + id +
                      "' takes at most " + number(attachment.force_limit.value) + " N.");
  }
  if (json.contains("placement") == json.contains("at_m")) {
    return base::fail(where +
                      "at_m': give either the place on the skin as [x, y, z] in metres, or a "
                      "'placement' by its id.");
  }
  if (json.contains("at_m")) {
    step.at_m = read_point(json["at_m"]);
  } else {
    const int found = find_placement(placements, json["placement"].get<std::string>());
    if (found < 0) {
      return base::fail(where + "placement' is '" + json["placement"].get<std::string>() +
                        "', which is not known. Choose one of: " + list_ids(placements) + ".");
    }
    step.placement = placements[static_cast<std::size_t>(found)];
    step.angle = step.placement->angle;
    step.pitch = step.placement->pitch;
  }
  const std::string side = json.value("side", "");
  if (side == "left") step.side = StepSide::kLeft;
  if (side == "right") step.side = StepSide::kRight;
  if (side == "both") step.side = StepSide::kBoth;
  if (json.contains("angle_deg")) {
    auto angle = read_angle(json, "angle_deg", where, tool.angle_min, tool.angle_max);
    if (!angle) return tl::unexpected(angle.error());
    step.angle = *angle;
  }
  if (json.contains("pitch_deg")) {
    auto pitch = read_angle(json, "pitch_deg", where, tool.pitch_min, tool.pitch_max);
    if (!pitch) return tl::unexpected(pitch.error());
    step.pitch = *pitch;
  }
  const std::string style = json.value("style", "custom");
  if (style == "swedish") step.style = Style::kSwedish;
  if (style == "deep") step.style = Style::kDeep;
  step.hold = json.value("hold", false);
  step.braced = json.value("braced", braced);
  if (const auto it = json.find("stroke"); it != json.end()) {
    if (step.hold) {
      return base::fail(where + "hold' is true beside a 'stroke'. Keep one of the two.");
    }
    Stroke stroke;
    for (const data::Json& point : (*it)["path_m"]) stroke.path_m.push_back(read_point(point));
    if (it->contains("speed_m_s")) stroke.speed_m_s = (*it)["speed_m_s"].get<float>();
    step.stroke = std::move(stroke);
  }
  return step;
}

}  // namespace

std::string_view to_string(Style style) {
  switch (style) {
    case Style::kSwedish:
      return "swedish";
    case Style::kDeep:
      return "deep";
    case Style::kCustom:
      break;
  }
  return "custom";
}

double Routine::seconds() const {
  double sum = 0.0;
  for (const RoutineStep& step : steps) sum += static_cast<double>(step.seconds);
  return sum;
}

base::Result<Routine> load_routine(const std::filesystem::path& file,
                                   const std::filesystem::path& assets_dir,
                                   const tool::ToolSpec& tool) {
  auto read = data::read_checked_json(file, "backmate-routine", assets_dir / "schema");
  if (!read) return tl::unexpected(read.error());
  const data::Json& json = *read;
  const std::string start = "'" + file.string() + "': field '";
  Routine routine;
  routine.source = file.string();
  routine.name = json.value("name", "");
  routine.condition.id = json.value("condition", routine.condition.id);
  if (const auto condition = sim::load_condition(assets_dir, routine.condition.id); !condition) {
    return base::fail(start + "condition': " + condition.error().message);
  }
  anatomy::from_string(json.value("condition_side", "right"), routine.condition.side);
  const bool braced = json.value("braced", false);
  // A wrong placement file matters only to a routine that names it.
  const std::vector<PlacementSpec> placements = load_placements(assets_dir, tool).placements;
  for (const data::Json& entry : json["steps"]) {
    const std::string where = start + "steps[" + std::to_string(routine.steps.size()) + "].";
    auto step = read_step(entry, where, tool, placements, braced);
    if (!step) return tl::unexpected(step.error());
    routine.steps.push_back(std::move(*step));
  }
  if (routine.seconds() > kLongestRoutine) {
    return base::fail(start + "steps': they last " + number(std::lround(routine.seconds())) +
                      " s together, but a routine lasts at most " + number(kLongestRoutine) +
                      " s. Split it.");
  }
  return routine;
}

Routine make_placement_routine(const PlacementSpec& placement, StepSide side, float seconds) {
  RoutineStep step;
  step.seconds = seconds;
  step.attachment = placement.attachment;
  step.force = placement.default_force;
  step.placement = placement;
  step.side = side;
  step.angle = placement.angle;
  step.pitch = placement.pitch;
  Routine routine;
  routine.source = "--place " + placement.id;
  routine.name = placement.id;
  routine.steps.push_back(std::move(step));
  return routine;
}

}  // namespace guide

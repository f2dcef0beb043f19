#include "guide/routine_plan.h"

#include <algorithm>
#include <cmath>
#include <glm/geometric.hpp>

#include "base/check.h"
#include "guide/placement_fit.h"
#include "guide/stroke_reach.h"

namespace guide {
namespace {

std::uint32_t ticks_of(float seconds) {
  return static_cast<std::uint32_t>(std::max(1L, std::lround(seconds / kRoutineTickSeconds)));
}

glm::vec3 mirrored(glm::vec3 p) { return {-p.x, p.y, p.z}; }

// A step on one side: what is left of it once sides and defaults are settled.
struct Pass {
  glm::vec3 at_m;
  base::Radians angle;
  std::vector<glm::vec3> path_m;
  std::uint32_t ticks = 0;
};

Pass mirror_pass(Pass pass) {
  pass.at_m = mirrored(pass.at_m);
  pass.angle.value = pass.angle.value == 0.0f ? 0.0f : -pass.angle.value;
  for (glm::vec3& p : pass.path_m) p = mirrored(p);
  return pass;
}

// Half of the time here, half on the other side.
std::vector<Pass> halve(Pass here, Pass there) {
  there.ticks = here.ticks / 2;
  here.ticks -= there.ticks;
  return {std::move(here), std::move(there)};
}

base::Result<Pass> placed_pass(anatomy::Side side, Pass pass, const PlacementSpec& fitted,
                               const anatomy::BodyIndex& body, const tool::ToolSpec& tool) {
  const auto placed = place_head(fitted, side, body, tool);
  if (!placed) return tl::unexpected(placed.error());
  if (side == anatomy::Side::kLeft) pass = mirror_pass(std::move(pass));
  pass.at_m = placed->pose.position_m;
  return pass;
}

base::Result<std::vector<Pass>> passes_of(const RoutineStep& step, const sim::SimModel& model,
                                          const tool::ToolSpec& tool) {
  Pass pass{step.at_m, step.angle, {}, ticks_of(step.seconds)};
  if (step.stroke) pass.path_m = step.stroke->path_m;
  const bool both = step.side == StepSide::kBoth && pass.ticks > 1;
  if (step.placement) {
    const anatomy::BodyIndex& body = *model.body;
    const PlacementSpec fitted = fit_placement(*step.placement, model, tool).placement;
    const bool left = step.side == StepSide::kLeft;
    auto here =
        placed_pass(left ? anatomy::Side::kLeft : anatomy::Side::kRight, pass, fitted, body, tool);
    if (!here) return tl::unexpected(here.error());
    if (!both || step.placement->centred) return std::vector<Pass>{std::move(*here)};
    auto there = placed_pass(anatomy::Side::kLeft, std::move(pass), fitted, body, tool);
    if (!there) return tl::unexpected(there.error());
    return halve(std::move(*here), std::move(*there));
  }
  // +X is the patient's left; a place on the midline has no other side to go to.
  const bool is_left = step.at_m.x > 0.0f, is_right = step.at_m.x < 0.0f;
  if ((step.side == StepSide::kLeft && is_right) || (step.side == StepSide::kRight && is_left)) {
    return std::vector<Pass>{mirror_pass(std::move(pass))};
  }
  if (!both) return std::vector<Pass>{std::move(pass)};
  Pass other = mirror_pass(pass);
  return halve(std::move(pass), std::move(other));
}

base::Status check_on_body(const anatomy::BodyIndex& body, glm::vec3 point_m,
                           const std::string& field) {
  const float distance = body.find_surface_point(point_m).distance_m;
  if (distance <= kFurthestFromSkin) return {};
  return base::fail(field + " lies " + std::to_string(std::lround(100.0f * distance)) +
                    " cm off the body '" + body.body().id +
                    "'. Give a point on its skin, in metres.");
}

// The force (at most `most`) at which the head's contacts press with this mean pressure at the
// skin.
base::Newtons force_for(const sim::SimModel& model, const sim::SimState& start,
                        const tool::HeadPose& pose, const tool::AttachmentSpec& attachment,
                        float mean_pa, base::Newtons most) {
  sim::SimState placed = start;
  const auto pressure_at = [&](float force_n) {
    const sim::ToolInput input{pose, &attachment, base::Newtons{force_n}, glm::vec3(0.0f), false};
    if (placed.geometry == nullptr) sim::place_head(model, placed, input);
    float worst = 0.0f;
    for (const sim::Contact& contact : sim::find_contact(model, placed, input).contacts) {
      worst = std::max(worst, contact.mean.value);
    }
    return worst;
  };
  if (pressure_at(most.value) <= mean_pa) return most;
  float low = 0.0f, high = most.value;
  for (int i = 0; i < 16; ++i) {
    const float middle = 0.5f * (low + high);
    (pressure_at(middle) > mean_pa ? high : low) = middle;
  }
  return base::Newtons{0.5f * (low + high)};
}

// `follows_deep`: the same place has just been worked deep.
void choose_forces(const RoutineStep& step, const sim::SimModel& model, const sim::SimState& start,
                   bool follows_deep, Leg& leg) {
  leg.force_from = leg.force_to = step.force;
  if (step.style == Style::kCustom) return;
  const tool::HeadPose& place = leg.place();
  const auto force = [&](float mean_pa) {
    return force_for(model, start, place, *leg.attachment, mean_pa, step.force);
  };
  const bool deep = step.style == Style::kDeep;
  leg.force_from = force(follows_deep ? kDeepPa : kSwedishPa);
  leg.force_to = deep == follows_deep ? leg.force_from : force(deep ? kDeepPa : kSwedishPa);
  if (deep == follows_deep) return;
  leg.ramp_ticks = std::min(ticks_of(kLongestRampS), leg.ticks / 2);
  const bool own_pace = step.stroke && step.stroke->speed_m_s;
  if (leg.rolls() && !own_pace) {
    leg.pace_from = deep ? kDeepPeriodS / kSwedishPeriodS : kSwedishPeriodS / kDeepPeriodS;
  }
}

void choose_poses(const SkinPath& path, float seconds_out, Leg& leg) {
  const std::uint32_t ticks_out = ticks_of(seconds_out);
  const float whole = path.length_m();
  const float speed = whole / (static_cast<float>(ticks_out) * kRoutineTickSeconds);
  for (std::uint32_t k = 0; k <= ticks_out; ++k) {
    const float along = whole * static_cast<float>(k) / static_cast<float>(ticks_out);
    leg.poses.push_back(path.pose_at(along));
    leg.velocities_m_s.push_back(speed * path.direction_at(along));
  }
  leg.first_pose = static_cast<std::size_t>(
      std::lround(path.placed_at_m() / whole * static_cast<float>(ticks_out)));
}

float stroke_seconds_out(const RoutineStep& step, float length_m) {
  if (step.stroke && step.stroke->speed_m_s) return length_m / *step.stroke->speed_m_s;
  if (step.style == Style::kSwedish) return 0.5f * kSwedishPeriodS;
  if (step.style == Style::kDeep) return 0.5f * kDeepPeriodS;
  return length_m / kCustomSpeedMps;
}

}  // namespace

float Leg::ramp_share(std::uint32_t tick) const {
  return tick < ramp_ticks ? static_cast<float>(tick + 1) / static_cast<float>(ramp_ticks) : 1.0f;
}

std::size_t Leg::pose_index(std::uint32_t tick, bool& back) const {
  const std::size_t last = poses.size() - 1;
  if (last == 0) return 0;
  // Poses come by faster or slower while the pace is not yet the leg's own.
  const double ramped = std::min(tick, ramp_ticks);
  const double share = ramp_ticks > 0 ? ramped / static_cast<double>(ramp_ticks) : 0.0;
  const double ahead = static_cast<double>(pace_from - 1.0f) * ramped * (1.0 - 0.5 * share);
  const auto travelled = static_cast<std::size_t>(std::lround(static_cast<double>(tick) + ahead));
  const std::size_t k = (first_pose + travelled) % (2 * last);
  back = k >= last;
  return k <= last ? k : 2 * last - k;
}

sim::ToolInput Leg::input_at(std::uint32_t tick) const {
  BACKMATE_CHECK(!poses.empty() && tick < ticks);
  sim::ToolInput input;
  bool back = false;
  const std::size_t pose = pose_index(tick, back);
  input.pose = poses[pose];
  input.attachment = attachment;
  const float share = ramp_share(tick);
  input.force = force_from + (force_to - force_from) * share;
  const float pace = pace_from + (1.0f - pace_from) * share;
  if (rolls()) input.velocity_m_s = (back ? -pace : pace) * velocities_m_s[pose];
  input.braced = braced;
  return input;
}

base::Result<RoutinePlan> plan_routine(const Routine& routine, const sim::SimModel& model,
                                       const sim::SimState& start, const tool::ToolSpec& tool) {
  const anatomy::BodyIndex& body = *model.body;
  RoutinePlan plan;
  plan.routine = routine;
  for (std::size_t s = 0; s < routine.steps.size(); ++s) {
    const RoutineStep& step = routine.steps[s];
    const std::string where = "'" + routine.source + "': field 'steps[" + std::to_string(s) + "].";
    if (!step.placement) {
      if (auto status = check_on_body(body, step.at_m, where + "at_m'"); !status) {
        return tl::unexpected(status.error());
      }
    }
    for (std::size_t i = 0; step.stroke && i < step.stroke->path_m.size(); ++i) {
      const std::string field = where + "stroke.path_m[" + std::to_string(i) + "]'";
      if (auto status = check_on_body(body, step.stroke->path_m[i], field); !status) {
        return tl::unexpected(status.error());
      }
    }
    const auto passes = passes_of(step, model, tool);
    if (!passes) return base::fail(where + "placement': " + passes.error().message);
    for (const Pass& pass : *passes) {
      Leg leg;
      leg.step = s;
      leg.ticks = pass.ticks;
      leg.attachment = &tool.attachments[static_cast<std::size_t>(step.attachment)];
      leg.braced = step.braced;
      const tool::HeadPose placed =
          tool::pose_on_skin(body, pass.at_m, pass.angle, step.pitch, *leg.attachment);
      if (!pass.path_m.empty()) {
        auto path = SkinPath::through(body, pass.path_m, placed, *leg.attachment);
        if (!path) return base::fail(where + "stroke.path_m' " + path.error().message);
        choose_poses(*path, stroke_seconds_out(step, path->length_m()), leg);
      } else if (step.style != Style::kCustom && !step.hold) {
        const StrokeReach reach =
            step.placement ? find_stroke_reach(*step.placement, placed, *leg.attachment, model)
                           : StrokeReach{0.5f * kStyleStrokeM, 0.5f * kStyleStrokeM};
        const SkinPath path = SkinPath::along_rolling(body, placed, *leg.attachment, reach);
        if (!path.empty()) choose_poses(path, stroke_seconds_out(step, path.length_m()), leg);
      }
      if (leg.poses.empty()) leg.poses = {placed};
      const bool follows_deep =
          !plan.legs.empty() && routine.steps[plan.legs.back().step].style == Style::kDeep &&
          glm::distance(plan.legs.back().place().position_m, leg.place().position_m) < kSamePlaceM;
      choose_forces(step, model, start, follows_deep, leg);
      plan.ticks += leg.ticks;
      plan.legs.push_back(std::move(leg));
    }
  }
  return plan;
}

}  // namespace guide

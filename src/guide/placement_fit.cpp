#include "guide/placement_fit.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <glm/common.hpp>
#include <glm/geometric.hpp>

#include "guide/safety_watch.h"

namespace guide {
namespace {

constexpr float kWorkedOnPa = 5000.0f;  // product.md
constexpr float kNothingPa = 1000.0f;   // fainter loads are not compared (assumed)
// A spot with this much to spare is good enough; tissue that gives way later does not undo it.
constexpr float kWell = 0.15f;
// With this much more than the default force no forbidden zone may be touched at first, so that a
// spot at the very edge of one is not taken.
constexpr float kClearOfZones = 1.1f;
constexpr base::Seconds kSoon{2.0f};
constexpr float kForbidden = -1.0f;
constexpr float kBest = 9.0f;  // above any merit that matters
constexpr float kStepM = 0.005f;
constexpr float kFineStepM = 0.00125f;  // around the best, where none does well
constexpr float kFineM = 0.005f;
// Of the time that a hold is watched; a little longer, for tissue creeps on.
constexpr std::array<float, 6> kShares{0.02f, 0.08f, 0.2f, 0.35f, 0.35f, 0.1f};
constexpr std::size_t kKept = 4;  // spots around which that is done, while none does at all

// The head set down on the person at rest.
class Press {
 public:
  Press(const sim::SimModel& model, const tool::ToolSpec& tool)
      : model_(model), tool_(tool), start_(sim::make_start_state(model)) {}

  // Right away: what reaches the muscles hardly changes in the first seconds.
  std::vector<sim::MuscleReadout> find_loads(const PlacedHead& placed, base::Newtons force) const {
    sim::SimState state = start_;
    sim::place_head(model_, state, input_of(placed, force));
    return sim::read_muscles(model_, state);
  }

  // In the course of `seconds`, while tissue creeps under the head, which widens the patch; but for
  // the hold being long.
  std::vector<SafetyFinding> find_wrongs(const PlacedHead& placed, base::Newtons force,
                                         base::Seconds seconds) const {
    const sim::ToolInput input = input_of(placed, force);
    sim::SimState state = start_;
    // The model outlives this call; the watch keeps no more than a reference.
    SafetyWatch watch({std::shared_ptr<const sim::SimModel>(), &model_});
    for (const float share : kShares) {
      const base::Seconds step{share * seconds.value};
      sim::step(model_, state, input, step);
      std::vector<SafetyFinding> wrongs = watch.observe(state, input, step);
      std::erase_if(wrongs, [](const auto& w) { return w.kind == SafetyKind::kStaticTooLong; });
      if (!wrongs.empty()) return wrongs;
    }
    return {};
  }

 private:
  sim::ToolInput input_of(const PlacedHead& placed, base::Newtons force) const {
    return {placed.pose, &tool_.attachments[static_cast<std::size_t>(placed.attachment)], force,
            glm::vec3(0.0f), false};
  }

  const sim::SimModel& model_;
  const tool::ToolSpec& tool_;
  sim::SimState start_;
};

bool is_in_row(const PlacementSpec& placement, const std::string& id) {
  return is_named(id, placement.secondary) ||
         std::any_of(placement.primary.begin(), placement.primary.end(),
                     [&](const auto& names) { return is_named(id, names); });
}

// By how much a primary exceeds what is neither in the row nor above it.
float find_lead(const PlacementSpec& placement, const anatomy::Body& body,
                const std::vector<sim::MuscleReadout>& muscles, const sim::MuscleReadout& primary) {
  const anatomy::Structure& own = body.structures[primary.structure];
  for (const sim::MuscleReadout& muscle : muscles) {  // highest load first
    if (muscle.load_pa < kNothingPa) break;
    const anatomy::Structure& other = body.structures[muscle.structure];
    if (other.side != own.side || other.layer < own.layer) continue;
    if (!is_in_row(placement, other.id)) return primary.load_pa / muscle.load_pa - 1.0f;
  }
  return kBest;
}

float find_work(const PlacementSpec& placement, anatomy::Side side, const anatomy::Body& body,
                const std::vector<sim::MuscleReadout>& muscles) {
  float merit = kBest;
  const sim::MuscleReadout* most = nullptr;
  for (const std::vector<std::string>& names : placement.primary) {
    const auto found = std::find_if(muscles.begin(), muscles.end(), [&](const auto& muscle) {
      const anatomy::Structure& structure = body.structures[muscle.structure];
      return structure.side == side && is_named(structure.id, names);
    });
    if (found == muscles.end()) return kForbidden;
    merit = std::min(merit, found->load_pa / kWorkedOnPa - 1.0f);
    if (most == nullptr || found->load_pa > most->load_pa) most = &*found;
    if (is_named(body.structures[found->structure].id, placement.deep)) {
      merit = std::min(merit, find_lead(placement, body, muscles, *found));
    }
  }
  return std::min(merit, find_lead(placement, body, muscles, *most));
}

bool touches_zone(const std::vector<SafetyFinding>& wrongs) {
  return std::any_of(wrongs.begin(), wrongs.end(),
                     [](const auto& wrong) { return wrong.kind == SafetyKind::kNoGo; });
}

// Stops short once it is known to be below `enough`.
float find_merit_on(const PlacementSpec& placement, anatomy::Side side, const sim::SimModel& model,
                    const tool::ToolSpec& tool, const Press& press, float enough) {
  const auto placed = place_head(placement, side, *model.body, tool);
  if (!placed) return kForbidden;
  const float work = find_work(placement, side, model.body->body(),
                               press.find_loads(*placed, placement.middle_force()));
  if (work <= enough) return work;
  const bool safe =
      !touches_zone(press.find_wrongs(*placed, kClearOfZones * placement.default_force, kSoon)) &&
      press.find_wrongs(*placed, placement.default_force, placement.longest_rest()).empty();
  return safe ? work : kForbidden;
}

float find_merit(const PlacementSpec& placement, const sim::SimModel& model,
                 const tool::ToolSpec& tool, const Press& press, float enough) {
  float merit = kBest;
  for (const anatomy::Side side : {anatomy::Side::kRight, anatomy::Side::kLeft}) {
    if (find_obstacle(placement, side, model.body->body())) continue;
    merit = std::min(merit, find_merit_on(placement, side, model, tool, press, enough));
    if (merit <= enough) break;
  }
  return merit;
}

// Outward and upward, the nearest first; not the middle.
std::vector<glm::vec2> list_moves(glm::vec2 area_m, float step_m) {
  const glm::ivec2 steps(std::lround(area_m.x / step_m), std::lround(area_m.y / step_m));
  std::vector<glm::vec2> moves;
  for (int up = -steps.y; up <= steps.y; ++up) {
    for (int out = -steps.x; out <= steps.x; ++out) {
      if (out != 0 || up != 0) moves.push_back(step_m * glm::vec2(out, up));
    }
  }
  std::stable_sort(moves.begin(), moves.end(),
                   [](auto a, auto b) { return glm::dot(a, a) < glm::dot(b, b); });
  return moves;
}

bool is_in_area(const PlacementSpec& moved, const PlacementSpec& named) {
  constexpr float kHair = 1e-5f;
  const glm::vec3 away = glm::abs(moved.at.offset_m - named.at.offset_m);
  return away.x <= named.at.area_m.x + kHair && away.y <= named.at.area_m.y + kHair;
}

}  // namespace

PlacementFit fit_placement(const PlacementSpec& placement, const sim::SimModel& model,
                           const tool::ToolSpec& tool) {
  const Press press(model, tool);
  // The best so far, the best of all first.
  std::vector<PlacementFit> best{
      {placement, find_merit(placement, model, tool, press, kForbidden)}};
  const auto seek = [&](const PlacementSpec& from, glm::vec2 area_m, float step_m) {
    for (const glm::vec2 move : list_moves(area_m, step_m)) {
      if (best.front().merit >= kWell) return;
      PlacementSpec moved = from;
      moved.at.offset_m += glm::vec3(move, 0.0f);
      if (!is_in_area(moved, placement)) continue;
      const float enough = best.size() < kKept ? kForbidden : best.back().merit;
      const float merit = find_merit(moved, model, tool, press, enough);
      if (merit <= enough) continue;
      best.push_back({moved, merit});
      std::stable_sort(best.begin(), best.end(),
                       [](const auto& x, const auto& y) { return x.merit > y.merit; });
      if (best.size() > kKept) best.pop_back();
    }
  };
  seek(placement, placement.at.area_m, kStepM);
  const std::vector<PlacementFit> coarse = best;
  for (const PlacementFit& from : coarse) {
    seek(from.placement, glm::min(placement.at.area_m, glm::vec2(kFineM)), kFineStepM);
    if (best.front().merit >= 0.0f) break;
  }
  return best.front();
}

}  // namespace guide

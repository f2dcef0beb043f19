#include "report/plan.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace report {
namespace {

using data::Json;

std::string number(float value) { return std::to_string(std::lround(value)); }

class PlanMaker {
 public:
  PlanMaker(const PlanSources& sources, const guide::MySize& size) : from_(sources), size_(size) {}

  base::Result<PlanPlace> make_place(const guide::PlacementSpec& spec, anatomy::Side side,
                                     base::Newtons force, const std::string& reason) const {
    const anatomy::BodyIndex& body = *from_.model.body;
    const guide::PlacementFit fit = guide::fit_placement(spec, from_.model, from_.tool);
    const auto placed = guide::place_head(fit.placement, side, body, from_.tool);
    if (!placed) return tl::unexpected(placed.error());
    const auto& attachment = from_.tool.attachments[static_cast<std::size_t>(placed->attachment)];
    const auto stand =
        guide::find_stand(spec, *placed, attachment, body.body(), from_.tool, size_, force);
    if (!stand) return tl::unexpected(stand.error());
    const auto& tr = from_.tr;
    PlanPlace place;
    place.id = spec.id;
    place.side = side;
    const std::string key = "placement." + spec.id;
    place.name = tr(key);
    place.muscles = tr(key + ".for");
    place.how = tr(key + ".how");
    place.caution = tr(key + ".caution");
    place.reason = reason;
    place.stand = *stand;
    place.force = force;
    place.seconds = spec.seconds;
    add_figures(place, spec, attachment);
    add_notes(place, spec);
    place.sketch = guide::make_side_sketch(*stand, size_);
    place.sketch_words = session::sketch_words(place.sketch, *stand, size_, tr);
    return place;
  }

  Plan make_frame(const std::string& goal, std::string title) const {
    const auto& tr = from_.tr;
    Plan plan;
    plan.goal = goal;
    plan.kicker = tr("plan.kicker");
    plan.title = std::move(title);
    plan.size = size_;
    char height[16];
    std::snprintf(height, sizeof height, "%.2f", static_cast<double>(size_.height_m));
    plan.person = data::fill_in(tr("plan.person"), height, number(size_.weight_kg)) + "  ·  " +
                  data::fill_in(tr("plan.doorway"), session::centimetres(size_.doorway_m));
    plan.intro = tr("plan.intro");
    if (const std::string wrong = session::doorway_words(size_, from_.tool, tr); !wrong.empty())
      plan.warnings.push_back(wrong);
    plan.stop_title = tr("plan.stop.title");
    for (const guide::FinderQuestion& question : from_.finder.questions) {
      if (question.yes_means == guide::Verdict::kNotToday)
        plan.stop.emplace_back(tr("finder.question." + question.id));
    }
    plan.scale_title = tr("plan.scale.title");
    plan.scale = tr("plan.scale");
    plan.rules_title = tr("plan.rules.title");
    plan.rules = tr("plan.rules");
    plan.footer = {tr("notice.text"), tr("about.marks")};
    return plan;
  }

 private:
  void add_figures(PlanPlace& place, const guide::PlacementSpec& spec,
                   const tool::AttachmentSpec& attachment) const {
    const auto& tr = from_.tr;
    place.figures = session::stand_figures(place.stand, tr);
    place.figures.push_back({tr("plan.figure.time"), session::time_words(spec.seconds, tr)});
    const long angle = std::lround(std::abs(base::to_degrees(spec.angle)));
    const std::string bar = angle == 0 ? tr("plan.bar.level")
                            : angle == 90
                                ? tr("plan.bar.upright")
                                : data::fill_in(tr("plan.bar.angle"), std::to_string(angle));
    place.how_line = std::string(tr(attachment.name_key)) + ", " + bar + ". " + place.how;
  }

  void add_notes(PlanPlace& place, const guide::PlacementSpec& spec) const {
    const auto& tr = from_.tr;
    place.notes = session::stand_sentences(place.stand, tr);
    if (!spec.centred)
      place.notes.emplace_back(
          tr(place.side == anatomy::Side::kLeft ? "plan.side.left" : "plan.side.right"));
  }

  const PlanSources& from_;
  guide::MySize size_;
};

double rounded(float value, double per_unit) {
  return std::round(static_cast<double>(value) * per_unit) / per_unit;
}

Json to_json(const PlanPlace& place) {
  const guide::Stand& stand = place.stand;
  return {{"id", place.id},
          {"name", place.name},
          {"side", anatomy::to_string(place.side)},
          {"stance", to_string(stand.stance)},
          {"bar_height_m", rounded(stand.bar_height_m, 1e3)},
          {"beyond_bar_m", rounded(stand.beyond_m, 1e3)},
          {"feet_m", rounded(stand.feet_m, 1e3)},
          {"lean_deg", rounded(base::to_degrees(stand.lean), 10.0)},
          {"turn_deg", rounded(base::to_degrees(stand.turn), 1.0)},
          {"force_n", rounded(place.force.value, 10.0)},
          {"force_kg", rounded(stand.force_kg(), 10.0)},
          {"seconds", {place.seconds[0].value, place.seconds[1].value}},
          {"reason", place.reason},
          {"how", place.how},
          {"caution", place.caution},
          {"notes", place.notes}};
}

const guide::FinderCondition* find_condition(const guide::Finder& finder, const std::string& id) {
  const auto found = std::find_if(finder.conditions.begin(), finder.conditions.end(),
                                  [&](const auto& condition) { return condition.id == id; });
  return found == finder.conditions.end() ? nullptr : &*found;
}

}  // namespace

base::Result<Plan> plan_for_condition(const PlanSources& sources, const std::string& condition,
                                      const std::vector<std::string>& yes, anatomy::Side side,
                                      const guide::MySize& size) {
  if (auto status = guide::check_size(size); !status) return tl::unexpected(status.error());
  const auto& tr = sources.tr;
  if (find_condition(sources.finder, condition) == nullptr) {
    std::string known;
    for (const guide::FinderCondition& entry : sources.finder.conditions)
      known += (known.empty() ? "" : ", ") + entry.id;
    return base::fail("There is no condition '" + condition + "'. Choose one of: " + known + ".");
  }
  const auto answer = guide::answer(sources.finder, condition, yes);
  if (!answer) return tl::unexpected(answer.error());
  const std::string title = tr("condition." + condition);
  if (answer->verdict == guide::Verdict::kNotToday) {
    std::string why;
    for (const std::string& flag : answer->flags)
      why += " " + std::string(tr("finder.flag." + flag));
    return base::fail("There is no plan for '" + title + "'. " + tr("finder.not_today") + "." +
                      why);
  }
  const PlanMaker maker(sources, size);
  Plan plan = maker.make_frame(condition, title);
  plan.verdict = answer->verdict;
  // One sentence holds for the whole page.
  if (answer->verdict == guide::Verdict::kAskFirst)
    plan.warnings.emplace_back(tr("finder.ask_first"));
  if (answer->verdict == guide::Verdict::kGentle) plan.warnings.emplace_back(tr("finder.gentle"));
  std::string why_not;
  for (const guide::FinderChoice& choice : answer->choices) {
    const int index = guide::find_placement(sources.placements, choice.placement);
    if (index < 0) continue;
    const auto& spec = sources.placements[static_cast<std::size_t>(index)];
    const base::Newtons force =
        answer->verdict == guide::Verdict::kFine ? spec.default_force : guide::gentle_force(spec);
    auto place = maker.make_place(spec, side, force, tr(choice.reason_key));
    if (place) plan.places.push_back(std::move(*place));
    if (!place) why_not = " " + place.error().message;
  }
  if (plan.places.empty())
    return base::fail("There is nothing to plan for '" + title + "': no place is named for it." +
                      why_not);
  return plan;
}

base::Result<Plan> plan_for_placement(const PlanSources& sources, const std::string& placement,
                                      anatomy::Side side, const guide::MySize& size,
                                      base::Newtons force) {
  if (auto status = guide::check_size(size); !status) return tl::unexpected(status.error());
  const int index = guide::find_placement(sources.placements, placement);
  if (index < 0)
    return base::fail("There is no placement '" + placement +
                      "'. Choose one of: " + guide::list_ids(sources.placements) + ".");
  const auto& spec = sources.placements[static_cast<std::size_t>(index)];
  const base::Newtons limit =
      sources.tool.attachments[static_cast<std::size_t>(spec.attachment)].force_limit;
  if (force > limit)
    return base::fail("This attachment takes at most " + number(limit.value) + " N. Ask for less.");
  const PlanMaker maker(sources, size);
  Plan plan = maker.make_frame(placement, sources.tr("placement." + placement));
  auto place = maker.make_place(spec, side, force.value > 0.0f ? force : spec.default_force, "");
  if (!place) return tl::unexpected(place.error());
  plan.places.push_back(std::move(*place));
  return plan;
}

Json make_plan_json(const std::vector<Plan>& plans) {
  Json json = {{"format", "backmate-plan"}, {"version", 1}, {"plans", Json::array()}};
  for (const Plan& plan : plans) {
    Json places = Json::array();
    for (const PlanPlace& place : plan.places) places.push_back(to_json(place));
    json["plans"].push_back({{"goal", plan.goal},
                             {"title", plan.title},
                             {"verdict", to_string(plan.verdict)},
                             {"person",
                              {{"height_m", rounded(plan.size.height_m, 1e3)},
                               {"weight_kg", rounded(plan.size.weight_kg, 10.0)},
                               {"doorway_m", rounded(plan.size.doorway_m, 1e3)}}},
                             {"warnings", plan.warnings},
                             {"places", std::move(places)}});
  }
  return json;
}

}  // namespace report

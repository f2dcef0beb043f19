#include "sim/sim_model.h"

#include <algorithm>

#include "base/check.h"
#include "sim/condition.h"
#include "sim/step.h"

namespace sim {
namespace {

float find_value(const SimModel& model, const anatomy::Segment& segment,
                 const std::vector<MuscleRule>& rules, float otherwise) {
  for (const MuscleRule& rule : rules) {
    if (fits_segment(model.body->body(), model.group_spans, segment, rule.structures,
                     rule.groups)) {
      return rule.value;
    }
  }
  return otherwise;
}

void apply_rule(const ConditionRule& rule, SegmentParameters& parameters, SegmentState& state) {
  if (rule.tone_set) {
    state.tone_set = *rule.tone_set;
    state.tone = *rule.tone_set;
  }
  if (rule.tone_cause) parameters.tone_cause = *rule.tone_cause;
  if (rule.pain_cause) parameters.pain_cause = *rule.pain_cause;
  if (rule.inflammation) state.inflammation = *rule.inflammation;
  if (rule.tender) {
    state.tender = *rule.tender;
    parameters.tender_rest = *rule.tender;
  }
  if (rule.oedema) state.oedema = *rule.oedema;
  if (rule.damage) state.damage = *rule.damage;
  if (rule.repair_s) parameters.repair_s = *rule.repair_s;
}

}  // namespace

base::Result<std::shared_ptr<const SimModel>> load_sim_model(
    std::shared_ptr<const anatomy::BodyIndex> body, const std::filesystem::path& assets_dir,
    const ConditionChoice& choice, const SimModel* like) {
  BACKMATE_CHECK(body != nullptr);
  BACKMATE_CHECK(like == nullptr || like->body == body);
  auto tissue = load_tissue_file(assets_dir / "anatomy" / "tissue.json", assets_dir / "schema");
  if (!tissue) return tl::unexpected(tissue.error());
  auto condition = load_condition(assets_dir, choice.id);
  if (!condition) return tl::unexpected(condition.error());

  auto model = std::make_shared<SimModel>();
  model->body = body;
  model->parameters = tissue->parameters;
  const Parameters& p = model->parameters;
  model->prony = {{p.prony_fraction_1, p.prony_fraction_2}, {p.prony_time_1_s, p.prony_time_2_s}};
  model->condition_id = condition->id;
  model->start_person.alarm = condition->alarm;
  const anatomy::Body& anatomy = body->body();
  model->segments.resize(anatomy.segments.size());
  model->start_segments.resize(anatomy.segments.size());
  model->group_spans = anatomy::find_group_spans(anatomy);
  for (std::size_t s = 0; s < anatomy.segments.size(); ++s) {
    const anatomy::Segment& segment = anatomy.segments[s];
    SegmentParameters& parameters = model->segments[s];
    SegmentState& state = model->start_segments[s];
    parameters.mu_rest_pa = find_value(*model, segment, tissue->muscle_mu_pa, p.muscle_mu_pa);
    parameters.ppt_pa = find_value(*model, segment, tissue->ppt_pa, p.ppt_pa);
    parameters.tone_cause = p.rest_tension;
    parameters.repair_s = p.repair_time_s;
    state.tone_set = p.rest_tension;
    state.tone = p.rest_tension;
    state.metabolites = p.rest_metabolites;
    const bool spared = condition->one_sided && choice.side != anatomy::Side::kMedian &&
                        anatomy.structures[segment.structure].side != choice.side;
    for (const ConditionRule& rule : condition->muscles) {
      if (!spared &&
          fits_segment(anatomy, model->group_spans, segment, rule.structures, rule.groups)) {
        apply_rule(rule, parameters, state);
      }
    }
    state.stiffness_pa = parameters.mu_rest_pa;
  }
  model->injury_age_h = condition->injury_age_h;
  if (like != nullptr) {
    model->safety = like->safety;
  } else {
    auto rules = load_safety_rules(assets_dir);
    if (!rules) return tl::unexpected(rules.error());
    model->safety = std::make_shared<const SafetyMap>(body, std::move(*rules));
  }
  model->columns =
      like != nullptr ? like->columns : std::make_shared<const TissueColumns>(std::move(body), p);
  return std::shared_ptr<const SimModel>(std::move(model));
}

void prepare_columns(const SimModel& model, base::Progress& progress) {
  // Small helpings: whoever simulates meanwhile waits for one column at most.
  const std::span<const std::uint32_t> sites = model.columns->sites_by_place();
  std::vector<const TissueColumn*> ignored;
  std::vector<RegionIndex> ignored_regions;
  for (std::size_t i = 0; i < sites.size() && !progress.cancelled(); ++i) {
    ignored.clear();
    model.columns->find_columns(sites.subspan(i, 1), ignored);
    if (model.safety) {
      model.safety->find_site_regions(*model.columns, sites.subspan(i, 1), ignored_regions);
    }
    progress.report(static_cast<float>(i + 1) / static_cast<float>(sites.size()));
  }
}

}  // namespace sim

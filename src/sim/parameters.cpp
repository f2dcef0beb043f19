#include "sim/parameters.h"

#include <array>
#include <string_view>

#include "data/json_file.h"

namespace sim {
namespace {

struct Field {
  std::string_view id;
  float Parameters::*member;
};

constexpr Field kFields[] = {
    {"skin_modulus_pa", &Parameters::skin_modulus_pa},
    {"fat_modulus_pa", &Parameters::fat_modulus_pa},
    {"fascia_modulus_pa", &Parameters::fascia_modulus_pa},
    {"tendon_modulus_pa", &Parameters::tendon_modulus_pa},
    {"vessel_modulus_pa", &Parameters::vessel_modulus_pa},
    {"skin_thickness_m", &Parameters::skin_thickness_m},
    {"stack_limit_m", &Parameters::stack_limit_m},
    {"stack_minimum_m", &Parameters::stack_minimum_m},
    {"sheet_thickness_m", &Parameters::sheet_thickness_m},
    {"tilt_limit_rad", &Parameters::tilt_limit_rad},
    {"lift_m", &Parameters::lift_m},
    {"contact_threshold_pa", &Parameters::contact_threshold_pa},
    {"prony_fraction_1", &Parameters::prony_fraction_1},
    {"prony_time_1_s", &Parameters::prony_time_1_s},
    {"prony_fraction_2", &Parameters::prony_fraction_2},
    {"prony_time_2_s", &Parameters::prony_time_2_s},
    {"muscle_mu_pa", &Parameters::muscle_mu_pa},
    {"ppt_pa", &Parameters::ppt_pa},
    {"ppt_area_exponent", &Parameters::ppt_area_exponent},
    {"ppt_tender", &Parameters::ppt_tender},
    {"ppt_inflammation", &Parameters::ppt_inflammation},
    {"ppt_alarm", &Parameters::ppt_alarm},
    {"ppt_gate", &Parameters::ppt_gate},
    {"ppt_calm", &Parameters::ppt_calm},
    {"bulk_strain_factor", &Parameters::bulk_strain_factor},
    {"moving_speed_m_s", &Parameters::moving_speed_m_s},
    {"moving_strain_rate", &Parameters::moving_strain_rate},
    {"lf_time_s", &Parameters::lf_time_s},
    {"lf_break", &Parameters::lf_break},
    {"ls_time_s", &Parameters::ls_time_s},
    {"ls_break", &Parameters::ls_break},
    {"mu_tension", &Parameters::mu_tension},
    {"rest_tension", &Parameters::rest_tension},
    {"mu_fast", &Parameters::mu_fast},
    {"mu_slow", &Parameters::mu_slow},
    {"mu_oedema", &Parameters::mu_oedema},
    {"mu_inflammation", &Parameters::mu_inflammation},
    {"pain_inflammation", &Parameters::pain_inflammation},
    {"pain_metabolites", &Parameters::pain_metabolites},
    {"rest_metabolites", &Parameters::rest_metabolites},
    {"pain_tender", &Parameters::pain_tender},
    {"pain_press", &Parameters::pain_press},
    {"pain_damage", &Parameters::pain_damage},
    {"pain_time_s", &Parameters::pain_time_s},
    {"press_pain_from", &Parameters::press_pain_from},
    {"gate_pressure_pa", &Parameters::gate_pressure_pa},
    {"gate_static", &Parameters::gate_static},
    {"gate_adapt_time_s", &Parameters::gate_adapt_time_s},
    {"gate_on_s", &Parameters::gate_on_s},
    {"gate_off_s", &Parameters::gate_off_s},
    {"gate_reflex", &Parameters::gate_reflex},
    {"gate_pain", &Parameters::gate_pain},
    {"calm_pain", &Parameters::calm_pain},
    {"calm_on_s", &Parameters::calm_on_s},
    {"calm_off_s", &Parameters::calm_off_s},
    {"alarm_pain", &Parameters::alarm_pain},
    {"alarm_press", &Parameters::alarm_press},
    {"alarm_calm", &Parameters::alarm_calm},
    {"alarm_down_s", &Parameters::alarm_down_s},
    {"alarm_up_s", &Parameters::alarm_up_s},
    {"alarm_drift_s", &Parameters::alarm_drift_s},
    {"guard_gain", &Parameters::guard_gain},
    {"guard_from", &Parameters::guard_from},
    {"guard_habit", &Parameters::guard_habit},
    {"guard_alarm", &Parameters::guard_alarm},
    {"guard_up_s", &Parameters::guard_up_s},
    {"guard_down_s", &Parameters::guard_down_s},
    {"habit_limit", &Parameters::habit_limit},
    {"habit_up_s", &Parameters::habit_up_s},
    {"habit_down_s", &Parameters::habit_down_s},
    {"tone_alarm", &Parameters::tone_alarm},
    {"tone_calm", &Parameters::tone_calm},
    {"tone_gate", &Parameters::tone_gate},
    {"tone_time_s", &Parameters::tone_time_s},
    {"braced_tension", &Parameters::braced_tension},
    {"braced_time_s", &Parameters::braced_time_s},
    {"occlusion_pa", &Parameters::occlusion_pa},
    {"flow_tension", &Parameters::flow_tension},
    {"hyperaemia_gain", &Parameters::hyperaemia_gain},
    {"hyperaemia_debt", &Parameters::hyperaemia_debt},
    {"debt_from", &Parameters::debt_from},
    {"debt_pay", &Parameters::debt_pay},
    {"debt_time_s", &Parameters::debt_time_s},
    {"dilation_rate", &Parameters::dilation_rate},
    {"dilation_pa", &Parameters::dilation_pa},
    {"dilation_debt_rate", &Parameters::dilation_debt_rate},
    {"dilation_debt_s", &Parameters::dilation_debt_s},
    {"dilation_time_s", &Parameters::dilation_time_s},
    {"skin_flow_gain", &Parameters::skin_flow_gain},
    {"skin_flow_pa", &Parameters::skin_flow_pa},
    {"skin_flow_on_s", &Parameters::skin_flow_on_s},
    {"skin_flow_off_s", &Parameters::skin_flow_off_s},
    {"metabolite_base", &Parameters::metabolite_base},
    {"metabolite_tension", &Parameters::metabolite_tension},
    {"metabolite_inflammation", &Parameters::metabolite_inflammation},
    {"metabolite_time_s", &Parameters::metabolite_time_s},
    {"oedema_inflammation", &Parameters::oedema_inflammation},
    {"oedema_pump", &Parameters::oedema_pump},
    {"oedema_time_s", &Parameters::oedema_time_s},
    {"pump_pa", &Parameters::pump_pa},
    {"pump_limit_pa", &Parameters::pump_limit_pa},
    {"mm_time_s", &Parameters::mm_time_s},
    {"mm_off_s", &Parameters::mm_off_s},
    {"mm_pa", &Parameters::mm_pa},
    {"mm_limit", &Parameters::mm_limit},
    {"inflammation_time_s", &Parameters::inflammation_time_s},
    {"inflammation_mm", &Parameters::inflammation_mm},
    {"inflammation_press", &Parameters::inflammation_press},
    {"inflammation_press_from", &Parameters::inflammation_press_from},
    {"inflammation_bruise", &Parameters::inflammation_bruise},
    {"repair_flow_limit", &Parameters::repair_flow_limit},
    {"repair_oedema", &Parameters::repair_oedema},
    {"repair_time_s", &Parameters::repair_time_s},
    {"tender_rate", &Parameters::tender_rate},
    {"tender_from", &Parameters::tender_from},
    {"tender_width", &Parameters::tender_width},
    {"tender_to", &Parameters::tender_to},
    {"tender_rolling", &Parameters::tender_rolling},
    {"tender_return_s", &Parameters::tender_return_s},
    {"set_rate", &Parameters::set_rate},
    {"set_pa", &Parameters::set_pa},
    {"set_return_s", &Parameters::set_return_s},
    {"bruise_peak_pa", &Parameters::bruise_peak_pa},
    {"bruise_rate", &Parameters::bruise_rate},
    {"bruise_press_s", &Parameters::bruise_press_s},
    {"bruise_time_s", &Parameters::bruise_time_s},
};

const Field* find_field(std::string_view id) {
  for (const Field& field : kFields) {
    if (field.id == id) return &field;
  }
  return nullptr;
}

base::Result<std::vector<MuscleRule>> read_rules(const data::Json& document, const char* name,
                                                 const std::string& file) {
  std::vector<MuscleRule> rules;
  for (const data::Json& entry : document[name]) {
    MuscleRule rule;
    rule.structures = entry["structures"].get<std::vector<std::string>>();
    rule.groups = entry["groups"].get<std::vector<std::string>>();
    rule.value = entry["value"];
    if (rule.value < entry["range"][0].get<float>() ||
        rule.value > entry["range"][1].get<float>()) {
      return base::fail("'" + file + "': field '" + name + "[" + std::to_string(rules.size()) +
                        "].value' lies outside its own 'range'.");
    }
    rules.push_back(std::move(rule));
  }
  return rules;
}

}  // namespace

base::Result<TissueFile> load_tissue_file(const std::filesystem::path& file,
                                          const std::filesystem::path& schema_dir) {
  auto read = data::read_checked_json(file, "backmate-tissue", schema_dir);
  if (!read) return tl::unexpected(read.error());
  const data::Json& json = *read;
  TissueFile tissue;
  std::array<bool, std::size(kFields)> seen{};
  std::size_t index = 0;
  for (const data::Json& entry : json["parameters"]) {
    const std::string id = entry["id"];
    const std::string where = "'" + file.string() + "': field 'parameters[" +
                              std::to_string(index++) + "]' (" + id + ") ";
    const Field* field = find_field(id);
    if (field == nullptr) return base::fail(where + "is not a parameter of this version.");
    bool& done = seen[static_cast<std::size_t>(field - kFields)];
    if (done) return base::fail(where + "appears twice. Keep one.");
    done = true;
    const float value = entry["value"];
    if (value < entry["range"][0].get<float>() || value > entry["range"][1].get<float>()) {
      return base::fail(where + "has a value outside its own 'range'.");
    }
    tissue.parameters.*(field->member) = value;
  }
  for (std::size_t i = 0; i < seen.size(); ++i) {
    if (!seen[i]) {
      return base::fail("'" + file.string() + "': field 'parameters' lacks '" +
                        std::string(kFields[i].id) + "'. Restore it from the program's own file.");
    }
  }
  auto mu = read_rules(json, "muscle_mu", file.string());
  if (!mu) return tl::unexpected(mu.error());
  tissue.muscle_mu_pa = std::move(*mu);
  auto ppt = read_rules(json, "pressure_pain_threshold", file.string());
  if (!ppt) return tl::unexpected(ppt.error());
  tissue.ppt_pa = std::move(*ppt);
  return tissue;
}

}  // namespace sim

// Every figure of the simulation that is not geometry, read from assets/anatomy/tissue.json (format
// "backmate-tissue"), where each has its unit, range, source and evidence mark. SI. The names are
// the ids in the file; the laws that use them are those of science.md sections 1 and 3.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"

namespace sim {

struct Parameters {
  // Stacks and contact
  float skin_modulus_pa = 120000.0f;
  float fat_modulus_pa = 20000.0f;
  float fascia_modulus_pa = 180000.0f;
  float tendon_modulus_pa = 180000.0f;
  float vessel_modulus_pa = 30000.0f;
  float skin_thickness_m = 0.002f;
  float stack_limit_m = 0.1f;
  float stack_minimum_m = 0.004f;
  float sheet_thickness_m = 0.002f;
  float tilt_limit_rad = 0.35f;
  float lift_m = 0.02f;
  float contact_threshold_pa = 500.0f;
  float prony_fraction_1 = 0.5f;
  float prony_time_1_s = 6.0f;
  float prony_fraction_2 = 0.08f;
  float prony_time_2_s = 60.0f;

  // Muscle
  float muscle_mu_pa = 11000.0f;
  float ppt_pa = 350000.0f;
  float ppt_area_exponent = 0.3f;
  float ppt_tender = 0.35f;
  float ppt_inflammation = 0.25f;
  float ppt_alarm = 0.15f;
  float ppt_gate = 0.1f;
  float ppt_calm = 0.05f;
  float bulk_strain_factor = 0.45f;
  float moving_speed_m_s = 0.005f;
  float moving_strain_rate = 0.02f;

  // Thixotropy and stiffness
  float lf_time_s = 60.0f;
  float lf_break = 0.25f;
  float ls_time_s = 1500.0f;
  float ls_break = 0.25f;
  float mu_tension = 5.0f;
  float rest_tension = 0.02f;
  float mu_fast = 0.05f;
  float mu_slow = 0.018f;
  float mu_oedema = 0.25f;
  float mu_inflammation = 0.35f;

  // Pain signals
  float pain_inflammation = 0.55f;
  float pain_metabolites = 0.25f;
  float rest_metabolites = 0.2f;
  float pain_tender = 0.6f;
  float pain_press = 0.8f;
  float pain_damage = 0.3f;
  float pain_time_s = 1.0f;
  float press_pain_from = 0.8f;

  // Gate
  float gate_pressure_pa = 1500.0f;
  float gate_static = 0.4f;
  float gate_adapt_time_s = 10.0f;
  float gate_on_s = 2.0f;
  float gate_off_s = 12.0f;
  float gate_reflex = 0.75f;
  float gate_pain = 0.3f;
  float calm_pain = 0.25f;

  // Calm and alarm
  float calm_on_s = 300.0f;
  float calm_off_s = 3600.0f;
  float alarm_pain = 1.1f;
  float alarm_press = 0.5f;
  float alarm_calm = 0.1f;
  float alarm_down_s = 600.0f;
  float alarm_up_s = 60.0f;
  float alarm_drift_s = 7200.0f;

  // Guarding and tone
  float guard_gain = 0.26f;
  float guard_from = 0.5f;
  float guard_habit = 0.9f;
  float guard_alarm = 2.0f;
  float guard_up_s = 0.4f;
  float guard_down_s = 20.0f;
  float habit_limit = 1.2f;
  float habit_up_s = 25.0f;
  float habit_down_s = 600.0f;
  float tone_alarm = 0.1f;
  float tone_calm = 0.45f;
  float tone_gate = 0.25f;
  float tone_time_s = 60.0f;

  // Bracing: holding on with one's own muscles instead of leaning in
  float braced_tension = 0.09f;
  float braced_time_s = 0.5f;

  // Circulation
  float occlusion_pa = 5000.0f;
  float flow_tension = 0.5f;
  float hyperaemia_gain = 3.0f;
  float hyperaemia_debt = 90.0f;
  float debt_from = 0.9f;
  float debt_pay = 1.5f;
  float debt_time_s = 400.0f;
  float dilation_rate = 0.0007f;
  float dilation_pa = 8000.0f;
  float dilation_debt_rate = 0.0025f;
  float dilation_debt_s = 150.0f;
  float dilation_time_s = 1200.0f;
  float skin_flow_gain = 4.0f;
  float skin_flow_pa = 10000.0f;
  float skin_flow_on_s = 60.0f;
  float skin_flow_off_s = 900.0f;
  float metabolite_base = 0.176f;
  float metabolite_tension = 1.2f;
  float metabolite_inflammation = 0.4f;
  float metabolite_time_s = 300.0f;

  // Lymph, inflammation, repair
  float oedema_inflammation = 0.8f;
  float oedema_pump = 8.0f;
  float oedema_time_s = 129600.0f;
  float pump_pa = 4000.0f;
  float pump_limit_pa = 25000.0f;
  float mm_time_s = 900.0f;
  float mm_off_s = 21600.0f;
  float mm_pa = 6000.0f;
  float mm_limit = 1.3f;
  float inflammation_time_s = 216000.0f;
  float inflammation_mm = 0.3f;
  float inflammation_press = 0.002f;
  float inflammation_press_from = 1.1f;
  float inflammation_bruise = 0.01f;
  float repair_flow_limit = 1.3f;
  float repair_oedema = 0.4f;
  float repair_time_s = 604800.0f;

  // Tender spot, set point, bruise
  float tender_rate = 0.008f;
  float tender_from = 0.35f;
  float tender_width = 0.3f;
  float tender_to = 1.5f;
  float tender_rolling = 0.12f;
  float tender_return_s = 259200.0f;
  float set_rate = 0.00011f;
  float set_pa = 5000.0f;
  float set_return_s = 1814400.0f;
  float bruise_peak_pa = 300000.0f;
  float bruise_rate = 0.02f;
  float bruise_press_s = 300.0f;
  float bruise_time_s = 432000.0f;
};

// A value for the muscles whose id begins with one of `structures` or who belong to one of
// `groups`; the first rule that fits counts.
struct MuscleRule {
  std::vector<std::string> structures;
  std::vector<std::string> groups;
  float value = 0.0f;
};

struct TissueFile {
  Parameters parameters;
  std::vector<MuscleRule> muscle_mu_pa;  // shear modulus at rest
  std::vector<MuscleRule> ppt_pa;        // pressure pain threshold at 1 cm2
};

// Refuses, naming the parameter: unknown, missing, twice, out of its own range.
base::Result<TissueFile> load_tissue_file(const std::filesystem::path& file,
                                          const std::filesystem::path& schema_dir);

}  // namespace sim

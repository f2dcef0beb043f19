// What step() needs and never changes: the body, parameters, and per segment what its muscle and
// the chosen condition fix.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "anatomy/body.h"
#include "sim/contact_law.h"
#include "sim/parameters.h"
#include "sim/safety.h"
#include "sim/sim_state.h"
#include "sim/tissue_columns.h"

namespace sim {

// Constants of one segment. Pascals, seconds; the rest dimensionless.
struct SegmentParameters {
  float mu_rest_pa = 0.0f;   // mu0
  float ppt_pa = 0.0f;       // PPT0 at 1 cm2
  float tone_cause = 0.0f;   // Tcause
  float pain_cause = 0.0f;   // Ncause
  float tender_rest = 0.0f;  // S0
  float repair_s = 0.0f;     // tau_rep
};

struct SimModel {
  std::shared_ptr<const anatomy::BodyIndex> body;
  Parameters parameters;
  PronySeries prony;
  std::string condition_id;
  std::vector<SegmentParameters> segments;
  std::vector<SegmentState> start_segments;  // at the start of the two untreated hours
  PersonState start_person;
  std::vector<anatomy::GroupSpan> group_spans;  // of the body's groups
  std::shared_ptr<const TissueColumns> columns;
  std::shared_ptr<const SafetyMap> safety;
  // How old the injury is, where the condition is one that is pressed gently while it is fresh.
  std::optional<float> injury_age_h;
};

}  // namespace sim

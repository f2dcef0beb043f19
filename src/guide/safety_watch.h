// Watches a simulated person and says what should not be done (science.md section 7): no-go zones,
// limits of regions, comfort, bruises, too long in one place or with one attachment. Warnings,
// never failures.
#pragma once

#include <string>
#include <vector>

#include "sim/sim_model.h"
#include "sim/step.h"

namespace guide {

enum class SafetyKind : std::uint8_t {
  kNoGo,
  kForceLimit,
  kComfortWarn,
  kComfortPain,
  kComfortStop,
  kBruiseRisk,
  kStaticTooLong,
  kSiteTooLong,
  kSessionTooLong,
  kFreshStrain,
  kAttachmentTooLong
};
inline constexpr std::size_t kSafetyKinds = 11;
// The words used in files: "no_go", "force_limit", "comfort_warn" ...
std::string_view to_string(SafetyKind kind);

// What is wrong at this moment. Values are newtons, pascals, seconds or comfort ratios.
struct SafetyFinding {
  SafetyKind kind = SafetyKind::kNoGo;
  sim::RegionIndex region = 0;                      // where a place is meant
  anatomy::StructureIndex muscle = anatomy::kNone;  // where comfort is meant
  float value = 0.0f;
  float limit = 0.0f;

  bool operator==(const SafetyFinding&) const = default;
};

class SafetyWatch {
 public:
  explicit SafetyWatch(std::shared_ptr<const sim::SimModel> model);

  // After each step: what was pressed for `dt`. Findings are those of this moment, one of a kind
  // and region; of comfort only the worst.
  const std::vector<SafetyFinding>& observe(const sim::SimState& state, const sim::ToolInput& input,
                                            base::Seconds dt);
  const std::vector<SafetyFinding>& now() const { return now_; }
  void start_over();

 private:
  // A place that has been pressed: about a hand's breadth of skin.
  struct Site {
    glm::vec3 point_m{0.0f};
    double pressed_s = 0.0;
  };
  // A contact that stays where it is.
  struct Spot {
    glm::vec3 point_m{0.0f};
    double held_s = 0.0;
    bool seen = false;
  };

  void judge_places(const sim::SimState& state);
  void judge_comfort(const sim::SimState& state);
  void judge_times(const sim::SimState& state, const sim::ToolInput& input, double dt_s);
  void add(SafetyFinding finding);

  std::shared_ptr<const sim::SimModel> model_;
  std::vector<Site> sites_;
  std::vector<Spot> spots_;
  std::vector<std::size_t> counted_;  // sites of this moment: two balls on one press it once
  double session_s_ = 0.0;
  std::string attachment_;  // id of what presses, and for how long in one go
  double attachment_s_ = 0.0;
  std::vector<SafetyFinding> now_;
};

// One sentence for people, in English.
std::string describe(const sim::SimModel& model, const SafetyFinding& finding);

}  // namespace guide

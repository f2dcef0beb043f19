#include "guide/safety_watch.h"

#include <algorithm>
#include <cmath>
#include <glm/geometric.hpp>

#include "base/check.h"
#include "sim/region_load.h"

namespace guide {
namespace {

constexpr float kSiteRadius = 0.05f;
// A head that creeps or is jostled by less than this still holds the same spot.
constexpr float kSpotRadius = 0.01f;
constexpr std::size_t kMostSites = 256;

// Times are sums of ticks: a limit may be used to the full.
bool is_over(double seconds, float limit_s) {
  return seconds > static_cast<double>(limit_s) + 0.05;
}

std::string rounded(float value) { return std::to_string(std::lround(value)); }
std::string ratio(float value) {
  const long hundredths = std::lround(100.0f * value);
  return std::to_string(hundredths / 100) + "." + std::to_string(hundredths / 10 % 10) +
         std::to_string(hundredths % 10);
}

}  // namespace

std::string_view to_string(SafetyKind kind) {
  constexpr std::array<std::string_view, kSafetyKinds> kWords = {
      "no_go",           "force_limit",        "comfort_warn",
      "comfort_pain",    "comfort_stop",       "bruise_risk",
      "static_too_long", "site_too_long",      "session_too_long",
      "fresh_strain",    "attachment_too_long"};
  return kWords[static_cast<std::size_t>(kind)];
}

SafetyWatch::SafetyWatch(std::shared_ptr<const sim::SimModel> model) : model_(std::move(model)) {
  BACKMATE_CHECK(model_ != nullptr && model_->safety != nullptr);
}

void SafetyWatch::start_over() {
  sites_.clear();
  spots_.clear();
  now_.clear();
  session_s_ = 0.0;
  attachment_.clear();
  attachment_s_ = 0.0;
}

const std::vector<SafetyFinding>& SafetyWatch::observe(const sim::SimState& state,
                                                       const sim::ToolInput& input,
                                                       base::Seconds dt) {
  now_.clear();
  if (state.patch.contacts.empty()) {
    spots_.clear();
    attachment_.clear();
    return now_;
  }
  judge_places(state);
  judge_comfort(state);
  judge_times(state, input, static_cast<double>(dt.value));
  return now_;
}

void SafetyWatch::add(SafetyFinding finding) {
  for (SafetyFinding& known : now_) {
    if (known.kind != finding.kind || known.region != finding.region) continue;
    if (finding.value > known.value) known = finding;
    return;
  }
  now_.push_back(finding);
}

void SafetyWatch::judge_places(const sim::SimState& state) {
  const sim::SafetyMap& safety = *model_->safety;
  for (const sim::Contact& contact : state.patch.contacts) {
    if (safety.region(contact.region).no_go()) {
      add({SafetyKind::kNoGo, contact.region, anatomy::kNone, contact.force.value, 0.0f});
    } else if (contact.peak.value > safety.rules().bruise_peak_pa) {
      add({SafetyKind::kBruiseRisk, contact.region, anatomy::kNone, contact.peak.value,
           safety.rules().bruise_peak_pa});
    }
  }
  const auto tightest = sim::find_tightest_region(safety, state.patch);
  if (!tightest || safety.region(tightest->region).no_go()) return;
  const float limit = safety.region(tightest->region).force_limit_n;
  // A hair of tolerance: a limit may be used to the full.
  if (tightest->force.value > limit * 1.0001f)
    add({SafetyKind::kForceLimit, tightest->region, anatomy::kNone, tightest->force.value, limit});
}

void SafetyWatch::judge_comfort(const sim::SimState& state) {
  const sim::SafetyRules& rules = model_->safety->rules();
  float worst = 0.0f;
  std::size_t where = 0;
  for (std::size_t s = 0; s < state.segments.size(); ++s) {
    if (state.segments[s].comfort_ratio > worst) {
      worst = state.segments[s].comfort_ratio;
      where = s;
    }
  }
  if (!(worst > 0.0f)) return;
  const anatomy::StructureIndex muscle = model_->body->body().segments[where].structure;
  const auto report = [&](SafetyKind kind, float limit) { add({kind, 0, muscle, worst, limit}); };
  if (worst >= rules.comfort_stop) {
    report(SafetyKind::kComfortStop, rules.comfort_stop);
  } else if (worst >= rules.comfort_pain) {
    report(SafetyKind::kComfortPain, rules.comfort_pain);
  } else if (worst >= rules.comfort_warn) {
    report(SafetyKind::kComfortWarn, rules.comfort_warn);
  }
  const bool fresh = model_->injury_age_h && *model_->injury_age_h < rules.fresh_h;
  if (fresh && worst > rules.comfort_gentle) {
    report(SafetyKind::kFreshStrain, rules.comfort_gentle);
  }
}

void SafetyWatch::judge_times(const sim::SimState& state, const sim::ToolInput& input,
                              double dt_s) {
  const sim::SafetyRules& rules = model_->safety->rules();
  session_s_ += dt_s;
  if (is_over(session_s_, rules.session_s)) {
    add({SafetyKind::kSessionTooLong, 0, anatomy::kNone, static_cast<float>(session_s_),
         rules.session_s});
  }
  if (input.attachment->id != attachment_) {
    attachment_ = input.attachment->id;
    attachment_s_ = 0.0;
  }
  attachment_s_ += dt_s;
  if (const auto& limit = input.attachment->time_limit;
      limit && is_over(attachment_s_, limit->value)) {
    add({SafetyKind::kAttachmentTooLong, 0, anatomy::kNone, static_cast<float>(attachment_s_),
         limit->value});
  }
  const bool moves = glm::length(input.velocity_m_s) > model_->parameters.moving_speed_m_s;
  for (Spot& spot : spots_) spot.seen = false;
  counted_.clear();
  for (const sim::Contact& contact : state.patch.contacts) {
    const auto near = [&](const auto& place, float radius) {
      return glm::distance(place.point_m, contact.point_m) < radius;
    };
    if (!moves) {
      auto spot = std::find_if(spots_.begin(), spots_.end(),
                               [&](const Spot& s) { return near(s, kSpotRadius); });
      if (spot == spots_.end()) spot = spots_.insert(spots_.end(), {contact.point_m, 0.0, false});
      spot->held_s += spot->seen ? 0.0 : dt_s;
      spot->seen = true;
      if (is_over(spot->held_s, rules.static_spot_s)) {
        add({SafetyKind::kStaticTooLong, contact.region, anatomy::kNone,
             static_cast<float>(spot->held_s), rules.static_spot_s});
      }
    }
    const auto found = std::find_if(sites_.begin(), sites_.end(),
                                    [&](const Site& s) { return near(s, kSiteRadius); });
    const auto index = static_cast<std::size_t>(found - sites_.begin());
    if (found == sites_.end()) {
      if (sites_.size() == kMostSites) continue;
      sites_.push_back({contact.point_m, 0.0});
    }
    if (std::find(counted_.begin(), counted_.end(), index) == counted_.end()) {
      counted_.push_back(index);
      sites_[index].pressed_s += dt_s;
    }
    if (is_over(sites_[index].pressed_s, rules.site_s)) {
      add({SafetyKind::kSiteTooLong, contact.region, anatomy::kNone,
           static_cast<float>(sites_[index].pressed_s), rules.site_s});
    }
  }
  std::erase_if(spots_, [](const Spot& spot) { return !spot.seen; });
}

std::string describe(const sim::SimModel& model, const SafetyFinding& finding) {
  const std::string region = model.safety->region(finding.region).name;
  const auto& structures = model.body->body().structures;
  const std::string muscle =
      finding.muscle == anatomy::kNone ? "" : structures[finding.muscle].name;
  const std::string of_threshold =
      "The pressure is " + ratio(finding.value) + " of the pain threshold at " + muscle;
  switch (finding.kind) {
    case SafetyKind::kNoGo:
      return "Nobody should press on " + region + ". Move away.";
    case SafetyKind::kForceLimit:
      return rounded(finding.value) + " N on " + region + ", where " + rounded(finding.limit) +
             " N are the most. Lean in less.";
    case SafetyKind::kComfortWarn:
      return of_threshold + ": as firm as it should get.";
    case SafetyKind::kComfortPain:
      return of_threshold + ": it hurts, and the muscle guards. Lean in less.";
    case SafetyKind::kComfortStop:
      return of_threshold + ": far too much. Stop.";
    case SafetyKind::kBruiseRisk:
      return rounded(1e-3f * finding.value) + " kPa at the skin of " + region +
             ": this may bruise. Lean in less or use larger balls.";
    case SafetyKind::kStaticTooLong:
      return "Held in one spot on " + region + " for more than " + rounded(finding.limit) +
             " s. Let the blood return.";
    case SafetyKind::kSiteTooLong:
      return "More than " + rounded(finding.limit / 60.0f) + " min in one place on " + region +
             ". Go on elsewhere.";
    case SafetyKind::kSessionTooLong:
      return "More than " + rounded(finding.limit / 60.0f) + " min in all. Enough for today.";
    case SafetyKind::kAttachmentTooLong:
      return "More than " + rounded(finding.limit / 60.0f) +
             " min with this attachment in one go. Lift it off and let the skin recover.";
    case SafetyKind::kFreshStrain:
      break;
  }
  return of_threshold + ", and the injury is younger than " +
         rounded(model.safety->rules().fresh_h) + " hours: gently or not at all.";
}

}  // namespace guide

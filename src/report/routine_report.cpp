#include "report/routine_report.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <functional>

#include "base/check.h"
#include "sim/sim_model.h"

namespace report {
namespace {

using data::Json;
using guide::Person;
using guide::RoutineRun;

constexpr std::size_t kTracedMuscles = 8;
constexpr std::array<const char*, guide::kMoments> kMomentNames = {"before", "end", "after_5_min",
                                                                   "after_30_min", "after_2_h"};

std::string to_digits(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.6g", value);
  return text;
}
double rounded(double value) { return std::strtod(to_digits(value).c_str(), nullptr); }

struct Dose {
  double total = 0.0, along = 0.0, across = 0.0, held = 0.0;
};

class Muscle {
 public:
  Muscle(const RoutineRun& run, const guide::MusclePressed& pressed)
      : run_(run),
        pressed_(pressed),
        structure_(run.model->body->body().structures[pressed.structure]) {
    for (const sim::SegmentState& segment : segments(Person::kNominal, 1)) {
      weights_.push_back(segment.dose_pa_s);
      weight_sum_ += segment.dose_pa_s;
    }
    if (weight_sum_ > 0.0) return;
    weights_.assign(weights_.size(), 1.0);
    weight_sum_ = static_cast<double>(weights_.size());
  }

  const guide::MusclePressed& pressed() const { return pressed_; }
  const anatomy::Structure& structure() const { return structure_; }

  // Of the most worked segment.
  Dose dose(Person person) const {
    Dose most;
    for (const sim::SegmentState& s : segments(person, 1)) {
      if (s.dose_pa_s > most.total) {
        most = {s.dose_pa_s, s.dose_along_pa_s, s.dose_across_pa_s, s.dose_static_pa_s};
      }
    }
    return most;
  }

  double mean(Person person, std::size_t moment,
              const std::function<double(const sim::SegmentState&)>& value) const {
    const auto now = segments(person, moment);
    double sum = 0.0;
    for (std::size_t s = 0; s < now.size(); ++s) sum += weights_[s] * value(now[s]);
    return sum / weight_sum_;
  }

 private:
  std::span<const sim::SegmentState> segments(Person person, std::size_t moment) const {
    const auto& all = run_.segments[static_cast<std::size_t>(person)][moment];
    return std::span(all).subspan(structure_.first_segment, structure_.segment_count);
  }

  const RoutineRun& run_;
  const guide::MusclePressed& pressed_;
  const anatomy::Structure& structure_;
  std::vector<double> weights_;
  double weight_sum_ = 0.0;
};

// From what the four persons have: the value, the untreated one, and the band. The range of relief
// reaches from no difference to the untreated person at all to twice the difference.
Json with_band(const std::array<double, guide::kPersons>& of, double least, double most) {
  const double untreated = of[static_cast<std::size_t>(Person::kUntreated)];
  double low = untreated, high = untreated;
  for (const Person person : {Person::kNominal, Person::kGentle, Person::kHarsh}) {
    const double value = of[static_cast<std::size_t>(person)];
    const double most_relief = untreated + (1.0 + guide::kReliefRange) * (value - untreated);
    low = std::min({low, value, most_relief});
    high = std::max({high, value, most_relief});
  }
  return {
      {"value", rounded(of[static_cast<std::size_t>(Person::kNominal)])},
      {"untreated", rounded(untreated)},
      {"band", {rounded(std::clamp(low, least, most)), rounded(std::clamp(high, least, most))}}};
}

Json moments_of(const Muscle& muscle, double least, double most,
                const std::function<double(const sim::SegmentState&)>& value) {
  Json moments = Json::object();
  for (std::size_t m = 0; m < guide::kMoments; ++m) {
    std::array<double, guide::kPersons> of{};
    for (std::size_t p = 0; p < guide::kPersons; ++p) {
      of[p] = muscle.mean(static_cast<Person>(p), m, value);
    }
    moments[kMomentNames[m]] = with_band(of, least, most);
  }
  return moments;
}

Json pressure_json(double value_pa) {
  return {{"value", rounded(value_pa)},
          {"band",
           {rounded((1.0 - guide::kPressureRange) * value_pa),
            rounded((1.0 + guide::kPressureRange) * value_pa)}}};
}

Json muscle_json(const Muscle& muscle) {
  const guide::MusclePressed& pressed = muscle.pressed();
  const anatomy::Structure& structure = muscle.structure();
  const Dose dose = muscle.dose(Person::kNominal);
  const double mean_pa =
      pressed.contact_s > 0.0 ? pressed.pressure_time_pa_s / pressed.contact_s : 0.0;
  const auto comfort = [&](Person person) {
    return rounded(pressed.comfort_ratio[static_cast<std::size_t>(person)]);
  };
  return {
      {"id", structure.id},
      {"name", structure.name},
      {"fma", structure.fma},
      {"side", anatomy::to_string(structure.side)},
      {"dose_pa_s",
       {{"total", rounded(dose.total)},
        {"with_fibre", rounded(dose.along)},
        {"across_fibre", rounded(dose.across)},
        {"static", rounded(dose.held)},
        {"band",
         {rounded(muscle.dose(Person::kGentle).total),
          rounded(muscle.dose(Person::kHarsh).total)}}}},
      {"contact_s", rounded(pressed.contact_s)},
      {"peak_pressure_pa", pressure_json(pressed.peak_pa)},
      {"mean_pressure_pa", pressure_json(mean_pa)},
      {"comfort_ratio",
       {{"value", comfort(Person::kNominal)},
        {"band", {comfort(Person::kGentle), comfort(Person::kHarsh)}}}},
      {"tension", moments_of(muscle, 0.0, 3.0, [](const auto& s) { return double(s.tension()); })},
      {"stiffness_pa",
       moments_of(muscle, 0.0, 1e7, [](const auto& s) { return double(s.stiffness_pa); })}};
}

Json person_json(const guide::PersonSample& sample) {
  const auto of = [&](float guide::PersonNow::*field, double most) {
    std::array<double, guide::kPersons> values{};
    for (std::size_t p = 0; p < guide::kPersons; ++p) values[p] = sample.persons[p].*field;
    return with_band(values, 0.0, most);
  };
  return {{"time_s", rounded(sample.time_s)},
          {"force_n", rounded(sample.force_n)},
          {"calm", of(&guide::PersonNow::calm, 1.0)},
          {"alarm", of(&guide::PersonNow::alarm, 1.0)},
          {"pain", of(&guide::PersonNow::pain, 10.0)}};
}

Json vec_json(glm::vec3 v) { return {rounded(v.x), rounded(v.y), rounded(v.z)}; }

Json steps_json(const guide::RoutinePlan& plan) {
  Json legs = Json::array();
  std::uint32_t tick = 0;
  for (const guide::Leg& leg : plan.legs) {
    const guide::RoutineStep& step = plan.routine.steps[leg.step];
    const tool::HeadPose& place = leg.poses[leg.first_pose];
    const double start_s = tick / 60.0;
    tick += leg.ticks;
    legs.push_back({{"step", leg.step},
                    {"start_s", rounded(start_s)},
                    {"end_s", rounded(tick / 60.0)},
                    {"attachment", leg.attachment->id},
                    {"at_m", vec_json(place.position_m)},
                    {"angle_deg", rounded(base::to_degrees(place.angle))},
                    {"style", guide::to_string(step.style)},
                    {"motion", leg.rolls() ? "stroke" : "hold"},
                    {"braced", leg.braced},
                    {"force_n", {rounded(leg.force_from.value), rounded(leg.force_to.value)}},
                    {"ramp_s", rounded(leg.ramp_ticks / 60.0)}});
  }
  return legs;
}

const tool::AttachmentSpec& attachment_of(const guide::RoutinePlan& plan, std::size_t step) {
  const auto leg = std::find_if(plan.legs.begin(), plan.legs.end(),
                                [&](const guide::Leg& l) { return l.step == step; });
  BACKMATE_CHECK(leg != plan.legs.end());
  return *leg->attachment;
}

Json safety_json(const RoutineRun& run) {
  Json events = Json::array();
  for (const guide::SafetyEvent& event : run.safety) {
    const guide::SafetyFinding& worst = event.worst;
    Json entry = {{"kind", guide::to_string(worst.kind)},
                  {"step", event.step},
                  {"time_s", rounded(std::max(0.0, event.time_s))},
                  {"seconds", rounded(event.seconds)},
                  {"worst", rounded(worst.value)},
                  {"limit", rounded(worst.limit)},
                  {"message", guide::describe(*run.model, worst)}};
    if (worst.muscle != anatomy::kNone) {
      entry["muscle"] = run.model->body->body().structures[worst.muscle].id;
    } else if (worst.kind == guide::SafetyKind::kAttachmentTooLong) {
      entry["attachment"] = attachment_of(run.plan, event.step).id;
    } else if (worst.kind != guide::SafetyKind::kSessionTooLong) {
      entry["region"] = run.model->safety->region(worst.region).id;
    }
    events.push_back(std::move(entry));
  }
  return events;
}

std::vector<Muscle> sorted_muscles(const RoutineRun& run) {
  std::vector<Muscle> muscles;
  for (const guide::MusclePressed& pressed : run.muscles) muscles.emplace_back(run, pressed);
  std::vector<std::size_t> order(muscles.size());
  std::vector<double> dose(muscles.size());
  for (std::size_t i = 0; i < muscles.size(); ++i) {
    order[i] = i;
    dose[i] = muscles[i].dose(Person::kNominal).total;
  }
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    if (dose[a] != dose[b]) return dose[a] > dose[b];
    return muscles[a].structure().id < muscles[b].structure().id;
  });
  std::vector<Muscle> sorted;
  for (const std::size_t i : order) sorted.push_back(muscles[i]);
  return sorted;
}

}  // namespace

Json make_routine_report(const RoutineRun& run) {
  const guide::Routine& routine = run.plan.routine;
  Json muscles = Json::array();
  for (const Muscle& muscle : sorted_muscles(run)) muscles.push_back(muscle_json(muscle));
  Json person = Json::array();
  for (const guide::PersonSample& sample : run.person) person.push_back(person_json(sample));
  return {{"format", "backmate-report"},
          {"version", 1},
          {"note",
           "Educational simulation of a typical adult: not medical advice, not a prediction for "
           "anybody."},
          {"body", run.model->body->body().id},
          {"condition", routine.condition.id},
          {"condition_side", anatomy::to_string(routine.condition.side)},
          {"routine", routine.name},
          {"seconds", rounded(run.end_s)},
          {"tick_s", rounded(guide::kRoutineTickSeconds)},
          {"ranges",
           {{"pressure", rounded(guide::kPressureRange)},
            {"threshold", rounded(guide::kThresholdRange)},
            {"relief", rounded(guide::kReliefRange)}}},
          {"steps", steps_json(run.plan)},
          {"muscles", muscles},
          {"person", person},
          {"safety", safety_json(run)}};
}

std::string make_trace_csv(const RoutineRun& run) {
  const anatomy::Body& body = run.model->body->body();
  std::vector<std::size_t> traced;
  for (const Muscle& muscle : sorted_muscles(run)) {
    if (traced.size() == kTracedMuscles || !(muscle.dose(Person::kNominal).total > 0.0)) break;
    traced.push_back(static_cast<std::size_t>(&muscle.pressed() - run.muscles.data()));
  }
  std::string csv = "time_s,force_n,calm,alarm,pain";
  for (const std::size_t m : traced) {
    const std::string& id = body.structures[run.muscles[m].structure].id;
    for (const char* column : {".load_pa", ".tension", ".stiffness_pa", ".relief"}) {
      csv += "," + id + column;
    }
  }
  csv += "\n";
  for (const guide::TraceRow& row : run.trace) {
    csv += to_digits(row.time_s);
    const auto add = [&](double value) { csv += "," + to_digits(value); };
    add(row.force_n);
    add(row.person.calm);
    add(row.person.alarm);
    add(row.person.pain);
    for (const std::size_t m : traced) {
      const guide::TraceValue& value = row.muscles[m];
      add(value.load_pa);
      add(value.tension);
      add(value.stiffness_pa);
      add(value.relief);
    }
    csv += "\n";
  }
  return csv;
}

}  // namespace report

#include "sim/step.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <glm/geometric.hpp>
#include <utility>

#include "base/check.h"
#include "base/fmath.h"
#include "base/hash.h"
#include "sim/contact_geometry.h"
#include "sim/contact_solver.h"
#include "sim/relief.h"
#include "sim/sim_model.h"

namespace sim {
namespace {

constexpr float kUntreatedHours = 2.0f * 3600.0f;
constexpr float kFreeStep = 5.0f;     // longest relief step: stable and within 0.1 % off contact
constexpr float kContactStep = 0.1f;  // longest relief step while something presses

bool same_start(const SegmentParameters& a, const SegmentParameters& b, const SegmentState& s,
                const SegmentState& t) {
  return a.tone_cause == b.tone_cause && a.pain_cause == b.pain_cause &&
         a.tender_rest == b.tender_rest && a.repair_s == b.repair_s && s.tone_set == t.tone_set &&
         s.inflammation == t.inflammation && s.tender == t.tender && s.oedema == t.oedema &&
         s.damage == t.damage;
}

std::shared_ptr<const ContactGeometry> geometry_for(const SimModel& model, const SimState& state,
                                                    const ToolInput& input) {
  BACKMATE_CHECK(input.attachment != nullptr);
  if (state.geometry && state.geometry->is_for(input.pose, *input.attachment)) {
    return state.geometry;
  }
  return build_contact_geometry(model, input.pose, *input.attachment);
}

// Tissue that comes under a ball as it slides has no past: it answers like freshly loaded tissue.
void renew_memory(const ContactGeometry& now, std::vector<ViscousMemory>& viscous) {
  for (std::size_t i = 0; i < viscous.size(); ++i) {
    ViscousMemory& memory = viscous[i];
    if (!(memory.radius_m > 0.0f)) continue;
    const float moved = glm::distance(memory.point_m, now.feet[i].smooth_point_m);
    const float fresh = 1.0f - base::fexp(-moved / (2.0f * memory.radius_m));
    for (float& branch : memory.branch) branch += (memory.load - branch) * fresh;
  }
}

// Memory as it is where the head is now: kept where it stayed, renewed where it moved.
void bring_memory(const ContactGeometry& geometry, std::vector<ViscousMemory>& memory) {
  if (memory.size() != geometry.feet.size()) {
    memory.assign(geometry.feet.size(), ViscousMemory{});
  } else {
    renew_memory(geometry, memory);
  }
}

// The result holds until the next call of this thread; its patch may be swapped for another one.
SettledHead& settle(const SimModel& model, const SimState& state, const ToolInput& input,
                    const ContactGeometry& geometry, std::span<const ViscousMemory> memory,
                    float dt_s) {
  thread_local std::vector<ViscousLaw> laws;
  thread_local SettledHead settled;
  laws.clear();
  for (const ViscousMemory& m : memory) laws.push_back(viscous_law(model.prony, m, dt_s));
  settle_head(model, state.segments, geometry, input.force, laws, settled);
  return settled;
}

void find_contact(const SimModel& model, const SimState& state, const ToolInput& input,
                  const ContactGeometry& geometry, ContactPatch& patch) {
  if (!(input.force.value > 0.0f)) {
    patch = lift_head(model, geometry);
    return;
  }
  thread_local std::vector<ViscousMemory> memory;
  memory = state.viscous;
  bring_memory(geometry, memory);
  std::swap(patch, settle(model, state, input, geometry, memory, 0.0f).patch);
}

// The skin that hurts as one (science.md: thresholds fall with the area): strips of a roller and
// stretches of a mesh that lie side by side are one contact area, balls are one each.
void find_joined_areas(const ContactGeometry& geometry, const ContactPatch& patch,
                       std::vector<float>& areas) {
  const auto& contacts = patch.contacts;
  const auto ball_of = [&](std::size_t c) -> const tool::BallSpec& {
    return geometry.balls[static_cast<std::size_t>(contacts[c].ball)];
  };
  const auto joins = [&](std::size_t c) {  // contact c with the one before it
    if (contacts[c].ball != contacts[c - 1].ball + 1) return false;
    if (geometry.mesh) return true;
    const tool::BallSpec &a = ball_of(c - 1), &b = ball_of(c);
    constexpr float kHair = 1e-3f;
    return a.strip.value > 0.0f && b.strip.value > 0.0f &&
           b.centre_m.x - a.centre_m.x < 0.5f * (a.strip.value + b.strip.value) + kHair;
  };
  areas.assign(contacts.size(), 0.0f);
  for (std::size_t from = 0; from < contacts.size();) {
    std::size_t to = from + 1;
    while (to < contacts.size() && joins(to)) ++to;
    float sum = 0.0f;
    for (std::size_t c = from; c < to; ++c) sum += contacts[c].area.value;
    std::fill(areas.begin() + static_cast<std::ptrdiff_t>(from),
              areas.begin() + static_cast<std::ptrdiff_t>(to), sum);
    from = to;
  }
}

void press(const SimModel& model, SimState& state, const ToolInput& input,
           std::shared_ptr<const ContactGeometry> geometry, float dt_s,
           std::vector<SegmentInput>& inputs) {
  const std::size_t balls = geometry->feet.size();
  bring_memory(*geometry, state.viscous);
  SettledHead& settled = settle(model, state, input, *geometry, state.viscous, dt_s);
  for (std::size_t i = 0; i < balls; ++i) {
    state.viscous[i] = advance_memory(model.prony, state.viscous[i], settled.load_m2[i], dt_s);
    state.viscous[i].point_m = geometry->feet[i].smooth_point_m;
    state.viscous[i].radius_m = 0.0f;
  }
  for (const Contact& contact : settled.patch.contacts) {
    state.viscous[static_cast<std::size_t>(contact.ball)].radius_m = contact.radius.value;
  }
  std::swap(state.patch, settled.patch);

  thread_local std::vector<SegmentLoad> loads;
  thread_local std::vector<float> areas;
  find_segment_loads(model, *geometry, state.patch, loads);
  inputs.assign(loads.size(), SegmentInput{});
  find_joined_areas(*geometry, state.patch, areas);
  const float speed = glm::length(input.velocity_m_s);
  const auto& segments = model.body->body().segments;
  for (std::size_t s = 0; s < loads.size(); ++s) {
    if (loads[s].contact < 0) continue;
    const Contact& contact = state.patch.contacts[static_cast<std::size_t>(loads[s].contact)];
    SegmentInput& to = inputs[s];
    to.stress_pa = loads[s].stress_pa;
    to.mean_pressure_pa = contact.mean.value;
    to.peak_pressure_pa = contact.peak.value;
    to.area_m2 = areas[static_cast<std::size_t>(loads[s].contact)];
    to.no_go = model.safety && model.safety->region(contact.region).no_go();
    to.speed_m_s = speed;
    if (speed > 0.0f) {
      const float along = glm::dot(segments[s].fibre, input.velocity_m_s) / speed;
      to.fibre_cos2 = std::min(1.0f, along * along);
    }
  }
  state.geometry = std::move(geometry);
}

}  // namespace

SimState make_start_state(const SimModel& model) {
  SimState state;
  state.segments = model.start_segments;
  state.person = model.start_person;
  // Segments that start alike stay alike untreated, and stiffness only scales with mu0: one of
  // each kind lives through the two hours for all of them.
  std::vector<std::size_t> kinds;
  std::vector<std::size_t> kind_of(model.segments.size());
  for (std::size_t s = 0; s < model.segments.size(); ++s) {
    const auto found = std::find_if(kinds.begin(), kinds.end(), [&](std::size_t k) {
      return same_start(model.segments[k], model.segments[s], model.start_segments[k],
                        model.start_segments[s]);
    });
    kind_of[s] = static_cast<std::size_t>(found - kinds.begin());
    if (found == kinds.end()) kinds.push_back(s);
  }
  std::vector<SegmentState> lived;
  for (const std::size_t k : kinds) lived.push_back(state.segments[k]);
  const ReliefStep one(model.parameters, kFreeStep);
  const SegmentInput nothing;
  const int steps = static_cast<int>(kUntreatedHours / kFreeStep);
  for (int i = 0; i < steps; ++i) {
    PersonInput gathered;
    for (std::size_t k = 0; k < kinds.size(); ++k) {
      one.advance(model.segments[kinds[k]], nothing, state.person, lived[k], gathered);
    }
    one.advance(gathered, state.person);
  }
  for (std::size_t s = 0; s < state.segments.size(); ++s) {
    state.segments[s] = lived[kind_of[s]];
    state.segments[s].stiffness_pa =
        stiffness_of(model.parameters, model.segments[s], state.segments[s]);
    state.stiffness_start_pa.push_back(state.segments[s].stiffness_pa);
  }
  return state;
}

ContactPatch find_contact(const SimModel& model, const SimState& state, const ToolInput& input) {
  ContactPatch patch;
  find_contact(model, state, input, *geometry_for(model, state, input), patch);
  return patch;
}

void place_head(const SimModel& model, SimState& state, const ToolInput& input) {
  state.geometry = geometry_for(model, state, input);
  find_contact(model, state, input, *state.geometry, state.patch);
  thread_local std::vector<SegmentLoad> loads;
  find_segment_loads(model, *state.geometry, state.patch, loads);
  for (std::size_t s = 0; s < loads.size(); ++s) {
    const float stress = loads[s].stress_pa;
    state.segments[s].pressure_pa = stress >= model.parameters.contact_threshold_pa ? stress : 0.0f;
  }
}

void step(const SimModel& model, SimState& state, const ToolInput& input, base::Seconds dt) {
  std::vector<SegmentInput> inputs;
  step(model, state, input, dt, inputs);
}

void pass_untreated(const SimModel& model, SimState& state, base::Seconds duration) {
  BACKMATE_CHECK(duration.value >= 0.0f && std::isfinite(duration.value));
  const int parts = static_cast<int>(std::ceil(duration.value / kFreeStep));
  state.person.braced = false;
  for (int i = 0; i < parts; ++i) {
    advance_relief(model, {}, duration.value / static_cast<float>(parts), state);
  }
}

void step(const SimModel& model, SimState& state, const ToolInput& input, base::Seconds dt,
          std::vector<SegmentInput>& inputs) {
  BACKMATE_CHECK(dt.value > 0.0f && std::isfinite(dt.value));
  BACKMATE_CHECK(std::isfinite(input.force.value));
  auto geometry = geometry_for(model, state, input);
  inputs.clear();
  state.person.braced = input.braced;
  const bool pressed = input.force.value > 0.0f;
  if (pressed) {
    press(model, state, input, std::move(geometry), dt.value, inputs);
  } else {
    const bool hangs_there =
        state.geometry == geometry && state.patch.contacts.empty() && state.patch.gap.value > 0.0f;
    if (!hangs_there) state.patch = lift_head(model, *geometry);
    state.geometry = std::move(geometry);
    state.viscous.clear();
  }
  const float longest = pressed ? kContactStep : kFreeStep;
  const int parts = std::max(1, static_cast<int>(std::ceil(dt.value / longest)));
  for (int i = 0; i < parts; ++i) {
    advance_relief(model, inputs, dt.value / static_cast<float>(parts), state);
  }
  ++state.tick;
}

std::uint64_t SimState::hash() const {
  base::Hash h;
  h.add(tick);
  h.add(person.calm);
  h.add(person.alarm);
  h.add(person.activation);
  for (const SegmentState& s : segments) {
    for (const float f :
         {s.pressure_pa, s.stiffness_pa, s.pain, s.gate, s.gate_adaptation, s.guarding,
          s.habituation, s.tone, s.flow, s.skin_flow, s.comfort_ratio, s.strain}) {
      h.add(f);
    }
    for (const double d :
         {s.thixotropy_fast, s.thixotropy_slow, s.flow_debt, s.vasodilation, s.metabolites,
          s.oedema, s.inflammation, s.macro, s.damage, s.tender, s.tone_set, s.bruise, s.dose_pa_s,
          s.dose_along_pa_s, s.dose_across_pa_s, s.dose_static_pa_s}) {
      h.add(d);
    }
  }
  h.add(owed_s);
  for (const float f : stiffness_start_pa) h.add(f);
  for (const ViscousMemory& m : viscous) {
    h.add(m.load);
    h.add(m.branch[0]);
    h.add(m.branch[1]);
  }
  for (const Contact& contact : patch.contacts) {
    h.add(contact.force.value);
    h.add(contact.indentation.value);
    h.add(contact.radius.value);
  }
  return h.value();
}

std::optional<MuscleReadout> read_muscle_part(const SimModel& model, const SimState& state,
                                              anatomy::StructureIndex muscle,
                                              const anatomy::GroupSpan& span) {
  const anatomy::Body& body = model.body->body();
  const anatomy::Structure& structure = body.structures[muscle];
  constexpr float kLoaded = 1000.0f;
  MuscleReadout readout;
  readout.structure = muscle;
  double loaded_sum = 0.0, dose = 0.0, tension_dose = 0.0, relief_dose = 0.0;
  double tension_sum = 0.0, relief_sum = 0.0;
  int loaded = 0, count = 0;
  const std::size_t first = structure.first_segment;
  for (std::size_t s = first; s < first + structure.segment_count; ++s) {
    if (!span.holds(body.segments[s])) continue;
    ++count;
    const SegmentState& segment = state.segments[s];
    readout.load_pa = std::max(readout.load_pa, segment.pressure_pa);
    if (segment.pressure_pa >= kLoaded) {
      loaded_sum += segment.pressure_pa;
      ++loaded;
    }
    const double relief = 1.0 - segment.stiffness_pa / state.stiffness_start_pa[s];
    dose += segment.dose_pa_s;
    tension_dose += segment.dose_pa_s * segment.tension();
    relief_dose += segment.dose_pa_s * relief;
    tension_sum += segment.tension();
    relief_sum += relief;
  }
  if (count == 0) return std::nullopt;
  if (loaded > 0) readout.load_mean_pa = static_cast<float>(loaded_sum / loaded);
  readout.tension = static_cast<float>(dose > 0.0 ? tension_dose / dose : tension_sum / count);
  readout.relief = static_cast<float>(dose > 0.0 ? relief_dose / dose : relief_sum / count);
  return readout;
}

std::vector<MuscleReadout> read_muscles(const SimModel& model, const SimState& state) {
  std::vector<MuscleReadout> muscles;
  read_muscles(model, state, muscles);
  return muscles;
}

void read_muscles(const SimModel& model, const SimState& state,
                  std::vector<MuscleReadout>& muscles) {
  const anatomy::Body& body = model.body->body();
  muscles.clear();
  for (std::size_t i = 0; i < body.structures.size(); ++i) {
    const anatomy::Structure& structure = body.structures[i];
    if (structure.kind != anatomy::Kind::kMuscle || !structure.usable) continue;
    const auto muscle = read_muscle_part(model, state, static_cast<anatomy::StructureIndex>(i), {});
    if (muscle) muscles.push_back(*muscle);
  }
  std::sort(muscles.begin(), muscles.end(), [&](const MuscleReadout& a, const MuscleReadout& b) {
    if (a.load_pa != b.load_pa) return a.load_pa > b.load_pa;
    return body.structures[a.structure].id < body.structures[b.structure].id;
  });
}

}  // namespace sim

// The mutable state of the simulated person: small, copyable, hashable. See science.md section 3.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "sim/contact.h"
#include "sim/contact_law.h"

namespace sim {

// One muscle segment. Dimensionless unless named; the letters are those of science.md. What changes
// over hours or sums up over a session is double: one tick's share of it is below a float's digits.
struct SegmentState {
  float pressure_pa = 0.0f;      // p: mean stress of the segment now
  double thixotropy_fast = 1.0;  // lf
  double thixotropy_slow = 1.0;  // ls
  float stiffness_pa = 0.0f;     // mu
  float pain = 0.0f;             // N
  float gate = 0.0f;             // G
  float gate_adaptation = 1.0f;  //
  float guarding = 0.0f;         // Tr
  float habituation = 0.0f;      // Hb
  float tone = 0.0f;             // Tt
  float flow = 1.0f;             // Q
  float skin_flow = 1.0f;        // Qs
  float comfort_ratio = 0.0f;    // rp; 0 without contact
  double flow_debt = 0.0;        // Db, seconds
  double vasodilation = 0.0;     // V
  double metabolites = 0.2;      // M
  double oedema = 0.0;           // E
  double inflammation = 0.0;     // I
  double macro = 0.0;            // mm
  double damage = 0.0;           // D
  double tender = 0.0;           // S
  double tone_set = 0.02;        // Tset
  double bruise = 0.0;           // B
  float strain = 0.0f;           // eps of the last tick
  float activation = 0.0f;       // Ta: voluntary, of a person who braces
  double dose_pa_s = 0.0;
  double dose_along_pa_s = 0.0;
  double dose_across_pa_s = 0.0;
  double dose_static_pa_s = 0.0;

  float tension() const { return guarding + tone + activation; }  // T
};

struct PersonState {
  double calm = 0.0;        // C
  double alarm = 0.0;       // A
  float activation = 0.0f;  // Ta of every muscle, on its way to that of a braced or relaxed person
  bool braced = false;
};

struct ContactGeometry;  // sim/contact_geometry.h

struct SimState {
  std::uint64_t tick = 0;
  std::vector<SegmentState> segments;     // one per Body segment
  std::vector<float> stiffness_start_pa;  // mu when the person started: relief = 1 - mu / mu_start
  PersonState person;
  ContactPatch patch;  // of the last tick

  // Segments that nothing presses on change slowly: they wait and take a tenth of a second at once
  // (sim/relief.h). Awake ones keep step.
  std::vector<std::uint8_t> awake;  // per segment; empty: nobody is
  float owed_s = 0.0f;              // what the others have not lived through yet
  float resting_pain = 0.0f;        // highest effective N among those, when they last moved

  std::vector<ViscousMemory> viscous;  // per ball of the attachment; empty without contact

  // What only depends on where the head is, kept while it stays there. Not part of the state: a
  // step gives the same result without it.
  std::shared_ptr<const ContactGeometry> geometry;

  std::uint64_t hash() const;
};

}  // namespace sim

// The mutable state of the simulated person: small, copyable, hashable. See science.md section 3.
#pragma once

#include <cstdint>
#include <vector>

#include "sim/contact.h"

namespace sim {

// One muscle segment. Dimensionless unless named; the letters are those of science.md.
struct SegmentState {
  float pressure_pa = 0.0f;      // p: mean stress of the segment now
  float thixotropy_fast = 1.0f;  // lf
  float thixotropy_slow = 1.0f;  // ls
  float stiffness_pa = 0.0f;     // mu
  float pain = 0.0f;             // N
  float gate = 0.0f;             // G
  float gate_adaptation = 1.0f;
  float guarding = 0.0f;      // Tr
  float habituation = 0.0f;   // Hb
  float tone = 0.0f;          // Tt
  float flow = 1.0f;          // Q
  float flow_debt = 0.0f;     // Db
  float vasodilation = 0.0f;  // V
  float metabolites = 0.2f;   // M
  float oedema = 0.0f;        // E
  float inflammation = 0.0f;  // I
  float macro = 0.0f;         // mm
  float damage = 0.0f;        // D
  float tender = 0.0f;        // S
  float tone_set = 0.02f;     // Tset
  float bruise = 0.0f;        // B
  float strain = 0.0f;        // eps of the last tick
  float dose_pa_s = 0.0f;
  float dose_along_pa_s = 0.0f;
  float dose_across_pa_s = 0.0f;
  float dose_static_pa_s = 0.0f;

  float tension() const { return guarding + tone; }  // T
};

struct PersonState {
  float calm = 0.0f;   // C
  float alarm = 0.0f;  // A
};

struct SimState {
  std::uint64_t tick = 0;
  std::vector<SegmentState> segments;     // one per Body segment
  std::vector<float> stiffness_start_pa;  // mu when the person started: relief = 1 - mu / mu_start
  PersonState person;
  ContactPatch patch;                  // of the last tick
  std::vector<float> viscous_newtons;  // Prony memory of the contact

  std::uint64_t hash() const;
};

}  // namespace sim

// Settles a head on its touching geometry: stacks from the columns, then force and moment balance.
#pragma once

#include <span>
#include <vector>

#include "sim/contact.h"
#include "sim/contact_geometry.h"
#include "sim/contact_law.h"
#include "sim/sim_model.h"

namespace sim {

// Mean stack under a foot, weighted by 1 - (r/reach)^2 over a disc a little larger than the contact
// (at least 14 mm, so that it always spans 7 columns or more).
void find_stack(const SimModel& model, std::span<const SegmentState> segments,
                const ContactGeometry& geometry, std::size_t ball, float contact_radius_m,
                TissueStack& stack);

struct SettledHead {
  ContactPatch patch;
  std::vector<float> load_m2;  // per ball: f = F_elastic/E_eff, for the viscous memory
};

// `viscous` has one law per ball; the elastic law is slope 1, offset 0. force > 0. What `settled`
// held before plays no part; its memory is used again.
void settle_head(const SimModel& model, std::span<const SegmentState> segments,
                 const ContactGeometry& geometry, base::Newtons force,
                 std::span<const ViscousLaw> viscous, SettledHead& settled);

// The head lifted off: no contacts, a gap.
ContactPatch lift_head(const SimModel& model, const ContactGeometry& geometry);

// What the head does to one segment.
struct SegmentLoad {
  float stress_pa = 0.0f;  // area-weighted mean of sigma_z over its loaded cells; 0 without contact
  int contact = -1;        // that loads it most, in ContactPatch::contacts
};
// One entry per segment of the body.
void find_segment_loads(const SimModel& model, const ContactGeometry& geometry,
                        const ContactPatch& patch, std::vector<SegmentLoad>& loads);

}  // namespace sim

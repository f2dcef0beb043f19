// A mesh head on the skin: every piece of skin under it is a spring of its own (Winkler's elastic
// foundation, science.md section 1, an assumption: neighbours do not share), and the head settles
// until the springs carry its force without a moment.
//
// Decisions: springs are read in places 3.5 mm apart, each with the area and normal of its skin
// site; their stiffness is that of the mean stack under their stretch of the bar. A stretch is one
// contact: its pressure is the foundation's peak, its radius that of a Hertz disc of the same peak
// and force, so that the field in depth carries all of it. The moment across the bar is the arm's.
#pragma once

#include <span>

#include "sim/contact_solver.h"

namespace sim {

// Feet, sites, axes and centre of the head that touches. Never without a reachable foot.
void seat_mesh(const SimModel& model, const tool::HeadPose& pose,
               const tool::AttachmentSpec& attachment, ContactGeometry& geometry);

// As settle_head.
void settle_foundation(const SimModel& model, std::span<const SegmentState> segments,
                       const ContactGeometry& geometry, base::Newtons force,
                       std::span<const ViscousLaw> viscous, SettledHead& settled);

}  // namespace sim

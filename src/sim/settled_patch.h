// What the contact solvers hand out once a head is in balance: the same for balls, rollers and
// meshes. Internal to them.
#pragma once

#include "sim/contact.h"
#include "sim/contact_geometry.h"
#include "sim/head_balance.h"

namespace sim {

// Where the head is at its balance; contacts stay as they are.
void place_patch(const ContactGeometry& geometry, const Balance& balance, ContactPatch& patch);

struct Touch {
  std::size_t ball = 0;  // in the geometry
  float force_n = 0.0f;
  float area_m2 = 0.0f;
  float peak_pa = 0.0f;
  float indentation_m = 0.0f;
};
// Contact of a ball or of its stretch of the bar, pressed in along the skin's normal. Its radius is
// that of a Hertz disc of the same force and peak, so that the field in depth carries all of it.
// Replaces all of `contact`, whose stack lends its memory.
void make_contact(const ContactGeometry& geometry, const Touch& touch, const TissueStack& stack,
                  Contact& contact);

// The region of the foot, or a no-go zone that the patch touches: a cell of it lies within the half
// lengths along the bar and across it (an ellipse, or for a strip of a roller a rectangle).
RegionIndex find_touched_region(const SimModel& model, const ContactGeometry& geometry,
                                std::size_t ball, float half_along_m, float half_across_m);

}  // namespace sim

// Contact of the head with the body by science.md section 1: each ball presses a layered stack from
// skin to bone; the head settles in translation and tilt until force and moment balance.
#pragma once

#include <array>
#include <glm/vec3.hpp>
#include <vector>

#include "anatomy/body.h"
#include "base/quantity.h"
#include "tool/attachment.h"
#include "tool/head_pose.h"

namespace sim {

// One layer under a contact, from the skin inward. modulus is Young's E = 3 mu.
struct TissueLayer {
  anatomy::StructureIndex structure = anatomy::kNone;  // kNone: skin, fat or unnamed filling
  anatomy::SegmentIndex segment = anatomy::kNone;
  float thickness_m = 0.0f;
  float modulus_pa = 0.0f;
};

// Mean over several rays of a patch. total_m is at most 0.10 (where no bone lies under the skin).
struct TissueStack {
  std::vector<TissueLayer> layers;
  float total_m = 0.0f;
  float effective_modulus_pa = 0.0f;
};

struct Contact {
  base::Newtons force;
  base::SquareMetres area;
  base::Pascals peak;
  base::Pascals mean;
  glm::vec3 point_m{0.0f};   // undeformed skin under the ball
  glm::vec3 normal{0.0f};    // outward there
  glm::vec3 centre_m{0.0f};  // of the settled ball
  base::Metres radius;       // contact radius a
  base::Metres indentation;
  base::Metres ball_radius;
  TissueStack stack;
};

struct ContactPatch {
  std::vector<Contact> contacts;         // only balls that touch; forces sum to the applied force
  base::Metres gap;                      // from the head to the deformed skin; 0 in contact
  glm::vec3 head_centre_m{0.0f};         // settled origin of the head frame
  glm::vec3 bar_axis{1.0f, 0.0f, 0.0f};  // settled, after tilt
  glm::vec3 outward{0.0f, 0.0f, -1.0f};
};

}  // namespace sim

// Contact of the head with the body by science.md section 1: each ball presses a layered stack from
// skin to bone; the head settles in translation and tilt until force and moment balance.
//
// Decisions: a ball's force counts along the press axis, so that contacts sum to the head's force
// (skin and bar take what is sideways). The head tilts freely about its rolling direction, up to
// tilt_limit_rad, and there its joint takes the rest of the moment: at the edge of the body one
// ball may carry all. A ball whose nearest skin faces away by more than 72 degrees cannot touch.
// Force 0 lifts the head by lift_m.
#pragma once

#include <array>
#include <glm/vec3.hpp>
#include <vector>

#include "anatomy/body.h"
#include "base/quantity.h"
#include "sim/safety.h"
#include "tool/attachment.h"
#include "tool/head_pose.h"

namespace sim {

// What a layer is made of; gaps between structures count as fat. kBone only ends a stack.
enum class LayerMaterial : std::uint8_t { kSkin, kFat, kMuscle, kTendon, kFascia, kVessel, kBone };

// One layer under a contact, from the skin inward. modulus is Young's E = 3 mu.
struct TissueLayer {
  anatomy::StructureIndex structure = anatomy::kNone;  // kNone: skin, fat or unnamed filling
  anatomy::SegmentIndex segment = anatomy::kNone;
  LayerMaterial material = LayerMaterial::kFat;
  float top_m = 0.0f;  // mean depth of its upper side where the rays meet it
  float thickness_m = 0.0f;
  float modulus_pa = 0.0f;
};

// Mean over the columns of a patch (sim/tissue_columns.h), weighted towards its centre. total_m is
// at most 0.10 (where no bone lies under the skin); bone_fraction is the share of columns that end
// on bone.
struct TissueStack {
  std::vector<TissueLayer> layers;
  float total_m = 0.0f;
  float effective_modulus_pa = 0.0f;
  float bone_fraction = 0.0f;
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
  float curvature_per_m = 0.0f;  // mean curvature of the skin there, positive where it is convex
  int ball = 0;                  // index in the attachment
  RegionIndex region = 0;        // under its centre, or a no-go zone that its edge touches
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

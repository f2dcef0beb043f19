// Where the balls of a head would touch, and what lies under them: all that depends on the head's
// pose alone, so that a resting head costs nothing here.
#pragma once

#include <glm/vec3.hpp>
#include <memory>
#include <optional>
#include <vector>

#include "sim/sim_model.h"
#include "tool/attachment.h"
#include "tool/head_mesh.h"
#include "tool/head_pose.h"

namespace sim {

// A ball at rest on the undeformed skin (no force): the head's touching position.
struct BallFoot {
  glm::vec3 centre_m{0.0f};
  glm::vec3 smooth_point_m{0.0f};  // where it touches, on the smooth skin
  glm::vec3 point_m{0.0f};         // the skin mesh's point nearest to that
  glm::vec3 normal{0.0f};          // outward, smooth over the patch
  float clearance_m = 0.0f;        // from ball to skin; 0 where it touches
  float press_cos = 1.0f;          // of the angle between the press axis and the skin's normal
  float curvature_per_m = 0.0f;
  float rolling_curvature_per_m = 0.0f;  // of the skin in the rolling direction alone
  float arm_m = 0.0f;                    // along the bar
  bool reachable = true;
  RegionIndex region = 0;  // of safety that decides at its middle
};

// A skin cell near the head: its column, its area and how far it is from each ball's foot.
struct ContactCell {
  const TissueColumn* column = nullptr;
  float area_m2 = 0.0f;       // that it speaks for among the cells of this head
  float site_area_m2 = 0.0f;  // of its own site, for stacks
  std::uint32_t site = 0;
  std::optional<RegionIndex> region;  // of safety; nothing where no patch reaches
};

// One layer of one cell, as stacks and loads want it.
struct CellLayer {
  std::uint16_t kind = 0;                          // in ContactGeometry::kinds
  anatomy::SegmentIndex segment = anatomy::kNone;  // of a muscle that has one
  float top_m = 0.0f;
  float thickness_m = 0.0f;
};

// Layers of all cells that are one layer of the stack: the same structure, or the same gap.
struct LayerKind {
  anatomy::StructureIndex structure = anatomy::kNone;
  LayerMaterial material = LayerMaterial::kFat;
};

// A muscle's layers in the cells: where stress counts.
struct LoadedLayers {
  std::vector<std::uint32_t> cell;
  std::vector<anatomy::SegmentIndex> segment;
  std::vector<float> depth_m;
};

// A piece of skin under a mesh head: how far the head's underside is above it when the head
// touches.
struct FoundationSite {
  float gap_m = 0.0f;      // along the press axis
  float arm_m = 0.0f;      // along the bar
  float press_cos = 1.0f;  // of the angle between the press axis and the skin's normal
  float area_m2 = 0.0f;
  RegionIndex region = 0;  // of safety
};

struct ContactGeometry {
  // What it was made for.
  tool::HeadPose pose;
  std::vector<tool::BallSpec> balls;
  std::shared_ptr<const tool::HeadMesh> mesh;  // null: the balls are what touches

  glm::vec3 bar_axis{0.0f};  // of the head that touches, after tilt
  glm::vec3 rolling{0.0f};
  glm::vec3 outward{0.0f};
  glm::vec3 head_centre_m{0.0f};
  float tilt_rad = 0.0f;  // from the pose's frame
  std::vector<BallFoot> feet;
  std::vector<ContactCell> cells;
  std::vector<float> cell_radius_m;  // [cell * balls + ball]; kTooFar where the ball's field ends
  std::vector<LayerKind> kinds;
  std::vector<CellLayer> layers;           // of all cells, one after the other
  std::vector<std::uint32_t> first_layer;  // per cell and one more
  LoadedLayers loaded;

  // Of a mesh: each of its stand-in balls has the sites under its stretch of the bar, nearest
  // first.
  std::vector<FoundationSite> foundation;
  std::vector<std::uint32_t> first_site;  // per ball and one more

  bool is_for(const tool::HeadPose& other, const tool::AttachmentSpec& attachment) const;
};

// Beyond this distance from a foot the cells of a usual press are under the contact threshold.
inline constexpr float kFieldReach = 0.065f;
inline constexpr float kTooFar = 1e3f;

// One that nobody holds any more is filled anew, so that a moving head takes no memory.
std::shared_ptr<const ContactGeometry> build_contact_geometry(
    const SimModel& model, const tool::HeadPose& pose, const tool::AttachmentSpec& attachment);

}  // namespace sim

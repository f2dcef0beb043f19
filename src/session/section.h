// A section through the tissue under the head's leading contact: the layers from the skin to the
// bone and the pressure on the axis with depth (science.md sections 1 and 2).
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "anatomy/body.h"
#include "sim/contact.h"
#include "tool/attachment.h"

namespace session {

// "skin", "fat", "muscle", "tendon", "fascia", "vessel", "bone": for keys and files.
std::string_view to_string(sim::LayerMaterial material);

struct SectionLayer {
  anatomy::StructureIndex structure = anatomy::kNone;  // kNone: skin, fat or filling
  sim::LayerMaterial material = sim::LayerMaterial::kFat;
  float top_m = 0.0f;  // below the skin; layers follow each other without gaps
  float thickness_m = 0.0f;
  float middle_pa = 0.0f;  // on the axis of the contact, at half its thickness
};

struct Section {
  std::vector<SectionLayer> layers;  // from the skin inward; thicknesses sum to total_m
  float total_m = 0.0f;
  float bone_fraction = 0.0f;  // share of the columns that end on bone
  // Pressure from the skin (first) to the bone (last), evenly spaced in depth.
  std::vector<float> curve_pa;
  float peak_pa = 0.0f;
  float indentation_m = 0.0f;
  float force_n = 0.0f;
  float contact_radius_m = 0.0f;
  std::size_t ball = 0;  // of the attachment, that presses here
  glm::vec3 point_m{0.0f};
};

inline constexpr std::size_t kSectionCurvePoints = 49;
// What is thinner joins the layer above it: nobody could see or name it.
inline constexpr float kThinnestLayerM = 0.0006f;

// Of the contact with the largest force; nothing while the head is lifted.
void read_section(const sim::ContactPatch& patch, std::optional<Section>& section);

// The underside of a head along its bar around one of its balls: heights over its lowest point in
// view, evenly spaced from -half_width_m to half_width_m; infinite where there is nothing. At least
// two heights.
void find_head_profile(const tool::AttachmentSpec& attachment, std::size_t ball, float half_width_m,
                       std::span<float> heights);

}  // namespace session

#include "session/section.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/check.h"
#include "sim/depth_law.h"

namespace session {
namespace {

constexpr float kRibDepth = 0.0028f;  // of a roller, as it is drawn

bool is_one_layer(const SectionLayer& a, const sim::TissueLayer& b) {
  return a.structure == b.structure && a.material == b.material;
}

// Lowest z of the head at x, through the middle of the ball.
float underside_at(const tool::AttachmentSpec& attachment, const tool::BallSpec& ball, float x_m) {
  constexpr float kNothing = tool::HeadMesh::kNothing;
  if (attachment.mesh) return attachment.mesh->underside_m(x_m, ball.centre_m.y);
  if (attachment.roller) {
    const tool::RollerSpec& roller = *attachment.roller;
    const float aside = std::abs(x_m);
    const float from = 0.5f * roller.groove.value, to = 0.5f * roller.length.value;
    if (aside < from || aside > to) return kNothing;
    // Round ribs between narrow valleys, as the head is modelled.
    const float length = from > 0.0f ? to - from : 2.0f * to;
    const float along = (from > 0.0f ? aside - from : x_m + to) / length;
    const float wave = std::abs(std::sin(base::kPi * along * static_cast<float>(roller.ribs)));
    const float valley = roller.ribs > 1 ? kRibDepth * (1.0f - wave) * (1.0f - wave) : 0.0f;
    return valley - roller.radius.value;
  }
  float lowest = kNothing;
  for (const tool::BallSpec& other : attachment.balls) {
    const float aside = x_m - other.centre_m.x, radius = other.radius.value;
    if (std::abs(aside) >= radius) continue;
    lowest = std::min(lowest, other.centre_m.z - std::sqrt(radius * radius - aside * aside));
  }
  return lowest;
}

}  // namespace

void find_head_profile(const tool::AttachmentSpec& attachment, std::size_t ball, float half_width_m,
                       std::span<float> heights) {
  const std::size_t count = heights.size();
  BACKMATE_CHECK(ball < attachment.balls.size() && count > 1);
  const tool::BallSpec& middle = attachment.balls[ball];
  float lowest = tool::HeadMesh::kNothing;
  for (std::size_t i = 0; i < count; ++i) {
    const float share = static_cast<float>(i) / static_cast<float>(count - 1);
    const float x = middle.centre_m.x + (2.0f * share - 1.0f) * half_width_m;
    heights[i] = underside_at(attachment, middle, x);
    lowest = std::min(lowest, heights[i]);
  }
  for (float& height : heights) height -= lowest < tool::HeadMesh::kNothing ? lowest : 0.0f;
}

std::string_view to_string(sim::LayerMaterial material) {
  constexpr std::array<std::string_view, 7> kWords = {"skin",   "fat",    "muscle", "tendon",
                                                      "fascia", "vessel", "bone"};
  return kWords[static_cast<std::size_t>(material)];
}

void read_section(const sim::ContactPatch& patch, std::optional<Section>& read) {
  const auto leading = std::max_element(
      patch.contacts.begin(), patch.contacts.end(),
      [](const sim::Contact& a, const sim::Contact& b) { return a.force < b.force; });
  if (leading == patch.contacts.end() || leading->stack.layers.empty()) {
    read.reset();
    return;
  }
  Section& section = read ? *read : read.emplace();
  section.total_m = 0.0f;
  section.layers.clear();
  section.curve_pa.clear();
  section.bone_fraction = leading->stack.bone_fraction;
  section.peak_pa = leading->peak.value;
  section.indentation_m = leading->indentation.value;
  section.force_n = leading->force.value;
  section.contact_radius_m = leading->radius.value;
  section.ball = static_cast<std::size_t>(leading->ball);
  section.point_m = leading->point_m;
  std::vector<SectionLayer>& layers = section.layers;
  for (const sim::TissueLayer& layer : leading->stack.layers) {
    if (layer.material == sim::LayerMaterial::kBone || !(layer.thickness_m > 0.0f)) continue;
    const bool joins = !layers.empty() &&
                       (is_one_layer(layers.back(), layer) || layer.thickness_m < kThinnestLayerM);
    if (joins) {
      layers.back().thickness_m += layer.thickness_m;
    } else {
      layers.push_back({layer.structure, layer.material, section.total_m, layer.thickness_m, 0.0f});
    }
    section.total_m += layer.thickness_m;
  }
  if (layers.empty()) {
    read.reset();
    return;
  }
  const sim::DepthLaw law{leading->radius.value, section.total_m, section.peak_pa};
  for (SectionLayer& layer : layers)
    layer.middle_pa = law.stress_pa(0.0f, layer.top_m + 0.5f * layer.thickness_m);
  for (std::size_t i = 0; i < kSectionCurvePoints; ++i) {
    const float share = static_cast<float>(i) / static_cast<float>(kSectionCurvePoints - 1);
    section.curve_pa.push_back(law.stress_pa(0.0f, share * section.total_m));
  }
}

}  // namespace session

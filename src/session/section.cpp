#include "session/section.h"

#include <algorithm>
#include <array>

#include "sim/depth_law.h"

namespace session {
namespace {

bool is_one_layer(const SectionLayer& a, const sim::TissueLayer& b) {
  return a.structure == b.structure && a.material == b.material;
}

}  // namespace

std::string_view to_string(sim::LayerMaterial material) {
  constexpr std::array<std::string_view, 7> kWords = {"skin",   "fat",    "muscle", "tendon",
                                                      "fascia", "vessel", "bone"};
  return kWords[static_cast<std::size_t>(material)];
}

std::optional<Section> read_section(const sim::ContactPatch& patch) {
  const auto leading = std::max_element(
      patch.contacts.begin(), patch.contacts.end(),
      [](const sim::Contact& a, const sim::Contact& b) { return a.force < b.force; });
  if (leading == patch.contacts.end() || leading->stack.layers.empty()) return std::nullopt;
  Section section;
  section.bone_fraction = leading->stack.bone_fraction;
  section.peak_pa = leading->peak.value;
  section.indentation_m = leading->indentation.value;
  section.force_n = leading->force.value;
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
  if (layers.empty()) return std::nullopt;
  const sim::DepthLaw law{leading->radius.value, section.total_m, section.peak_pa};
  for (SectionLayer& layer : layers)
    layer.middle_pa = law.stress_pa(0.0f, layer.top_m + 0.5f * layer.thickness_m);
  for (std::size_t i = 0; i < kSectionCurvePoints; ++i) {
    const float share = static_cast<float>(i) / static_cast<float>(kSectionCurvePoints - 1);
    section.curve_pa.push_back(law.stress_pa(0.0f, share * section.total_m));
  }
  return section;
}

}  // namespace session

#include "scene/body_styles.h"

#include <algorithm>
#include <cmath>
#include <glm/common.hpp>
#include <map>
#include <string>

#include "scene/colour_maps.h"

namespace scene {
namespace {

using anatomy::Kind;

constexpr float kLoadFloorPa = 1000.0f;
constexpr float kLoadFullPa = 60000.0f;
// How much a field covers the natural colour: strands still show.
constexpr float kFieldCover = 0.92f;

draw::Material material_of(Kind kind) {
  switch (kind) {
    case Kind::kMuscle:
      return draw::Material::kMuscle;
    case Kind::kTendon:
    case Kind::kFascia:
    case Kind::kLigament:
      return draw::Material::kTendon;
    case Kind::kBone:
      return draw::Material::kBone;
    case Kind::kCartilage:
    case Kind::kDisc:
      return draw::Material::kCartilage;
    case Kind::kSkin:
      return draw::Material::kSkin;
    case Kind::kNerve:
      return draw::Material::kNerve;
    case Kind::kArtery:
      return draw::Material::kArtery;
    case Kind::kVein:
      return draw::Material::kVein;
    case Kind::kOther:
      break;
  }
  return draw::Material::kPlastic;
}

glm::vec3 colour_of(Kind kind) {
  switch (kind) {
    case Kind::kMuscle:
      return from_srgb(0xA8503F);
    case Kind::kTendon:
    case Kind::kLigament:
      return from_srgb(0xE3D6BC);
    case Kind::kFascia:
      return from_srgb(0xDCD0BC);
    case Kind::kBone:
      return from_srgb(0xE4D8C0);
    case Kind::kCartilage:
    case Kind::kDisc:
      return from_srgb(0xB9C7CF);
    case Kind::kSkin:
      return from_srgb(0xD9B49A);
    case Kind::kNerve:
      return from_srgb(0xE0BC4A);
    case Kind::kArtery:
      return from_srgb(0xB3261E);
    case Kind::kVein:
      return from_srgb(0x3E5C94);
    case Kind::kOther:
      break;
  }
  return from_srgb(0xA9A9A9);
}

std::string without_side(const anatomy::Structure& structure) {
  std::string id = structure.id;
  for (const std::string_view suffix : {"_left", "_right"}) {
    if (id.ends_with(suffix)) id.resize(id.size() - suffix.size());
  }
  return id;
}

// Three reds that differ in warmth and depth, mixed by well-spread numbers.
glm::vec3 muscle_colour(int order) {
  const float a = std::fmod(static_cast<float>(order) * 0.618034f, 1.0f);
  const float b = std::fmod(static_cast<float>(order) * 0.754878f + 0.31f, 1.0f);
  const glm::vec3 warm = from_srgb(0xA6604E);
  const glm::vec3 cool = from_srgb(0x96484A);
  const glm::vec3 colour = glm::mix(cool, warm, a);
  return colour * glm::mix(0.74f, 1.14f, b);
}

bool flag(const std::vector<std::uint8_t>& flags, std::size_t i) {
  return i < flags.size() && flags[i] != 0;
}

// Steps back so that others stand out: paler and calmer, never grey.
glm::vec3 calmed(glm::vec3 colour, float by) {
  const float grey = luminance(colour);
  return glm::mix(colour, glm::mix(colour, glm::vec3(grey * 1.15f + 0.01f), 0.30f), by);
}

}  // namespace

float highlight_of(float load_pa) {
  const float t = (load_pa - kLoadFloorPa) / (kLoadFullPa - kLoadFloorPa);
  return t <= 0.0f ? 0.0f : std::min(1.0f, std::pow(t, 0.6f));
}

std::vector<draw::StructureStyle> make_palette(const anatomy::Body& body) {
  std::vector<draw::StructureStyle> palette(body.structures.size());
  std::map<std::string, int> muscle_order;
  for (std::size_t i = 0; i < palette.size(); ++i) {
    const anatomy::Structure& structure = body.structures[i];
    draw::StructureStyle& style = palette[i];
    style.material = material_of(structure.kind);
    style.colour = colour_of(structure.kind);
    style.deforms =
        style.material != draw::Material::kBone && style.material != draw::Material::kCartilage;
    if (structure.kind == Kind::kMuscle) {
      const auto order =
          muscle_order.try_emplace(without_side(structure), static_cast<int>(muscle_order.size()));
      style.colour = muscle_colour(order.first->second);
    }
  }
  return palette;
}

void build_styles(const anatomy::Body& body, const std::vector<draw::StructureStyle>& palette,
                  const session::Snapshot& snapshot, const ViewState& view,
                  std::vector<draw::StructureStyle>& styles) {
  const session::Document& document = *snapshot.document;
  thread_local std::vector<std::uint8_t> visible;  // kept between calls
  find_visible(body, document, visible);
  styles = palette;

  const bool natural = document.field == session::Field::kNatural;
  float strongest = 0.0f;
  if (snapshot.muscles != nullptr) {
    for (const sim::MuscleReadout& muscle : *snapshot.muscles) {
      const float highlight = highlight_of(muscle.load_pa);
      styles[muscle.structure].highlight = natural ? highlight : 0.0f;
      strongest = std::max(strongest, highlight);
    }
  }
  // The rest calms down only as far as something is worked on.
  const float calm = natural ? std::min(1.0f, 2.0f * strongest) : 1.0f;
  for (std::size_t i = 0; i < styles.size(); ++i) {
    draw::StructureStyle& style = styles[i];
    if (visible[i] == 0) {
      style.opacity = 0.0f;
      continue;
    }
    const bool worked_on = style.highlight > 0.0f;
    const bool selected = flag(document.selected, i);
    const bool hovered = i == view.hovered;
    style.outline = selected ? 1.0f : (hovered ? 0.5f : 0.0f);
    if (body.structures[i].kind == Kind::kMuscle && !worked_on && !selected) {
      style.colour = calmed(style.colour, calm);
    }
    // Nerves and vessels are what one looks through the muscles for.
    const bool glass = style.deforms && !anatomy::is_strand(body.structures[i].kind);
    if (document.xray && glass && !selected && !worked_on) {
      style.opacity = body.structures[i].kind == Kind::kSkin ? 0.16f : 0.22f;
    }
  }
}

void build_segment_tints(const anatomy::Body& body, const session::Snapshot& snapshot,
                         std::vector<glm::vec4>& tints) {
  tints.assign(body.segments.size(), glm::vec4(0.0f));
  if (snapshot.sim == nullptr) return;
  const auto& segments = snapshot.sim->segments;
  const session::Field field = snapshot.document->field;
  const glm::vec3 glow = from_srgb(0xF2683A);
  for (std::size_t i = 0; i < std::min(tints.size(), segments.size()); ++i) {
    if (field == session::Field::kNatural) {
      tints[i] = glm::vec4(glow, 0.72f * highlight_of(segments[i].pressure_pa));
      continue;
    }
    const session::FieldScale& scale = session::scale_of(field);
    const float value = session::value_of(field, segments[i]);
    const float counts =
        scale.quiet > 0.0f ? std::clamp(value / scale.quiet - 1.0f, 0.0f, 1.0f) : 1.0f;
    tints[i] = glm::vec4(colour_of(scale, session::place_of(scale, value)), kFieldCover * counts);
  }
}

}  // namespace scene

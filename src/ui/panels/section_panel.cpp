// A section through the tissue under the head, to scale: layers from the skin to the bone with
// names and thickness, and over them the pressure with depth.
#include <algorithm>
#include <array>
#include <cmath>
#include <memory_resource>
#include <string>
#include <vector>

#include "ui/format.h"
#include "ui/panels/panels.h"
#include "ui/widgets.h"

namespace ui {
namespace {

using sim::LayerMaterial;

// A gap that begins deeper is not the fat under the skin.
constexpr float kDeepestFatM = 0.003f;
constexpr float kHeadRoom = 34.0f;  // for the head over the skin

// The palette of the plate, paler so that the curve reads; neighbouring muscles differ.
ImU32 layer_colour(LayerMaterial material, std::size_t order) {
  switch (material) {
    case LayerMaterial::kSkin:
      return IM_COL32(217, 180, 154, 255);
    case LayerMaterial::kMuscle:
      return order % 2 == 0 ? IM_COL32(190, 112, 96, 255) : IM_COL32(172, 92, 82, 255);
    case LayerMaterial::kTendon:
    case LayerMaterial::kFascia:
      return IM_COL32(226, 214, 190, 255);
    case LayerMaterial::kVessel:
      return IM_COL32(179, 60, 52, 255);
    case LayerMaterial::kBone:
      return IM_COL32(228, 216, 192, 255);
    case LayerMaterial::kFat:
      break;
  }
  return IM_COL32(240, 218, 158, 255);
}

std::string_view without_side(std::string_view name) {
  for (const std::string_view side : {" (left)", " (right)"}) {
    if (name.ends_with(side)) name.remove_suffix(side.size());
  }
  return name;
}

std::string_view name_of(const Context& context, const session::SectionLayer& layer) {
  if (layer.structure != anatomy::kNone)
    return without_side(context.body().structures[layer.structure].name);
  // Fat under the skin, and what fills the gaps further in.
  const bool gap = layer.material == LayerMaterial::kFat && layer.top_m > kDeepestFatM;
  return context.tr(gap ? "section.filling"
                        : context.join({"section.", session::to_string(layer.material)}));
}

// The side goes without saying, unless the other side's muscle lies here too.
const char* side_of(const Context& context, const session::Section& section,
                    const session::SectionLayer& layer) {
  if (layer.structure == anatomy::kNone) return "";
  const auto& structures = context.body().structures;
  const std::string_view name = without_side(structures[layer.structure].name);
  const bool both = std::any_of(
      section.layers.begin(), section.layers.end(), [&](const session::SectionLayer& other) {
        return other.structure != anatomy::kNone && other.structure != layer.structure &&
               without_side(structures[other.structure].name) == name;
      });
  if (!both) return "";
  const bool left = structures[layer.structure].side == anatomy::Side::kLeft;
  return context.join({" \u00b7 ", context.tr(left ? "side.choice.left" : "side.choice.right")});
}

std::string in_millimetres(float metres) {
  const long tenths = std::lround(metres * 1e4f);
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " mm";
}

// A label beside its layer, moved as little as it takes not to touch its neighbours.
struct Label {
  std::size_t layer = 0;
  float y = 0.0f;  // middle
};

std::pmr::vector<Label> place_labels(const Context& context, const session::Section& section,
                                     const Rect& tissue, float height) {
  std::pmr::vector<std::size_t> named(section.layers.size(), context.memory.resource());
  for (std::size_t i = 0; i < named.size(); ++i) named[i] = i;
  // Where there is no room for all, gaps go without before muscles, thin ones before thick ones.
  const auto worth = [&](std::size_t i) {
    const session::SectionLayer& layer = section.layers[i];
    const bool gap = layer.material == LayerMaterial::kFat && layer.top_m > kDeepestFatM;
    return layer.thickness_m + (gap ? 0.0f : 1.0f);
  };
  const auto room = static_cast<std::size_t>(tissue.height / height);
  while (named.size() > std::max<std::size_t>(1, room)) {
    named.erase(std::min_element(named.begin(), named.end(), [&](std::size_t a, std::size_t b) {
      return worth(a) < worth(b);
    }));
  }
  std::pmr::vector<Label> labels(context.memory.resource());
  labels.reserve(named.size());
  for (const std::size_t i : named) {
    const session::SectionLayer& layer = section.layers[i];
    const float middle = (layer.top_m + 0.5f * layer.thickness_m) / section.total_m;
    labels.push_back({i, tissue.y + middle * tissue.height});
  }
  float lowest = tissue.y + 0.5f * height;
  for (Label& label : labels) {
    label.y = std::max(label.y, lowest);
    lowest = label.y + height;
  }
  float highest = tissue.bottom() - 0.5f * height;
  for (std::size_t i = labels.size(); i-- > 0;) {
    labels[i].y = std::min(labels[i].y, highest);
    highest = labels[i].y - height;
  }
  return labels;
}

// The head on the skin above, cut along its bar, to a scale of its own: three contacts wide.
void draw_head(Context& context, const session::Section& section, const Rect& tissue) {
  const auto& attachments = context.snapshot.tool->attachments;
  const auto chosen = static_cast<std::size_t>(context.document().attachment);
  if (chosen >= attachments.size() || section.ball >= attachments[chosen].balls.size()) return;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float half = 1.5f * section.contact_radius_m;
  const float room = context.px(kHeadRoom);
  const float px_per_m = 0.5f * tissue.width / half;
  constexpr std::size_t kCount = 96;
  std::array<float, kCount> heights{};
  session::find_head_profile(attachments[chosen], section.ball, half, heights);
  const float step = tissue.width / static_cast<float>(kCount - 1);
  // Neighbours share their edges: smoothed ones would leave seams.
  const ImDrawListFlags smooth = list.Flags;
  list.Flags &= ~ImDrawListFlags_AntiAliasedFill;
  for (std::size_t i = 0; i + 1 < kCount; ++i) {
    const float a = heights[i] * px_per_m, b = heights[i + 1] * px_per_m;
    if (!(a < room) || !(b < room)) continue;
    const float x = tissue.x + step * static_cast<float>(i), top = tissue.y - room;
    list.AddQuadFilled({x, top}, {x + step, top}, {x + step, tissue.y - b}, {x, tissue.y - a},
                       context.theme.colours.rubber);
  }
  list.Flags = smooth;
}

void draw_layers(Context& context, const session::Section& section, const Rect& tissue) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const Palette& c = context.theme.colours;
  std::size_t muscles = 0;
  for (const session::SectionLayer& layer : section.layers) {
    const float top = tissue.y + layer.top_m / section.total_m * tissue.height;
    const float bottom =
        tissue.y + (layer.top_m + layer.thickness_m) / section.total_m * tissue.height;
    if (layer.material == LayerMaterial::kMuscle) ++muscles;
    list.AddRectFilled({tissue.x, top}, {tissue.right(), bottom},
                       layer_colour(layer.material, muscles));
    list.AddLine({tissue.x, bottom}, {tissue.right(), bottom}, IM_COL32(60, 40, 30, 70));
  }
  draw_head(context, section, tissue);
  const Rect bone{tissue.x, tissue.bottom(), tissue.width, context.px(14.0f)};
  const bool on_bone = section.bone_fraction >= 0.5f;
  list.AddRectFilled({bone.x, bone.y}, {bone.right(), bone.bottom()},
                     on_bone ? layer_colour(LayerMaterial::kBone, 0) : c.hover);
  list.AddRect({tissue.x, tissue.y}, {tissue.right(), bone.bottom()}, c.text_disabled);
  draw_text(list, context.theme.caption,
            {tissue.right() + context.px(16.0f), bone.y - context.px(2.0f), context.px(120.0f),
             context.px(18.0f)},
            Align::kLeft, c.text_muted, context.tr(on_bone ? "section.bone" : "section.no_bone"));
}

void draw_pressure(Context& context, const session::Section& section, const Rect& tissue) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  // The curve's widest point is the peak at the skin.
  const float full = tissue.width - context.px(8.0f);
  const auto at = [&](std::size_t i) {
    const float depth = static_cast<float>(i) / static_cast<float>(section.curve_pa.size() - 1);
    const float share = section.peak_pa > 0.0f ? section.curve_pa[i] / section.peak_pa : 0.0f;
    return ImVec2{tissue.x + share * full, tissue.y + depth * tissue.height};
  };
  std::pmr::vector<ImVec2> points(context.memory.resource());
  points.reserve(section.curve_pa.size());
  for (std::size_t i = 0; i < section.curve_pa.size(); ++i) points.push_back(at(i));
  for (std::size_t i = 0; i + 1 < points.size(); ++i) {
    const ImVec2 a{tissue.x, points[i].y};
    const ImVec2 b{tissue.x, points[i + 1].y};
    list.AddQuadFilled(a, points[i], points[i + 1], b, IM_COL32(255, 255, 255, 120));
  }
  list.AddPolyline(points.data(), static_cast<int>(points.size()), IM_COL32(255, 255, 255, 255), 0,
                   context.px(4.0f));
  list.AddPolyline(points.data(), static_cast<int>(points.size()), IM_COL32(12, 54, 78, 255), 0,
                   context.px(2.0f));
}

void draw_labels(Context& context, const session::Section& section, const Rect& tissue,
                 float right) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const Palette& c = context.theme.colours;
  const float height = context.px(34.0f);
  for (const Label& label : place_labels(context, section, tissue, height)) {
    const session::SectionLayer& layer = section.layers[label.layer];
    const float middle =
        tissue.y + (layer.top_m + 0.5f * layer.thickness_m) / section.total_m * tissue.height;
    const float knee = tissue.right() + context.px(6.0f);
    const float x = tissue.right() + context.px(16.0f);
    const ImVec2 line[4] = {{tissue.right(), middle},
                            {knee, middle},
                            {x - context.px(6.0f), label.y},
                            {x - context.px(2.0f), label.y}};
    list.AddPolyline(line, 4, c.text_disabled, 0, context.px(1.0f));
    const float half = 0.5f * height;
    draw_text(list, context.theme.caption, {x, label.y - half, right - x, half}, Align::kLeft,
              c.text, name_of(context, layer));
    draw_text(list, context.theme.caption, {x, label.y - context.px(1.0f), right - x, half},
              Align::kLeft, c.text_muted,
              context.join(
                  {context.fill_in(context.tr("section.figures"), in_millimetres(layer.thickness_m),
                                   format_kpa(layer.middle_pa)),
                   side_of(context, section, layer)}));
  }
}

// The same cut in the body itself.
void draw_cut_buttons(Context& context, const Rect& area, BodyCut& cut) {
  const float gap = context.px(8.0f);
  const float width = 0.5f * (area.width - gap);
  const auto toggle = [&](const char* id, float x, BodyCut what) {
    const char* tip = context.join({id, ".tip"});
    if (text_button(context, id, {x, area.y, width, area.height}, context.tr(id),
                    {.selected = cut == what, .quiet = false, .tooltip = context.tr(tip)}))
      cut = cut == what ? BodyCut::kNone : what;
  };
  toggle("section.cut_along", area.x, BodyCut::kAlongBar);
  toggle("section.cut_across", area.x + width + gap, BodyCut::kAcrossBar);
}

}  // namespace

void draw_section(Context& context, bool& open, BodyCut& cut) {
  const Rect& area = context.layout.section;
  Panel panel(context, "section", area);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const Palette& c = context.theme.colours;
  const auto& tr = context.tr;
  const float pad = context.px(12.0f);
  const float side = context.px(48.0f);
  const Rect title{area.x + pad, area.y + context.px(4.0f), area.width - 2.0f * pad - side, side};
  draw_text(list, context.theme.title, title, Align::kLeft, c.text, tr("section.title"));
  if (icon_button(context, "section.close",
                  {area.right() - context.px(4.0f) - side, area.y + context.px(4.0f), side, side},
                  Icon::kClose, {.tooltip = tr("section.close.tip")}))
    open = false;
  const float width = area.width - 2.0f * pad;
  float y = title.bottom();
  const auto& section = *context.snapshot.section;
  if (!section) {
    draw_paragraph(list, context.theme.body, {area.x + pad, y}, width, c.text_muted,
                   tr("section.lifted"));
    return;
  }
  const float buttons = context.px(56.0f);
  draw_cut_buttons(context, {area.x + pad, area.bottom() - buttons, width, context.px(48.0f)}, cut);
  const float line = context.px(18.0f);
  draw_text(list, context.theme.caption, {area.x + pad, y, width, line}, Align::kLeft, c.text,
            context.fill_in(tr("section.press"), format_newtons(section->force_n),
                            in_millimetres(section->indentation_m)));
  y += line;
  draw_text(
      list, context.theme.caption, {area.x + pad, y, width, line}, Align::kLeft, c.text,
      context.fill_in(tr("section.peak"), context.join({format_kpa(section->peak_pa), " kPa"})));
  y += line + context.px(kHeadRoom + 6.0f);
  const float below = context.px(18.0f) + context.px(52.0f) + buttons;
  const Rect tissue{area.x + pad, y, context.px(70.0f), area.bottom() - below - y};
  draw_layers(context, *section, tissue);
  draw_pressure(context, *section, tissue);
  draw_labels(context, *section, tissue, area.right() - context.px(6.0f));
  const float foot = area.bottom() - buttons - context.px(40.0f);
  draw_text(list, context.theme.caption, {area.x + pad, foot, width, line}, Align::kLeft,
            c.text_muted, tr("section.note"));
  const float badges = area.bottom() - buttons - context.px(14.0f);
  const float left = draw_badge(context, {area.right() - pad, badges}, "badge.assumed");
  draw_badge(context, {left - context.px(6.0f), badges}, "badge.physics");
}

}  // namespace ui

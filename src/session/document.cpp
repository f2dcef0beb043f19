#include "session/document.h"

#include <algorithm>

namespace session {
namespace {

bool is_same_pose(const tool::HeadPose& a, const tool::HeadPose& b) {
  return a.position_m == b.position_m && a.normal == b.normal && a.angle == b.angle &&
         a.pitch == b.pitch;
}

bool flag(const std::vector<std::uint8_t>& flags, anatomy::StructureIndex structure) {
  return structure < flags.size() && flags[structure] != 0;
}

}  // namespace

bool Document::is_isolating() const {
  return std::find(isolated.begin(), isolated.end(), std::uint8_t{1}) != isolated.end();
}

bool Document::is_visible(const anatomy::Structure& structure, anatomy::StructureIndex index,
                          bool isolating) const {
  if (!structure.usable || flag(hidden, index)) return false;
  if (isolating) return flag(isolated, index);
  return anatomy::is_strand(structure.kind) ? nerves : structure.layer >= layer;
}

bool is_same(const Document& a, const Document& b) {
  return a.layer == b.layer && a.xray == b.xray && a.nerves == b.nerves && a.field == b.field &&
         a.limits == b.limits && a.hidden == b.hidden && a.isolated == b.isolated &&
         a.selected == b.selected && is_same_tool(a, b) && a.condition == b.condition &&
         a.placement == b.placement && a.placement_side == b.placement_side && a.size == b.size &&
         a.tender == b.tender && a.tender_side == b.tender_side;
}

bool is_same_tool(const Document& a, const Document& b) {
  return is_same_pose(a.head, b.head) && a.attachment == b.attachment && a.force == b.force &&
         a.motion == b.motion;
}

}  // namespace session

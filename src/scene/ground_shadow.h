// The shadow under a standing body, from how high its lowest surfaces are above the floor: dark and
// crisp where it stands, wide and faint under what is near the floor. The floor lies where the
// lowest of what is to be seen does.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "anatomy/body.h"
#include "draw/draw_list.h"

namespace scene {

// `seen`, per structure: 0 not at all, 1 whole, 2 as glass, whose shadow is fainter. Pure; the
// coarsest level of detail is exact to a cell.
draw::GroundShadow make_ground_shadow(const anatomy::Body& body,
                                      std::span<const std::uint8_t> seen);

// Makes it again only when other structures are seen.
class GroundShadowMaker {
 public:
  void update(const anatomy::Body& body, std::span<const draw::StructureStyle> styles,
              bool standing, draw::GroundShadow& shadow);

 private:
  std::vector<std::uint8_t> seen_;
  std::vector<std::uint8_t> now_;
  bool made_ = false;
};

}  // namespace scene

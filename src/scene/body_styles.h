// How each structure of a body looks: the palette of the plate, layers, x-ray, hover, selection,
// load. Pure.
#pragma once

#include <vector>

#include "anatomy/body.h"
#include "draw/draw_list.h"
#include "scene/scene.h"
#include "session/session.h"

namespace scene {

// Resting colours and materials, per structure: the same muscle left and right alike, neighbours
// apart.
std::vector<draw::StructureStyle> make_palette(const anatomy::Body& body);

// How strongly a muscle with this load lights up, 0..1: nothing under 1 kPa, full at 60 kPa, steep
// at first so that light touch is seen too.
float highlight_of(float load_pa);

// The styles of one frame, in place of what `styles` held.
void build_styles(const anatomy::Body& body, const std::vector<draw::StructureStyle>& palette,
                  const session::Snapshot& snapshot, const ViewState& view,
                  std::vector<draw::StructureStyle>& styles);

// Colour per segment and how much it covers: by the document's field, or, in natural colours, where
// in a muscle the load is.
void build_segment_tints(const anatomy::Body& body, const session::Snapshot& snapshot,
                         std::vector<glm::vec4>& tints);

}  // namespace scene

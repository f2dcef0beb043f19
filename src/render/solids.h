// Rigid things, drawn by several passes.
#pragma once

#include "render/frame.h"

namespace render {

// With any program current; uses "solid".
void draw_solid(const Frame& frame, const draw::SolidDraw& solid);

}  // namespace render

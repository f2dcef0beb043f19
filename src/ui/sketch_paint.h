// Paints a flat sketch (guide/doorway_sketch.h) with ImGui.
#pragma once

#include <string>
#include <vector>

#include "guide/doorway_sketch.h"
#include "ui/widgets.h"

namespace ui {

// As large as fits the rectangle, standing in its middle; `words` are those of its labels.
void paint_sketch(Context& context, const Rect& rect, const guide::Sketch& sketch,
                  const std::vector<std::string>& words);

// Triangles of a simple outline, as indices of its points; none where it has fewer than three.
std::vector<int> triangulate(const std::vector<glm::vec2>& outline);

}  // namespace ui

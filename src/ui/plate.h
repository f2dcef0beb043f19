// What turns a picture into a plate: names with lines to what they name, a scale bar, and a small
// figure that says where the patient's left is. The same in the window and in `backmate render`.
// Pixels from the top left.
#pragma once

#include <imgui.h>

#include <glm/mat3x3.hpp>
#include <glm/vec2.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "data/translator.h"
#include "ui/controls.h"
#include "ui/theme.h"

namespace ui {

struct PlateLabel {
  std::string_view words;  // of the body
  bool on_left = true;
  bool strong = false;  // selected or worked on
  glm::vec2 port_px{0.0f};
  glm::vec2 at_px{0.0f};
};

struct Plate {
  std::vector<PlateLabel> labels;
  float px_per_m = 0.0f;  // where the camera turns about; 0: no scale bar
  // Columns are the picture's right, up and towards the viewer, in the body frame.
  glm::mat3 view{1.0f};
};

// What the sides of a picture leave for the words, and from where on lines begin. Where they leave
// too little for a long name, rows have room for two lines.
struct PlateColumns {
  Rect left;   // words, right-aligned at its right edge
  Rect right;  // words, left-aligned at its left edge
  float row = 26.0f;
};
// `area`: what is free of panels.
PlateColumns make_plate_columns(const Rect& area, float scale);

void draw_plate_labels(ImDrawList& list, const Theme& theme, const Plate& plate,
                       const PlateColumns& columns);
// 1, 2 or 5 times a power of ten, as long as it may be.
struct ScaleStep {
  float metres = 0.0f;
  std::string words;  // "5 cm"
};
ScaleStep find_scale_step(float px_per_m, float most_px);
void draw_scale_bar(ImDrawList& list, const Theme& theme, const Plate& plate, const Rect& area);
// A little person seen from where the body is seen, its left arm marked.
void draw_orientation(ImDrawList& list, const Theme& theme, const data::Translator& tr,
                      const Plate& plate, const Rect& area);

}  // namespace ui

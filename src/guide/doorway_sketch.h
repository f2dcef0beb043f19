// A standing person who leans against the head of a bar in a doorway, as flat shapes: for the panel
// and for the printed plan alike. Pure. Metres on paper: x to the right, y up, the floor at y = 0.
// The person is a silhouette of ordinary proportions at the given height, not the body on screen.
#pragma once

#include <glm/vec2.hpp>
#include <string>
#include <vector>

#include "guide/doorway.h"

namespace guide {

enum class Ink : std::uint8_t {
  kWall,
  kFloor,
  kFrame,  // the doorway's
  kPerson,
  kArm,  // over the person
  kBar,
  kBall,
  kGuide,   // thin: what a measure refers to
  kMeasure  // the measure itself, with arrow heads of its own
};

struct SketchShape {
  Ink ink = Ink::kPerson;
  std::vector<glm::vec2> points;  // filled: a closed outline, not necessarily convex
  bool filled = true;             // else a line of `width_m`
  float width_m = 0.0f;
};

// Where the words go that only the one who draws can write.
enum class SketchWord : std::uint8_t { kBarHeight, kFeet, kLean, kForce, kDoorway };

struct SketchLabel {
  SketchWord word = SketchWord::kBarHeight;
  glm::vec2 at{0.0f};
  float align = 0.5f;  // 0: begins there, 1: ends there
};

struct Sketch {
  std::vector<SketchShape> shapes;  // from back to front
  std::vector<SketchLabel> labels;
  glm::vec2 low{0.0f}, high{0.0f};  // what it takes, with room for the words
};

// From the side (from the front where the person stands sideways), with what is to be measured.
Sketch make_side_sketch(const Stand& stand, const MySize& size);

// The doorway from the front with bar, head and its width; the person stands before it, as a shade.
// `balls`: of the head, along the bar.
Sketch make_door_sketch(const Stand& stand, const MySize& size, int balls = 2);

// Head, neck and shoulders from the side, the head bent forward about C7 (guide/head_tilt.h).
Sketch make_head_sketch(base::Radians tilt);

}  // namespace guide

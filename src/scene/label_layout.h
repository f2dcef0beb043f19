// Where the names of structures stand: in rows at the left and right side of a picture, each with a
// straight line to what it names. Pure; pixels from the top left.
//
// Laws: no two labels share a row; no two lines cross; a label stands on the side its anchor lies
// on. Steady: while the picture turns, a label keeps its row and its side until its line would
// cross another or its anchor has gone a good way over to the other side.
#pragma once

#include <cstdint>
#include <glm/vec2.hpp>
#include <span>
#include <vector>

namespace scene {

struct LabelAnchor {
  std::uint32_t key = 0;  // the same thing in the next picture; unique
  glm::vec2 at_px{0.0f};
  float worth = 0.0f;  // where there is no room for all, the worthier ones are named
};

struct LabelArea {
  float left = 0.0f;  // where lines end beside the left and the right column of words
  float right = 0.0f;
  float left_top = 0.0f;  // of the first row
  float right_top = 0.0f;
  float left_bottom = 0.0f;
  float right_bottom = 0.0f;
  float row = 26.0f;

  bool operator==(const LabelArea&) const = default;
};

struct PlacedLabel {
  std::uint32_t key = 0;
  bool on_left = true;
  int row = 0;
  glm::vec2 port_px{0.0f};  // where the line leaves the words
  glm::vec2 at_px{0.0f};    // what it points at
};

class LabelLayout {
 public:
  // `admit`: new anchors may get a label (the picture is at rest); else only those that have one
  // are moved along, or dropped when their anchor is gone.
  void update(std::span<const LabelAnchor> anchors, const LabelArea& area, bool admit);
  void clear() { labels_.clear(); }
  std::span<const PlacedLabel> labels() const { return labels_; }

 private:
  std::vector<PlacedLabel> labels_;
  // Filled anew by each update.
  std::vector<PlacedLabel> kept_;
  std::vector<const LabelAnchor*> waiting_;
  std::vector<std::uint8_t> known_;
};

// Whether two lines from the words to what they name cross; touching at an end counts.
bool cross(const PlacedLabel& a, const PlacedLabel& b);

}  // namespace scene

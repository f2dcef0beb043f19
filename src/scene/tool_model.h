// The massage head in the picture: the parts of an attachment (scene/head_parts.h), built once,
// placed anew each frame; and the rotate handle.
#pragma once

#include <memory>
#include <vector>

#include "draw/draw_list.h"
#include "scene/head_parts.h"
#include "scene/scene.h"
#include "session/session.h"

namespace scene {

// Where the head is in the picture: settled on the skin, or floating above it when lifted.
struct HeadPlace {
  glm::vec3 centre_m{0.0f};  // origin of the head frame
  glm::vec3 bar{1.0f, 0.0f, 0.0f};
  glm::vec3 rolling{0.0f, 1.0f, 0.0f};
  glm::vec3 outward{0.0f, 0.0f, 1.0f};
  glm::vec3 arm{0.0f, 0.0f, 1.0f};  // from the head towards the bar in the doorway, by its pitch
  float roll_rad = 0.0f;            // of the balls about the bar
};
HeadPlace find_head_place(const session::Snapshot& snapshot);

class ToolModel {
 public:
  ToolModel();
  ~ToolModel();
  // Adds the head (and the rotate handle when wanted) to the list; meshes stay with this object.
  void add_to(draw::DrawList& list, const session::Snapshot& snapshot, const ViewState& view);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace scene

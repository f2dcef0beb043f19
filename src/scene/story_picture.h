// A moment of a story (guide/story.h) as a picture: colours of the plate, what is cut away as
// glass, a pressed nerve redder. Pure.
#pragma once

#include <memory>

#include "draw/camera.h"
#include "draw/draw_list.h"
#include "guide/story.h"
#include "scene/scene.h"

namespace scene {

class StoryPicture {
 public:
  explicit StoryPicture(guide::StoryMoment moment);
  // Refers to memory of this object; valid until the next call.
  const draw::DrawList& build(const ViewState& view);
  const guide::StoryMoment& moment() const { return moment_; }

 private:
  guide::StoryMoment moment_;
  session::Document document_;
  SceneBuilder builder_;
  draw::DrawList list_;
};

// Looks at what the moment is about, from where its story says; `width_m` fills the picture's
// smaller side.
draw::Camera story_camera(const guide::StoryMoment& moment, float width_m, float aspect);

}  // namespace scene

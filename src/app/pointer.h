// The pointer over the picture: which gesture is in hand, and what it does to camera and head.
// A press decides the gesture; a click is a press that moved less than 4 pixels.
#pragma once

#include <glm/vec2.hpp>
#include <optional>

#include "app/camera_control.h"
#include "app/head_drag.h"
#include "app/input_event.h"
#include "session/session.h"

namespace app {

class Pointer {
 public:
  // What a finished or running gesture asks for beyond moving the camera.
  struct Result {
    std::optional<session::Command> command;
    bool clicked = false;     // a click on the picture, not on the tool
    bool click_adds = false;  // with Ctrl
    bool double_clicked = false;
    bool asked_under = false;  // a right click on the picture
  };

  // `over_panel`: the interface has the pointer.
  Result press(const InputEvent& event, bool over_panel, const session::Snapshot& snapshot,
               CameraControl& camera, double now_s);
  Result release(const InputEvent& event, const session::Snapshot& snapshot, CameraControl& camera);
  Result move(glm::vec2 to_px, const session::Snapshot& snapshot, CameraControl& camera);

  glm::vec2 position_px() const { return at_px_; }
  bool is_dragging_tool() const {
    return gesture_ == Gesture::kMoveHead || gesture_ == Gesture::kTurnHead;
  }
  bool is_dragging() const { return gesture_ != Gesture::kNone && moved_; }
  bool is_idle() const { return gesture_ == Gesture::kNone; }

 private:
  enum class Gesture { kNone, kPanel, kOrbit, kPan, kMoveHead, kTurnHead };

  void begin_turn(const session::Snapshot& snapshot, const CameraControl& camera);
  std::optional<session::Command> drag_tool(const session::Snapshot& snapshot,
                                            const CameraControl& camera, bool preview) const;

  Gesture gesture_ = Gesture::kNone;
  MouseButton button_ = MouseButton::kLeft;
  Mods press_mods_;
  glm::vec2 at_px_{-1.0f};
  glm::vec2 pressed_px_{0.0f};
  bool moved_ = false;
  glm::vec2 grab_offset_px_{0.0f};
  float turn_from_ = 0.0f;   // pointer's angle on the ring at the press
  float angle_from_ = 0.0f;  // head angle at the press
  scene::HandleRing ring_;   // held still during a turn
  double last_click_s_ = -1.0;
  glm::vec2 last_click_px_{0.0f};
};

}  // namespace app

#include "app/pointer.h"

#include <glm/geometric.hpp>

namespace app {
namespace {

constexpr float kClickPx = 4.0f;
constexpr float kDoubleClickPx = 6.0f;
constexpr double kDoubleClickS = 0.4;

}  // namespace

void Pointer::begin_turn(const session::Snapshot& snapshot, const CameraControl& camera) {
  ring_ = scene::find_handle_ring(snapshot);
  angle_from_ = snapshot.document->head.angle.value;
  turn_from_ =
      find_ring_angle(ring_, camera.camera(), camera.viewport_px(), pressed_px_).value_or(0.0f);
}

Pointer::Result Pointer::press(const InputEvent& event, bool over_panel,
                               const session::Snapshot& snapshot, CameraControl& camera,
                               double now_s) {
  Result result;
  // A second button during a gesture changes nothing.
  if (gesture_ != Gesture::kNone) return result;
  if (event.x >= 0.0f && event.y >= 0.0f) at_px_ = {event.x, event.y};
  button_ = event.button;
  press_mods_ = event.mods;
  pressed_px_ = at_px_;
  moved_ = false;
  if (over_panel) {
    gesture_ = Gesture::kPanel;
    return result;
  }
  switch (event.button) {
    case MouseButton::kRight:
      gesture_ = Gesture::kOrbit;
      return result;
    case MouseButton::kMiddle:
      gesture_ = Gesture::kPan;
      return result;
    case MouseButton::kLeft:
      break;
  }
  const bool second = now_s - last_click_s_ < kDoubleClickS &&
                      glm::length(at_px_ - last_click_px_) < kDoubleClickPx;
  last_click_s_ = second ? -1.0 : now_s;
  last_click_px_ = at_px_;
  if (second) result.double_clicked = true;
  switch (find_tool_part(snapshot, camera.camera(), camera.viewport_px(), at_px_)) {
    case ToolPart::kHead:
      gesture_ = Gesture::kMoveHead;
      grab_offset_px_ = find_grab_offset(snapshot, camera.camera(), camera.viewport_px(), at_px_);
      break;
    case ToolPart::kRing:
      gesture_ = Gesture::kTurnHead;
      begin_turn(snapshot, camera);
      break;
    case ToolPart::kNone:
      gesture_ = event.mods.shift ? Gesture::kPan : Gesture::kOrbit;
      break;
  }
  return result;
}

std::optional<session::Command> Pointer::drag_tool(const session::Snapshot& snapshot,
                                                   const CameraControl& camera,
                                                   bool preview) const {
  if (gesture_ == Gesture::kMoveHead) {
    return session::MoveHead{
        find_drag_target(snapshot, camera.camera(), camera.viewport_px(), at_px_ + grab_offset_px_),
        preview};
  }
  const auto angle = find_ring_angle(ring_, camera.camera(), camera.viewport_px(), at_px_);
  if (!angle) return std::nullopt;
  return session::SetHeadAngle{settle_angle(angle_from_ + *angle - turn_from_, *snapshot.tool),
                               preview};
}

Pointer::Result Pointer::move(glm::vec2 to_px, const session::Snapshot& snapshot,
                              CameraControl& camera) {
  Result result;
  const glm::vec2 from = at_px_;
  at_px_ = to_px;
  if (gesture_ == Gesture::kNone || gesture_ == Gesture::kPanel) return result;
  glm::vec2 delta = to_px - from;
  if (!moved_) {
    if (glm::length(to_px - pressed_px_) < kClickPx) return result;
    moved_ = true;
    // What the hand did before it counted as a drag is not lost.
    delta = to_px - pressed_px_;
    if (!is_dragging_tool()) camera.begin_gesture();
  }
  if (gesture_ == Gesture::kOrbit) camera.orbit(delta);
  if (gesture_ == Gesture::kPan) camera.pan(delta);
  if (is_dragging_tool()) result.command = drag_tool(snapshot, camera, true);
  return result;
}

Pointer::Result Pointer::release(const InputEvent& event, const session::Snapshot& snapshot,
                                 CameraControl& camera) {
  Result result;
  if (gesture_ == Gesture::kNone || event.button != button_) return result;
  if (event.x >= 0.0f && event.y >= 0.0f) result = move({event.x, event.y}, snapshot, camera);
  if (is_dragging_tool() && moved_) {
    result.command = drag_tool(snapshot, camera, false);
  } else if (!moved_ && button_ == MouseButton::kLeft && !is_dragging_tool() &&
             gesture_ != Gesture::kPanel) {
    result.clicked = true;
    result.click_adds = press_mods_.ctrl;
  } else if (!moved_ && button_ == MouseButton::kRight && gesture_ == Gesture::kOrbit) {
    result.asked_under = true;
  }
  gesture_ = Gesture::kNone;
  moved_ = false;
  return result;
}

}  // namespace app

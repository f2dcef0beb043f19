// The camera in hand: gestures act at once, jumps ease in 0.15 s, and it has a history of its own
// (undo is for the document). The pivot is shown in the middle of the part of the window that no
// panel covers.
#pragma once

#include <glm/vec2.hpp>
#include <vector>

#include "draw/camera.h"
#include "draw/camera_moves.h"
#include "ui/controls.h"

namespace app {

class CameraControl {
 public:
  // The window's size and its uncovered part; keeps what is seen.
  void set_viewport(glm::vec2 size_px, const ui::Rect& free_px);
  glm::vec2 viewport_px() const { return viewport_px_; }

  const draw::Camera& camera() const { return now_; }
  // Jumps do not ease: for people whom motion makes ill.
  void set_jumps(bool jumps) { jumps_ = jumps; }
  bool is_moving() const { return ease_left_s_ > 0.0f; }
  void advance(float seconds);

  // Without easing or history: the start.
  void jump_to_standard(draw::StandardView view, const geom::Aabb& box);

  // Without easing: a reopened view.
  void jump_to(const draw::Camera& camera);

  // One step of history before a gesture's first move.
  void begin_gesture();
  void orbit(glm::vec2 delta_px);
  void pan(glm::vec2 delta_px);
  // A notch brings what is under the cursor a fifth nearer; runs of notches are one step of
  // history.
  void zoom(glm::vec2 cursor_px, float notches);

  void go_to_standard(draw::StandardView view, const geom::Aabb& box);
  void go_towards(float yaw_rad, float pitch_rad, const geom::Aabb& box);
  void go_below(const geom::Aabb& box);  // opposite of the top view
  void frame(const geom::Aabb& box);
  // Shows the box, turning from now on about this point of it.
  void frame_at(const geom::Aabb& box, glm::vec3 pivot_m);
  void go_back();
  void go_forward();
  bool can_go_back() const { return !back_.empty(); }
  bool can_go_forward() const { return !forward_.empty(); }

 private:
  draw::Camera fit(draw::Camera camera, const geom::Aabb& box) const;
  void go_to(const draw::Camera& camera);    // a step of history
  void ease_to(const draw::Camera& camera);  // none
  void remember();

  draw::Camera now_;
  draw::Camera from_;
  draw::Camera goal_;
  float ease_left_s_ = 0.0f;
  bool jumps_ = false;
  glm::vec2 viewport_px_{1280.0f, 720.0f};
  ui::Rect free_px_{0.0f, 0.0f, 1280.0f, 720.0f};
  std::vector<draw::Camera> back_;
  std::vector<draw::Camera> forward_;
  bool zooming_ = false;
  float since_zoom_s_ = 0.0f;
};

}  // namespace app

#include "app/camera_control.h"

#include <algorithm>
#include <cmath>

namespace app {
namespace {

constexpr std::size_t kMaxHistory = 100;
constexpr float kZoomPerNotch = 0.82f;
constexpr float kZoomPauseS = 0.6f;

}  // namespace

void CameraControl::set_viewport(glm::vec2 size_px, const ui::Rect& free_px) {
  // A body in more room is shown larger, so that panels that come never cover what was seen.
  const float share = std::min(free_px.width, free_px.height) / size_px.y;
  const float before = std::min(free_px_.width, free_px_.height) / viewport_px_.y;
  const float nearer = before > 0.0f && share > 0.0f ? before / share : 1.0f;
  viewport_px_ = size_px;
  free_px_ = free_px;
  const glm::vec2 middle{free_px.x + 0.5f * free_px.width, free_px.y + 0.5f * free_px.height};
  const glm::vec2 centre{2.0f * middle.x / size_px.x - 1.0f, 1.0f - 2.0f * middle.y / size_px.y};
  const auto suit = [&](draw::Camera& camera) {
    camera.centre_ndc = centre;
    camera.distance_m =
        std::clamp(camera.distance_m * nearer, draw::kMinDistance, draw::kMaxDistance);
  };
  for (draw::Camera* camera : {&now_, &from_, &goal_}) suit(*camera);
  for (auto* history : {&back_, &forward_}) {
    for (draw::Camera& camera : *history) suit(camera);
  }
}

// Distances of a camera are made for the whole window; the box has to fit into the free part.
draw::Camera CameraControl::fit(draw::Camera camera, const geom::Aabb& box) const {
  const float aspect = free_px_.width / std::max(free_px_.height, 1.0f);
  camera = draw::frame_box(camera, box, aspect);
  camera.distance_m =
      std::clamp(camera.distance_m * viewport_px_.y / std::max(free_px_.height, 1.0f),
                 draw::kMinDistance, draw::kMaxDistance);
  return camera;
}

void CameraControl::jump_to_standard(draw::StandardView view, const geom::Aabb& box) {
  const glm::vec2 centre = now_.centre_ndc;
  draw::Camera camera = draw::make_standard_view(view, box, 1.0f);
  camera.centre_ndc = centre;
  now_ = fit(camera, box);
  goal_ = now_;
  ease_left_s_ = 0.0f;
}

void CameraControl::jump_to(const draw::Camera& camera) {
  const glm::vec2 centre = now_.centre_ndc;
  now_ = camera;
  now_.centre_ndc = centre;
  goal_ = now_;
  ease_left_s_ = 0.0f;
}

void CameraControl::advance(float seconds) {
  since_zoom_s_ += seconds;
  if (since_zoom_s_ > kZoomPauseS) zooming_ = false;
  if (ease_left_s_ <= 0.0f) return;
  ease_left_s_ = std::max(0.0f, ease_left_s_ - seconds);
  now_ = ease_left_s_ > 0.0f ? draw::ease(from_, goal_, 1.0f - ease_left_s_ / draw::kEaseSeconds)
                             : goal_;
}

void CameraControl::remember() {
  back_.push_back(goal_);
  if (back_.size() > kMaxHistory) back_.erase(back_.begin());
  forward_.clear();
  zooming_ = false;
}

void CameraControl::begin_gesture() {
  // A hand on the picture ends an ease where it would have ended.
  ease_left_s_ = 0.0f;
  now_ = goal_;
  remember();
}

void CameraControl::orbit(glm::vec2 delta_px) {
  now_ = draw::orbit(now_, delta_px, viewport_px_);
  goal_ = now_;
}

void CameraControl::pan(glm::vec2 delta_px) {
  now_ = draw::pan(now_, delta_px, viewport_px_);
  goal_ = now_;
}

void CameraControl::zoom(glm::vec2 cursor_px, float notches) {
  ease_left_s_ = 0.0f;
  now_ = goal_;
  if (!zooming_) remember();
  zooming_ = true;
  since_zoom_s_ = 0.0f;
  now_ = draw::zoom_to_cursor(now_, cursor_px, viewport_px_, std::pow(kZoomPerNotch, notches));
  goal_ = now_;
}

void CameraControl::ease_to(const draw::Camera& camera) {
  from_ = now_;
  goal_ = camera;
  ease_left_s_ = jumps_ ? 0.0f : draw::kEaseSeconds;
  if (jumps_) now_ = goal_;
}

void CameraControl::go_to(const draw::Camera& camera) {
  if (camera == goal_) return;
  remember();
  ease_to(camera);
}

void CameraControl::go_to_standard(draw::StandardView view, const geom::Aabb& box) {
  draw::Camera camera = draw::make_standard_view(view, box, 1.0f);
  camera.centre_ndc = goal_.centre_ndc;
  go_to(fit(camera, box));
}

void CameraControl::go_towards(float yaw_rad, float pitch_rad, const geom::Aabb& box) {
  draw::Camera camera = goal_;
  camera.yaw_rad = yaw_rad;
  camera.pitch_rad = pitch_rad;
  go_to(fit(camera, box));
}

void CameraControl::go_below(const geom::Aabb& box) {
  draw::Camera camera = draw::make_standard_view(draw::StandardView::kTop, box, 1.0f);
  camera.centre_ndc = goal_.centre_ndc;
  camera.pitch_rad = -camera.pitch_rad;
  go_to(fit(camera, box));
}

void CameraControl::frame(const geom::Aabb& box) { go_to(fit(goal_, box)); }

void CameraControl::frame_at(const geom::Aabb& box, glm::vec3 pivot_m) {
  draw::Camera camera = fit(goal_, box);
  camera.pivot_m = pivot_m;
  go_to(camera);
}

void CameraControl::go_back() {
  if (back_.empty()) return;
  forward_.push_back(goal_);
  const draw::Camera camera = back_.back();
  back_.pop_back();
  ease_to(camera);
}

void CameraControl::go_forward() {
  if (forward_.empty()) return;
  back_.push_back(goal_);
  const draw::Camera camera = forward_.back();
  forward_.pop_back();
  ease_to(camera);
}

}  // namespace app

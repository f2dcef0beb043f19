#include "draw/camera.h"

#include <array>
#include <utility>

#include <algorithm>
#include <cmath>
#include <glm/ext/matrix_clip_space.hpp>
#include <glm/ext/matrix_transform.hpp>
#include <glm/trigonometric.hpp>
#include <limits>

namespace draw {
namespace {

constexpr float kPi = 3.14159265358979f;
constexpr float kFrameMargin = 1.06f;

}  // namespace

glm::vec3 Camera::forward() const {
  const float cos_pitch = std::cos(pitch_rad);
  return {-cos_pitch * std::sin(yaw_rad), -std::sin(pitch_rad), -cos_pitch * std::cos(yaw_rad)};
}

glm::vec3 Camera::right() const { return {std::cos(yaw_rad), 0.0f, -std::sin(yaw_rad)}; }

glm::vec3 Camera::up() const { return glm::cross(right(), forward()); }

glm::vec3 Camera::eye_m() const { return pivot_m - forward() * distance_m; }

glm::mat4 Camera::view() const {
  // Not glm::lookAt: its world up would collapse at the poles.
  const glm::vec3 r = right();
  const glm::vec3 u = up();
  const glm::vec3 f = forward();
  const glm::vec3 eye = eye_m();
  glm::mat4 m(1.0f);
  m[0] = glm::vec4(r.x, u.x, -f.x, 0.0f);
  m[1] = glm::vec4(r.y, u.y, -f.y, 0.0f);
  m[2] = glm::vec4(r.z, u.z, -f.z, 0.0f);
  m[3] = glm::vec4(-glm::dot(r, eye), -glm::dot(u, eye), glm::dot(f, eye), 1.0f);
  return m;
}

glm::mat4 Camera::projection(float aspect) const {
  const float near_m = std::max(0.02f * distance_m, 0.005f);
  const float far_m = distance_m + 4.0f;
  glm::mat4 m = glm::perspective(vertical_fov_rad, aspect, near_m, far_m);
  m[2][0] = -centre_ndc.x;
  m[2][1] = -centre_ndc.y;
  return m;
}

geom::Ray Camera::ray_through(glm::vec2 pixel, glm::vec2 viewport_px) const {
  const float half = std::tan(0.5f * vertical_fov_rad);
  const float aspect = viewport_px.x / viewport_px.y;
  const float x = (2.0f * pixel.x / viewport_px.x - 1.0f - centre_ndc.x) * half * aspect;
  const float y = (1.0f - 2.0f * pixel.y / viewport_px.y - centre_ndc.y) * half;
  return {eye_m(), glm::normalize(forward() + right() * x + up() * y)};
}

glm::vec2 Camera::project(glm::vec3 point_m, glm::vec2 viewport_px) const {
  const glm::vec3 d = point_m - eye_m();
  const float depth = glm::dot(d, forward());
  if (!(depth > 0.0f)) return glm::vec2(std::numeric_limits<float>::quiet_NaN());
  const float half = std::tan(0.5f * vertical_fov_rad);
  const float aspect = viewport_px.x / viewport_px.y;
  const float x = glm::dot(d, right()) / (depth * half * aspect) + centre_ndc.x;
  const float y = glm::dot(d, up()) / (depth * half) + centre_ndc.y;
  return {(x + 1.0f) * 0.5f * viewport_px.x, (1.0f - y) * 0.5f * viewport_px.y};
}

std::optional<StandardView> standard_view_from_string(std::string_view text) {
  constexpr std::array<std::pair<std::string_view, StandardView>, 6> kNames = {
      {{"back", StandardView::kBack},
       {"front", StandardView::kFront},
       {"left", StandardView::kLeft},
       {"right", StandardView::kRight},
       {"top", StandardView::kTop},
       {"three-quarter", StandardView::kThreeQuarter}}};
  for (const auto& [name, view] : kNames) {
    if (name == text) return view;
  }
  return std::nullopt;
}

Camera make_standard_view(StandardView view, const geom::Aabb& box, float aspect) {
  Camera camera;
  switch (view) {
    case StandardView::kBack:
      camera.yaw_rad = kPi;
      break;
    case StandardView::kFront:
      camera.yaw_rad = 0.0f;
      break;
    case StandardView::kLeft:
      camera.yaw_rad = 0.5f * kPi;
      break;
    case StandardView::kRight:
      camera.yaw_rad = -0.5f * kPi;
      break;
    case StandardView::kTop:
      // The back at the bottom of the picture: as one looks down on a person from behind.
      camera.yaw_rad = kPi;
      camera.pitch_rad = 0.5f * kPi;
      break;
    case StandardView::kThreeQuarter:
      camera.yaw_rad = kPi - 0.6f;
      camera.pitch_rad = 0.22f;
      break;
  }
  return frame_box(camera, box, aspect);
}

Camera frame_box(const Camera& camera, const geom::Aabb& box, float aspect) {
  if (box.empty()) return camera;
  Camera framed = camera;
  framed.pivot_m = box.centre();
  const float half = std::tan(0.5f * camera.vertical_fov_rad);
  const glm::vec3 f = camera.forward();
  const glm::vec3 r = camera.right();
  const glm::vec3 u = camera.up();
  const glm::vec3 extent = 0.5f * box.size();
  float distance = 0.02f;
  for (int corner = 0; corner < 8; ++corner) {
    const glm::vec3 d =
        extent * glm::vec3((corner & 1) != 0 ? 1.0f : -1.0f, (corner & 2) != 0 ? 1.0f : -1.0f,
                           (corner & 4) != 0 ? 1.0f : -1.0f);
    const float towards_eye = -glm::dot(d, f);
    const float across = std::abs(glm::dot(d, r)) / (half * aspect);
    const float height = std::abs(glm::dot(d, u)) / half;
    distance = std::max(distance, towards_eye + kFrameMargin * std::max(across, height));
  }
  framed.distance_m = distance;
  return framed;
}

}  // namespace draw

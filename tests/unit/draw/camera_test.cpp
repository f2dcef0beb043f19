// Laws of the camera: a picture and its rays are one thing, no view rolls, framing shows all.
#include "draw/camera.h"

#include <gtest/gtest.h>

#include <cmath>
#include <glm/vec4.hpp>
#include <random>

namespace {

constexpr float kPi = 3.14159265f;
const glm::vec2 kViewport{1280.0f, 720.0f};

draw::Camera random_camera(std::mt19937& rng) {
  std::uniform_real_distribution<float> unit(-1.0f, 1.0f);
  draw::Camera camera;
  camera.pivot_m = {0.3f * unit(rng), 1.2f + 0.4f * unit(rng), 0.2f * unit(rng)};
  camera.distance_m = 1.2f + unit(rng);
  camera.yaw_rad = kPi * unit(rng);
  camera.pitch_rad = 0.5f * kPi * unit(rng);
  camera.vertical_fov_rad = 0.6f + 0.3f * unit(rng);
  camera.centre_ndc = {0.4f * unit(rng), 0.4f * unit(rng)};
  return camera;
}

TEST(Camera, ARayGoesBackThroughThePictureOfAPoint) {
  std::mt19937 rng(7);
  std::uniform_real_distribution<float> unit(-1.0f, 1.0f);
  for (int i = 0; i < 500; ++i) {
    const draw::Camera camera = random_camera(rng);
    const glm::vec3 point =
        camera.pivot_m + 0.15f * glm::vec3(unit(rng), unit(rng), unit(rng)) * camera.distance_m;
    const geom::Ray ray = camera.ray_through(camera.project(point, kViewport), kViewport);
    EXPECT_NEAR(glm::length(ray.direction), 1.0f, 1e-5f);
    const glm::vec3 d = point - ray.origin_m;
    const float off = glm::length(d - ray.direction * glm::dot(d, ray.direction));
    EXPECT_LT(off, 2e-5f * camera.distance_m);
  }
}

TEST(Camera, MatricesAndProjectAgree) {
  std::mt19937 rng(11);
  std::uniform_real_distribution<float> unit(-1.0f, 1.0f);
  for (int i = 0; i < 500; ++i) {
    const draw::Camera camera = random_camera(rng);
    const glm::vec3 point =
        camera.pivot_m + 0.15f * glm::vec3(unit(rng), unit(rng), unit(rng)) * camera.distance_m;
    const glm::vec4 clip =
        camera.projection(kViewport.x / kViewport.y) * camera.view() * glm::vec4(point, 1.0f);
    const glm::vec2 pixel = camera.project(point, kViewport);
    EXPECT_NEAR(pixel.x, (clip.x / clip.w + 1.0f) * 0.5f * kViewport.x, 0.02f);
    EXPECT_NEAR(pixel.y, (1.0f - clip.y / clip.w) * 0.5f * kViewport.y, 0.02f);
  }
}

TEST(Camera, NeverRollsAndStaysSquareAtThePoles) {
  for (const float pitch : {-0.5f * kPi, -1.0f, 0.0f, 1.2f, 0.5f * kPi}) {
    draw::Camera camera;
    camera.pitch_rad = pitch;
    EXPECT_FLOAT_EQ(camera.right().y, 0.0f);
    EXPECT_GE(camera.up().y, -1e-6f);
    EXPECT_NEAR(glm::dot(camera.up(), camera.forward()), 0.0f, 1e-6f);
    EXPECT_NEAR(glm::length(camera.up()), 1.0f, 1e-6f);
  }
}

TEST(Camera, StandardViewsLookFromWhereTheirNamesSay) {
  geom::Aabb box;
  box.add(glm::vec3(-0.3f, 0.9f, -0.15f));
  box.add(glm::vec3(0.3f, 1.8f, 0.15f));
  const auto direction = [&](draw::StandardView view) {
    const draw::Camera camera = draw::make_standard_view(view, box, 1.5f);
    return (camera.eye_m() - camera.pivot_m) / camera.distance_m;
  };
  EXPECT_NEAR(direction(draw::StandardView::kBack).z, -1.0f, 1e-5f);
  EXPECT_NEAR(direction(draw::StandardView::kFront).z, 1.0f, 1e-5f);
  EXPECT_NEAR(direction(draw::StandardView::kLeft).x, 1.0f, 1e-5f);  // +X: the subject's left
  EXPECT_NEAR(direction(draw::StandardView::kRight).x, -1.0f, 1e-5f);
  EXPECT_NEAR(direction(draw::StandardView::kTop).y, 1.0f, 1e-5f);
  EXPECT_LT(direction(draw::StandardView::kThreeQuarter).z, -0.5f);
}

TEST(Camera, FramingShowsTheWholeBoxAndFillsThePicture) {
  geom::Aabb box;
  box.add(glm::vec3(-0.25f, 0.9f, -0.15f));
  box.add(glm::vec3(0.25f, 1.8f, 0.15f));
  for (const glm::vec2 viewport : {glm::vec2(1280, 720), glm::vec2(1080, 1920)}) {
    for (int v = 0; v < 6; ++v) {
      const draw::Camera camera = draw::make_standard_view(static_cast<draw::StandardView>(v), box,
                                                           viewport.x / viewport.y);
      float nearest_edge = 1.0f;
      for (int corner = 0; corner < 8; ++corner) {
        const glm::vec3 p((corner & 1) != 0 ? box.max.x : box.min.x,
                          (corner & 2) != 0 ? box.max.y : box.min.y,
                          (corner & 4) != 0 ? box.max.z : box.min.z);
        const glm::vec2 at = camera.project(p, viewport) / viewport;
        for (const float side : {at.x, 1.0f - at.x, at.y, 1.0f - at.y}) {
          EXPECT_GT(side, 0.0f);
          nearest_edge = std::min(nearest_edge, side);
        }
      }
      EXPECT_LT(nearest_edge, 0.08f);
    }
  }
}

TEST(Camera, APointBehindTheEyeHasNoPicture) {
  const draw::Camera camera;
  EXPECT_TRUE(std::isnan(camera.project(camera.eye_m() - camera.forward(), kViewport).x));
}

}  // namespace

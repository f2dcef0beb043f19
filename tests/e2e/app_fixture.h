// A whole App on the built-in body without a display, driven by events as a person would.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <glm/gtc/type_ptr.hpp>
#include <string>
#include <thread>
#include <vector>

#include "app/app.h"
#include "app/load_body.h"
#include "render/gl/offscreen_context.h"

namespace e2e {

class AppFixture : public testing::Test {
 protected:
  void start(int width, int height) {
    app_.reset();
    context_.reset();
    auto resources = data::find_resources();
    ASSERT_TRUE(resources) << resources.error().message;
    auto body = app::load_body(app::kBuiltinBody);
    ASSERT_TRUE(body) << body.error().message;
    body_ = *body;
    auto context = render::OffscreenContext::make(width, height);
    ASSERT_TRUE(context) << context.error().message;
    context_ = std::move(*context);
    app::AppSetup setup;
    setup.resources = *resources;
    setup.body = body_;
    setup.width_px = width;
    setup.height_px = height;
    setup.quality = ui::Quality::kLow;
    auto made = app::App::make(setup);
    ASSERT_TRUE(made) << made.error().message;
    app_ = std::move(*made);
    width_ = static_cast<float>(width);
    height_ = static_cast<float>(height);
    run(3);
  }
  // The context dies last.
  void TearDown() override {
    app_.reset();
    context_.reset();
  }

  void run(int frames) {
    for (int i = 0; i < frames; ++i) app_->frame(1.0f / 60.0f, {});
  }
  void send(const app::InputEvent& event) {
    app_->frame(1.0f / 60.0f, std::array<app::InputEvent, 1>{event});
  }
  static app::InputEvent pointer(app::EventType type, glm::vec2 at) {
    app::InputEvent event;
    event.type = type;
    event.x = at.x;
    event.y = at.y;
    return event;
  }
  void move(glm::vec2 at) { send(pointer(app::EventType::kMove, at)); }
  void press(glm::vec2 at) { send(pointer(app::EventType::kPress, at)); }
  void release(glm::vec2 at) { send(pointer(app::EventType::kRelease, at)); }
  void click(glm::vec2 at) {
    move(at);
    press(at);
    release(at);
    run(3);
  }
  void tap(const char* key, app::Mods mods = {}) {
    app::InputEvent event;
    event.type = app::EventType::kKey;
    event.x = -1.0f;
    event.y = -1.0f;
    event.key = *app::parse_key(key);
    event.mods = mods;
    send(event);
  }

  void drop(const std::string& path) {
    app::InputEvent event;
    event.type = app::EventType::kDrop;
    event.x = event.y = -1.0f;
    event.text = path;
    send(event);
  }
  // Until nothing is being opened any more; returns how long the slowest frame took.
  double wait_for_opening() {
    double slowest = 0.0;
    for (int i = 0; i < 30000 && app_->is_opening(); ++i) {
      const auto start = std::chrono::steady_clock::now();
      app_->frame(1.0f / 60.0f, {});
      slowest = std::max(
          slowest, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    EXPECT_FALSE(app_->is_opening());
    run(4);
    return slowest;
  }

  nlohmann::json state() const { return app_->state(); }
  static glm::vec3 vec3(const nlohmann::json& j) { return {j[0], j[1], j[2]}; }
  static glm::vec2 vec2(const nlohmann::json& j) { return {j[0], j[1]}; }
  glm::vec2 tool_px() const { return vec2(state()["tool"]["screen_px"]); }

  // By the published matrices, not by our camera: what a script author would compute.
  glm::vec2 pixel_of(glm::vec3 p) const {
    const auto camera = state()["camera"];
    const auto view = camera["view"].get<std::vector<float>>();
    const auto projection = camera["projection"].get<std::vector<float>>();
    const glm::vec4 clip =
        glm::make_mat4(projection.data()) * glm::make_mat4(view.data()) * glm::vec4(p, 1.0f);
    return {(clip.x / clip.w + 1.0f) * 0.5f * width_, (1.0f - clip.y / clip.w) * 0.5f * height_};
  }
  glm::vec2 centre_of(const std::string& control) const {
    const nlohmann::json now = state();
    for (const auto& entry : now["ui"]) {
      if (entry["id"] != control) continue;
      const auto& r = entry["rect_px"];
      return {r[0].get<float>() + 0.5f * r[2].get<float>(),
              r[1].get<float>() + 0.5f * r[3].get<float>()};
    }
    ADD_FAILURE() << "no control " << control;
    return {};
  }
  static float group_load(const nlohmann::json& state, const std::string& id) {
    for (const auto& group : state["groups"]) {
      if (group["id"] == id) return group["load_pa"];
    }
    return -1.0f;
  }

  std::shared_ptr<const anatomy::Body> body_;
  std::unique_ptr<render::OffscreenContext> context_;
  std::unique_ptr<app::App> app_;
  float width_ = 0.0f;
  float height_ = 0.0f;
};

}  // namespace e2e

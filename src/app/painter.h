// Paints the body and the interface over it, and knows what is on screen already: an unchanged body
// is not drawn again, and while something moves detail and inner resolution are lower. Needs a
// current OpenGL context and the current ImGui context's draw data.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "app/camera_control.h"
#include "app/quality.h"
#include "render/renderer.h"
#include "scene/scene.h"
#include "scene/story_picture.h"
#include "session/session.h"

namespace app {

// What a picture is of.
struct PaintInput {
  const session::Snapshot& snapshot;
  const draw::Camera& camera;
  anatomy::StructureIndex hovered = anatomy::kNone;
  std::uint64_t ui_hash = 0;  // of what the interface draws
  bool moving = false;
  scene::Studio studio = scene::Studio::kLight;
  scene::StoryPicture* story = nullptr;  // shown instead of the body
  std::optional<glm::vec3> touched_m = {};
  scene::CutPlane cut = scene::CutPlane::kNone;
};

class Painter {
 public:
  static base::Result<std::unique_ptr<Painter>> make(const std::filesystem::path& shaders);

  // Nothing: measured from now on, starting with the lowest.
  void set_quality(std::optional<Quality> quality);
  Quality quality() const { return fixed_.value_or(chooser_.quality()); }

  void show_body(std::shared_ptr<const anatomy::BodyIndex> body);
  void set_size(int width_px, int height_px);
  // What is on screen is no longer what was painted last.
  void forget();

  bool is_painted(const PaintInput& input) const;
  bool shows_camera(const draw::Camera& camera) const { return camera == camera_; }
  // `before_ms`: what the frame has taken so far.
  void paint(const PaintInput& input, unsigned framebuffer, float before_ms);
  // At full quality, for keeping; not counted among the drawn frames.
  void paint_still(const PaintInput& input, unsigned framebuffer);

  // Draw calls of the body in the picture painted last.
  int body_draw_calls() const { return renderer_->body_draw_calls(); }
  // Of the picture painted last.
  std::span<const scene::CutRegion> cut_regions() const { return scene_->cut_regions(); }

  std::size_t frames() const { return frames_; }  // painted so far
  // How long they took: all of them up to kFramesTimed, then the last ones, in no order.
  const std::vector<float>& frame_ms() const { return frame_ms_; }

 private:
  static constexpr std::size_t kFramesTimed = 8192;

  explicit Painter(std::unique_ptr<render::Renderer> renderer) : renderer_(std::move(renderer)) {
    frame_ms_.reserve(kFramesTimed);
  }

  bool is_body_painted(const PaintInput& input) const;
  bool is_story_painted(const PaintInput& input) const;
  void paint_body(const PaintInput& input, unsigned framebuffer, bool coarse);
  void paint_interface(unsigned framebuffer) const;

  std::unique_ptr<render::Renderer> renderer_;
  std::unique_ptr<scene::SceneBuilder> scene_;
  std::optional<Quality> fixed_;
  QualityChooser chooser_{Quality::kLow};
  int width_px_ = 0;
  int height_px_ = 0;
  std::size_t frames_ = 0;
  std::vector<float> frame_ms_;

  // What was painted last.
  std::uint64_t version_ = 0;
  std::uint64_t body_version_ = 0;
  std::uint64_t ui_hash_ = 0;
  draw::Camera camera_;
  scene::Studio studio_ = scene::Studio::kLight;
  anatomy::StructureIndex hovered_ = anatomy::kNone;
  std::optional<glm::vec3> touched_m_;
  scene::CutPlane cut_ = scene::CutPlane::kNone;
  bool coarse_ = false;
  const anatomy::Body* story_ = nullptr;  // of the moment; compared, never followed
  bool can_repaint_ = false;              // the renderer still holds it
};

}  // namespace app

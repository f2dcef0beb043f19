#include "app/painter.h"

#include <imgui.h>
#include <imgui_impl_opengl3.h>
// Before whatever else might bring a GL header of its own.
#include <glad/gl.h>

#include <chrono>

#include "scene/section_cut.h"

namespace app {
base::Result<std::unique_ptr<Painter>> Painter::make(const std::filesystem::path& shaders) {
  auto renderer = render::Renderer::make(shaders);
  if (!renderer) return tl::unexpected(renderer.error());
  return std::unique_ptr<Painter>(new Painter(std::move(*renderer)));
}

void Painter::show_body(std::shared_ptr<const anatomy::BodyIndex> body) {
  scene_ = std::make_unique<scene::SceneBuilder>(std::move(body));
  forget();
}

void Painter::set_size(int width_px, int height_px) {
  width_px_ = width_px;
  height_px_ = height_px;
  forget();
}

void Painter::forget() {
  version_ = 0;
  can_repaint_ = false;
}

bool Painter::is_painted(const PaintInput& input) const {
  return input.snapshot.version == version_ && input.camera == camera_ && is_story_painted(input) &&
         input.studio == studio_ && input.ui_hash == ui_hash_ && input.hovered == hovered_ &&
         input.touched_m == touched_m_ && input.cut == cut_ && !(coarse_ && !input.moving);
}

bool Painter::is_story_painted(const PaintInput& input) const {
  return (input.story == nullptr ? nullptr : input.story->moment().body.get()) == story_;
}

// Nothing but the interface differs from what was painted last.
bool Painter::is_body_painted(const PaintInput& input) const {
  return can_repaint_ && is_story_painted(input) && input.snapshot.body_version == body_version_ &&
         input.camera == camera_ && input.studio == studio_ && input.hovered == hovered_ &&
         input.touched_m == touched_m_ && input.cut == cut_ && coarse_ == input.moving;
}

void Painter::paint_body(const PaintInput& input, unsigned framebuffer, bool coarse) {
  scene::ViewState look;
  look.hovered = input.hovered;
  look.studio = input.studio;
  look.touched_m = input.touched_m;
  const PictureCost cost = coarse ? cost_moving(quality()) : cost_still(quality());
  look.lod = cost.lod;
  look.cut = {
      input.cut, input.camera.eye_m(),
      scene::cut_line_m(input.camera, cost.resolution_scale * static_cast<float>(height_px_))};
  const draw::DrawList& list =
      input.story != nullptr ? input.story->build(look) : scene_->build(input.snapshot, look);
  render::RenderOptions options;
  options.width = width_px_;
  options.height = height_px_;
  options.resolution_scale = cost.resolution_scale;
  options.samples = cost.samples;
  options.occlusion = cost.occlusion;
  renderer_->render(list, input.camera, options, framebuffer);
}

void Painter::paint_interface(unsigned framebuffer) const {
  glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
  glViewport(0, 0, width_px_, height_px_);
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
  glFinish();
}

void Painter::set_quality(std::optional<Quality> quality) {
  if (fixed_ == quality) return;
  fixed_ = quality;
  forget();
}

void Painter::paint(const PaintInput& input, unsigned framebuffer, float before_ms) {
  using Clock = std::chrono::steady_clock;
  const auto start = Clock::now();
  const bool again = is_body_painted(input) && renderer_->repaint(framebuffer);
  if (!again) paint_body(input, framebuffer, input.moving);
  paint_interface(framebuffer);
  version_ = input.snapshot.version;
  body_version_ = input.snapshot.body_version;
  camera_ = input.camera;
  studio_ = input.studio;
  ui_hash_ = input.ui_hash;
  hovered_ = input.hovered;
  touched_m_ = input.touched_m;
  cut_ = input.cut;
  coarse_ = input.moving;
  story_ = input.story == nullptr ? nullptr : input.story->moment().body.get();
  can_repaint_ = true;
  const float ms = std::chrono::duration<float, std::milli>(Clock::now() - start).count();
  if (frame_ms_.size() < kFramesTimed) {
    frame_ms_.push_back(ms + before_ms);
  } else {
    frame_ms_[frames_ % kFramesTimed] = ms + before_ms;
  }
  ++frames_;
  if (!again && input.moving && !fixed_) chooser_.take_frame(ms);
}

void Painter::paint_still(const PaintInput& input, unsigned framebuffer) {
  paint_body(input, framebuffer, false);
  paint_interface(framebuffer);
  can_repaint_ = false;
}

}  // namespace app

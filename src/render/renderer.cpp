#include "render/renderer.h"

#include <algorithm>
#include <cmath>

#include "base/check.h"
#include "render/frame.h"
#include "render/frame_block.h"
#include "render/passes/passes.h"

namespace render {
namespace {

class GlRenderer final : public Renderer {
 public:
  explicit GlRenderer(const std::filesystem::path& shader_dir)
      : shaders_(shader_dir, GlslProfile::kCore330), fullscreen_(make_vertex_array()) {
    glGetIntegerv(GL_MAX_SAMPLES, &max_samples_);
  }

  base::Status prepare() {
    for (const ProgramSpec& spec : all_programs()) {
      if (const base::Status ready = shaders_.prepare(spec.name); !ready) return ready;
    }
    return {};
  }

  void render(const draw::DrawList& list, const draw::Camera& camera, const RenderOptions& options,
              unsigned framebuffer) override {
    if (options.width < 1 || options.height < 1) return;
    BACKMATE_CHECK(list.dents.size() <= draw::kMaxDents);
    const float scale = std::clamp(options.resolution_scale, 0.5f, 1.0f);
    const auto inner = [scale](int size) {
      return std::max(1, static_cast<int>(std::lround(scale * static_cast<float>(size))));
    };
    targets_.resize(inner(options.width), inner(options.height),
                    std::min(options.samples, static_cast<int>(max_samples_)));
    meshes_.begin_frame();
    const draw::BodyDraw& body = list.body;
    if (!body.mesh.indices.empty()) {
      const GpuMesh& mesh = meshes_.find_or_upload(body.mesh);
      styles_.update(body.styles, mesh.structure_centres_m, body.segment_tint);
    }
    ground_.update(list.ground);
    section_.update(list.cut.face);
    const float aspect = static_cast<float>(options.width) / static_cast<float>(options.height);
    frame_buffer_.update(make_frame_block(list, camera, aspect));

    reset_state();
    const Frame frame{list,    camera,   options,  shaders_,    meshes_,     styles_,
                      ground_, section_, targets_, fullscreen_, framebuffer, scratch_};
    scratch_.body_draw_calls = 0;
    render_background(frame);
    render_section(frame);
    render_opaque(frame);
    render_ground(frame);
    const Rectangle occupied = find_occupied(frame);
    if (options.occlusion) render_occlusion(frame, occupied);
    render_translucent(frame);
    const bool has_mask = render_outline_mask(frame);
    render_overlay(frame);
    last_ = {options.width, options.height, options.samples, occupied, has_mask};
    paint(framebuffer);
  }

  bool repaint(unsigned framebuffer) override {
    if (last_.width < 1) return false;
    reset_state();
    paint(framebuffer);
    return true;
  }

  int body_draw_calls() const override { return scratch_.body_draw_calls; }

  base::Status reload_shaders() override { return shaders_.reload(); }

 private:
  // Whoever drew before may have left anything.
  static void reset_state() {
    glDisable(GL_BLEND);
    glDisable(GL_SCISSOR_TEST);
    glDisable(GL_CULL_FACE);
    glDisable(GL_DEPTH_TEST);
    glDisable(GL_DITHER);
    glColorMask(GL_TRUE, GL_TRUE, GL_TRUE, GL_TRUE);
  }

  void paint(unsigned framebuffer) {
    render_composite(last_, shaders_, targets_, fullscreen_, framebuffer);
    glBindVertexArray(0);
    glUseProgram(0);
  }

  ShaderLibrary shaders_;
  GpuCache meshes_;
  StyleTextures styles_;
  GroundTexture ground_;
  SectionMesh section_;
  RenderTargets targets_;
  FrameBuffer frame_buffer_;
  DrawScratch scratch_;
  VertexArray fullscreen_;
  Composite last_;
  GLint max_samples_ = 1;
};

}  // namespace

base::Result<std::unique_ptr<Renderer>> Renderer::make(const std::filesystem::path& shader_dir) {
  auto renderer = std::make_unique<GlRenderer>(shader_dir);
  if (const base::Status ready = renderer->prepare(); !ready) {
    return tl::unexpected(ready.error());
  }
  return renderer;
}

}  // namespace render

// What every pass of one frame is given. Valid during Renderer::render only.
#pragma once

#include <span>
#include <vector>

#include "draw/draw_list.h"
#include "render/gpu_cache.h"
#include "render/render_targets.h"
#include "render/renderer.h"
#include "render/shader_library.h"
#include "render/style_textures.h"

namespace render {

struct Frame {
  const draw::DrawList& list;
  const draw::Camera& camera;
  const RenderOptions& options;
  ShaderLibrary& shaders;
  GpuCache& meshes;
  const StyleTextures& styles;
  const RenderTargets& targets;
  const VertexArray& fullscreen;  // no attributes: three vertices that cover the picture
  unsigned framebuffer = 0;
};

// Draws the triangle that covers the picture with the program in use.
void draw_fullscreen(const Frame& frame);

// Which structures a pass shows: by opacity, or by outline.
enum class BodyPart { kOpaque, kTranslucent, kOutlined };

// Numbers of the structures to be seen in this pass.
std::vector<std::size_t> find_structures(const draw::BodyDraw& body, BodyPart part);
// With the program in use, in the given order.
void draw_structures(const Frame& frame, std::span<const std::size_t> structures);

}  // namespace render

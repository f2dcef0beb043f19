// What every pass of one frame is given. Valid during Renderer::render only.
#pragma once

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

// Which structures a call of draw_body() shows: by opacity, or by outline.
enum class BodyPart { kOpaque, kTranslucent, kOutlined };

// Index ranges of the body that hold all visible structures of this part, neighbours merged. Ranges
// may contain structures of other parts (few long draws beat many short ones): the shader drops
// their vertices.
std::vector<draw::IndexRange> find_body_ranges(const draw::BodyDraw& body, BodyPart part);
// With the program in use; sets its uniform u_part.
void draw_body(const Frame& frame, BodyPart part);

}  // namespace render

// What every pass of one frame is given. Valid during Renderer::render only.
#pragma once

#include <span>
#include <vector>

#include "draw/draw_list.h"
#include "render/gpu_cache.h"
#include "render/ground_texture.h"
#include "render/render_targets.h"
#include "render/renderer.h"
#include "render/section_mesh.h"
#include "render/shader_library.h"
#include "render/style_textures.h"

namespace render {

// Lists that passes fill anew for each draw: kept from frame to frame, so that a steady picture
// costs no memory.
struct DrawScratch {
  std::vector<std::size_t> structures;
  std::vector<std::size_t> dented;
  std::vector<std::size_t> cut;
  std::vector<GLsizei> counts;
  std::vector<const void*> offsets;
  int body_draw_calls = 0;  // of this frame
};

struct Frame {
  const draw::DrawList& list;
  const draw::Camera& camera;
  const RenderOptions& options;
  ShaderLibrary& shaders;
  GpuCache& meshes;
  const StyleTextures& styles;
  const GroundTexture& ground;
  const SectionMesh& section;
  const RenderTargets& targets;
  const VertexArray& fullscreen;  // no attributes: three vertices that cover the picture
  unsigned framebuffer = 0;
  DrawScratch& scratch;
};

// Draws the triangle that covers the picture with the program in use.
void draw_fullscreen(const Frame& frame);

// Which structures a pass shows: by opacity, or by outline. Of what is see-through, the skin lies
// over all the rest.
enum class BodyPart { kOpaque, kGlass, kGlassSkin, kOutlined };

// Numbers of the structures to be seen in this pass; valid until the next call.
std::span<const std::size_t> find_structures(const Frame& frame, BodyPart part);
// With the program in use, in the given order, as at most `calls` calls of about the same size. A
// software driver shades the vertices of one call while it rasterises the call before: a few calls
// are faster than one, and than one for each structure.
inline constexpr int kCallsPerPass = 12;
void draw_structures(const Frame& frame, std::span<const std::size_t> structures,
                     int calls = kCallsPerPass);

}  // namespace render

// The passes of a frame, in drawing order. Each is one function with one contract and one source
// file; all leave depth test, culling and blending off. Colours are tone-mapped and sRGB from the
// surface shader on, so that blending and the interface share one space.
//
//   background         scene: clears depth, paints the gradient or nothing at all
//   section            scene: the face of a cut
//   opaque             scene: body and solids that hide what is behind them
//   ground             scene: the shadow on the floor
//   occlusion          scene: darkens crevices from the opaque depth (multiplies colour)
//   translucent        scene: what is see-through over the opaque picture: the nearest surface of
//                      muscles, over it the nearest of skin, over it that of solids
//   overlay            scene: handles, over everything
//   outline mask       mask: where hovered and selected structures are visible
//   composite          the frame's own target: upsamples or smooths stairs, outlines, dithers
#pragma once

#include "render/frame.h"

namespace render {

// Input: list.background. Writes every pixel of the scene.
void render_background(const Frame& frame);

// Input: list.cut. Depth-tested, writes depth: the face closes what the cut has opened, so what lies
// behind it need not be shaded. The passes of body and solids leave out what is cut away.
void render_section(const Frame& frame);

// Input: body structures with opacity 1, solids that are opaque and not on top. Depth-tested.
void render_opaque(const Frame& frame);

// Input: list.ground. Blends; nothing where the background is transparent or the eye is below the
// floor. Leaves depth as it was: a floor that is not there has no crevices.
void render_ground(const Frame& frame);

// A rectangle of the target in GL's pixels, from the bottom left.
struct Rectangle {
  int x = 0;
  int y = 0;
  int width = 0;
  int height = 0;
};
// Where the body and the solids are: elsewhere is only background, without crevices or
// edges to smooth.
Rectangle find_occupied(const Frame& frame);

// Input: the scene's depth after render_opaque (resolved here). Multiplies the scene's colour by a
// warm darkening; costs one pass at half and one at full inner resolution, both only where
// something is.
void render_occlusion(const Frame& frame, const Rectangle& occupied);

// Input: body structures and solids with 0 < opacity < 1. For each of the three groups a depth-only
// pass keeps the nearest see-through surface; surfaces that coincide are told apart by their
// structures' seeds. So the result does not depend on drawing order. Writes depth.
void render_translucent(const Frame& frame);

// Input: solids with on_top. Clears depth: the outline mask must come before.
void render_overlay(const Frame& frame);

// Input: structures with outline > 0, tested against the scene's depth (resolved here). Returns
// false, and leaves the mask as it was, when there are none.
bool render_outline_mask(const Frame& frame);

// All that the composite needs to know: it can be painted again after the frame.
struct Composite {
  int width = 0;  // of the target in pixels
  int height = 0;
  int samples = 1;
  Rectangle occupied;
  bool has_mask = false;
};
// Input: the scene's colour (resolved here), the mask when has_mask. Writes every pixel of the
// target.
void render_composite(const Composite& composite, ShaderLibrary& shaders,
                      const RenderTargets& targets, const VertexArray& fullscreen,
                      unsigned framebuffer);

}  // namespace render

// Body vertices: style and tint of their structure, the dent, the strand coordinate.
#include "common/frame.glsl"
#ifdef DENTS
#include "common/dent.glsl"
#endif

layout(location = 0) in vec3 a_position;
layout(location = 1) in vec4 a_normal;
layout(location = 2) in vec4 a_fibre;
layout(location = 3) in uvec2 a_ids;  // structure, segment
layout(location = 4) in vec4 a_more;  // x: tendon

// Passes of different programs over the same surface meet at the same depth.
invariant gl_Position;

uniform sampler2D u_styles;
uniform sampler2D u_tints;
uniform int u_use_tints;

#ifdef CUT
out float v_cut;
#endif
#ifdef DEPTH_ONLY
flat out vec2 v_mask;
#else
out vec3 v_position;
out vec3 v_normal;
out vec3 v_fibre;
out vec3 v_strand;  // position within the structure, as on the left side
out vec4 v_colour;  // linear, opacity
out vec4 v_more;    // tendon (skin: hatched), highlight, how much a field covers the colour, shade of the balls
flat out vec2 v_kind;  // material number; seed, below zero (-1 - seed) where mirrored
#endif

void main() {
  int structure = int(a_ids.x);
  vec4 style = texelFetch(u_styles, ivec2(0, structure), 0);
  vec4 state = texelFetch(u_styles, ivec2(1, structure), 0);
  vec3 position = a_position;
#ifdef DENTS
  bool bends = state.w > 0.5 && u_counts.x > 0.5 && near_dent(a_position);
  if (bends) position = dented(a_position);
#endif
  gl_Position = u_view_projection * vec4(position, 1.0);
#ifdef CUT
  v_cut = dot(u_cut.xyz, position) + u_cut.w;
#endif
#if defined(GLASS) || !defined(DEPTH_ONLY)
  vec4 place = texelFetch(u_styles, ivec2(2, structure), 0);
#endif
#ifdef GLASS
  // A hundredth of a millimetre or so: of two surfaces in one place it is always the same one.
  gl_Position.z += 2e-6 * place.w * gl_Position.w;
#endif
#ifdef DEPTH_ONLY
  // The structure as a number that differs between neighbours.
  v_mask = vec2(state.y, fract(float(structure) * 0.618034) * 0.9 + 0.1);
#else
  v_position = position;
  v_normal = a_normal.xyz;
#ifdef DENTS
  if (bends) v_normal = dented_normal(a_position, position, normalize(a_normal.xyz));
#endif
  v_fibre = a_fibre.xyz;
  v_strand = a_position - place.xyz;
  // Left and right are mirror images, strands too.
  bool mirrored = place.x < 0.0;
  if (mirrored) v_strand.x = -v_strand.x;
  v_colour = style;
  v_more = vec4(a_more.x, state.x, 0.0, 0.0);
#ifdef DENTS
  if (near_dent(a_position)) v_more.w = ball_shade(position, normalize(v_normal));
#endif
  if (u_use_tints != 0 && a_ids.y != 65535u) {
    int segment = int(a_ids.y);
    vec4 tint = texelFetch(u_tints, ivec2(segment & 255, segment >> 8), 0);
    // More than covered: hatched. Skin has no tendons, whose place the hatching takes.
    if (tint.a > 1.0) {
      tint.a -= 1.0;
      v_more.x = 1.0;
    }
    v_colour.rgb = mix(v_colour.rgb, tint.rgb, tint.a);
    v_more.z = tint.a;
  }
  v_kind = vec2(state.z, mirrored ? -1.0 - place.w : place.w);
#endif
}

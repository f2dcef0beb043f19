// Flat, as on a plate. What only fills the body is fat near the head; further away, where organs
// would be, it steps back to a colour that claims nothing.
#include "common/frame.glsl"
#include "common/colour.glsl"

in vec3 v_position;
in vec4 v_colour;
layout(location = 0) out vec4 o_colour;

const vec3 kNobodyKnows = vec3(0.46, 0.35, 0.31);

void main() {
  float away = smoothstep(0.045, 0.13, distance(v_position, u_cut_at.xyz));
  // Its outline, much darker than itself, stays an outline.
  float ink = dot(v_colour.rgb, vec3(0.333)) < 0.3 ? 0.3 : 1.0;
  vec3 colour = mix(v_colour.rgb, kNobodyKnows * ink, away * (1.0 - v_colour.a));
  o_colour = vec4(to_srgb(tone_map(colour)), 1.0);
}

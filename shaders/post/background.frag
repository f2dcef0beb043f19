// A studio sweep: a soft pool of light behind the body, darker towards the corners.
#include "common/colour.glsl"

in vec2 v_at;
uniform vec3 u_top;
uniform vec3 u_bottom;
uniform float u_aspect;
layout(location = 0) out vec4 o_colour;

void main() {
  vec2 from_centre = (v_at - vec2(0.5, 0.56)) * vec2(min(u_aspect, 1.4), 1.0);
  float pool = 1.0 - smoothstep(0.1, 0.95, length(from_centre));
  vec3 colour = mix(u_bottom, u_top, clamp(0.10 + 0.30 * v_at.y + 0.65 * pool, 0.0, 1.0));
  o_colour = vec4(to_srgb(colour), 1.0);
}

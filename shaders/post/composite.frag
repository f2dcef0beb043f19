// The inner picture to the target: filtered up, outlines at the target's own sharpness, half a
// step of noise against bands in the gradient.
in vec2 v_at;
uniform sampler2D u_scene;
uniform sampler2D u_mask;
uniform vec2 u_pixel;  // one pixel of the target
layout(location = 0) out vec4 o_colour;

#ifdef OUTLINE
const vec3 kHovered = vec3(1.0, 1.0, 1.0);
const vec3 kSelected = vec3(0.10, 0.66, 0.71);

vec3 outlined(vec3 colour) {
  vec2 here = texture(u_mask, v_at).rg;
  float strength = here.r;
  float differs = 0.0;
  for (int i = 0; i < 8; ++i) {
    float angle = float(i) * 0.78539816;
    vec2 there = texture(u_mask, v_at + vec2(cos(angle), sin(angle)) * u_pixel * 1.6).rg;
    strength = max(strength, there.r);
    differs += clamp(abs(there.g - here.g) * 4.0, 0.0, 1.0);
  }
  float line = clamp(differs * 0.3, 0.0, 1.0);
  vec3 ink = strength > 0.75 ? kSelected : kHovered;
  vec3 lit = here.r > 0.25 ? colour + 0.035 : colour;
  return mix(lit, ink, line * 0.92);
}
#endif

void main() {
  vec3 colour = texture(u_scene, v_at).rgb;
#ifdef OUTLINE
  colour = outlined(colour);
#endif
  float noise = fract(52.9829189 * fract(dot(gl_FragCoord.xy, vec2(0.06711056, 0.00583715))));
  o_colour = vec4(colour + (noise - 0.5) / 255.0, 1.0);
}

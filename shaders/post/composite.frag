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

vec4 outlined(vec4 colour) {
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
  vec3 lit = here.r > 0.25 ? colour.rgb + 0.035 : colour.rgb;
  return mix(vec4(lit, colour.a), vec4(ink, 1.0), line * 0.92);
}
#endif

#ifdef SMOOTH
// Edges without stairs, after FXAA (Lottes, 2009): where the neighbours differ, the mean along the
// edge; elsewhere nothing is touched.
vec4 smoothed(vec4 whole) {
  vec3 here = whole.rgb;
  const vec3 kLuma = vec3(0.299, 0.587, 0.114);
  float m = dot(here, kLuma);
  float nw = dot(texture(u_scene, v_at + u_pixel * vec2(-1.0, 1.0)).rgb, kLuma);
  float ne = dot(texture(u_scene, v_at + u_pixel).rgb, kLuma);
  float sw = dot(texture(u_scene, v_at - u_pixel).rgb, kLuma);
  float se = dot(texture(u_scene, v_at + u_pixel * vec2(1.0, -1.0)).rgb, kLuma);
  float low = min(m, min(min(nw, ne), min(sw, se)));
  float high = max(m, max(max(nw, ne), max(sw, se)));
  if (high - low < max(0.04, 0.12 * high)) return whole;
  vec2 along = vec2((sw + se) - (nw + ne), (ne + se) - (nw + sw));
  float small = min(abs(along.x), abs(along.y)) + 0.03 * (nw + ne + sw + se) * 0.25 + 1e-3;
  along = clamp(along / small, -6.0, 6.0) * u_pixel;
  vec4 near = 0.5 * (texture(u_scene, v_at - along / 6.0) + texture(u_scene, v_at + along / 6.0));
  vec4 wide = 0.5 * near + 0.25 * (texture(u_scene, v_at - 0.5 * along) +
                                   texture(u_scene, v_at + 0.5 * along));
  float l = dot(wide.rgb, kLuma);
  return l < low || l > high ? near : wide;
}
#endif

void main() {
  vec4 colour = texture(u_scene, v_at);
#ifdef SMOOTH
  colour = smoothed(colour);
#endif
#ifdef OUTLINE
  colour = outlined(colour);
#endif
  float noise = fract(52.9829189 * fract(dot(gl_FragCoord.xy, vec2(0.06711056, 0.00583715))));
  // Alpha is 1 wherever there is a background.
  o_colour = vec4(colour.rgb + (noise - 0.5) / 255.0, colour.a);
}

// The shadow on a floor that is not drawn: takes light away from what is behind it.
#include "common/frame.glsl"

in vec2 v_at;
in float v_cut;
uniform sampler2D u_cover;
layout(location = 0) out vec4 o_colour;

void main() {
  float cover = texture(u_cover, v_at).r;
  if (dot(u_cut.xyz, u_cut.xyz) > 0.0) cover *= 1.0 - smoothstep(-0.02, 0.05, v_cut);
  o_colour = vec4(0.0, 0.0, 0.0, cover);
}

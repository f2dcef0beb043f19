// Rigid parts: the tool, handles.
#include "common/frame.glsl"

layout(location = 0) in vec3 a_position;
layout(location = 1) in vec4 a_normal;

uniform mat4 u_transform;
uniform vec4 u_colour;  // linear, opacity
uniform int u_material;

#ifdef CUT
out float v_cut;
#endif
out vec3 v_position;
out vec3 v_normal;
out vec3 v_fibre;
out vec3 v_strand;
out vec4 v_colour;
out vec4 v_more;
flat out vec2 v_kind;

void main() {
  vec4 position = u_transform * vec4(a_position, 1.0);
  gl_Position = u_view_projection * position;
#ifdef CUT
  v_cut = dot(u_cut.xyz, position.xyz) + u_cut.w;
#endif
  v_position = position.xyz;
  v_normal = mat3(u_transform) * a_normal.xyz;
  v_fibre = vec3(0.0);
  v_strand = vec3(0.0);
  v_colour = u_colour;
  v_more = vec4(0.0);
  v_kind = vec2(float(u_material), 0.0);
}

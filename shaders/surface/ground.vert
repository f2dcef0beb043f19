// A rectangle of the floor, from its number of corners alone.
#include "common/frame.glsl"

uniform vec4 u_rectangle;  // least x and z, size
uniform float u_floor;
out vec2 v_at;
out float v_cut;  // above 0: what stood here is cut away

void main() {
  v_at = vec2(float(gl_VertexID & 1), float(gl_VertexID >> 1));
  vec2 at = u_rectangle.xy + v_at * u_rectangle.zw;
  v_cut = dot(u_cut.xyz, vec3(at.x, u_floor, at.y)) + u_cut.w;
  gl_Position = u_view_projection * vec4(at.x, u_floor, at.y, 1.0);
}

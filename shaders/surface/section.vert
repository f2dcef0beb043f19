// The face of a cut: positions in the body frame, colours as they are.
#include "common/frame.glsl"

layout(location = 0) in vec3 a_position;
layout(location = 1) in vec4 a_colour;  // linear; living

out vec3 v_position;
out vec4 v_colour;

void main() {
  gl_Position = u_view_projection * vec4(a_position, 1.0);
  v_position = a_position;
  v_colour = a_colour;
}

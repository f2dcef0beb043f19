// Multiplies the picture by how open each spot is. Shadows in tissue are warm, never black.
in vec2 v_at;
uniform sampler2D u_occlusion;
uniform sampler2D u_depth_map;
layout(location = 0) out vec4 o_factor;

void main() {
  if (texture(u_depth_map, v_at).r >= 1.0) discard;  // the background has no crevices
  float open = texture(u_occlusion, v_at).r;
  o_factor = vec4(mix(vec3(0.42, 0.22, 0.17), vec3(1.0), open), 1.0);
}

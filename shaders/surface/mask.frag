#ifdef CUT
in float v_cut;
#endif
flat in vec2 v_mask;
layout(location = 0) out vec4 o_mask;

void main() {
#ifdef CUT
  if (v_cut > 0.0) discard;
#endif
  o_mask = vec4(v_mask, 0.0, 1.0);
}

// The shadow on a floor that is not drawn: takes light away from what is behind it.
in vec2 v_at;
uniform sampler2D u_cover;
layout(location = 0) out vec4 o_colour;

void main() { o_colour = vec4(0.0, 0.0, 0.0, texture(u_cover, v_at).r); }

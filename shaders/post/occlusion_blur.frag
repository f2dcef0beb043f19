// The mean of 4 x 4 texels, the period of the turned pattern, in four filtered fetches: each lies on
// a corner where four texels meet.
uniform sampler2D u_occlusion;
layout(location = 0) out vec4 o_open;

void main() {
  vec2 t = 1.0 / vec2(textureSize(u_occlusion, 0));
  vec2 corner = floor(gl_FragCoord.xy) * t;
  o_open = 0.25 * (texture(u_occlusion, corner - t) + texture(u_occlusion, corner + t) +
                   texture(u_occlusion, corner + vec2(t.x, -t.y)) +
                   texture(u_occlusion, corner + vec2(-t.x, t.y)));
}

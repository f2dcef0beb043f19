// How open a spot is to light, from the depth picture: neighbours within a few millimetres for the
// crevices between muscles, and within some centimetres for what lies under arms, chin and brows;
// turned from pixel to pixel (the apply pass smooths the pattern away).
in vec2 v_at;
uniform sampler2D u_depth_map;
uniform vec4 u_depth;  // projection[2][2], projection[3][2], half width and height at depth 1
uniform float u_radius;
layout(location = 0) out vec4 o_open;

// The wide radius over the narrow one.
const float kWide = 4.5;

float eye_depth(vec2 at) {
  float z = texture(u_depth_map, at).r * 2.0 - 1.0;
  return u_depth.y / (z + u_depth.x);
}

vec3 eye_position(vec2 at, float depth) {
  return vec3((at * 2.0 - 1.0) * u_depth.zw * depth, -depth);
}

// Positions belong to the middles of texels: between two of them the depth is only one's.
vec2 snapped(vec2 at, vec2 size) { return (floor(at * size) + 0.5) / size; }

void main() {
  vec2 size = vec2(textureSize(u_depth_map, 0));
  vec2 here = snapped(v_at, size);
  float raw = texture(u_depth_map, here).r;
  if (raw >= 1.0) {
    o_open = vec4(1.0);
    return;
  }
  float depth = eye_depth(here);
  vec3 p = eye_position(here, depth);
  vec2 texel = 1.0 / size;
  // The smaller of the two differences on each side: normals stay true beside edges.
  vec3 px = eye_position(here + vec2(texel.x, 0.0), eye_depth(here + vec2(texel.x, 0.0))) - p;
  vec3 mx = p - eye_position(here - vec2(texel.x, 0.0), eye_depth(here - vec2(texel.x, 0.0)));
  vec3 py = eye_position(here + vec2(0.0, texel.y), eye_depth(here + vec2(0.0, texel.y))) - p;
  vec3 my = p - eye_position(here - vec2(0.0, texel.y), eye_depth(here - vec2(0.0, texel.y)));
  vec3 dx = abs(px.z) < abs(mx.z) ? px : mx;
  vec3 dy = abs(py.z) < abs(my.z) ? py : my;
  vec3 n = normalize(cross(dx, dy));

  vec2 reach = u_radius / (2.0 * u_depth.zw * depth);
  vec2 wide_reach = min(kWide * reach, vec2(0.12));
  reach = min(reach, vec2(0.06));
  int cell = (int(gl_FragCoord.x) & 3) * 4 + (int(gl_FragCoord.y) & 3);
  float angle = float((cell * 7) & 15) * (6.2831853 / 16.0);
  float closed = 0.0;
  for (int i = 0; i < 8; ++i) {
    float share = (float(i) + 0.5 + 0.5 * float(cell & 1)) / 8.5;
    vec2 at = snapped(here + vec2(cos(angle), sin(angle)) * reach * share, size);
    vec3 d = eye_position(at, eye_depth(at)) - p;
    float len = length(d) + 1e-5;
    float rise = max(dot(n, d) / len - 0.12, 0.0);
    // Beyond twice the radius it is another part of the body, not a neighbour.
    closed += rise * clamp(2.0 - len / u_radius, 0.0, 1.0);
    angle += 2.3999632;
  }
  float covered = 0.0;
  for (int i = 0; i < 6; ++i) {
    float share = (float(i) + 0.4 + 0.6 * float(cell & 1)) / 6.4;
    vec2 at = snapped(here + vec2(cos(angle), sin(angle)) * wide_reach * share, size);
    vec3 d = eye_position(at, eye_depth(at)) - p;
    float len = length(d) + 1e-5;
    float rise = max(dot(n, d) / len - 0.16, 0.0);
    covered += rise * clamp(2.0 - len / (kWide * u_radius), 0.0, 1.0);
    angle += 2.3999632;
  }
  float open = clamp(1.0 - closed * 0.34, 0.0, 1.0) * clamp(1.0 - covered * 0.30, 0.0, 1.0);
  o_open = vec4(open);
}

// Mirrors src/draw/dent.cpp, where the laws are written down. Needs common/frame.glsl.
const float kDeepestMoved = 0.12;
const float kDentClearance = 0.0006;

float dent_sheet(float radius, float depth, float contact_radius, float ball_radius, float reach) {
  float contact = min(contact_radius, min(0.95 * ball_radius, 0.8 * reach));
  float inside = min(radius, contact);
  float root = sqrt(max(ball_radius * ball_radius - inside * inside, 1e-12));
  float ball = depth - (ball_radius - root);
  if (radius <= contact) return max(ball, 0.0);
  float len = reach - contact;
  float t = min((radius - contact) / len, 1.0);
  float slope = -inside / root;
  float hermite = ball * (2.0 * t * t * t - 3.0 * t * t + 1.0) +
                  slope * len * (t * t * t - 2.0 * t * t + t);
  return max(hermite, 0.0);
}

float dent_share(float height, float ball_radius) {
  if (height <= 0.0) {
    float rest = clamp(1.0 + height / kDeepestMoved, 0.0, 1.0);
    return rest * rest;
  }
  float t = clamp((height - ball_radius) / (2.0 * ball_radius), 0.0, 1.0);
  return 1.0 - t * t * (3.0 - 2.0 * t);
}

bool near_dent(vec3 p) {
  int count = int(u_counts.x);
  for (int i = 0; i < count; ++i) {
    vec3 d = p - u_dents[4 * i].xyz;
    float far = max(kDeepestMoved, 3.0 * u_dents[4 * i + 2].w);
    float r = length(vec2(u_dents[4 * i + 3].x, far));
    if (dot(d, d) < r * r) return true;
  }
  return false;
}

vec3 dented(vec3 p) {
  int count = int(u_counts.x);
  vec3 moved = p;
  for (int i = 0; i < count; ++i) {
    vec4 a = u_dents[4 * i];
    vec4 b = u_dents[4 * i + 1];
    float ball_radius = u_dents[4 * i + 2].w;
    vec3 d = p - a.xyz;
    float height = dot(d, b.xyz);
    float radius = length(d - b.xyz * height);
    vec4 rest = u_dents[4 * i + 3];
    moved -= b.xyz * (rest.y * dent_sheet(radius, a.w, b.w, ball_radius, rest.x) *
                      dent_share(height, ball_radius));
  }
  for (int i = 0; i < count; ++i) {
    vec3 n = u_dents[4 * i + 1].xyz;
    vec4 ball = u_dents[4 * i + 2];
    float radius = ball.w + kDentClearance;
    vec3 d = moved - ball.xyz;
    if (dot(d, d) < radius * radius) {
      float height = dot(d, n);
      vec3 across = d - n * height;
      float underside = -sqrt(max(radius * radius - dot(across, across), 0.0));
      moved += n * (underside - height);
    }
  }
  return moved;
}

// How much of the sky over a point the pressing balls take away, 0..1: the shadow that makes the
// tool rest on the body.
float ball_shade(vec3 p, vec3 n) {
  int count = int(u_counts.x);
  float shade = 0.0;
  for (int i = 0; i < count; ++i) {
    vec4 ball = u_dents[4 * i + 2];
    vec3 d = ball.xyz - p;
    float l2 = max(dot(d, d), ball.w * ball.w);
    shade += ball.w * ball.w / l2 * clamp(0.5 + 0.5 * dot(n, d) * inversesqrt(l2), 0.0, 1.0);
  }
  return min(shade, 1.0);
}

// The normal of the bent surface, from two neighbours in its tangent plane.
vec3 dented_normal(vec3 p, vec3 moved, vec3 n) {
  const float kStep = 0.002;
  vec3 side = abs(n.y) < 0.9 ? vec3(0.0, 1.0, 0.0) : vec3(1.0, 0.0, 0.0);
  vec3 t = normalize(cross(side, n));
  vec3 b = cross(n, t);
  return normalize(cross(dented(p + t * kStep) - moved, dented(p + b * kStep) - moved));
}

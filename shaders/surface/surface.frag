// One studio, many materials. Soft wrapped key light whose shadow edge is warm where tissue is
// (light wanders inside it), a cool fill, a rim, light from above and below; muscles carry strands
// and a highlight across them.
#include "common/frame.glsl"
#include "common/colour.glsl"

#ifdef CUT
in float v_cut;
#endif
in vec3 v_position;
in vec3 v_normal;
in vec3 v_fibre;
in vec3 v_strand;
in vec4 v_colour;
in vec4 v_more;
flat in vec2 v_kind;

layout(location = 0) out vec4 o_colour;

const vec3 kTendonColour = vec3(0.80, 0.71, 0.56);
const vec3 kKeyLight = vec3(1.10, 1.02, 0.92);
const vec3 kFillLight = vec3(0.13, 0.15, 0.19);
const vec3 kRimLight = vec3(0.55, 0.58, 0.64);
const vec3 kSky = vec3(0.23, 0.24, 0.27);
const vec3 kGround = vec3(0.11, 0.085, 0.075);

// Fibre bundles: three waves across the fibres, bent by each other and slowly along them so that no
// period shows. Along and across in metres.
float strands(float across, float along) {
  float drift = sin(along * 95.0 + across * 130.0);
  float coarse = sin(across * 1150.0 + 1.1 * sin(across * 420.0 + 0.5 * drift));
  float other = sin(across * 1610.0 + 1.2 * sin(across * 390.0 + 1.3) + 0.6 * drift);
  float fine = sin(across * 2900.0 + 1.5 * coarse - 0.5 * drift);
  return 0.5 * coarse + 0.45 * other + 0.35 * fine;
}

// The same where fibres bend and spread. A wave across one direction would drift further off the
// fibres the further away its origin is, so each cell of some centimetres has its own; where cells
// meet one fades into the next. Only what lies within the surface counts: a sheet that wraps around
// the chest would otherwise cut through its own waves. Most places lie in one cell only: the loop
// runs over those that count, since software GL pays for every round that any pixel might need.
float strands_along(vec3 place, vec3 fibre, vec3 across, float seed) {
  const float cell = 0.026;
  vec3 base = floor(place / cell);
  vec3 share = smoothstep(0.38, 0.62, place / cell - base);
  bvec3 fades = bvec3(share.x > 0.0 && share.x < 1.0, share.y > 0.0 && share.y < 1.0,
                      share.z > 0.0 && share.z < 1.0);
  int visits = (fades.x ? 2 : 1) * (fades.y ? 2 : 1) * (fades.z ? 2 : 1);
  float sum = 0.0;
  float power = 0.0;
  int visit = 0;
  do {
    int rest = visit;
    vec3 corner = step(1.0, share);
    if (fades.x) { corner.x = float(rest & 1); rest >>= 1; }
    if (fades.y) { corner.y = float(rest & 1); rest >>= 1; }
    if (fades.z) corner.z = float(rest);
    vec3 near = mix(1.0 - share, share, equal(corner, vec3(1.0)));
    float weight = near.x * near.y * near.z;
    if (weight >= 0.06) {
      vec3 arm = place - (base + corner) * cell;
      sum += weight * strands(dot(arm, across) + seed * 0.37, dot(arm, fibre));
      power += weight * weight;
    }
  } while (++visit < visits);
  return sum * inversesqrt(power);
}

void main() {
#ifdef CUT
  if (v_cut > 0.0) discard;
  // Looked at from inside: there is no hollow, only more of the same.
  if (!gl_FrontFacing) {
    o_colour = vec4(to_srgb(tone_map(v_colour.rgb * 0.8)), 1.0);
    return;
  }
#endif
  vec3 n = normalize(v_normal);
  vec3 to_eye = normalize(u_eye.xyz - v_position);
  float facing = max(dot(n, to_eye), 0.0);
  int material = int(v_kind.x + 0.5);

  vec3 albedo = v_colour.rgb;
  vec3 wrap = vec3(0.25);
  float gloss = 22.0;
  float shine = 0.10;
  float edge_light = 1.0;
  if (material == 0) {  // muscle
    float tendon = v_more.x;
    wrap = mix(vec3(0.42, 0.24, 0.20), vec3(0.34, 0.28, 0.22), tendon);
    gloss = mix(26.0, 46.0, tendon);
    shine = mix(0.20, 0.30, tendon);
    albedo = mix(albedo, kTendonColour, tendon * (1.0 - v_more.z));
    vec3 fibre = v_fibre;
    if (dot(fibre, fibre) > 0.05) {
      bool mirrored = v_kind.y < 0.0;
      if (mirrored) fibre.x = -fibre.x;
      fibre = normalize(fibre);
      vec3 right = dFdx(v_strand);
      vec3 up = dFdy(v_strand);
      right -= fibre * dot(right, fibre);
      up -= fibre * dot(up, fibre);
      float spread = length(abs(right) + abs(up));
      float visible = clamp(1.3 - spread * 520.0, 0.0, 1.0) * mix(1.0, 0.55, tendon);
      if (visible > 0.0) {
        vec3 out_of = mirrored ? vec3(-n.x, n.y, n.z) : n;
        vec3 across = normalize(cross(out_of, fibre) + 1e-4);
        float s = strands_along(v_strand, fibre, across, mirrored ? -1.0 - v_kind.y : v_kind.y) * visible;
        albedo *= 1.0 + 0.17 * s;
        shine *= max(1.0 + 0.6 * s, 0.0);
      }
    }
  } else if (material == 1) {  // tendon and fascia
    wrap = vec3(0.34, 0.28, 0.22);
    gloss = 46.0;
    shine = 0.22;
  } else if (material == 2) {  // bone
    wrap = vec3(0.32, 0.27, 0.22);
    gloss = 18.0;
    shine = 0.07;
  } else if (material == 3) {  // cartilage
    wrap = vec3(0.40, 0.38, 0.36);
    gloss = 40.0;
    shine = 0.16;
  } else if (material == 4) {  // skin
    wrap = vec3(0.44, 0.28, 0.22);
    gloss = 14.0;
    shine = 0.10;
    if (v_more.x > 0.0) {
      // Bands of 6 mm that stay on the body.
      float across = fract((v_position.x + v_position.y + 0.6 * v_position.z) * 60.0);
      float band = smoothstep(0.0, 0.12, across) * (1.0 - smoothstep(0.5, 0.62, across));
      albedo = mix(albedo, vec3(0.78, 0.70, 0.66), 0.75 * band * v_more.x);
    }
  } else if (material <= 7) {  // nerve, artery, vein
    wrap = vec3(0.35, 0.25, 0.22);
    gloss = 50.0;
    shine = 0.28;
  } else if (material == 8) {  // rubber
    wrap = vec3(0.10);
    gloss = 16.0;
    shine = 0.16;
  } else if (material == 9) {  // metal
    wrap = vec3(0.05);
    gloss = 70.0;
    shine = 1.1;
    edge_light = 1.8;
  } else if (material == 10) {  // plastic
    wrap = vec3(0.12);
    gloss = 42.0;
    shine = 0.30;
  } else {  // flat
    o_colour = vec4(to_srgb(albedo), v_colour.a);
    return;
  }

  vec3 key = clamp((dot(n, u_key.xyz) + wrap) / (1.0 + wrap), 0.0, 1.0);
  key *= key * (3.0 - 2.0 * key) * 0.35 + 0.65;
  float fill = clamp(0.5 * dot(n, u_fill.xyz) + 0.5, 0.0, 1.0);
  float up = 0.5 * n.y + 0.5;
  vec3 light = kKeyLight * key + kFillLight * (fill * fill) + mix(kGround, kSky, up);
  light *= 1.0 - v_more.w * vec3(0.62, 0.68, 0.70);
  // A field is read against a legend: light without a colour of its own.
  float is_field = smoothstep(0.80, 0.90, v_more.z);
  light = mix(light, vec3(dot(light, vec3(0.3333))), is_field);

  vec3 half_way = normalize(u_key.xyz + to_eye);
  float spec = pow(max(dot(n, half_way), 0.0), gloss);
  if (material == 0 && dot(v_fibre, v_fibre) > 0.05) {
    // Light glances off a bundle of strands as a streak across them.
    float along = dot(normalize(v_fibre), half_way);
    float streak = pow(max(1.0 - along * along, 0.0), 0.5 * gloss);
    spec = mix(spec, streak * clamp(dot(n, u_key.xyz) + 0.15, 0.0, 1.0), 0.5);
  }
  float fresnel = 1.0 - facing;
  fresnel *= fresnel * fresnel;
  float rim = fresnel * (0.35 + 0.65 * clamp(dot(n, u_rim.xyz) + 0.3, 0.0, 1.0)) * edge_light;

  vec3 colour = albedo * light;
  // Edges that turn away lose light to what surrounds them: forms read without lines.
  colour *= mix(0.72, 1.0, smoothstep(0.0, 0.55, facing));
  colour += kKeyLight * (spec * shine * (1.0 - v_more.w)) + kRimLight * (rim * 0.16) * (albedo * 0.6 + 0.4);

  // What is worked on now glows from within, most at its rim.
  float highlight = v_more.y;
  colour = mix(colour, colour * vec3(1.16, 1.02, 0.92), highlight);
  colour += vec3(0.62, 0.20, 0.06) * (highlight * (0.03 + 0.60 * fresnel));

#ifdef GLASS
  // Glass: clear where it faces the eye, denser towards its outline.
  float alpha = v_colour.a + (1.0 - v_colour.a) * 0.55 * fresnel;
#else
  float alpha = v_colour.a;
#endif
  o_colour = vec4(to_srgb(tone_map(colour)), alpha);
}

// Linear light to the screen. The curve keeps mid-tones, rolls highlights off and is cheap.
vec3 tone_map(vec3 x) {
  return clamp((x * (2.2 * x + 0.06)) / (x * (2.0 * x + 0.62) + 0.11), 0.0, 1.0);
}

vec3 to_srgb(vec3 linear) {
  // Within 0.5 % of the standard's two pieces, without their branch.
  vec3 s = sqrt(linear);
  return clamp(0.662002687 * s + 0.684122060 * sqrt(s) - 0.323583601 * sqrt(sqrt(s)) -
                   0.0225411470 * linear, 0.0, 1.0);
}

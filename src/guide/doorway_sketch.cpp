#include "guide/doorway_sketch.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace guide {
namespace {

using Points = std::vector<glm::vec2>;

// Outlines as shares of the stature, ankles at x = 0. From the side, facing right: from the heel up
// the back, over the head and down the front to the toes.
constexpr glm::vec2 kFromSide[] = {
    {-.031f, .001f}, {-.036f, .018f}, {-.022f, .055f}, {-.038f, .110f}, {-.047f, .170f},
    {-.043f, .210f}, {-.027f, .275f}, {-.040f, .360f}, {-.049f, .420f}, {-.060f, .465f},
    {-.078f, .515f}, {-.071f, .562f}, {-.045f, .612f}, {-.043f, .650f}, {-.060f, .715f},
    {-.069f, .762f}, {-.061f, .812f}, {-.042f, .848f}, {-.031f, .872f}, {-.036f, .893f},
    {-.058f, .922f}, {-.065f, .950f}, {-.053f, .981f}, {-.012f, 1.00f}, {.025f, .990f},
    {.047f, .966f},  {.052f, .945f},  {.050f, .931f},  {.065f, .912f},  {.055f, .903f},
    {.056f, .891f},  {.052f, .872f},  {.040f, .862f},  {.018f, .860f},  {.011f, .845f},
    {.014f, .830f},  {.032f, .812f},  {.060f, .765f},  {.067f, .730f},  {.057f, .680f},
    {.058f, .620f},  {.060f, .580f},  {.052f, .530f},  {.049f, .490f},  {.054f, .440f},
    {.052f, .380f},  {.043f, .305f},  {.039f, .275f},  {.027f, .245f},  {.024f, .180f},
    {.016f, .090f},  {.023f, .052f},  {.062f, .034f},  {.108f, .018f},  {.117f, .008f},
    {.113f, .001f}};
// One half from the front: from between the legs down and up the outside to the top of the head.
constexpr glm::vec2 kFromFront[] = {
    {.000f, .470f}, {.012f, .455f}, {.018f, .400f}, {.029f, .300f}, {.027f, .230f}, {.037f, .080f},
    {.033f, .020f}, {.034f, .001f}, {.074f, .001f}, {.078f, .014f}, {.062f, .060f}, {.077f, .200f},
    {.072f, .280f}, {.091f, .420f}, {.097f, .500f}, {.089f, .560f}, {.079f, .620f}, {.092f, .720f},
    {.106f, .765f}, {.120f, .795f}, {.112f, .815f}, {.070f, .832f}, {.038f, .848f}, {.033f, .868f},
    {.037f, .885f}, {.046f, .928f}, {.043f, .970f}, {.025f, .994f}, {.000f, 1.00f}};

struct Joint {
  glm::vec2 at;
  float half_width;
};
constexpr Joint kArmFromSide[] = {{{-.008f, .795f}, .030f}, {{-.014f, .720f}, .027f},
                                  {{-.020f, .630f}, .022f}, {{.002f, .545f}, .020f},
                                  {{.018f, .490f}, .014f},  {{.026f, .455f}, .016f},
                                  {{.032f, .415f}, .009f}};
constexpr Joint kArmFromFront[] = {{{.108f, .790f}, .024f}, {{.119f, .720f}, .024f},
                                   {{.128f, .630f}, .020f}, {{.136f, .545f}, .019f},
                                   {{.143f, .490f}, .013f}, {{.147f, .455f}, .016f},
                                   {{.149f, .415f}, .009f}};

constexpr int kBetween = 4;  // points between two of an outline

// Through all points, smoothly; open ends stay where they are.
Points smooth(std::span<const glm::vec2> points) {
  Points out;
  const auto at = [&](std::ptrdiff_t i) {
    return points[static_cast<std::size_t>(
        std::clamp<std::ptrdiff_t>(i, 0, std::ssize(points) - 1))];
  };
  for (std::ptrdiff_t i = 0; i + 1 < std::ssize(points); ++i) {
    const glm::vec2 a = at(i - 1), b = at(i), c = at(i + 1), d = at(i + 2);
    for (int k = 0; k < kBetween; ++k) {
      const float t = static_cast<float>(k) / kBetween;
      out.push_back(0.5f * (2.0f * b + (c - a) * t + (2.0f * a - 5.0f * b + 4.0f * c - d) * t * t +
                            (3.0f * b - a - 3.0f * c + d) * t * t * t));
    }
  }
  out.push_back(points.back());
  return out;
}

// The outline of a limb: up one side and down the other, round at both ends.
Points limb(std::span<const Joint> joints) {
  Points left, right;
  for (std::size_t i = 0; i < joints.size(); ++i) {
    const glm::vec2 along =
        joints[std::min(i + 1, joints.size() - 1)].at - joints[i > 0 ? i - 1 : 0].at;
    const float length = std::sqrt(along.x * along.x + along.y * along.y);
    const glm::vec2 side = glm::vec2(-along.y, along.x) * (joints[i].half_width / length);
    left.push_back(joints[i].at + side);
    right.push_back(joints[i].at - side);
  }
  const glm::vec2 first = joints[1].at - joints[0].at;
  Points all;
  all.push_back(joints[0].at - first * 0.32f);
  for (const glm::vec2 p : left) all.push_back(p);
  const glm::vec2 last = joints.back().at - joints[joints.size() - 2].at;
  all.push_back(joints.back().at + last * 0.12f);
  for (std::size_t i = right.size(); i-- > 0;) all.push_back(right[i]);
  all.push_back(glm::vec2(all.front()));
  return smooth(all);
}

Points mirrored(const Points& points) {
  Points out;
  out.reserve(points.size());
  for (std::size_t i = points.size(); i-- > 0;) out.emplace_back(-points[i].x, points[i].y);
  return out;
}

// Sized, and turned about the soles; what stands on the floor stays there.
class Leaning {
 public:
  Leaning(float height_m, float lean_rad) : height_(height_m), lean_(lean_rad) {}
  glm::vec2 operator()(glm::vec2 share) const {
    const glm::vec2 p = height_ * share;
    // The feet stay flat: the turn sets in above them.
    const float turned = lean_ * std::clamp(share.y / 0.06f, 0.0f, 1.0f);
    return {p.x * std::cos(turned) - p.y * std::sin(turned),
            p.x * std::sin(turned) + p.y * std::cos(turned)};
  }
  Points operator()(const Points& shares) const {
    Points points;
    points.reserve(shares.size());
    for (const glm::vec2 share : shares) points.push_back((*this)(share));
    return points;
  }

 private:
  float height_;
  float lean_;
};

Points box(glm::vec2 low, glm::vec2 high) { return {low, {high.x, low.y}, high, {low.x, high.y}}; }

Points disc(glm::vec2 centre, float radius) {
  Points points;
  constexpr int kCorners = 28;
  for (int i = 0; i < kCorners; ++i) {
    const float turn = 2.0f * base::kPi * static_cast<float>(i) / kCorners;
    points.push_back(centre + radius * glm::vec2(std::cos(turn), std::sin(turn)));
  }
  return points;
}

// Where the outline is at a height, on the left (-1) or right (1).
float edge_at(const Points& outline, float y, float side) {
  float edge = -1e3f;
  for (std::size_t i = 0; i < outline.size(); ++i) {
    const glm::vec2 a = outline[i];
    const glm::vec2 b = outline[(i + 1) % outline.size()];
    if ((a.y - y) * (b.y - y) > 0.0f || a.y == b.y) continue;
    edge = std::max(edge, side * (a.x + (b.x - a.x) * (y - a.y) / (b.y - a.y)));
  }
  return side * edge;
}

void add(Sketch& sketch, Ink ink, Points points) {
  sketch.shapes.push_back({ink, std::move(points), true, 0.0f});
}
void add_line(Sketch& sketch, Ink ink, Points points, float width_m) {
  sketch.shapes.push_back({ink, std::move(points), false, width_m});
}

constexpr float kThin = 0.006f;
constexpr float kBallR = 0.045f;  // larger than it is, to be seen
constexpr float kBarR = 0.016f;
constexpr float kArmOfHead = 0.085f;  // from the balls' middle to the bar, as drawn
constexpr float kDoorHeight = 2.05f;
constexpr float kJamb = 0.11f;
constexpr float kWordHeight = 0.09f;

// A measure with arrow heads at both ends.
void add_measure(Sketch& sketch, glm::vec2 from, glm::vec2 to) {
  add_line(sketch, Ink::kMeasure, {from, to}, kThin);
  const glm::vec2 way = to - from;
  const float length = std::sqrt(way.x * way.x + way.y * way.y);
  if (length < 0.02f) return;
  const glm::vec2 along = way / length;
  const glm::vec2 side{-along.y, along.x};
  const float head = std::min(0.045f, 0.4f * length);
  add(sketch, Ink::kMeasure,
      {from, from + along * head + side * (0.38f * head),
       from + along * head - side * (0.38f * head)});
  add(sketch, Ink::kMeasure,
      {to, to - along * head - side * (0.38f * head), to - along * head + side * (0.38f * head)});
}

Points front_outline() {
  const Points half = smooth(kFromFront);
  Points whole = half;
  const Points other = mirrored(half);
  for (std::size_t i = 1; i + 1 < other.size(); ++i) whole.push_back(other[i]);
  return whole;
}

}  // namespace

Sketch make_side_sketch(const Stand& stand, const MySize& size) {
  Sketch sketch;
  const bool sideways = stand.stance == Stance::kSideToTool;
  const bool faces = stand.stance == Stance::kFaceTool;
  const bool under = stand.stance == Stance::kUnderTool;
  // The tool is always on the left: who faces it is turned round.
  const float lean = stand.lean.value;
  const Leaning leaning(size.height_m, lean);
  Points person = sideways ? front_outline() : smooth(kFromSide);
  std::vector<Points> arms;
  if (sideways) {
    arms.push_back(limb(kArmFromFront));
    arms.push_back(mirrored(limb(kArmFromFront)));
  } else {
    arms.push_back(limb(kArmFromSide));
  }
  if (faces) {
    person = mirrored(person);
    for (Points& arm : arms) arm = mirrored(arm);
  }
  // Who stands under the tool is held at the shoulder, not at the back.
  const float share = stand.contact_m / size.height_m;
  const float edge = sideways
                         ? std::min(edge_at(person, share, -1.0f), edge_at(arms[1], share, -1.0f))
                         : edge_at(person, share, -1.0f);
  const glm::vec2 touch = under ? leaning({-0.012f, share}) : leaning({edge, share});
  const glm::vec2 out = under ? glm::vec2(0.0f, 1.0f) : glm::vec2(-std::cos(lean), -std::sin(lean));
  const glm::vec2 ball = touch + out * kBallR;
  const glm::vec2 bar = ball + glm::vec2(-kArmOfHead, 0.0f);
  const float foot = edge_at(leaning(person), 0.012f * size.height_m, -1.0f);

  const float left = bar.x - 0.5f * kJamb - 0.30f;
  float right = 0.20f;
  for (const glm::vec2 p : leaning(person)) right = std::max(right, p.x + 0.10f);
  const float top = std::max(size.height_m, ball.y) + 0.12f;
  add(sketch, Ink::kFrame, box({bar.x - 0.5f * kJamb, 0.0f}, {bar.x + 0.5f * kJamb, top}));
  add(sketch, Ink::kFloor, box({left + 0.12f, -0.02f}, {right, 0.0f}));
  // Upright: what it leans away from.
  if (lean > 0.0f)
    add_line(sketch, Ink::kGuide, {{0.0f, 0.0f}, {0.0f, size.height_m + 0.06f}}, kThin);
  add(sketch, Ink::kPerson, leaning(person));
  for (const Points& arm : arms) add(sketch, Ink::kArm, leaning(arm));
  add_line(sketch, Ink::kBar, {bar, ball}, 0.022f);
  add(sketch, Ink::kBar, disc(bar, kBarR * 1.25f));
  add(sketch, Ink::kBall, disc(ball, kBallR));

  const float at = left + 0.16f;
  add_line(sketch, Ink::kGuide, {{at - 0.03f, ball.y}, ball}, kThin);
  add_measure(sketch, {at, 0.0f}, {at, ball.y});
  sketch.labels.push_back({SketchWord::kBarHeight, {at, 0.5f * ball.y}, 0.5f});
  if (!under) {
    // Right under it there is nothing to measure.
    if (stand.feet_m >= kRightUnderM) {
      const float below = -0.085f;
      add_line(sketch, Ink::kGuide, {{touch.x, ball.y}, {touch.x, below - 0.03f}}, kThin);
      add_line(sketch, Ink::kGuide, {{foot, 0.0f}, {foot, below - 0.03f}}, kThin);
      add_measure(sketch, {touch.x, below}, {foot, below});
      sketch.labels.push_back(
          {SketchWord::kFeet, {0.5f * (touch.x + foot), below - 0.03f - 0.5f * kWordHeight}, 0.5f});
    }
    sketch.labels.push_back({SketchWord::kLean, {0.02f, size.height_m + 0.06f}, 0.0f});
  }
  sketch.labels.push_back(
      {SketchWord::kForce, {bar.x - 0.5f * kJamb - 0.02f, ball.y + 0.07f}, 1.0f});
  sketch.low = {left, under ? -0.06f : -0.24f};
  sketch.high = {right, top};
  return sketch;
}

Sketch make_door_sketch(const Stand& stand, const MySize& size, int balls) {
  Sketch sketch;
  const float half = 0.5f * size.doorway_m;
  const float jamb = 0.07f;
  add(sketch, Ink::kFloor, box({-half - jamb - 0.12f, -0.02f}, {half + jamb + 0.12f, 0.0f}));
  for (const float side : {-1.0f, 1.0f}) {
    const float inner = side * half, outer = side * (half + jamb);
    add(sketch, Ink::kFrame,
        box({std::min(inner, outer), 0.0f}, {std::max(inner, outer), kDoorHeight}));
  }
  add(sketch, Ink::kFrame, box({-half - jamb, kDoorHeight}, {half + jamb, kDoorHeight + jamb}));
  const Leaning upright(size.height_m, 0.0f);
  add(sketch, Ink::kPerson, upright(front_outline()));
  add(sketch, Ink::kArm, upright(limb(kArmFromFront)));
  add(sketch, Ink::kArm, upright(mirrored(limb(kArmFromFront))));
  const float y = stand.bar_height_m;
  add_line(sketch, Ink::kBar, {{-half, y}, {half, y}}, 2.0f * kBarR);
  add(sketch, Ink::kBar, box({-half, y - 0.035f}, {-half + 0.02f, y + 0.035f}));
  add(sketch, Ink::kBar, box({half - 0.02f, y - 0.035f}, {half, y + 0.035f}));
  for (int i = 0; i < balls; ++i) {
    const float along = static_cast<float>(i) - 0.5f * static_cast<float>(balls - 1);
    add(sketch, Ink::kBall, disc(glm::vec2(0.0f, y) + 0.09f * along * stand.bar, 0.0315f));
  }
  const float below = -0.085f;
  add_line(sketch, Ink::kGuide, {{-half, 0.0f}, {-half, below - 0.03f}}, kThin);
  add_line(sketch, Ink::kGuide, {{half, 0.0f}, {half, below - 0.03f}}, kThin);
  add_measure(sketch, {-half, below}, {half, below});
  sketch.labels.push_back({SketchWord::kDoorway, {0.0f, below - 0.03f - 0.5f * kWordHeight}, 0.5f});
  sketch.low = {-half - jamb - 0.12f, -0.24f};
  sketch.high = {half + jamb + 0.12f, kDoorHeight + jamb + 0.04f};
  return sketch;
}

Sketch make_head_sketch(base::Radians tilt) {
  // Of a person of average height; the neck bends between its two ends.
  constexpr float kStature = 1.7f, kCut = 0.715f, kNeckLow = 0.835f, kNeckHigh = 0.880f;
  const glm::vec2 c7 = kStature * glm::vec2(-0.012f, 0.845f);
  const auto bent = [&](glm::vec2 share) {
    const float in_neck = std::clamp((share.y - kNeckLow) / (kNeckHigh - kNeckLow), 0.0f, 1.0f);
    const float turn = -tilt.value * in_neck;
    const glm::vec2 p = kStature * share - c7;
    return c7 + glm::vec2(p.x * std::cos(turn) - p.y * std::sin(turn),
                          p.x * std::sin(turn) + p.y * std::cos(turn));
  };
  Sketch sketch;
  Points person;
  for (const glm::vec2 share : smooth(kFromSide))
    if (share.y >= kCut) person.push_back(bent(share));
  const float top = kStature * 0.9f - c7.y;
  const glm::vec2 upright = c7 + glm::vec2(0.0f, 1.9f * top);
  const glm::vec2 leaned = c7 + 1.9f * top * glm::vec2(std::sin(tilt.value), std::cos(tilt.value));
  add(sketch, Ink::kPerson, person);
  add_line(sketch, Ink::kGuide, {c7, upright}, kThin);
  add_line(sketch, Ink::kMeasure, {c7, leaned}, kThin);
  add(sketch, Ink::kMeasure, disc(c7, 0.008f));
  sketch.low = {-0.14f, kStature * kCut - 0.01f};
  sketch.high = {0.30f, kStature + 0.01f};
  return sketch;
}

}  // namespace guide

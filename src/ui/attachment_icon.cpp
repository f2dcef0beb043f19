// Pictures of attachments for buttons: a few filled shapes each.
#include <algorithm>
#include <array>
#include <cmath>

#include "ui/icons.h"

namespace ui {
namespace {

constexpr float kPictureWidthM = 0.165f;
constexpr ImU32 kShine = IM_COL32(255, 255, 255, 60);
constexpr ImU32 kSkin = IM_COL32(208, 160, 133, 255);
constexpr ImU32 kSkinEdge = IM_COL32(176, 126, 100, 255);
constexpr ImU32 kSleeve = IM_COL32(52, 76, 82, 255);

// Linear to display, near enough for a picture of this size.
ImU32 to_display(glm::vec3 linear) {
  const auto channel = [](float v) {
    return static_cast<int>(255.0f * std::sqrt(std::clamp(v, 0.0f, 1.0f)));
  };
  return IM_COL32(channel(linear.r), channel(linear.g), channel(linear.b), 255);
}

void draw_bar_behind(ImDrawList& list, ImVec2 centre, float width, ImU32 colour) {
  list.AddRectFilled({centre.x - 0.5f * width, centre.y - 0.045f * width},
                     {centre.x + 0.5f * width, centre.y + 0.045f * width}, colour, 0.045f * width);
}

void draw_sphere(ImDrawList& list, ImVec2 at, float radius, ImU32 colour) {
  list.AddCircleFilled(at, radius, colour, 32);
  list.AddCircleFilled({at.x - 0.3f * radius, at.y - 0.35f * radius}, 0.28f * radius, kShine, 24);
}

void draw_roller(ImDrawList& list, const tool::RollerSpec& roller, ImVec2 centre, float px_per_m,
                 ImU32 colour, ImU32 neck) {
  const float half = 0.5f * roller.length.value * px_per_m;
  const float groove = 0.5f * roller.groove.value * px_per_m;
  const float r = roller.radius.value * px_per_m;
  if (groove > 0.0f) {
    list.AddRectFilled({centre.x - groove - 1.0f, centre.y - 0.5f * r},
                       {centre.x + groove + 1.0f, centre.y + 0.5f * r}, neck);
  }
  const auto side = [&](float from, float to, int ribs) {
    list.AddRectFilled({centre.x + from, centre.y - r}, {centre.x + to, centre.y + r}, colour,
                       0.25f * r);
    for (int i = 1; i < ribs; ++i) {
      const float x =
          centre.x + from + (to - from) * static_cast<float>(i) / static_cast<float>(ribs);
      list.AddLine({x, centre.y - 0.9f * r}, {x, centre.y + 0.9f * r}, kShine, 1.5f);
    }
    list.AddRectFilled({centre.x + from + 0.2f * r, centre.y - 0.7f * r},
                       {centre.x + to - 0.2f * r, centre.y - 0.45f * r}, kShine, 0.1f * r);
  };
  if (groove > 0.0f) {
    side(-half, -groove, roller.ribs);
    side(groove, half, roller.ribs);
  } else {
    side(-half, half, roller.ribs);
  }
}

struct Bone {
  float x0, y0, x1, y1, radius;
};

// Rounded strokes in units of the picture's width, from its centre, y down.
template <std::size_t N>
void draw_strokes(ImDrawList& list, const std::array<Bone, N>& bones, ImVec2 centre, float width,
                  ImU32 colour, float grow) {
  for (const Bone& b : bones) {
    const ImVec2 from{centre.x + b.x0 * width, centre.y + b.y0 * width};
    const ImVec2 to{centre.x + b.x1 * width, centre.y + b.y1 * width};
    const float r = b.radius * width + grow;
    list.AddLine(from, to, colour, 2.0f * r);
    list.AddCircleFilled(from, r, colour, 20);
    list.AddCircleFilled(to, r, colour, 20);
  }
}

template <std::size_t N>
void draw_arm(ImDrawList& list, const std::array<Bone, N>& bones, const Bone& sleeve, ImVec2 centre,
              float width) {
  draw_strokes(list, bones, centre, width, kSkinEdge, 1.0f);
  draw_strokes(list, bones, centre, width, kSkin, 0.0f);
  draw_strokes(list, std::array<Bone, 1>{sleeve}, centre, width, kSleeve, 0.0f);
}

void draw_cane(ImDrawList& list, ImVec2 centre, float width, ImU32 colour) {
  std::array<ImVec2, 25> path;
  for (std::size_t i = 0; i < path.size(); ++i) {
    const float t = 2.0f * static_cast<float>(i) / static_cast<float>(path.size() - 1) - 1.0f;
    path[i] = {centre.x + 0.40f * t * width, centre.y + 0.24f * std::sin(2.6f * t) * width};
  }
  list.AddPolyline(path.data(), static_cast<int>(path.size()), colour, 0, 0.075f * width);
  draw_sphere(list, path.front(), 0.085f * width, colour);
  draw_sphere(list, path.back(), 0.07f * width, colour);
}

// Dark rubber on a dark panel: as light as it takes to be seen.
ImU32 seen_on(ImU32 colour, ImU32 ground) {
  constexpr float kSeen = 2.2f;
  for (int step = 0; step < 8 && contrast(colour, ground) < kSeen; ++step)
    colour = blend(IM_COL32(200, 208, 216, 60), colour);
  return colour;
}

}  // namespace

void draw_attachment(ImDrawList& list, const tool::AttachmentSpec& attachment, ImVec2 centre,
                     float width_px, const Theme& theme) {
  const Palette& c = theme.colours;
  const ImU32 colour = seen_on(to_display(attachment.colour), c.card);
  const float w = width_px;
  switch (attachment.look) {
    case tool::Look::kCane:
      draw_cane(list, centre, w, colour);
      return;
    case tool::Look::kThumb:
      draw_arm(list,
               std::array<Bone, 4>{{{-0.14f, 0.24f, -0.12f, 0.02f, 0.075f},
                                    {-0.12f, 0.02f, 0.04f, -0.10f, 0.095f},
                                    {0.08f, -0.06f, 0.20f, -0.02f, 0.13f},
                                    {0.14f, -0.12f, 0.10f, -0.22f, 0.12f}}},
               {0.09f, -0.26f, 0.08f, -0.30f, 0.135f}, centre, w);
      return;
    case tool::Look::kKnuckle:
      draw_arm(list,
               std::array<Bone, 6>{{{-0.18f, 0.13f, -0.18f, -0.02f, 0.07f},
                                    {-0.06f, 0.24f, -0.06f, -0.02f, 0.075f},
                                    {0.06f, 0.15f, 0.06f, -0.02f, 0.07f},
                                    {0.18f, 0.12f, 0.18f, -0.02f, 0.07f},
                                    {-0.12f, -0.06f, 0.12f, -0.06f, 0.11f},
                                    {0.0f, -0.06f, 0.0f, -0.20f, 0.12f}}},
               {0.0f, -0.24f, 0.0f, -0.30f, 0.14f}, centre, w);
      return;
    case tool::Look::kElbow:
      draw_arm(list,
               std::array<Bone, 3>{{{0.0f, 0.20f, -0.30f, -0.14f, 0.105f},
                                    {0.0f, 0.20f, 0.28f, -0.12f, 0.085f},
                                    {0.32f, -0.16f, 0.35f, -0.20f, 0.10f}}},
               {-0.30f, -0.14f, -0.35f, -0.20f, 0.125f}, centre, w);
      return;
    case tool::Look::kMesh: {
      // Any shape: its outline over the bar, to scale.
      const geom::Aabb& box = attachment.mesh->bounds();
      const float px_per_m = w / std::max(kPictureWidthM, 1.1f * box.size().x);
      const ImVec2 low{centre.x + box.min.x * px_per_m, centre.y - 0.5f * box.size().y * px_per_m};
      const ImVec2 high{centre.x + box.max.x * px_per_m, centre.y + 0.5f * box.size().y * px_per_m};
      const float round = 0.45f * std::min(high.x - low.x, high.y - low.y);
      list.AddRectFilled(low, high, colour, round);
      list.AddRectFilled({low.x + round, low.y + 0.3f * round},
                         {high.x - round, low.y + 0.6f * round}, kShine, 0.15f * round);
      return;
    }
    case tool::Look::kHead:
    case tool::Look::kDomes:
    case tool::Look::kBall:
    case tool::Look::kRoller:
      break;
  }
  float widest = kPictureWidthM;
  if (attachment.roller) widest = std::max(widest, 1.08f * attachment.roller->length.value);
  for (const tool::BallSpec& ball : attachment.balls) {
    if (attachment.roller) break;
    widest = std::max(widest, 2.08f * (std::abs(ball.centre_m.x) + ball.radius.value));
  }
  const float px_per_m = w / widest;
  const bool held = attachment.look == tool::Look::kHead || attachment.look == tool::Look::kDomes;
  if (held) draw_bar_behind(list, centre, w, c.steel);
  if (attachment.roller) {
    draw_roller(list, *attachment.roller, centre, px_per_m, colour, c.accent);
    return;
  }
  for (const tool::BallSpec& ball : attachment.balls) {
    const ImVec2 at{centre.x + ball.centre_m.x * px_per_m, centre.y};
    const ImU32 warm = IM_COL32(216, 98, 43, 255), cool = IM_COL32(46, 127, 192, 255);
    const ImU32 own = attachment.look != tool::Look::kDomes ? colour
                      : ball.centre_m.x < 0.0f              ? warm
                                                            : cool;
    draw_sphere(list, at, ball.radius.value * px_per_m, own);
  }
}

}  // namespace ui

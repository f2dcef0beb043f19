#include "guide/doorway.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <glm/geometric.hpp>
#include <optional>

#include "anatomy/figure.h"
#include "anatomy/stature.h"

namespace guide {
namespace {

constexpr std::array<std::string_view, 4> kStanceWords = {"back", "face", "side", "under"};
constexpr float kCentreOfMass = 0.56f;  // of the stature
constexpr float kFootLength = 0.152f;   // of the stature
constexpr float kHeelShare = 0.2f;      // of the foot, behind the ankle
constexpr float kHalfStance = 0.075f;   // of the stature: half the breadth over both feet
// The ankles stand a little behind the plumb line through the points of the shoulders.
constexpr float kAnkleBehind = 0.02f;  // of the stature
constexpr float kMostLeanDeg = 25.0f;
// Less than this nobody turns on purpose.
constexpr float kLeastTurnDeg = 15.0f;

std::string in_words(float value, int decimals) {
  char text[32];
  std::snprintf(text, sizeof text, "%.*f", decimals, static_cast<double>(value));
  return text;
}

base::Status check_range(float value, float least, float most, int decimals, const char* what,
                         const char* unit) {
  if (value >= least && value <= most) return {};
  return base::fail(std::string(what) + " of " + in_words(value, decimals) + " " + unit +
                    " cannot be right. Give " + in_words(least, decimals) + " to " +
                    in_words(most, decimals) + " " + unit + ".");
}

Stance stance_of(const PlacementSpec& placement) {
  switch (placement.at.from) {
    case Approach::kFront:
      return Stance::kFaceTool;
    case Approach::kOutside:
      return Stance::kSideToTool;
    case Approach::kAbove:
      return Stance::kUnderTool;
    case Approach::kBehind:
      break;
  }
  return Stance::kBackToTool;
}

// Horizontally from the middle of the body to where this stance holds it against the tool.
glm::vec3 outward_of(Stance stance, float x) {
  if (stance == Stance::kFaceTool) return {0.0f, 0.0f, 1.0f};
  if (stance == Stance::kSideToTool) return {x > 0.0f ? 1.0f : -1.0f, 0.0f, 0.0f};
  return {0.0f, 0.0f, -1.0f};
}

// How far the feet reach in that direction from between the ankles.
float feet_reach(Stance stance, float height_m) {
  const float foot = kFootLength * height_m;
  if (stance == Stance::kFaceTool) return (1.0f - kHeelShare) * foot;
  return stance == Stance::kSideToTool ? kHalfStance * height_m : kHeelShare * foot;
}

glm::vec3 between_ankles(const anatomy::Body& body, float stature_m) {
  const auto* left = body.find_landmark("acromion_left");
  const auto* right = body.find_landmark("acromion_right");
  const float plumb = left != nullptr && right != nullptr
                          ? 0.5f * (left->position_m.z + right->position_m.z)
                          : 0.0f;
  return {0.0f, 0.0f, plumb - kAnkleBehind * stature_m};
}

// To the side on which the skin faces away from the tool.
base::Radians turn_of(Stance stance, glm::vec3 normal) {
  if (stance == Stance::kUnderTool || stance == Stance::kSideToTool) return {};
  const float away = stance == Stance::kFaceTool ? normal.z : -normal.z;
  const base::Radians turn{std::atan2(-normal.x, std::max(away, 0.05f))};
  return std::abs(base::to_degrees(turn)) < kLeastTurnDeg ? base::Radians{} : turn;
}

}  // namespace

std::string_view to_string(Stance stance) { return kStanceWords[static_cast<std::size_t>(stance)]; }

base::Status check_size(const MySize& size) {
  for (const auto& status :
       {check_range(size.height_m, anatomy::kLeastStature_m, anatomy::kMostStature_m, 2, "A height",
                    "m"),
        check_range(size.weight_kg, kLeastWeightKg, kMostWeightKg, 0, "A weight", "kg"),
        check_range(size.doorway_m, kLeastDoorwayM, kMostDoorwayM, 2, "A doorway", "m")}) {
    if (!status) return status;
  }
  return {};
}

DoorwayFit fit_doorway(const MySize& size, const tool::ToolSpec& tool) {
  if (size.doorway_m < tool.doorway_min.value) return DoorwayFit::kTooNarrow;
  return size.doorway_m > tool.doorway_max.value ? DoorwayFit::kTooWide : DoorwayFit::kFits;
}

base::Newtons force_of(base::Radians lean, float contact_m, const MySize& size) {
  const float weight_n = size.weight_kg * kGravity;
  return base::Newtons{weight_n * kCentreOfMass * size.height_m / contact_m * std::sin(lean.value)};
}

base::Radians lean_for(base::Newtons force, float contact_m, const MySize& size) {
  const float upright = force_of(base::Radians{0.5f * base::kPi}, contact_m, size).value;
  return base::Radians{std::asin(std::clamp(force.value / upright, 0.0f, 1.0f))};
}

base::Result<Stand> find_stand(const PlacementSpec& placement, const PlacedHead& placed,
                               const tool::AttachmentSpec& attachment, const anatomy::Body& body,
                               const tool::ToolSpec& tool, const MySize& size,
                               base::Newtons force) {
  if (auto status = check_size(size); !status) return tl::unexpected(status.error());
  if (!(force.value > 0.0f))
    return base::fail("Nobody can lean in with " + in_words(force.value, 0) +
                      " N. Give a force above 0.");
  const float stature = anatomy::find_stature_m(body);
  const auto carried = [&](glm::vec3 p) { return anatomy::at_stature(p, stature, size.height_m); };
  const glm::vec3 contact = carried(placed.pose.position_m);
  float radius = 0.0f;
  for (const tool::BallSpec& ball : attachment.balls) radius = std::max(radius, ball.radius.value);

  Stand stand;
  stand.stance = stance_of(placement);
  stand.force = force;
  stand.contact_m = contact.y;
  const glm::vec3 bar = tool::head_frame(placed.pose)[0];
  const glm::vec3 up(0.0f, 1.0f, 0.0f);
  stand.bar = {glm::dot(bar, glm::cross(-outward_of(stand.stance, contact.x), up)), bar.y};
  stand.turn = turn_of(stand.stance, placed.pose.normal);
  float height = contact.y;
  if (stand.stance == Stance::kUnderTool) {
    height += radius * std::max(0.0f, placed.pose.normal.y);
  } else {
    stand.lean = lean_for(force, contact.y, size);
    if (base::to_degrees(stand.lean) > kMostLeanDeg)
      return base::fail("For " + in_words(force.value / kGravity, 0) + " kg here a person of " +
                        in_words(size.weight_kg, 0) +
                        " kg would have to lean further than is safe. Lean in less.");
    const glm::vec3 outward = outward_of(stand.stance, contact.x);
    const float behind = glm::dot(contact - carried(between_ankles(body, stature)), outward);
    const float leaned =
        behind * std::cos(stand.lean.value) + contact.y * std::sin(stand.lean.value);
    stand.feet_m = std::max(0.0f, leaned - feet_reach(stand.stance, size.height_m));
    height = contact.y * std::cos(stand.lean.value) - behind * std::sin(stand.lean.value);
  }
  stand.bar_height_m = std::clamp(height, tool.head_height_min.value, tool.head_height_max.value);
  stand.beyond_m = height - stand.bar_height_m;
  return stand;
}

}  // namespace guide

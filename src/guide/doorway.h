// My size, my door: how high the bar goes, how far away the feet stand and how far one leans, for a
// placement and a wanted force. Pure functions; metres, kilograms, newtons, radians.
//
// Statics [A]: a straight body that turns about its soles is held by the tool. Moments about the
// soles: F * (height of the contact) = W * (height of the centre of mass) * sin(lean). The centre
// of mass lies at 0.56 of the stature (0.54 to 0.58: Winter, Biomechanics and Motor Control of
// Human Movement, 2009; from memory). At a contact at 0.8 of the stature that is F = 0.7 W
// sin(lean), the figure of the design. Friction at the tool is left out. A foot is 0.152 of the
// stature long (Drillis and Contini, 1966; from memory), a fifth of it behind the ankle.
#pragma once

#include <glm/vec2.hpp>

#include "base/result.h"
#include "guide/placement.h"

namespace guide {

inline constexpr float kGravity = 9.80665f;  // metres per second squared

// What a person says of themselves and their door.
struct MySize {
  float height_m = 1.75f;
  float weight_kg = 75.0f;
  float doorway_m = 0.80f;

  friend bool operator==(const MySize&, const MySize&) = default;
};

// What can be believed. Statures are those of the body (anatomy/figure.h).
inline constexpr float kLeastWeightKg = 30.0f;
inline constexpr float kMostWeightKg = 250.0f;
inline constexpr float kLeastDoorwayM = 0.30f;
inline constexpr float kMostDoorwayM = 2.50f;

// A sentence where a figure is absurd or not finite.
base::Status check_size(const MySize& size);

// Whether the bar fits the doorway.
enum class DoorwayFit : std::uint8_t { kFits, kTooNarrow, kTooWide };
DoorwayFit fit_doorway(const MySize& size, const tool::ToolSpec& tool);

enum class Stance : std::uint8_t {
  kBackToTool,
  kFaceTool,
  kSideToTool,
  kUnderTool  // rises into the tool instead of leaning against it
};
// The words used in files: "back", "face", "side", "under".
std::string_view to_string(Stance stance);

// Feet nearer than this are right under the contact: nobody measures that.
inline constexpr float kRightUnderM = 0.03f;

// How to stand for one placement.
struct Stand {
  Stance stance = Stance::kBackToTool;
  // Of the head's middle above the floor, within what the tool allows; `beyond_m` is how much
  // further up (> 0: bend the knees that much) or down (< 0: stand on something) it would be.
  float bar_height_m = 0.0f;
  float beyond_m = 0.0f;
  float contact_m = 0.0f;  // height on the upright body
  // From the nearest point of the feet to below the contact; 0 where one stands under it.
  float feet_m = 0.0f;
  base::Radians lean;  // from upright; 0 where one stands under it
  // Of the body to either side, so that the place faces the tool: > 0 brings the right side nearer.
  base::Radians turn;
  // The head's own bar as whoever looks at the place from the tool sees it: to the right and up; 1
  // long, or less where it points at them.
  glm::vec2 bar{1.0f, 0.0f};
  base::Newtons force;
  // What a bathroom scale shows between body and wall, or, where one stands under the tool, on top
  // of one's weight.
  float force_kg() const { return force.value / kGravity; }
};

// `placed` is the placement on `body`, whose figures are carried to the person's height. Refuses
// absurd sizes, a force that is not positive, and one for which this weight would have to lean
// further than 25 degrees.
base::Result<Stand> find_stand(const PlacementSpec& placement, const PlacedHead& placed,
                               const tool::AttachmentSpec& attachment, const anatomy::Body& body,
                               const tool::ToolSpec& tool, const MySize& size, base::Newtons force);

// The lean for a force at a height of the contact, and the other way round: the statics above.
base::Radians lean_for(base::Newtons force, float contact_m, const MySize& size);
base::Newtons force_of(base::Radians lean, float contact_m, const MySize& size);

}  // namespace guide

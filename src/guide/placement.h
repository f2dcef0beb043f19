// Placements as data: assets/placements/<id>.json (format "backmate-placement"). Each says where
// the head goes, how it stands, how hard and how long, and which muscles it is for. Bound to
// landmarks, so that they hold on any body; authored for the right side, mirrored for the left.
// Words live in the translations: "placement.<id>", ".how", ".caution".
#pragma once

#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "tool/attachment.h"
#include "tool/head_pose.h"

namespace guide {

enum class Approach : std::uint8_t { kBehind, kFront, kAbove, kOutside };

struct PlacementAnchor {
  std::vector<std::pair<std::string, float>> landmarks;  // weights sum to 1
  std::optional<float> beside_m;
  glm::vec3 offset_m{0.0f};  // out from the midline, up, front
  glm::vec2 area_m{0.0f};    // out and up, either way: the place is an area (placement_fit.h)
  Approach from = Approach::kBehind;
};

struct PlacementSpec {
  std::string id;
  int order = 0;
  bool centred = false;
  PlacementAnchor at;
  std::string view;  // a standard view's name, for the right side
  int attachment = 0;
  base::Radians angle;  // on the right side
  base::Radians pitch;
  std::array<base::Newtons, 2> force;  // from, to
  base::Newtons default_force;
  std::array<base::Seconds, 2> seconds;
  bool rolls = false;
  base::Metres stroke{0.08f};  // to and fro, where it rolls
  // Each entry: of these at least one is worked on (product.md: 5 kPa at the middle force).
  std::vector<std::vector<std::string>> primary;
  std::vector<std::string> secondary;
  // Primaries that lie deep: each must exceed what is neither in the row nor lies above it.
  std::vector<std::string> deep;

  // At which it works on its muscles: halfway, or all of a row that says "at most".
  base::Newtons middle_force() const;
  // For how long the head lies still in one spot at most: all of a hold, but a stop of what rolls
  // (30 s, assumed).
  base::Seconds longest_rest() const;
  // The view from which the placed head is seen, for either side.
  std::string view_for(anatomy::Side side) const;
};

struct PlacementFiles {
  std::vector<PlacementSpec> placements;  // in the order of lists
  std::vector<std::string> refused;       // a sentence for each file that is wrong
};

// Reads all of them. A wrong file is named with its field and left out, the rest still loads.
PlacementFiles load_placements(const std::filesystem::path& assets_dir, const tool::ToolSpec& tool);

// What a placement asks of the head on one body. `side` kMedian means right.
struct PlacedHead {
  tool::HeadPose pose;
  int attachment = 0;
  base::Newtons force;
};

// Where an anchor lies on the skin of this body. Fails, in words, where a landmark is lacking or
// the skin cannot be found from that direction.
base::Result<glm::vec3> find_on_skin(const PlacementAnchor& anchor, anatomy::Side side,
                                     const anatomy::BodyIndex& body);

// A sentence in English why a placement cannot be had on this body: landmarks or its main muscles
// are lacking. Nothing where it can.
std::optional<std::string> find_obstacle(const PlacementSpec& placement, anatomy::Side side,
                                         const anatomy::Body& body);

// Refuses with find_obstacle's sentence, or where the skin cannot be found from that direction.
base::Result<PlacedHead> place_head(const PlacementSpec& placement, anatomy::Side side,
                                    const anatomy::BodyIndex& body, const tool::ToolSpec& tool);

// Whether a muscle's id (with side) is one of these names.
bool is_named(std::string_view structure_id, const std::vector<std::string>& names);

// "neck_base, levator, ...": for messages.
std::string list_ids(const std::vector<PlacementSpec>& placements);

// Index or -1.
int find_placement(const std::vector<PlacementSpec>& placements, std::string_view id);

}  // namespace guide

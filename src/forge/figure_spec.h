// How one figure (sex and build) differs from the authored body: the proportions of the skeleton,
// the bulk of muscles, the girth of belly and hips. From assets/anatomy/figures.json (format
// "backmate-figures"), where the sources are. How thick fat lies on it is a table of the skin
// (skin.h). Of the neutral, medium figure everything is 1 or 0.
//
// In the file: millimetres and degrees, places in the authored body. Here: metres, radians.
#pragma once

#include <array>
#include <filesystem>
#include <glm/vec3.hpp>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "anatomy/figure.h"
#include "base/result.h"

namespace forge {

// Bones that keep their shape together: scaled about a point that goes along with the parent.
struct BoneGroup {
  std::string name;
  int parent = -1;                 // index of an earlier group; -1: stands on the floor
  std::vector<std::string> bones;  // entries of the ontology, or beginnings of them ("rib_")
  glm::vec3 about_m{0.0f};         // of a paired group: on the left
  glm::vec3 scale{1.0f};
  bool grows = true;        // with the stature; a head hardly does
  float abduct_rad = 0.0f;  // turned outward about the fore-and-aft axis
};

// By how much what lies between bone and fat is thicker than in the authored body.
struct BulkAnchor {
  glm::vec3 at_m{0.0f};  // on the left or the midline
  float factor = 1.0f;
};

// What the wall of the trunk stands out further at one height.
struct GirthStation {
  float y_m = 0.0f;
  float z_m = 0.0f;  // of the axis
  float front_m = 0.0f;
  float side_m = 0.0f;
  float back_m = 0.0f;
};

struct FigureSpec {
  anatomy::Sex sex = anatomy::Sex::kNeutral;
  anatomy::Build build = anatomy::Build::kMedium;
  float stature_m = 0.0f;
  std::vector<BoneGroup> groups;  // parents first; the first one has what no other names
  std::vector<BulkAnchor> bulk;
  std::vector<GirthStation> girth;  // from below upward; nothing beyond the ends

  bool is_authored() const {
    return sex == anatomy::Sex::kNeutral && build == anatomy::Build::kMedium;
  }
};

// Fails in words (file, field).
base::Result<FigureSpec> load_figure(const std::filesystem::path& assets_dir, anatomy::Sex sex,
                                     anatomy::Build build);

// Whether a skeleton part's bone ("rib_": all that begin so; "sacrum": that one) means this entry.
bool names_bone(const std::string& bone, const std::string& entry_id);

// Fails where a skeleton part names a bone that no entry is: it would be left where it was.
base::Status check_bones(const FigureSpec& spec, const std::filesystem::path& assets_dir,
                         const std::vector<std::string>& entry_ids);

// A figure of a table {"neutral": [light, medium, heavy], "female": [...], "male": [...]}.
float figure_of(const nlohmann::json& table, anatomy::Sex sex, anatomy::Build build);

// Mean of values at anchors, weighted by nearness (Shepard's interpolation with the fourth power; a
// floor keeps an anchor from making a dimple). Both sides alike. Anchors have at_m.
template <typename Anchor, typename Value>
float blend_anchors(const std::vector<Anchor>& anchors, glm::vec3 point_m, const Value& value) {
  constexpr float kFloor2 = 0.02f * 0.02f;
  const glm::vec3 p(point_m.x < 0.0f ? -point_m.x : point_m.x, point_m.y, point_m.z);
  float sum = 0.0f;
  float weights = 0.0f;
  for (const Anchor& anchor : anchors) {
    const glm::vec3 d = anchor.at_m - p;
    const float square = d.x * d.x + d.y * d.y + d.z * d.z + kFloor2;
    const float weight = 1.0f / (square * square);
    sum += weight * value(anchor);
    weights += weight;
  }
  return sum / weights;
}

}  // namespace forge
